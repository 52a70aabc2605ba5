// How far the reader has read is told to the server, at most once a second and never backwards. What he has looked at
// is decided by who shows it.
import { request } from "./frames.js";

const TELL_EVERY_MS = 1000;

export class Reading {
  #ask;
  #clock;
  #next = new Map(); // channel id -> the message up to which reading is to be told
  #lost = new Map(); // the same: was told, and nobody heard
  #pause = null;
  #told = new Map(); // channel id -> seq of what was told as read last
  #replies = new Map(); // channel id -> the reply that was seen last while there was more to read before it

  constructor({ ask, clock }) {
    this.#ask = ask;
    this.#clock = clock;
  }

  /** `message` of the channel, or of one of its threads, was seen; `timeline` is the channel's. */
  seen({ channel, message, timeline }) {
    const reply = this.#replies.get(channel.id);
    if (message.threadId !== null && this.#leavesOut(message, timeline, channel)) {
      this.#replies.set(channel.id, message); // until the channel is read so far
      return;
    }
    this.#tellOf(channel, message, timeline);
    if (!reply || this.#leavesOut(reply, timeline, channel)) return;
    this.#replies.delete(channel.id);
    this.#tellOf(channel, reply, timeline);
  }

  /** The marker is one for channel and threads: over messages that were not seen it may not go. */
  #leavesOut(reply, timeline, channel) {
    const before = timeline.messages.peek().findLast(({ seq }) => seq < reply.seq);
    return timeline.hasNewer.peek() || (before !== undefined && before.seq > this.#readIn(channel, timeline));
  }

  #tellOf(channel, message, timeline) {
    if (message.seq <= this.#readIn(channel, timeline)) return;
    this.#told.set(channel.id, message.seq);
    this.#next.set(channel.id, message.id);
    this.#pause ??= this.#clock.after(0, () => this.#tell());
  }

  #readIn(channel, timeline) {
    const read = channel.lastReadId ? timeline.find(channel.lastReadId) : null;
    return Math.max(this.#told.get(channel.id) ?? -1, read?.seq ?? -1);
  }

  #tell() {
    this.#pause = null;
    if (!this.#next.size) return;
    this.#pause = this.#clock.after(TELL_EVERY_MS, () => this.#tell());
    for (const [channelId, messageId] of this.#next) {
      this.#ask(request.read, { channelId, messageId }).catch(() => {
        this.#told.delete(channelId);
        this.#lost.set(channelId, messageId);
      });
    }
    this.#next.clear();
  }

  /** There is a connection again: what nobody heard is told once more. */
  again() {
    this.#next = new Map([...this.#lost, ...this.#next]);
    this.#lost.clear();
    if (this.#next.size) this.#pause ??= this.#clock.after(0, () => this.#tell());
  }

  /** What was not told yet is not read. */
  forget(channelId) {
    this.#next.delete(channelId);
    this.#lost.delete(channelId);
  }

  stop() {
    this.#pause?.();
  }
}
