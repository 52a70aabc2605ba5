// The open admin panel: how its pages ask, hear live news, and go from one to the other. What stands in them is theirs.
import { signal } from "../vendor/signals-core.js";
import { AdminWatch } from "./admin_watch.js";
import { request } from "./frames.js";
import { adminRoute } from "./route.js";

export class AdminPanelModel {
  #place;
  #watch;

  /**
   * `ask` proves itself where the server wants it (step_up.js); `place` is the Place that the address follows; `pages` are
   * the names of those there are.
   */
  constructor({ chat, place, ask, pages }) {
    this.chat = chat;
    this.pages = pages;
    this.clock = chat.clock;
    this.ask = ask;
    this.#place = place;
    this.#watch = new AdminWatch({ ask: chat.ask, on: (name, deed) => chat.on(name, deed), state: chat.connection.state });
    this.totals = signal(null); // the reply of admin.stats, kept fresh
  }

  /** Calls `take(payload, topic)` for every event of these topics ("users", "sessions", "audit", "stats"). */
  follow(topics, take) {
    return this.#watch.follow(topics, take);
  }

  /** Opens a page, and what is named in it: `go("users", id)`. */
  go(...path) {
    this.#place.go(adminRoute(...path));
  }

  /** Looks at the numbers beside the navigation; never rejects. */
  async count() {
    try {
      this.totals.value = await this.ask(request.adminStats, {});
    } catch {
      // They are a courtesy, and come with the next event.
    }
  }

  close() {
    this.#watch.close();
  }
}
