// The order of a channel's events: each `seq` once and without a hole. What an event does to a message is decided
// elsewhere (timeline.js).
import { Refused } from "./errors.js";
import { event, request } from "./frames.js";

const MOST_AHEAD = 1000; // events kept while a hole is filled; over it all is fetched afresh

/**
 * Says of every content event whether it is the next one. A hole is filled with `message.changes`; what came behind it
 * waits and is applied afterwards. `messages.erased` does not say what it changed: it counts as a hole.
 *
 * `apply(channelId, frame)` applies the next event; `fill(channelId, answer, after)` the answer that stands for
 * everything from `after` + 1 to its `seq`; `place(channelId)` and `move(channelId, seq)` are the last `seq` known.
 */
export class ChannelStream {
  #filling = new Map(); // channel id -> events ahead of the hole

  constructor({ ask, place, move, apply, fill, holed = () => {} }) {
    Object.assign(this, { ask, place, move, apply, fill, holed });
  }

  take(frame) {
    const { channelId, seq, type, payload } = frame;
    const last = this.place(channelId);
    if (last === null || seq <= last) return;
    const ahead = this.#filling.get(channelId);
    if (ahead) {
      if (ahead.length < MOST_AHEAD) ahead.push(frame);
      else ahead.overflown = true;
      return;
    }
    if (type === event.channelChanges && payload.after <= last) {
      this.move(channelId, seq);
      this.fill(channelId, { ...payload, seq }, last);
    } else if (seq === last + 1 && type !== event.messagesErased) {
      this.move(channelId, seq);
      this.apply(channelId, frame);
    } else {
      this.#mend(channelId, frame);
    }
  }

  /** Whatever was being filled is void: a resume has brought, or will bring, the whole state. */
  reset() {
    this.#filling.clear();
  }

  #mend(channelId, frame) {
    const ahead = frame ? [frame] : [];
    this.#filling.set(channelId, ahead);
    this.holed(channelId, true);
    this.#fetch(channelId, ahead).finally(() => this.holed(channelId, this.#filling.has(channelId)));
  }

  async #fetch(channelId, ahead) {
    const after = this.place(channelId);
    let answer;
    try {
      answer = await this.ask(request.messageChanges, { channelId, after });
    } catch (refused) {
      if (this.#filling.get(channelId) !== ahead) return;
      this.#filling.delete(channelId);
      // Refused: the channel is not ours any more, and its own event says so. Lost: the resume starts from `after`.
      if (!(refused instanceof Refused)) throw refused;
      return;
    }
    if (this.#filling.get(channelId) !== ahead) return;
    this.#filling.delete(channelId);
    this.move(channelId, answer.seq);
    this.fill(channelId, ahead.overflown ? { ...answer, resync: true } : answer, after);
    for (const frame of ahead) this.take(frame);
  }
}
