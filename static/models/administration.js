// The people of the server as administrators see them: one page of the list, its tabs, search and seats, kept live.
// What is done to one person is in accounts.js.
import { batch, computed, signal } from "../vendor/signals-core.js";
import { event, request } from "./frames.js";
import { SearchField } from "./search_field.js";

export const TABS = ["all", "pending", "active", "deactivated"];
const FIRST_ORDER = { createdAt: "desc", name: "asc", userName: "asc", email: "asc", status: "asc" };
const REFRESH_MS = 250; // many changes in a row cost one look at the list
const QUIET_REFRESH_MS = 2000; // somebody came or went: only a number of sessions may have changed

export class Administration {
  #ask;
  #clock;
  #asked = 0; // numbers the looks: only the answer to the last one counts
  #answered = 0; // the number of the last look that was answered
  #field;
  #cancelRefresh = null;
  #refreshAt = Infinity;

  constructor({ ask, clock, pageSize = 50 }) {
    this.#ask = ask;
    this.#clock = clock;
    this.pageSize = pageSize;
    this.tab = signal("all");
    this.role = signal(null); // null: every role
    this.sort = signal({ by: "createdAt", order: "desc" });
    this.#field = new SearchField({ clock, find: () => this.showPage(0) });
    this.query = this.#field.typed;
    this.search = this.#field.sought;
    this.page = signal(0);
    this.users = signal(null); // null until the first answer
    this.total = signal(0);
    this.counts = signal(null);
    this.seats = signal(null);
    this.error = signal(null);
    this.loading = signal(false); // an answer to something the reader chose is on its way
    this.pages = computed(() => Math.max(1, Math.ceil(this.total.value / pageSize)));
    this.isFull = computed(() => {
      const { used, max } = this.seats.value ?? { used: 0, max: 0 };
      return max > 0 && used >= max;
    });
  }

  /** Forgets what is under way; nothing is shown afterwards that was asked before. */
  close() {
    this.#asked += 1;
    this.#field.close();
    this.#stopRefresh();
  }

  showTab(tab) {
    batch(() => {
      this.tab.value = tab;
      this.page.value = 0;
    });
    return this.load();
  }

  showRole(role) {
    batch(() => {
      this.role.value = role;
      this.page.value = 0;
    });
    return this.load();
  }

  /** Sorts by a column; asked for the same one again, the other way round. */
  sortBy(by) {
    const { by: before, order } = this.sort.peek();
    const turned = order === "asc" ? "desc" : "asc";
    batch(() => {
      this.sort.value = { by, order: by === before ? turned : FIRST_ORDER[by] };
      this.page.value = 0;
    });
    return this.load();
  }

  showPage(page) {
    this.page.value = Math.min(Math.max(0, page), this.pages.peek() - 1);
    return this.load();
  }

  /** Takes what is typed into the search field; asks when the typing pauses. */
  type(text) {
    this.#field.type(text);
  }

  /** Looks at the list as it is chosen now. Never rejects: a refusal is in `error`, and what was shown stays. */
  load() {
    this.loading.value = true;
    return this.#look();
  }

  async #look() {
    this.#stopRefresh();
    const number = ++this.#asked;
    try {
      const reply = await this.#ask(request.adminListUsers, this.#wanted());
      if (number === this.#asked) this.#show(reply);
    } catch (refused) {
      if (number === this.#asked) this.#fail(refused);
    }
  }

  #fail(refused) {
    this.#answered = this.#asked;
    batch(() => {
      this.error.value = refused;
      this.loading.value = false;
    });
  }

  /** What the list is narrowed down to, as requests take it. */
  narrowed() {
    const search = this.search.peek();
    const role = this.role.peek();
    return { tab: this.tab.peek(), ...(role && { role }), ...(search && { search }) };
  }

  #wanted() {
    const { by, order } = this.sort.peek();
    const isSorted = by !== "createdAt" || order !== "desc"; // the server's own order
    return {
      ...this.narrowed(),
      ...(isSorted && { sort: by, order }),
      offset: this.page.peek() * this.pageSize,
      limit: this.pageSize,
    };
  }

  #show({ users, total, counts, seats }) {
    this.#answered = this.#asked;
    const beyond = users.length === 0 && total > 0; // the page is gone: those on it were removed
    batch(() => {
      if (!beyond) this.users.value = users;
      this.total.value = total;
      this.counts.value = counts;
      this.seats.value = seats;
      this.error.value = null;
      this.loading.value = beyond;
    });
    if (beyond) this.showPage(this.pages.peek() - 1);
  }

  /** Shows a person as an answer or an event says he is now, where he stands in the list, and looks again soon. */
  put(user) {
    const users = this.users.peek();
    if (users?.some((one) => one.id === user.id)) {
      this.users.value = users.map((one) => (one.id === user.id ? { ...one, ...user } : one));
    }
    this.refresh();
  }

  /** Takes a person out at once; the numbers follow with the next look. */
  drop(userId) {
    const users = this.users.peek();
    if (users?.some((one) => one.id === userId)) this.users.value = users.filter((one) => one.id !== userId);
    this.refresh();
  }

  /** Looks at the list again soon, quietly: once for all that happens until then. */
  refresh(within = REFRESH_MS) {
    const at = this.#clock.now() + within;
    if (at >= this.#refreshAt) return;
    this.#stopRefresh();
    this.#refreshAt = at;
    this.#cancelRefresh = this.#clock.after(within, () => this.#lookAgain());
  }

  /** Waits while an answer is on its way: a server that is slower than the changes must still be heard. */
  #lookAgain() {
    this.#stopRefresh();
    if (this.#answered === this.#asked) this.#look();
    else this.refresh();
  }

  #stopRefresh() {
    this.#cancelRefresh?.();
    this.#cancelRefresh = null;
    this.#refreshAt = Infinity;
  }

  /** Applies an event of the server, whoever caused it. */
  take({ type, payload }) {
    if (type === event.userUpdated) this.put(payload.user);
    else if (type === event.userRemoved) this.drop(payload.user.id);
    else if (type === event.userCreated) this.refresh();
    else if (type === event.presenceChanged && this.#shows(payload.presence)) this.refresh(QUIET_REFRESH_MS);
  }

  #shows(presence) {
    const here = new Set(this.users.peek()?.map((user) => user.id));
    return presence.some(({ userId }) => here.has(userId));
  }
}
