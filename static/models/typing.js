// Who is writing where, for as long as that is likely to be true.
import { computed, signal } from "../vendor/signals-core.js";
import { request } from "./frames.js";

const SHOWN_MS = 6000; // a typist tells every 3 s: one lost frame does not make the line flicker
const TOLD_EVERY_MS = 3000;

export class Typing {
  #ask;
  #clock;
  #me;
  #ends = new Map(); // "channel user" -> cancel
  #told = new Map(); // channel id -> when it was told last

  constructor({ ask, clock, me }) {
    this.#ask = ask;
    this.#clock = clock;
    this.#me = me;
    this.all = signal(new Map()); // channel id -> user ids
  }

  /** The others who write in this channel, in the order in which they began. */
  in(channelId) {
    return computed(() => this.all.value.get(channelId) ?? []);
  }

  take({ channelId, userId }) {
    if (userId === this.#me.peek().id) return;
    const key = `${channelId} ${userId}`;
    this.#ends.get(key)?.();
    this.#ends.set(
      key,
      this.#clock.after(SHOWN_MS, () => this.stopped(channelId, userId)),
    );
    const there = this.all.peek().get(channelId) ?? [];
    if (!there.includes(userId)) this.#put(channelId, [...there, userId]);
  }

  /** He sent what he wrote, or stopped. */
  stopped(channelId, userId) {
    const key = `${channelId} ${userId}`;
    this.#ends.get(key)?.();
    this.#ends.delete(key);
    const there = this.all.peek().get(channelId);
    if (there?.includes(userId)) this.#put(channelId, there.filter((id) => id !== userId));
  }

  /** Tells the others that the reader writes; to be called at each key stroke. */
  tell(channelId) {
    const now = this.#clock.now();
    if (now - (this.#told.get(channelId) ?? -Infinity) < TOLD_EVERY_MS) return;
    this.#told.set(channelId, now);
    this.#ask(request.typing, { channelId }).catch(() => {}); // ephemeral: not worth a word
  }

  /** The reader has sent: the next stroke is told at once. */
  sent(channelId) {
    this.#told.delete(channelId);
  }

  clear() {
    for (const cancel of this.#ends.values()) cancel();
    this.#ends.clear();
    this.all.value = new Map();
  }

  #put(channelId, userIds) {
    const all = new Map(this.all.peek());
    if (userIds.length) all.set(channelId, userIds);
    else all.delete(channelId);
    this.all.value = all;
  }
}
