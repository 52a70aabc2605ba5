// What is said in the channels: every change of it, in order, to the loaded timelines, the counts and the outbox. How
// changes get here, and events about channels and people, are chat.js's.
import { batch } from "../vendor/signals-core.js";
import { ChannelStream } from "./channel_stream.js";
import { event } from "./frames.js";
import { Timelines } from "./timelines.js";

const TYPES = new Set([
  event.messageCreated,
  event.messageUpdated,
  event.messageDeleted,
  event.reactionAdded,
  event.reactionRemoved,
  event.channelChanges,
]);

export class Content {
  #me;
  #channels;
  #typing;
  #told;
  #stream;

  /** `told(message)` hears of every message that comes in, `applied(frame)` of every event once it is applied. */
  constructor({ ask, clock, me, channels, typing, told, applied }) {
    this.#me = me;
    this.#channels = channels;
    this.#typing = typing;
    this.#told = told;
    this.timelines = new Timelines({ ask });
    this.#stream = new ChannelStream({
      ask,
      clock,
      place: (id) => this.#place(id),
      move: (id, seq) => channels.change(id, { seq }),
      apply: (id, frame) => (this.#apply(id, frame), applied(frame)),
      fill: (id, answer, after) => this.#fill(id, answer, after),
      // A page that was asked for together with the state may be older than the state is.
      late: (id, frame) => this.each(id, (timeline) => (isErasure(frame) ? timeline.resync() : timeline.take(frame))),
      holed: (id, holed) => this.each(id, (timeline) => (timeline.gap.value = holed)),
    });
  }

  /** Takes an event, if it is one about content. */
  take(frame) {
    if (isErasure(frame)) this.#erased(frame.payload.channels);
    else if (TYPES.has(frame.type)) this.#stream.take(frame);
    else return false;
    return true;
  }

  /** Takes states of messages that an answer brought. */
  absorb(messages) {
    batch(() => {
      for (const channelId of new Set(messages.map((message) => message.channelId))) {
        this.each(channelId, (timeline) => timeline.absorb(messages));
      }
      for (const message of messages) this.#told(message);
    });
  }

  each(channelId, deed) {
    for (const timeline of this.timelines.of(channelId)) deed(timeline);
  }

  /** The `seq` of a message that is loaded, or null. */
  seqOf(channelId, messageId) {
    for (const timeline of this.timelines.of(channelId)) {
      const message = timeline.find(messageId);
      if (message) return message.seq;
    }
    return null;
  }

  /** The channel's events begin to come: what is known of it was left behind. */
  joined(channelId) {
    this.each(channelId, (timeline) => timeline.resync());
    this.#stream.mend(channelId);
  }

  /** Gaps that are being filled are void: the whole state is asked for. */
  reset() {
    this.#stream.reset();
  }

  /** Where the reader stands in each channel of which something is loaded: for `resume`. */
  places() {
    const known = this.timelines.loaded().map((id) => [id, this.#place(id)]);
    return Object.fromEntries(known.filter(([, seq]) => seq !== null));
  }

  /** Applies what `resume` says of one channel. */
  resumed(channelId, { messages, seq, resync }) {
    this.#channels.change(channelId, { seq });
    if (resync) this.each(channelId, (timeline) => timeline.resync());
    else this.absorb(messages);
  }

  /** Where the reader's stream of this channel's events stands, or null where none reaches him. */
  #place(channelId) {
    const channel = this.#channels.peek(channelId);
    return channel?.joined ? channel.seq : null;
  }

  #apply(channelId, frame) {
    const { message } = frame.payload;
    batch(() => {
      this.each(channelId, (timeline) => timeline.take(frame));
      if (frame.type === event.messageCreated) {
        this.#told(message);
        this.#typing.stopped(channelId, message.author.id);
        this.#channels.count(channelId, [message]);
      } else if (message && message.author.id !== this.#me.peek().id) {
        this.#channels.recounted(channelId, [message]);
      }
    });
  }

  /** One answer stands for everything behind `after`. */
  #fill(channelId, { messages, resync }, after) {
    batch(() => {
      if (resync) {
        this.each(channelId, (timeline) => timeline.resync());
        this.#channels.refresh().catch(() => {}); // lost: the resume brings the numbers
        return;
      }
      this.absorb(messages);
      const isNew = (message) => message.seq > after;
      this.#channels.count(channelId, messages.filter(isNew));
      this.#channels.recounted(channelId, messages.filter((message) => !isNew(message)));
    });
  }

  /** It says where something was erased, not what: asked where it is shown or where a number may be wrong for it. */
  #erased(channels) {
    for (const [channelId, seq] of Object.entries(channels)) {
      const { unread, mentions } = this.#channels.peek(channelId) ?? {};
      const matters = unread + mentions > 0 || this.timelines.loaded().includes(channelId);
      if (!matters && this.#place(channelId) === seq - 1) this.#channels.change(channelId, { seq });
      else this.#stream.take({ type: event.messagesErased, channelId, seq, payload: {} });
    }
  }
}

function isErasure({ type }) {
  return type === event.messagesErased;
}
