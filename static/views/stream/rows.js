// What stands in the list, row by row: day separators, the unread line, messages grouped by author, what is not sent yet.
// Heights and what of it is in the document are decided elsewhere (heights.js, viewport.js).
import { startOfDay } from "../../lib/time.js";

const GROUP_MS = 5 * 60_000;
const DAY_AND_A_HALF_MS = 36 * 3_600_000; // lands in the next day whether this one has 23, 24 or 25 hours
const NEWEST = 100; // an unsent message that has arrived is among the newest, or the outbox has forgotten it already

/**
 * Remembers the last answer, so that one new message costs one new row: all other rows stay the same objects, and what
 * shows them need not look again. `dayOf(at)` is the beginning of the reader's day.
 */
export class Rows {
  #dayOf;
  #input = null; // of the last answer
  #said = []; // the rows of messages, with the separators between them
  #starts = []; // for each message the place in #said where its rows begin
  #singles = new Map(); // the rows around them, by key
  #days = new Map();
  #day = { start: 0, end: 0 }; // the one asked for last

  constructor(dayOf = startOfDay) {
    this.#dayOf = dayOf;
  }

  /**
   * `messages` in order of seq, `pending` the entries of the outbox, `line` {afterId, since} or null, `meId` the reader,
   * `root` the message of a thread, `hasOlder`, `hasNewer`, `gap`: whether something is missing at an end.
   */
  from({ messages, pending = [], line = null, meId, root = null, hasOlder = false, hasNewer = false, gap = false }) {
    const lineAt = line ? firstAfter(messages, line.afterId, hasOlder) : -1;
    const since = line?.since ?? messages[lineAt - 1]?.createdAt ?? null; // nobody notes when one looked last
    const lineBefore = messages[lineAt]?.id ?? null;
    this.#remake({ messages, lineBefore, since, meId, rootId: root?.id ?? null, rootAt: root?.createdAt });
    const known = this.#singles;
    this.#singles = new Map();
    const rows = this.#top(root, hasOlder).map((row) => this.#single(known, row));
    for (const row of this.#said) rows.push(row);
    if (hasNewer || gap) rows.push(this.#single(known, { kind: hasNewer ? "newer" : "gap", key: "newer", day: rows.at(-1).day }));
    this.#unsent(rows, pending, messages, (row) => this.#single(known, row));
    return rows;
  }

  #top(root, hasOlder) {
    const top = [];
    if (root) {
      top.push({ kind: "message", key: `root:${root.id}`, message: root, entry: null, grouped: false, isRoot: true, day: null });
      top.push({ kind: "replies", key: "replies", count: root.thread?.replyCount ?? 0, day: null });
    }
    if (hasOlder) top.push({ kind: "older", key: "older", day: null });
    else if (!root) top.push({ kind: "start", key: "start", day: null });
    return top;
  }

  /** Only what lies between the untouched beginning and the untouched end is made anew. */
  #remake(input) {
    const old = this.#input;
    const isComparable = old && ["lineBefore", "since", "meId", "rootId"].every((name) => old[name] === input[name]);
    if (isComparable && old.messages === input.messages) return;
    this.#input = input;
    const before = isComparable ? old.messages : [];
    const { from, kept } = untouched(before, input.messages);
    if (!this.#splice(input, before.length, from, kept)) this.#splice(input, before.length, 0, 0);
  }

  /** Keeps the rows of the first `from` and the last `kept` messages. False when the end no longer fits its new day. */
  #splice(input, oldCount, from, kept) {
    const startOf = (index) => (index < oldCount ? this.#starts[index] : this.#said.length);
    const rows = this.#said.slice(0, oldCount ? startOf(from) : 0);
    const starts = this.#starts.slice(0, from);
    for (let index = from; index < input.messages.length - kept; index += 1) {
      starts.push(rows.length);
      this.#push(rows, index, input);
    }
    const tail = kept ? this.#said.slice(startOf(oldCount - kept)) : [];
    if (tail.length && !follows(tail[0], rows.at(-1)?.day ?? null)) return false;
    const moved = kept ? rows.length - startOf(oldCount - kept) : 0;
    for (let index = oldCount - kept; index < oldCount; index += 1) starts.push(this.#starts[index] + moved);
    this.#said = rows.concat(tail);
    this.#starts = starts;
    return true;
  }

  #push(rows, index, { messages, rootId, rootAt, lineBefore, since, meId }) {
    const message = messages[index];
    const before = index ? messages[index - 1] : null;
    const lastAt = before?.createdAt ?? rootAt;
    const day = this.#separate(rows, message.createdAt, rows.at(-1)?.day ?? null, lastAt);
    if (message.id === lineBefore) rows.push({ kind: "line", key: "line", since, day });
    const isNext = rows.at(-1)?.kind === "message" && before !== null;
    const grouped = isNext && continues(before.author.id, before.createdAt, message.author.id, message.createdAt);
    const isThread = rootId !== null;
    rows.push({ kind: "message", key: keyOf(message, meId), message, entry: null, grouped, isRoot: false, isThread, day });
  }

  /** Puts in the separator of a later day than the one before. Days never go back, whatever the clocks did. */
  #separate(rows, at, day, lastAt) {
    const start = this.#startOf(at);
    const reached = day?.at ?? (lastAt === undefined ? -Infinity : this.#startOf(lastAt));
    if (start <= reached) return day;
    const next = this.#days.get(start) ?? { kind: "day", key: `day:${start}`, at: start };
    next.day = next;
    this.#days.set(start, next);
    rows.push(next);
    return next;
  }

  #startOf(at) {
    if (at < this.#day.start || at >= this.#day.end) {
      const start = this.#dayOf(at);
      this.#day = { start, end: this.#dayOf(start + DAY_AND_A_HALF_MS) };
    }
    return this.#day.start;
  }

