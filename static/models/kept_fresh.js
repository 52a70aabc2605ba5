// An answer of the server that is asked for again and again while somebody looks at what it says.
import { signal } from "../vendor/signals-core.js";

export class KeptFresh {
  #look;
  #show;
  #clock;
  #everyMs;
  #asked = 0;
  #cancel = null;

  /** `look()` resolves with what `show` takes, or rejects with Refused. */
  constructor({ look, show, clock, everyMs }) {
    this.#look = look;
    this.#show = show;
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.error = signal(null);
  }

  /** Looks now, and then again and again until `close`. Never rejects: a refusal is in `error`. */
  async open() {
    this.#cancel?.();
    const number = ++this.#asked;
    try {
      const found = await this.#look();
      if (number === this.#asked) this.#show(found);
    } catch (refused) {
      if (number === this.#asked) this.error.value = refused;
    }
    if (number === this.#asked) this.#cancel = this.#clock.after(this.#everyMs, () => this.open());
  }

  /** Nothing is shown afterwards that was asked before. */
  close() {
    this.#asked += 1;
    this.#cancel?.();
  }
}
