// The sign-ins of the whole server as administrators see them, or those of one person: searched, narrowed down, sorted,
// page by page, kept live. One's own are in session_list.js.
import { batch, signal } from "../vendor/signals-core.js";
import { request } from "./frames.js";
import { RowPages } from "./row_pages.js";
import { SearchField } from "./search_field.js";

export const SHOWN = ["all", "online", "idle"];
const IDLE_MS = 7 * 86_400_000;

export class SessionDirectory {
  #ask;
  #clock;
  #field;

  /** `userId` null: of everybody. */
  constructor({ ask, clock, userId = null, pageSize = 50 }) {
    this.#ask = ask;
    this.#clock = clock;
    this.userId = userId;
    this.show = signal("all");
    this.sort = signal({ by: "lastActiveAt", order: "desc" });
    this.#field = new SearchField({ clock, find: () => this.list.showPage(0) });
    this.query = this.#field.typed;
    this.search = this.#field.sought;
    this.list = new RowPages({ look: (page) => this.#look(page), clock, pageSize });
  }

  /** Looks at the page as it is chosen now; never rejects. */
  load() {
    return this.list.load();
  }

  close() {
    this.#field.close();
    this.list.close();
  }

  async #look({ offset, limit }) {
    const { by, order } = this.sort.peek();
    const search = this.search.peek();
    const { sessions, total } = await this.#ask(request.adminListSessions, {
      ...(this.userId !== null && { userId: this.userId }),
      ...(search && { search }),
      ...this.#narrowed(),
      sort: by,
      order,
      offset,
      limit,
    });
    return { rows: sessions, total };
  }

  #narrowed() {
    if (this.show.peek() === "online") return { online: true };
    return this.show.peek() === "idle" ? { activeBefore: this.#clock.now() - IDLE_MS } : {};
  }

  /** "all", "online" (with an open window) or "idle" (seven days and more). */
  showOnly(which) {
    this.show.value = which;
    return this.list.showPage(0);
  }

  /** Sorts by a column, the latest first; asked for the same one again, the other way round. */
  sortBy(by) {
    const { by: before, order } = this.sort.peek();
    this.sort.value = { by, order: by === before && order === "desc" ? "asc" : "desc" };
    return this.list.showPage(0);
  }

  /** Takes what is typed into the search field; asks when the typing pauses. */
  type(text) {
    this.#field.type(text);
  }

  /** Applies admin.sessionChanged: what ended goes at once, what began comes with the next look. */
  take({ change, sessionIds }) {
    if (change === "ended") this.#drop(new Set(sessionIds));
    this.list.refresh();
  }

  #drop(ended) {
    const rows = this.list.rows.peek();
    if (!rows?.some(({ id }) => ended.has(id))) return;
    batch(() => {
      this.list.rows.value = rows.filter(({ id }) => !ended.has(id));
      this.list.total.value -= rows.length - this.list.rows.peek().length;
    });
  }

  /** Ends one session. Rejects with Refused, as what follows. */
  async revoke(sessionId) {
    await this.#ask(request.adminRevokeSession, { sessionId });
    this.take({ change: "ended", sessionIds: [sessionId] });
  }

  /** Ends all of this user; how many. */
  async revokeUser() {
    return this.#ended(await this.#ask(request.adminRevokeUserSessions, { userId: this.userId }));
  }

  /** Ends everybody's but this one; how many. */
  async revokeAll() {
    return this.#ended(await this.#ask(request.adminRevokeAllSessions, {}));
  }

  /** Ends one's own but this one. */
  async revokeOwnOthers() {
    await this.#ask(request.sessionSignOutOthers, {});
    this.list.refresh();
  }

  #ended({ revoked }) {
    this.list.refresh();
    return revoked;
  }
}
