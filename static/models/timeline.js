// The messages of one channel, or of one thread, as far as they are loaded: one unbroken stretch in the order of `seq`.
// Gaps in the stream of events are noticed and filled by channel_stream.js, not here.
import { batch, computed, signal } from "../vendor/signals-core.js";
import { Refused } from "./errors.js";
import { event, request } from "./frames.js";
import { withReaction } from "./message.js";
import { Stretch } from "./stretch.js";

const PAGE = 100;
const AROUND = 50; // messages before and after the one that is jumped to
const MOST = 200; // a page holds no more

export class Timeline {
  #ask;
  #stretch = new Stretch();
  #recorded = null; // events that came while a page was on its way: a page may be older than they are
  #underWay = null;
  #epoch = 0; // a page that was asked for in an earlier one belongs to a stretch that is given up

  /** `rootId` makes it the replies of that message. */
  constructor({ ask, channelId, rootId = null }) {
    this.#ask = ask;
    this.channelId = channelId;
    this.rootId = rootId;
    this.messages = this.#stretch.messages;
    this.loaded = signal(false);
    this.hasOlder = signal(false);
    this.hasNewer = signal(false);
    this.loading = signal(null);
    this.error = signal(null);
    this.gap = signal(false);
    this.newest = computed(() => this.messages.value.at(-1) ?? null);
  }

  find(messageId) {
    return this.#stretch.find(messageId);
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

  /** What stands around a message, in place of what is loaded and of what is on its way. */
  async loadAround(messageId) {
    while (this.#underWay) await this.#giveUp();
    return this.#fetch("first", async () => {
      const before = await this.#page({ before: messageId, limit: AROUND });
      const edge = before.messages.at(-1);
      // The message itself is the first behind the one before it; without one before it, it is the first of all.
      if (!edge) return this.#beginning(messageId);
      const after = await this.#page({ after: edge.id, limit: AROUND });
      const messages = [...before.messages, ...after.messages];
      return () => this.#replace(messages, { older: before.hasMore, newer: after.hasMore });
    });
  }

  async #beginning(firstId) {
    const after = await this.#page({ after: firstId, limit: AROUND });
    const behind = after.messages[0];
    const first = await this.#page({ ...(behind && { before: behind.id }), limit: 1 });
    return () => this.#replace([...first.messages, ...after.messages], { older: first.hasMore, newer: after.hasMore });
  }

  loadOlder() {
    const edge = this.messages.peek()[0];
    if (!edge || !this.hasOlder.peek()) return Promise.resolve();
    return this.#fetch("older", async () => {
      const page = await this.#page({ before: edge.id, limit: PAGE });
      return () => {
        this.hasOlder.value = page.hasMore;
        this.#younger(page.messages);
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
        this.#younger(page.messages);
      };
    });
  }

  /** Fetches the newest page in place of what is loaded, which cannot be brought up to date. Shown until then. */
  async resync() {
    if (!this.loaded.peek() && !this.#underWay) return;
    while (this.#underWay) await this.#giveUp();
    this.loaded.value = false;
    await this.load(this.messages.peek().length);
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
    this.take({ type: event.channelChanges, payload: { messages } });
  }

  /** Shows a message as `change(message)` until the server tells of its next state. */
  patch(messageId, change) {
    this.#stretch.patch(messageId, change);
  }

  /** Takes all patches of a message back. */
  restore(messageId) {
    this.#stretch.restore(messageId);
  }

  #apply({ type, seq, payload }) {
    if (payload.message) this.#changed(payload, seq);
    else if (payload.messages) this.#merge(payload.messages);
    else this.#reacted(payload, seq, type === event.reactionAdded);
  }

  #reacted({ messageId, reaction, userId }, seq, on) {
    const state = this.#stretch.state(messageId);
    if (!state || state.changedSeq >= seq || state.deletedAt !== null) return;
    this.#stretch.put([{ ...withReaction(state, reaction, userId, on), changedSeq: seq }]);
  }

  #changed({ message, parent }, seq) {
    this.#merge([message]);
    const root = parent && this.#stretch.state(parent.id);
    if (root && root.changedSeq < seq) this.#stretch.put([{ ...root, thread: parent.thread, changedSeq: seq }]);
  }

  /** States that an event brought: a message that is new here only where the stretch stays unbroken. */
  #merge(messages) {
    const belongs = (message) => message.channelId === this.channelId && message.threadId === this.rootId;
    this.#younger(messages.filter((message) => belongs(message) && (this.find(message.id) || this.#inside(message))));
  }

  /** Of two states the younger stays. */
  #younger(messages) {
    this.#stretch.put(messages.filter(({ id, changedSeq }) => !(this.#stretch.state(id)?.changedSeq >= changedSeq)));
  }

  #inside({ seq }) {
    if (!this.loaded.peek()) return false;
    const all = this.messages.peek();
    const isBehind = !all.length || seq > all.at(-1).seq;
    const isBefore = !all.length || seq < all[0].seq;
    return !(isBehind && this.hasNewer.peek()) && !(isBefore && this.hasOlder.peek());
  }

  #replace(messages, { older, newer }) {
    this.loaded.value = true;
    this.#stretch.replace(messages);
    this.hasOlder.value = older;
    this.hasNewer.value = newer;
  }

  #page(edges) {
    return this.rootId === null
      ? this.#ask(request.messageHistory, { channelId: this.channelId, ...edges })
      : this.#ask(request.threadHistory, { messageId: this.rootId, ...edges });
  }

  /** What is on its way is void. Resolves when it is here; who waited longer may have asked for more by then. */
  #giveUp() {
    this.#epoch += 1;
    return this.#underWay;
  }

  /** One page at a time; what happened meanwhile is applied on top of it. Is not refused: that is told by `error`. */
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
        for (const frame of this.#recorded) this.#apply(frame);
      });
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      if (epoch === this.#epoch) this.error.value = refused;
    } finally {
      this.#recorded = null;
      this.loading.value = null;
    }
  }
}
