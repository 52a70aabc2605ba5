// The order of a channel's events: each `seq` once and without a hole. What an event does to a message is decided
// elsewhere (timeline.js).
import { Refused } from "./errors.js";
import { errorCode, event, request } from "./frames.js";

const MOST_AHEAD = 1000; // events kept while a hole is filled; over it all is fetched afresh
const RETRY_MS = 2000;
const PASSING = [errorCode.rateLimited, errorCode.unavailable]; // the same question is worth asking again

/**
 * Says of every content event whether it is the next one. A hole is filled with `message.changes`; what came behind it
 * waits and is applied afterwards. `messages.erased` does not say what it changed: it counts as a hole.
 *
 * `apply(channelId, frame)` applies the next event; `fill(channelId, answer, after)` the answer that stands for
 * everything from `after` + 1 to its `seq`; `late(channelId, frame)` gets an event that came behind an answer which
 * stands for it, or a second time; `place(channelId)` and `move(channelId, seq)` are the last `seq` known.
 */
export class ChannelStream {
  #filling = new Map(); // channel id -> {frames, overflown, cancel}: what came ahead of the hole

  constructor({ ask, clock, place, move, apply, fill, late = () => {}, holed = () => {} }) {
    Object.assign(this, { ask, clock, place, move, apply, fill, late, holed });
  }

  take(frame) {
    const { channelId, seq, type, payload } = frame;
    const last = this.place(channelId);
    if (last === null) return;
    if (seq <= last) return void this.late(channelId, frame);
    const ahead = this.#filling.get(channelId);
    if (ahead) {
      if (ahead.frames.length < MOST_AHEAD) ahead.frames.push(frame);
      else ahead.overflown = true;
    } else if (type === event.channelChanges && payload.after <= last) {
      this.move(channelId, seq);
      this.fill(channelId, payload, last);
    } else if (seq === last + 1 && type !== event.messagesErased) {
      this.move(channelId, seq);
      this.apply(channelId, frame);
    } else {
      this.mend(channelId, [frame]);
    }
  }

  /** Asks for what is missing up to now; `frames` come behind it. */
  mend(channelId, frames = []) {
    if (this.#filling.has(channelId)) return;
    const ahead = { frames, overflown: false, cancel: () => {} };
    this.#filling.set(channelId, ahead);
    this.holed(channelId, true);
    this.#fetch(channelId, ahead);
  }

  /** Whatever was being filled is void: a resume has brought, or will bring, the whole state. */
  reset() {
    for (const channelId of [...this.#filling.keys()]) this.#end(channelId);
  }

  #end(channelId) {
    this.#filling.get(channelId).cancel();
    this.#filling.delete(channelId);
    this.holed(channelId, false);
  }

  async #fetch(channelId, ahead) {
    const after = this.place(channelId);
    try {
      const answer = await this.ask(request.messageChanges, { channelId, after });
      if (this.#filling.get(channelId) === ahead) this.#filled(channelId, ahead, answer, after);
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      if (this.#filling.get(channelId) === ahead) this.#unfilled(channelId, ahead, refused);
    }
  }

  #filled(channelId, { frames, overflown }, answer, after) {
    this.#end(channelId);
    if (this.place(channelId) === after) {
      this.move(channelId, answer.seq);
      this.fill(channelId, overflown ? { ...answer, resync: true } : answer, after);
    } // else the channel was left meanwhile, or joined anew
    for (const frame of frames.sort((a, b) => a.seq - b.seq)) this.take(frame);
  }

  /** Lost: the resume starts from where we stand. Else the channel is not ours any more, and its own event says so. */
  #unfilled(channelId, ahead, { code, retryAfterMs }) {
    if (!PASSING.includes(code)) return this.#end(channelId);
    ahead.cancel = this.clock.after(retryAfterMs ?? RETRY_MS, () => this.#fetch(channelId, ahead));
    return undefined;
  }
}
