// Who there is, and who is here now. Administration of people is in administration.js.
import { batch, computed, signal } from "../vendor/signals-core.js";
import { event, request } from "./frames.js";
import { lookOf } from "./looks.js";

const ASK_AT_ONCE = 200; // user.get takes no more

export class People {
  #ask;
  #wanted = new Set(); // asked for in this turn, or on its way
  #missing = new Set(); // the server does not know them: not asked for again
  #flush = null;
  #twins; // ids, with a space round each: a text, so that the same is the same

  constructor({ ask }) {
    this.#ask = ask;
    this.all = signal(new Map());
    this.complete = signal(false);
    this.here = signal(new Map()); // user id -> status; who is offline is not in it
    this.list = computed(() =>
      [...this.all.value.values()]
        .filter((user) => user.status !== "deactivated" && !user.removed)
        .sort((a, b) => a.displayName.localeCompare(b.displayName)),
    );
    this.#twins = computed(() => twinsAmong(this.all.value.values()));
  }

  /** Does somebody else look so by name? Reactive, and quiet while the answer stays. */
  isTwin(id) {
    return this.#twins.value.includes(` ${id} `);
  }

  /** The user, or null while nothing is known of him. Reactive. */
  get(id) {
    return this.all.value.get(id) ?? null;
  }

  peek(id) {
    return this.all.peek().get(id) ?? null;
  }

  /** "online", "away", "dnd" or "offline". Reactive. */
  presence(id) {
    return this.here.value.get(id) ?? "offline";
  }

  /** Takes the state of `sync`. */
  replace({ users, usersComplete, presence }) {
    batch(() => {
      const known = usersComplete ? new Map() : new Map(this.all.peek());
      for (const user of users) known.set(user.id, user);
      this.all.value = known;
      this.complete.value = usersComplete;
      this.here.value = new Map();
      this.#presence(presence);
      this.#missing.clear();
    });
  }

  /** Fetches those of `ids` that are not known yet; many calls in one turn make one request. */
  need(ids) {
    for (const id of ids) {
      if (this.all.peek().has(id) || this.#missing.has(id) || this.#wanted.has(id)) continue;
      this.#wanted.add(id);
      this.#flush ??= Promise.resolve().then(() => this.#fetch());
    }
  }

  async #fetch() {
    this.#flush = null;
    const ids = [...this.#wanted];
    for (let at = 0; at < ids.length; at += ASK_AT_ONCE) {
      const some = ids.slice(at, at + ASK_AT_ONCE);
      try {
        const { users } = await this.#ask(request.userGet, { userIds: some });
        const found = new Set(users.map((user) => user.id));
        for (const id of some) if (!found.has(id)) this.#missing.add(id);
        this.add(users);
      } catch {
        // Without a connection they stay unknown; whoever shows them asks again.
      }
      for (const id of some) this.#wanted.delete(id);
    }
  }

  /** Those whose names begin with or hold `query`. Asks the server only where not all people are known here. */
  async find(query, limit = 20) {
    const text = query.trim().toLocaleLowerCase();
    if (this.complete.peek() || !text) {
      const fits = (user) => [user.displayName, user.userName, user.nickname ?? ""].some((name) => holds(name, text));
      return this.list.peek().filter(fits).slice(0, limit);
    }
    const { users } = await this.#ask(request.userFind, { query: query.trim().slice(0, 100), limit });
    this.add(users);
    return users;
  }

  /** Takes people that an answer brought. Who is known already is so from events, which an answer may be older than. */
  add(users) {
    this.#put(users.filter((user) => !this.all.peek().has(user.id)));
  }

  #put(users) {
    if (!users.length) return;
    const known = new Map(this.all.peek());
    for (const user of users) known.set(user.id, user);
    this.all.value = known;
  }

  /** Applies an event of section 6 that is about people. */
  take({ type, payload }) {
    if (type === event.presenceChanged) return this.#presence(payload.presence);
    if (type === event.userRemoved) return this.#removed(payload.user);
    this.#missing.delete(payload.user.id);
    return this.#put([payload.user]);
  }

  #presence(changed) {
    const here = new Map(this.here.peek());
    for (const { userId, status } of changed) {
      if (status === "offline") here.delete(userId);
      else here.set(userId, status);
    }
    this.here.value = here;
  }

  #removed(user) {
    const known = new Map(this.all.peek());
    if (known.has(user.id)) known.set(user.id, { ...known.get(user.id), removed: true }); // his messages still name him
    const here = new Map(this.here.peek());
    here.delete(user.id);
    batch(() => {
      this.all.value = known;
      this.here.value = here;
    });
  }
}

function holds(name, text) {
  return name.toLocaleLowerCase().includes(text);
}

function twinsAmong(users) {
  const looks = new Map();
  for (const { id, displayName, removed } of users) {
    if (removed) continue;
    const look = lookOf(displayName);
    looks.set(look, [...(looks.get(look) ?? []), id]);
  }
  const twins = [...looks.values()].filter((ids) => ids.length > 1).flat();
  return ` ${twins.sort().join(" ")} `;
}
