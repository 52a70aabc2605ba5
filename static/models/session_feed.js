// What has just happened with sign-ins, the latest first, for whoever looks on. The sessions themselves are elsewhere.
import { signal } from "../vendor/signals-core.js";

const KEPT = 20;

export class SessionFeed {
  #clock;
  #last = 0;

  constructor({ clock }) {
    this.#clock = clock;
    this.events = signal([]); // {id, at, change: "started", session} or {id, at, change: "ended", userIds, code}
  }

  /** Applies admin.sessionChanged. */
  take({ change, session, userIds = [], code }) {
    const what = change === "started" ? { session, userIds: [session.userId] } : { userIds, code };
    const event = { id: ++this.#last, at: this.#clock.now(), change, ...what };
    this.events.value = [event, ...this.events.peek()].slice(0, KEPT);
  }
}
