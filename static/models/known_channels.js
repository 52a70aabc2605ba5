// The channels that the reader may see, each with how he stands in it: joined, unread, mentions, read marker. What he
// can do to them is channels.js.
import { batch, signal } from "../vendor/signals-core.js";
import { event, request } from "./frames.js";
import { names } from "./message.js";
import { Standing } from "./standing.js";

const OWN = ["joined", "unread", "mentions", "lastReadId", "seq"]; // null in events, `seq` apart: the stream moves it
const RECOUNT_AFTER_MS = 500;
const RECOUNT_SPREAD_MS = 2500;
const RECOUNT_SPREAD_PER_MEMBER_MS = 10; // many are made unsure by one event: together they ask 100 times a second
const CROSSING_MS = 1000; // so long after an answer an event may still be one that the answer knows

export class KnownChannels {
  #ask;
  #clock;
  #random;
  #me;
  #onJoined;
  #seqOf;
  #standings = new Map(); // channel id -> Standing
  #marked = new Map(); // channel id -> {read, afterId}: so many read messages count as unread, those after this one
  #recounting = null;
  #answeredAt = -Infinity;
  #watching = new Set(); // for each answer on its way the set of channels that events spoke of meanwhile

  /**
   * `onJoined(channelId)` hears that the reader is in a channel whose events did not reach him before;
   * `seqOf(channelId, messageId)` is the `seq` of a message that is loaded, or null.
   */
  constructor({ ask, clock, random, me, onJoined = () => {}, seqOf = () => null }) {
    this.#ask = ask;
    this.#clock = clock;
    this.#random = random;
    this.#me = me;
    this.#onJoined = onJoined;
    this.#seqOf = seqOf;
    this.cells = new Map(); // id -> signal of the channel: a row of the sidebar reads only its own
    this.ids = signal([]);
    this.synced = signal(false);
  }

  /** The channel, or null. Reactive. */
  get(id) {
    const cell = this.cells.get(id);
    if (cell) return cell.value;
    return this.ids.value && null; // reads `ids`, so that the reader hears when it comes
  }

  peek(id) {
    return this.cells.get(id)?.peek() ?? null;
  }

  /** Takes the channels of `sync`; those that are not among them are gone. */
  replace(channels) {
    this.#answeredAt = this.#clock.now();
    batch(() => {
      const kept = new Set(channels.map((channel) => channel.id));
      for (const id of [...this.cells.keys()]) if (!kept.has(id)) this.#forget(id);
      for (const channel of channels) this.#begin(channel);
      this.ids.value = [...this.cells.keys()];
      this.synced.value = true;
    });
  }

  change(id, changes) {
    const channel = this.peek(id);
    if (channel) this.#put({ ...channel, ...changes });
  }

  // --- events ------------------------------------------------------------------------------------------------------

  /** Applies a `channel.*` event or `read.updated`. */
  take({ type, payload }) {
    const id = payload.channelId ?? payload.channel.id;
    for (const touched of this.#watching) touched.add(id);
    switch (type) {
      case event.channelCreated:
      case event.channelUpdated:
        return this.#shaped(payload.channel);
      case event.channelDeleted:
        return this.#drop(id);
      case event.readUpdated:
        return this.#read(payload);
      default:
        return this.#member(payload, type === event.channelMemberAdded);
    }
  }

  #shaped(channel) {
    const known = this.peek(channel.id);
    if (known) return this.#put({ ...channel, ...Object.fromEntries(OWN.map((name) => [name, known[name]])) });
    if (channel.seq > 0) this.recount(); // what stands there already is unread
    return batch(() => {
      this.#begin({ ...channel, joined: true, unread: 0, mentions: 0, lastReadId: null });
      this.ids.value = [...this.cells.keys()];
    });
  }

