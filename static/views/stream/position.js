// Where a list opens, where it goes when one speaks, and where one comes back to within the visit. How a place is held is
// viewport.js's.

const places = new WeakMap(); // timeline -> where one was when one left it, unless that was the end

export class Position {
  #list;
  #isOpen = false;
  #isFresh = true; // nobody has scrolled yet
  #isAtLine = false;
  #lastSent;

  constructor(list) {
    this.#list = list;
  }

  /** Before each drawing of loaded rows; `pending` are the entries of the outbox. */
  choose(rows, pending) {
    const sent = pending.at(-1)?.clientId ?? null;
    if (!this.#isOpen) this.#open(rows);
    else if (sent !== null && sent !== this.#lastSent) this.#speak();
    else if (this.#isFresh && !this.#isAtLine) this.#toLine(rows);
    this.#isOpen = true;
    this.#lastSent = sent ?? this.#lastSent;
  }

  /** The reader has taken over. */
  touched() {
    this.#isFresh = false;
  }

  leave() {
    const { timeline, viewport } = this.#list;
    if (!this.#isOpen) return;
    if (viewport.isAtEnd) places.delete(timeline);
    else places.set(timeline, viewport.place);
  }

  #open(rows) {
    const { timeline, viewport } = this.#list;
    const before = places.get(timeline);
    if (before && rows.some((row) => row.key === before.key)) {
      viewport.place = before;
      this.#isFresh = false;
    } else if (!this.#toLine(rows)) {
      viewport.toEnd();
    }
  }

  /** The unread line goes to a third from the top, also when the messages around it came later. */
  #toLine(rows) {
    this.#isAtLine = rows.some((row) => row.kind === "line");
    if (this.#isAtLine) this.#list.viewport.show("line", 1 / 3);
    return this.#isAtLine;
  }

  /** One's own message: whatever one was reading, one sees it go. */
  #speak() {
    const { timeline, viewport } = this.#list;
    this.#isFresh = false;
    viewport.toEnd();
    if (timeline.hasNewer.peek()) queueMicrotask(() => timeline.toNewest());
  }
}