  #unsent(rows, pending, messages, single) {
    if (!pending.length) return;
    const { meId, rootId, rootAt } = this.#input;
    const arrived = new Set(messages.slice(-NEWEST).map((message) => message.clientId));
    const last = messages.at(-1);
    let [authorId, lastAt] = [last?.author.id, last?.createdAt ?? rootAt];
    for (const entry of pending) {
      if (arrived.has(entry.clientId)) continue;
      const at = Math.max(entry.createdAt, lastAt ?? 0); // a clock behind the server's must not bring back yesterday
      const day = this.#separate(rows, at, rows.at(-1).day, lastAt);
      const grouped = rows.at(-1).kind === "message" && !rows.at(-1).isRoot && continues(authorId, lastAt, meId, at);
      const isThread = rootId !== null;
      rows.push(single({ kind: "message", key: `c:${entry.clientId}`, message: null, entry, grouped, isRoot: false, isThread, day }));
      [authorId, lastAt] = [meId, at];
    }
  }

  /** The same object as last time when nothing in it has changed. */
  #single(known, row) {
    const last = known.get(row.key);
    const kept = last && Object.keys(row).every((name) => last[name] === row[name]) ? last : row;
    this.#singles.set(row.key, kept);
    return kept;
  }
}

/** What a row is known by while it lives: a message keeps its row when it turns from unsent to sent. */
export function keyOf(message, meId) {
  return message.clientId && message.author.id === meId ? `c:${message.clientId}` : message.id;
}

function continues(authorId, at, nextAuthorId, nextAt) {
  return authorId === nextAuthorId && Math.abs(nextAt - at) < GROUP_MS;
}

/** How many messages at the beginning stayed as they were, and how many at the end of which each kept its neighbour. */
function untouched(before, now) {
  const shorter = Math.min(before.length, now.length);
  let from = 0;
  while (from < shorter && before[from] === now[from]) from += 1;
  let kept = 0;
  while (kept < shorter - from && before[before.length - 1 - kept] === now[now.length - 1 - kept]) kept += 1;
  return { from, kept: Math.max(0, kept - 1) };
}

function follows(row, day) {
  return row.kind === "day" ? day === null || day.at < row.at : row.day === day;
}

/** The index of the message that the unread line stands before, or one that is not there. */
function firstAfter(messages, afterId, hasOlder) {
  if (afterId === null) return hasOlder ? -1 : 0;
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    if (messages[index].id === afterId) return index + 1;
  }
  return -1;
}
