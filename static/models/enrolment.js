// Setting up two-step sign-in: a secret for the app, a first code of it, then the recovery codes, which are shown once.
import { batch, signal } from "../vendor/signals-core.js";
import { request } from "./frames.js";

export class Enrolment {
  #ask;
  #proof;
  #isAsking = false;

  constructor({ ask, proof = null }) {
    this.#ask = ask;
    this.#proof = proof;
    this.begun = signal(null); // {secret, picture}
    this.codes = signal(null); // the recovery codes, from the moment at which it is on
    this.error = signal(null); // why there is no secret
  }

  /** Asks for a secret, once: another one would spoil what was scanned. Never rejects. */
  async begin() {
    if (this.#isAsking || this.begun.peek()) return;
    this.#isAsking = true;
    try {
      const { secret, picture } = await this.#ask(request.totpBegin, this.#proof ? { proof: this.#proof } : {});
      batch(() => {
        this.begun.value = { secret, picture };
        this.error.value = null;
      });
    } catch (refused) {
      this.error.value = refused;
    }
    this.#isAsking = false;
  }

  /** Switches it on with a code of the app. Rejects with Refused, field "code" for a wrong one. */
  async confirm(code) {
    const { recoveryCodes } = await this.#ask(request.totpConfirm, { code });
    this.codes.value = recoveryCodes;
  }
}

/** A secret in groups of four, as one reads it out and types it. */
export function grouped(secret) {
  return secret.replace(/(.{4})(?=.)/g, "$1 ");
}
