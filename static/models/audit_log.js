// The audit log as administrators read it: filtered, searched, page by page behind a known entry, so that what is
// written meanwhile shifts nothing, and live on the first page. What an entry says in words is audit_entry.js's.
import { batch, signal } from "../vendor/signals-core.js";
import { COMMAND_LINE } from "./audit_entry.js";
import { request } from "./frames.js";
import { RowPages } from "./row_pages.js";
import { SearchField } from "./search_field.js";

const DAY_MS = 86_400_000;

/** What may be chosen of all that happens: names, or groups of them, as the server takes them. */
export const GROUPS = {
  refused: "denied,proof.failed,signIn.failed,registration.refused,link.refused,totp.refused,audit.*",
  users: "user.*",
  roles: "role.*",
  signIns: "signIn.*,registration.*,link.refused,user.passwordForgotten,user.passwordChosen",
  sessions: "session.*",
  totp: "totp.*,proof.*",
  programs: "bot.*,token.*,webhook.*,made.*",
  channels: "channel.*",
  server: "settings.*,link.*,letter.*,export.*",
};
export const PERIODS = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS };

export class AuditLog {
  #ask;
  #clock;
  #behind = [null]; // for each page the entry that it comes after
  #meanwhile = []; // what was told while an answer is on its way, which may not hold it
  #field;
  /** `about` and `by` are the ids of those whom it is about, or who did it; null for everybody. */
  constructor({ ask, clock, about = null, by = null, pageSize = 50 }) {
    this.#ask = ask;
    this.#clock = clock;
    this.about = about;
    this.by = by;
    this.group = signal(null);
    this.period = signal(null);
    this.#field = new SearchField({ clock, find: () => this.#again() });
    this.query = this.#field.typed;
    this.search = this.#field.sought;
    this.hasOlder = signal(false);
    this.names = signal({ people: new Map(), channels: new Map() }); // of those that entries name
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
    const page = offset / limit;
    const beforeId = this.#behind[page] ?? null;
    const meanwhile = (this.#meanwhile = []);
    const wanted = { ...this.wanted(), ...(beforeId !== null && { beforeId }), limit: limit + 1 };
    const { entries, people, channels, total } = await this.#ask(request.adminAuditLog, wanted);
    const newer = page > 0 ? [] : meanwhile.filter(({ id }) => id > (entries[0]?.id ?? 0)).reverse();
    const rows = [...newer, ...entries].slice(0, limit);
    this.#behind[page + 1] = rows.at(-1)?.id ?? null;
    this.#name(people, channels);
    this.hasOlder.value = newer.length + entries.length > limit;
    return { rows, total: rows.length === 0 ? 0 : total + newer.length };
  }

  #name(people, channels) {
    const names = this.names.peek();
    this.names.value = {
      people: new Map([...names.people, ...people.map((face) => [face.id, face])]),
      channels: new Map([...names.channels, ...Object.entries(channels)]),
    };
  }

  /** What is looked for, as the server takes it; an export takes the same. */
  wanted() {
    const group = this.group.peek();
    const period = this.period.peek();
    const search = this.search.peek();
    return {
      ...(group && { action: GROUPS[group] }),
      ...(period && { after: this.#clock.now() - PERIODS[period] }),
      ...(search && { search }),
      ...(this.about !== null && { targetId: this.about }),
      ...(this.by !== null && { actorId: this.by }),
    };
  }

  /** A file with all that is looked for, not this page alone: {url, name}. Rejects with Refused. */
  export(format) {
    return this.#ask(request.adminExport, { what: "audit", format, ...this.wanted() });
  }

  showGroup(group) {
    this.group.value = group;
    return this.#again();
  }

  showPeriod(period) {
    this.period.value = period;
    return this.#again();
  }

  #again() {
    this.#behind = [null];
    return this.list.showPage(0);
  }

  /** Takes what is typed into the search field; asks when the typing pauses. */
  type(text) {
    this.#field.type(text);
  }

  newer() {
    const page = this.list.page.peek();
    if (page === 1) this.#behind = [null];
    return this.list.showPage(page - 1);
  }

  older() {
    return this.list.showPage(this.list.page.peek() + 1);
  }

  /** Applies admin.auditAdded: at once at the top of the first page, where it belongs there; a search asks again. */
  take({ entry }) {
    if (this.search.peek() !== "") return void this.list.refresh();
    if (!this.#fits(entry)) return undefined;
    if (this.list.page.peek() > 0) return void (this.list.total.value += 1);
    this.#meanwhile.push(entry);
    this.#prepend(entry);
    return this.#isNamed(entry) ? undefined : void this.list.refresh();
  }

  #fits({ action, actorId, targetId }) {
    const group = this.group.peek();
    if (this.about !== null && targetId !== this.about) return false;
    if (this.by !== null && actorId !== this.by) return false;
    return !group || isIn(GROUPS[group], action);
  }

  #prepend(entry) {
    const rows = this.list.rows.peek();
    if (!rows || rows.some(({ id }) => id === entry.id)) return;
    const all = [entry, ...rows].sort((a, b) => b.id - a.id);
    const kept = all.slice(0, this.list.pageSize);
    this.#behind[1] = kept.at(-1).id;
    batch(() => {
      if (kept.length < all.length) this.hasOlder.value = true;
      this.list.rows.value = kept;
      this.list.total.value += 1;
    });
  }

  #isNamed(entry) {
    const { people, channels } = this.names.peek();
    return namedIn(entry).every((id) => people.has(id) || channels.has(id));
  }
}

/** The ids of people and channels that an entry names. */
function namedIn({ actorId, targetId, detail }) {
  const ids = [actorId, targetId, detail.channelId, detail.ownerId, detail.fromUserId, detail.toUserId];
  return ids.filter((id) => typeof id === "string" && id !== COMMAND_LINE);
}

/** Is an action one of those, or of one of those groups? */
export function isIn(wanted, action) {
  return wanted.split(",").some((one) => (one.endsWith(".*") ? action.startsWith(one.slice(0, -1)) : action === one));
}
