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

  /**
   * The read marker came to stand at `seq`, null when that is not known, and the server then counted `unread` and
   * `mentions`: at which moment, it does not say. False when what is shown may be wrong for that.
   */
  read({ seq, unread, mentions }) {
    if (seq !== null && seq >= this.#base) {
      this.#start(seq, 0, 0);
      return true;
    }
    if (unread + mentions > 0) {
      this.#start(Math.max(this.#base, ...[...this.#later.values()].map((later) => later.seq)), unread, mentions);
      return false;
    }
    // Nothing was unread then: what counts behind the base was written after that moment, if the marker is before it.
    this.#unread = this.#mentions = 0;
    const { unread: more, mentions: named } = this.counts;
    return seq !== null || more + named === 0;
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