  #drop(id) {
    if (!this.cells.has(id)) return;
    batch(() => {
      this.#forget(id);
      this.ids.value = [...this.cells.keys()];
    });
  }

  #forget(id) {
    const cell = this.cells.get(id);
    this.cells.delete(id);
    this.#standings.delete(id);
    this.#marked.delete(id);
    cell.value = null; // whoever reads this cell hears that it is gone
  }

  #read({ channelId, messageId, unread, mentions }) {
    const channel = this.peek(channelId);
    if (!channel || channel.lastReadId === messageId) return;
    this.#marked.delete(channelId);
    const standing = this.#standings.get(channelId);
    const seq = standing.seqOf(messageId) ?? this.#seqOf(channelId, messageId);
    const isExact = seq !== null && standing.readUpTo(seq);
    if (!isExact && (!standing.told({ unread, mentions }) || this.#mayCross())) this.recount();
    this.change(channelId, { lastReadId: messageId, ...standing.counts });
  }

  #member({ channelId, userId }, added) {
    const channel = this.peek(channelId);
    if (!channel) return;
    if (this.#mayCross()) this.recount();
    const memberCount = Math.max(0, channel.memberCount + (added ? 1 : -1));
    if (userId !== this.#me.peek().id) return void this.change(channelId, { memberCount });
    if (!added) this.#marked.delete(channelId);
    if (!added) return void this.#begin({ ...channel, memberCount, joined: false, unread: 0, mentions: 0 });
    this.change(channelId, { memberCount, joined: true });
    this.refresh().catch(() => {}); // what stood there meanwhile is unread; lost: the resume brings it
  }

  /** Whether an event that comes now may be one that the last answer knew already. */
  #mayCross() {
    return this.#clock.now() - this.#answeredAt < CROSSING_MS;
  }

  /** `unread` messages after `afterId` (null: all) count as unread, on this device, until `unmark` or a reading. */
  markUnread(id, { unread, afterId }) {
    const standing = this.#standings.get(id);
    if (!standing) return;
    this.#marked.set(id, { read: Math.max(0, unread - standing.counts.unread), afterId });
    this.change(id, this.#countsOf(id));
  }

  /** The reader looks at it again. Returns what `markUnread` said, or undefined. */
  unmark(id) {
    const mark = this.#marked.get(id);
    if (this.#marked.delete(id)) this.change(id, this.#countsOf(id));
    return mark;
  }

  #countsOf(id) {
    const { unread, mentions } = this.#standings.get(id).counts;
    return { unread: unread + (this.#marked.get(id)?.read ?? 0), mentions };
  }

  /** Counts messages that are new in the channel. */
  count(channelId, messages) {
    const channel = this.peek(channelId);
    if (!channel || !messages.length) return;
    for (const message of messages) this.#standings.get(channelId).add(message);
    const activeAt = Math.max(channel.activeAt ?? 0, ...messages.map((message) => message.createdAt));
    this.change(channelId, { activeAt, ...this.#countsOf(channelId) });
  }

  /** Messages that were there became others: of the older ones it is not known whether they were unread. */
  recounted(channelId, messages) {
    const channel = this.peek(channelId);
    if (!channel) return;
    const unsure = messages.filter((message) => !this.#standings.get(channelId).changed(message));
    this.change(channelId, this.#countsOf(channelId));
    const isCounted = channel.unread + channel.mentions > 0;
    if (unsure.some((message) => isCounted || names(message, this.#me.peek().id))) this.recount();
  }

  /** Asks for the standing in all channels, soon: many doubts are one question, and not everybody's at one moment. */
  recount() {
    if (this.#recounting) return;
    const people = Math.max(0, ...[...this.cells.values()].map((cell) => cell.peek().memberCount));
    const spread = Math.max(RECOUNT_SPREAD_MS, people * RECOUNT_SPREAD_PER_MEMBER_MS);
    this.#recounting = this.#clock.after(RECOUNT_AFTER_MS + this.#random() * spread, () => {
      this.#recounting = null;
      this.refresh().catch(() => {}); // lost: the resume brings the numbers
    });
  }

  /** Fetches the standing in all channels. An answer may be older than what events told while it was on its way. */
  async refresh() {
    const touched = new Set();
    this.#watching.add(touched);
    try {
      const { channels } = await this.#ask(request.channelList, {});
      this.#answeredAt = this.#clock.now();
      batch(() => {
        for (const channel of channels) if (!touched.has(channel.id)) this.#adopt(channel);
        this.ids.value = [...this.cells.keys()];
      });
      if (channels.some((channel) => touched.has(channel.id))) this.recount();
    } finally {
      this.#watching.delete(touched);
    }
  }

  /** Asks for something that is answered with a channel. Its event may have told more by then. */
  async askForOne(type, payload) {
    const touched = new Set();
    this.#watching.add(touched);
    try {
      const { channel } = await this.#ask(type, payload);
      if (!touched.has(channel.id)) this.#adopt(channel);
      this.ids.value = [...this.cells.keys()];
      return this.peek(channel.id) ?? channel;
    } finally {
      this.#watching.delete(touched);
    }
  }

  #adopt(channel) {
    const known = this.peek(channel.id);
    if (!known?.joined || !channel.joined) return this.#begin(channel);
    this.#standings.get(channel.id).settle(channel);
    return this.#put({ ...channel, ...this.#countsOf(channel.id), seq: known.seq });
  }

  /** The server's state of a channel, from which events go on. */
  #begin(channel) {
    const { id, seq, unread, mentions } = channel;
    this.#standings.set(id, new Standing({ me: this.#me.peek().id, seq, unread, mentions }));
    this.#put({ ...channel, ...this.#countsOf(id) });
  }

  #put(channel) {
    const cell = this.cells.get(channel.id);
    if (!cell) return void this.cells.set(channel.id, signal(channel));
    const came = channel.joined && !cell.peek().joined;
    cell.value = { ...channel, activeAt: channel.activeAt ?? cell.peek().activeAt };
    if (came) this.#onJoined(channel.id);
  }

  stop() {
    this.#recounting?.();
  }
}
