// What an open admin panel hears of live: which topics are wanted by whom, told to the server, and again after each loss.
import { effect, untracked } from "../vendor/signals-core.js";
import { event, request } from "./frames.js";

const EVENT_OF = {
  users: event.adminUserChanged,
  sessions: event.adminSessionChanged,
  audit: event.adminAuditAdded,
  stats: event.adminStats,
};

export class AdminWatch {
  #ask;
  #on;
  #state;
  #wanted = new Map(); // topic -> how many follow it
  #told = null; // what the server knows, as text; null after a loss
  #stop;

  /** `on(name, deed)` and `state` (signal of the connection) as Chat has them. */
  constructor({ ask, on, state }) {
    this.#ask = ask;
    this.#on = on;
    this.#state = state;
    this.#stop = effect(() => {
      if (state.value === "up") untracked(() => this.#tell());
      else this.#told = null;
    });
  }

  /** Calls `take(payload)` for every event of these topics; what it returns ends that. */
  follow(topics, take) {
    const offs = topics.map((topic) => this.#on(EVENT_OF[topic], (payload) => take(payload, topic)));
    this.#count(topics, 1);
    return () => {
      for (const off of offs) off();
      this.#count(topics, -1);
    };
  }

  /** The panel is closed: the server has nothing more to say. */
  close() {
    this.#wanted.clear();
    this.#tell();
    this.#stop();
  }

  #count(topics, by) {
    for (const topic of topics) this.#wanted.set(topic, (this.#wanted.get(topic) ?? 0) + by);
    this.#tell();
  }

  #tell() {
    if (this.#state.peek() !== "up") return;
    const topics = [...this.#wanted].filter(([, count]) => count > 0).map(([topic]) => topic).sort();
    const asked = topics.join();
    if (asked === (this.#told ?? "")) return;
    this.#told = asked;
    this.#ask(request.adminWatch, { topics }).catch(() => (this.#told = null)); // lost, or no administrator any more
  }
}
