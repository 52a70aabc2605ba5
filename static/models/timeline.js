// The messages of one channel, or of one thread, as far as they are loaded: one unbroken stretch in the order of `seq`.
// Gaps in the stream of events are noticed and filled by channel_stream.js, not here.
import { batch, computed, signal } from "../vendor/signals-core.js";
import { event, request } from "./frames.js";
import { withReaction } from "./message.js";

const PAGE = 100;
const AROUND = 50; // messages before and after the one that is jumped to
const MOST = 200; // a page holds no more

export class Timeline {
  #ask;
  #byId = new Map();
  #recorded = null; // events that came while a page was on its way: a page may be older than they are
  #underWay = null;
  #epoch = 0;

  /** `rootId` makes it the replies of that message. */
  constructor({ ask, channelId, rootId = null }) {
    this.#ask = ask;
    this.channelId = channelId;
    this.rootId = rootId;
    this.messages = signal([]);
    this.loaded = signal(false);
    this.hasOlder = signal(false);
    this.hasNewer = signal(false);
    this.loading = signal(null);
    this.error = signal(null);
    this.gap = signal(false);
    this.newest = computed(() => this.messages.value.at(-1) ?? null);
  }

  find(messageId) {
    return this.#byId.get(messageId) ?? null;
  }

  /** The newest page, once. `atLeast` asks for a page that holds that many messages. */
  load(atLeast = 0) {
    if (this.loaded.peek()) return Promise.resolve();
    const limit = Math.min(MOST, Math.max(PAGE, atLeast));
    return this.#fetch("first", async () => {
      const page = await this.#page({ limit });
      return () => this.#replace(page.messages, { older: page.hasMore, newer: false });
    });
  }

  /** What stands around a message, in place of what is loaded. */
  loadAround(messageId) {
    return this.#fetch("first", async () => {
      const before = await this.#page({ before: messageId, limit: AROUND });
      const edge = before.messages.at(-1);
      const after = await this.#page({ after: edge?.id ?? messageId, limit: AROUND });
      let first = [];
      if (!edge && after.messages.length) first = (await this.#page({ before: after.messages[0].id, limit: 1 })).messages;
      else if (!edge) return () => this.#stale(); // it is the only one there is
      const messages = [...before.messages, ...first, ...after.messages];
      return () => this.#replace(messages, { older: before.hasMore, newer: after.hasMore });
    });
  }

  loadOlder() {
    const edge = this.messages.peek()[0];
    if (!edge || !this.hasOlder.peek()) return Promise.resolve();
    return this.#fetch("older", async () => {
      const page = await this.#page({ before: edge.id, limit: PAGE });
      return () => {
        this.#merge(page.messages);
        this.hasOlder.value = page.hasMore;
      };
    });
  }

  loadNewer() {
    const edge = this.newest.peek();
    if (!edge || !this.hasNewer.peek()) return Promise.resolve();
    return this.#fetch("newer", async () => {
      const page = await this.#page({ after: edge.id, limit: PAGE });
      return () => {
        this.hasNewer.value = page.hasMore;
        this.#merge(page.messages);
      };
    });
  }

  /** Fetches the newest page in place of what is loaded, which cannot be brought up to date. Shown until then. */
  async resync() {
    if (!this.loaded.peek() && !this.#underWay) return;
    this.#epoch += 1; // a page on its way belongs to the old stretch
    await this.#underWay;
    this.loaded.value = false;
    await this.load(Math.min(this.messages.peek().length, MOST));
  }

  /** Makes sure that the stretch reaches the present: for who was reading far back and now speaks. */
  toNewest() {
    return this.hasNewer.peek() ? this.resync() : this.load();
  }

  /** Applies an event of this channel; one that is applied already, or lies outside what is loaded, changes nothing. */
  take(frame) {
    this.#recorded?.push(frame);
    this.#apply(frame);
  }

  /** Takes states of messages, whatever brought them; of two states of one the younger stays. */
  absorb(messages) {
    this.#recorded?.push({ type: event.channelChanges, payload: { messages } });
    this.#merge(messages.filter((message) => this.#belongs(message)));
  }

  /** Replaces a message by `change(message)` without counting it as the server's state. */
  patch(messageId, change) {
    const message = this.#byId.get(messageId);
    if (message) this.#put([change(message)]);
  }

  #apply({ type, seq, payload }) {
    if (payload.message) return this.#changed(payload, seq);
    if (payload.messages) return this.#merge(payload.messages.filter((message) => this.#belongs(message)));
    if (type === event.reactionAdded || type === event.reactionRemoved) {
      const message = this.#byId.get(payload.messageId);
      if (!message || message.changedSeq >= seq || message.deletedAt) return undefined;
      const changed = withReaction(message, payload.reaction, payload.userId, type === event.reactionAdded);
      return this.#put([{ ...changed, changedSeq: seq }]);
    }
    return undefined;
  }

  #changed({ message, parent }, seq) {
    if (this.#belongs(message)) this.#merge([message]);
    const root = parent && this.#byId.get(parent.id);
    if (root && root.changedSeq < seq) this.#put([{ ...root, thread: parent.thread, changedSeq: seq }]);
  }

  #belongs(message) {
    return message.channelId === this.channelId && message.threadId === this.rootId;
  }

  /** The younger of two states stays; a new message only where the stretch stays unbroken. */
  #merge(messages) {
    const fresh = messages.filter((message) => {
      const known = this.#byId.get(message.id);
      return known ? known.changedSeq < message.changedSeq : this.#inside(message);
    });
    if (fresh.length) this.#put(fresh);
  }

  #inside(message) {
    if (!this.loaded.peek()) return false;
    const all = this.messages.peek();
    if (!all.length) return !this.hasOlder.peek() && !this.hasNewer.peek();
    if (message.seq > all.at(-1).seq) return !this.hasNewer.peek() || this.loading.peek() === "newer";
    if (message.seq < all[0].seq) return !this.hasOlder.peek() || this.loading.peek() === "older";
    return true;
  }

  #put(changed) {
    const all = this.messages.peek().slice();
    for (const message of changed) {
      const at = placeOf(all, message.seq);
      if (all[at]?.id === message.id) all[at] = message;
      else all.splice(at, 0, message);
      this.#byId.set(message.id, message);
    }
    this.messages.value = all;
  }

  #replace(messages, { older, newer }) {
    this.#byId = new Map(messages.map((message) => [message.id, message]));
    this.loaded.value = true;
    this.messages.value = messages;
    this.hasOlder.value = older;
    this.hasNewer.value = newer;
  }

  #stale() {
    this.#byId.clear();
    this.messages.value = [];
    this.loaded.value = false;
  }

  #page(edges) {
    return this.rootId === null
      ? this.#ask(request.messageHistory, { channelId: this.channelId, ...edges })
      : this.#ask(request.threadHistory, { messageId: this.rootId, ...edges });
  }

  /** One page at a time; what happened meanwhile is applied on top of it. Never rejects. */
  #fetch(which, look) {
    if (this.#underWay) return this.#underWay;
    batch(() => {
      this.loading.value = which;
      this.error.value = null;
    });
    this.#recorded = [];
    this.#underWay = this.#run(look).finally(() => {
      this.#underWay = null;
    });
    return this.#underWay;
  }

  async #run(look) {
    const epoch = this.#epoch;
    try {
      const settle = await look();
      batch(() => {
        if (epoch === this.#epoch) settle();
        this.loading.value = null;
        for (const frame of this.#recorded) this.#apply(frame);
      });
    } catch (refused) {
      batch(() => {
        this.error.value = refused;
        this.loading.value = null;
      });
    } finally {
      this.#recorded = null;
    }
  }
}

/** Where a message with this `seq` stands or belongs. */
function placeOf(messages, seq) {
  let low = 0;
  let high = messages.length;
  if (!high || messages[high - 1].seq < seq) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle].seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
