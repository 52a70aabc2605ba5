// Sign-ins in a list that is kept fresh while somebody looks at it: one's own, or those of one user. No devices' names.
import { batch, signal } from "../vendor/signals-core.js";
import { request } from "./frames.js";
import { KeptFresh } from "./kept_fresh.js";

const LOOK_MS = 4000; // sessions come and go without an event of their own

export class SessionList {
  #ask;
  #of;
  #fresh;

  /** `userId` null: one's own. */
  constructor({ ask, clock, userId = null }) {
    this.#ask = ask;
    this.#of = userId;
    this.#fresh = new KeptFresh({
      look: () => this.#look(),
      show: (found) => this.#show(found),
      clock,
      everyMs: LOOK_MS,
    });
    this.sessions = signal(null); // null until the first answer; newest first
    this.total = signal(0);
    this.error = this.#fresh.error;
  }

  /** Looks now, and then again and again until `close`. Never rejects. */
  open() {
    return this.#fresh.open();
  }

  close() {
    this.#fresh.close();
  }

  #look() {
    if (this.#of === null) return this.#ask(request.sessionList, {});
    return this.#ask(request.adminListSessions, { userId: this.#of, limit: 200 });
  }

  #show({ sessions, total = sessions.length }) {
    batch(() => {
      this.sessions.value = sessions;
      this.total.value = total;
      this.error.value = null;
    });
  }

  /** Ends one session; it leaves the list at once when the server has ended it. Rejects with Refused. */
  async revoke(sessionId) {
    await this.#ask(this.#of === null ? request.sessionRevoke : request.adminRevokeSession, { sessionId });
    this.#keep((session) => session.id !== sessionId);
  }

  /** Ends all of them, of one's own all but the current one. Resolves with how many, as far as this list knows. */
  async revokeAll() {
    const known = this.sessions.peek() ?? [];
    if (this.#of !== null) {
      const { revoked } = await this.#ask(request.adminRevokeUserSessions, { userId: this.#of });
      this.#keep(() => false);
      return revoked;
    }
    await this.#ask(request.sessionSignOutOthers, {});
    this.#keep((session) => session.current);
    return known.filter((session) => !session.current).length;
  }

  #keep(wanted) {
    const kept = (this.sessions.peek() ?? []).filter(wanted);
    this.#show({ sessions: kept });
    this.open();
  }
}
