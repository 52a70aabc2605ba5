// What was written and not sent, per channel and thread, on this device.
import { signal } from "../vendor/signals-core.js";

export class Drafts {
  #storage;
  #prefix;

  constructor({ storage, userId }) {
    this.#storage = storage;
    this.#prefix = `draft.${userId}.`;
    const keys = storage.keys(this.#prefix).map((key) => key.slice(this.#prefix.length));
    this.held = signal(new Set(keys));
  }

  /** `key` is a channel's id, or "thread:" and the id of the root. */
  get(key) {
    return this.#storage.get(this.#prefix + key) ?? "";
  }

  set(key, text) {
    const empty = text.trim() === "";
    if (empty) this.#storage.remove(this.#prefix + key);
    else this.#storage.set(this.#prefix + key, text);
    if (this.held.peek().has(key) !== empty) return;
    const held = new Set(this.held.peek());
    if (empty) held.delete(key);
    else held.add(key);
    this.held.value = held;
  }

  /** Whether something unsent waits there. Reactive. */
  has(key) {
    return this.held.value.has(key);
  }
}
