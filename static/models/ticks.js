// Which users of the shown page are ticked, for what is done to several at once. Who is gone from it is not ticked.
import { computed, signal } from "../vendor/signals-core.js";

export class Ticks {
  #ids = signal(new Set());

  /** `users` is a signal of who is shown (or null), `may(user)` says who can be ticked at all. */
  constructor(users, may = () => true) {
    this.possible = computed(() => (users.value ?? []).filter(may));
    this.users = computed(() => this.possible.value.filter(({ id }) => this.#ids.value.has(id)));
  }

  has(id) {
    return this.#ids.value.has(id);
  }

  put(id, isTicked) {
    const ids = new Set(this.#ids.peek());
    if (isTicked) ids.add(id);
    else ids.delete(id);
    this.#ids.value = ids;
  }

  all(isTicked) {
    this.#ids.value = new Set(isTicked ? this.possible.peek().map(({ id }) => id) : []);
  }
}
