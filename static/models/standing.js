// How many messages of one channel the reader has not read: the server's numbers of one moment, and message by message
// what came behind it. Numbers that cross a message on the wire would count it twice, or not at all.
import { names } from "./message.js";

const KEPT = 500; // messages known one by one; older ones are only part of the sum

export class Standing {
  #me;
  #base; // the `seq` up to which the server's numbers, or the read marker, stand for everything
  #unread;
  #mentions;
  #later = new Map(); // message id -> {seq, unread, mentions}, in order of seq

  /** `me` is the reader's id; `unread` and `mentions` are the server's when the channel stood at `seq`. */
  constructor({ me, seq, unread = 0, mentions = 0 }) {
    this.#me = me;
    this.#base = seq;
    this.#unread = unread;
    this.#mentions = mentions;
  }

  /** What is shown. */
  get counts() {
    const counts = { unread: this.#unread, mentions: this.#mentions };
    for (const { unread, mentions } of this.#later.values()) {
      counts.unread += unread;
      counts.mentions += mentions;
    }
    return counts;
  }

  /** The `seq` of a message that came in lately, or null. */
  seqOf(messageId) {
    return this.#later.get(messageId)?.seq ?? null;
  }

  /** The server's numbers when the channel stood at `seq`. Those of an earlier moment than ours say nothing new. */
  settle({ seq, unread, mentions }) {
    if (seq < this.#base) return;
    this.#start(seq, unread, mentions);
  }

  /** A message that is new in the channel. */
  add(message) {
    if (message.seq <= this.#base) return;
    this.#later.set(message.id, this.#weight(message));
    if (this.#later.size > KEPT) this.#fold();
  }

  /** A message became another. False where it is part of a sum, and nobody knows whether it was counted. */
  changed(message) {
    if (!this.#later.has(message.id)) return message.seq > this.#base;
    this.#later.set(message.id, this.#weight(message));
    return true;
  }

  /** All up to `seq` is read. False where the server's numbers are younger than that: only it knows what is left. */
  readUpTo(seq) {
    if (seq < this.#base) return false;
    this.#start(seq, 0, 0);
    return true;
  }

  /** The server's numbers of an unknown moment, just after a reading. False when what is shown may be wrong now. */
  told({ unread, mentions }) {
    if (unread + mentions > 0) {
      this.#start(Math.max(this.#base, ...[...this.#later.values()].map(({ seq }) => seq)), unread, mentions);
      return false;
    }
    // Nothing was unread at that moment, so what counts behind our own base was most likely written after it.
    this.#unread = this.#mentions = 0;
    const counts = this.counts;
    return counts.unread + counts.mentions === 0;
  }

  #start(seq, unread, mentions) {
    this.#base = seq;
    this.#unread = unread;
    this.#mentions = mentions;
    for (const [id, later] of this.#later) if (later.seq <= seq) this.#later.delete(id);
  }

  #fold() {
    const [[id, { seq, unread, mentions }]] = this.#later;
    this.#later.delete(id);
    this.#base = seq;
    this.#unread += unread;
    this.#mentions += mentions;
  }

  #weight({ seq, author, deletedAt, threadId, ...message }) {
    const counts = author.id !== this.#me && deletedAt === null;
    return { seq, unread: Number(counts && threadId === null), mentions: Number(counts && names(message, this.#me)) };
  }
}
