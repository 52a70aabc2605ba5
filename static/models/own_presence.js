// How oneself wants to be seen. The server forgets it with one's last connection, so it is kept here and told again.
import { effect, signal, untracked } from "../vendor/signals-core.js";
import { request } from "./frames.js";

const STATUSES = ["online", "away", "dnd"];

export class OwnPresence {
  #ask;
  #people;
  #me;
  #storage;
  #key;
  #stops;
  #isTelling = false;

  constructor({ ask, connection, people, me, storage }) {
    this.#ask = ask;
    this.#people = people;
    this.#me = me;
    this.#storage = storage;
    this.#key = `presence.${me.peek().id}`;
    const kept = storage.get(this.#key);
    this.chosen = signal(STATUSES.includes(kept) ? kept : "online");
    this.#stops = [
      effect(() => {
        if (connection.state.value === "up") untracked(() => this.#tellAgain());
      }),
      effect(() => {
        const status = people.presence(me.peek().id);
        if (connection.state.peek() === "up" && !this.#isTelling) this.#take(status);
      }),
    ];
  }

  /** Rejects with Refused; the choice then goes back. */
  async choose(status) {
    const before = this.chosen.peek();
    this.#keep(status);
    try {
      await this.#tell(status);
    } catch (refused) {
      this.#keep(before);
      throw refused;
    }
  }

  stop() {
    for (const stop of this.#stops) stop();
  }

  #tellAgain() {
    const chosen = this.chosen.peek();
    if (chosen === this.#people.presence(this.#me.peek().id)) return;
    this.#tell(chosen).catch(() => {}); // lost again: told at the next connection
  }

  async #tell(status) {
    this.#isTelling = true;
    try {
      await this.#ask(request.presenceSet, { status });
    } finally {
      this.#isTelling = false;
    }
  }

  /** Chosen in another window of one's own. */
  #take(status) {
    if (STATUSES.includes(status)) this.#keep(status);
  }

  #keep(status) {
    if (status === this.chosen.peek()) return;
    this.chosen.value = status;
    if (status === "online") this.#storage.remove(this.#key);
    else this.#storage.set(this.#key, status);
  }
}
