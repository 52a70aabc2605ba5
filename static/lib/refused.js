// A request that was refused, by the server or because it could not reach it. Which codes exist is not known here.

export class Refused extends Error {
  /**
   * `message` is the server's sentence for a person; `field` names the wrong field of the payload;
   * `retryAfterMs` says how long to wait before the same is worth trying again.
   */
  constructor({ code, message = "", field = null, retryAfterMs = null }) {
    super(message);
    this.name = "Refused";
    this.code = code;
    this.field = field;
    this.retryAfterMs = retryAfterMs;
  }
}
