// One WebSocket with requests and replies over it: numbers requests, matches answers. It neither reconnects nor knows
// what the frames mean.
import { Refused } from "./refused.js";

export class Socket {
  #ws;
  #waiting = new Map(); // id -> {resolve, reject}
  #last = 0;
  #over = false;

  /**
   * `ws` is a WebSocket just made. `onFrame(frame)` gets every frame that is no reply, in the order of arrival;
   * `onClose({code, reason})` is called once, after all that waited was rejected with code `lost`.
   */
  constructor(ws, { onFrame, onClose }) {
    this.#ws = ws;
    this.heardAt = 0; // counts frames: whether anything came since a look at it
    ws.addEventListener("message", ({ data }) => this.#heard(data, onFrame));
    ws.addEventListener("close", ({ code, reason }) => this.#closed({ code, reason }, onClose));
  }

  /** Resolves with the reply's payload; rejects with `Refused`. */
  request(type, payload = {}) {
    if (this.#over || this.#ws.readyState !== 1) return Promise.reject(new Refused({ code: "offline" }));
    const id = String(++this.#last);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#ws.send(JSON.stringify({ type, id, payload }));
    });
  }

  /** Closes without waiting for the peer: whoever owns this hears `onClose` at once. */
  drop(code = 1006, onClose = () => {}) {
    this.#ws.close();
    this.#closed({ code, reason: "" }, onClose);
  }

  #heard(data, onFrame) {
    if (this.#over) return;
    this.heardAt += 1;
    const frame = JSON.parse(data);
    if (frame.type !== "reply") return onFrame(frame);
    const asked = this.#waiting.get(frame.id);
    if (!asked) return;
    this.#waiting.delete(frame.id);
    if (frame.ok) asked.resolve(frame.payload);
    else asked.reject(new Refused(frame.error));
  }

  #closed(how, onClose) {
    if (this.#over) return;
    this.#over = true;
    for (const { reject } of this.#waiting.values()) reject(new Refused({ code: "lost" }));
    this.#waiting.clear();
    onClose(how);
  }
}
