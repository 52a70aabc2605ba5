// What is typed into a search field, and what is looked for once the typing pauses. Looking for it is others'.
import { batch, signal } from "../vendor/signals-core.js";

const PAUSE_MS = 150;
const LENGTH = 100; // the server takes no more

export class SearchField {
  #clock;
  #find;
  #cancel = null;

  /** `find()` is called when another text is looked for. */
  constructor({ clock, find }) {
    this.#clock = clock;
    this.#find = find;
    this.typed = signal("");
    this.sought = signal("");
  }

  type(text) {
    this.typed.value = text;
    this.close();
    this.#cancel = this.#clock.after(PAUSE_MS, () => this.#take(text));
  }

  #take(text) {
    const sought = [...text.trim()].slice(0, LENGTH).join("");
    if (sought === this.sought.peek()) return;
    batch(() => {
      this.sought.value = sought;
      this.#find();
    });
  }

  /** What was typed last is looked for no more. */
  close() {
    this.#cancel?.();
  }
}
