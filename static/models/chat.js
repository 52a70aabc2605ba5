// The signed-in page: puts the models together, asks for the state, and leads every event to whom it concerns. What an
// event does is decided there. Made anew for each sign-in.
import { batch, signal } from "../vendor/signals-core.js";
import { Announcer } from "./announcer.js";
import { ChannelStream } from "./channel_stream.js";
import { Channels } from "./channels.js";
import { Connection } from "./connection.js";
import { Deeds } from "./deeds.js";
import { Drafts } from "./drafts.js";
import { event, request } from "./frames.js";
import { OpenChannel } from "./open_channel.js";
import { Outbox } from "./outbox.js";
import { People } from "./people.js";
import { Timelines } from "./timelines.js";
import { Toasts } from "./toasts.js";
import { Typing } from "./typing.js";

const CONTENT = new Set([
  event.messageCreated,
  event.messageUpdated,
  event.messageDeleted,
  event.reactionAdded,
  event.reactionRemoved,
  event.channelChanges,
]);

export class Chat {
  #hooks;
  #timelines;
  #stream;
  #held = null; // events that came while the state was asked for
  #synced = false;
  #listeners = new Map(); // event name -> set of functions
  #firstChannel;

  /**
   * `user` is oneself as sign-in told it; `connect`, `whoAmI`, `network` as Connection has them; `preferences` is this
   * device's; `firstChannel` the id of the channel that the address names. Hooks: `ended({code, by})` when the session
   * is over, `restricted(kind or null)` at each hello, `reload(serverVersion)` when the server is not of `version`.
   */
  constructor({ user, version, connect, whoAmI, network, clock, random, uuid, storage, preferences, firstChannel, hooks }) {
    this.#hooks = hooks;
    this.#firstChannel = firstChannel ?? null;
    this.version = version;
    this.clock = clock;
    this.storage = storage;
    this.settings = preferences;
    this.me = signal(user);
    this.server = signal({ name: "" });
    this.limits = signal({ maxFrameBytes: 65_536, maxContentLength: 4000 });
    this.sessionId = signal(null);
    this.ask = (type, payload) => this.connection.request(type, payload);
    const asking = { ask: this.ask, clock, random, me: this.me };

    this.announcer = new Announcer({ clock });
    this.toasts = new Toasts({ clock, announcer: this.announcer, reload: () => hooks.reload(null) });
    this.connection = new Connection({ connect, whoAmI, network, clock, random, hooks: this.#wire() });
    this.people = new People(asking);
    this.channels = new Channels({ ...asking, people: this.people, onJoined: (id) => this.#joined(id) });
    this.typing = new Typing(asking);
    this.drafts = new Drafts({ storage, userId: user.id });
    this.#timelines = new Timelines({ ask: this.ask });
    this.open = new OpenChannel({
      ...asking,
      channels: this.channels,
      timeline: (id) => this.timeline(id),
      storage,
      userId: user.id,
    });
    this.outbox = new Outbox({
      ...asking,
      storage,
      userId: user.id,
      uuid,
      isUp: () => this.connection.state.peek() === "up",
      settled: (message) => this.#absorb([message]),
      unsure: () => this.connection.check(),
      failed: (entry) => this.#emit({ type: "failed", payload: entry }),
    });
    this.deeds = new Deeds({
      ...asking,
      absorb: (messages) => this.#absorb(messages),
      patch: (message, change) => this.#each(message.channelId, (timeline) => timeline.patch(message.id, change)),
      refused: (refused) => this.toasts.refused(refused),
    });
    this.#stream = new ChannelStream({
      ask: this.ask,
      place: (id) => this.#place(id),
      move: (id, seq) => this.channels.change(id, { seq }),
      apply: (id, frame) => this.#apply(id, frame),
      fill: (id, answer, after) => this.#fill(id, answer, after),
      holed: (id, holed) => this.#each(id, (timeline) => (timeline.gap.value = holed)),
    });
  }

  #wire() {
    return {
      hello: (hello) => this.#hello(hello),
      frame: (frame) => this.#heard(frame),
      up: () => this.#up(),
      down: () => batch(() => (this.outbox.down(), this.typing.clear())),
      ended: (how) => (this.stop(), this.#hooks.ended(how)),
    };
  }

  start() {
    this.connection.start();
  }

  /** Leaves nothing running. What is unsent stays on this device. */
  stop() {
    this.connection.stop();
    this.outbox.stop();
    this.channels.stop();
    this.open.stop();
    this.typing.clear();
  }

  timeline(channelId) {
    return this.#timelines.channel(channelId);
  }

  /** The replies to a message of the open channel. */
  thread(rootId) {
    return this.#timelines.thread(rootId, this.open.channelId.value);
  }

  /** Calls `deed(payload, frame)` for every event of that name once it is applied; what it returns ends that. */
  on(name, deed) {
    if (!this.#listeners.has(name)) this.#listeners.set(name, new Set());
    this.#listeners.get(name).add(deed);
    return () => this.#listeners.get(name).delete(deed);
  }

  #emit(frame) {
    for (const deed of [...(this.#listeners.get(frame.type) ?? [])]) deed(frame.payload, frame);
  }

  /** Ends this session, here and in all its tabs; the server's `bye` does the rest. */
  signOut() {
    return this.ask(request.sessionSignOut, {});
  }

  // --- the state, at the beginning and after each loss -------------------------------------------------------------

  async #hello(hello) {
    if (hello.serverVersion !== this.version && this.#hooks.reload(hello.serverVersion)) return;
    batch(() => {
      this.me.value = hello.user;
      this.limits.value = hello.limits;
      this.sessionId.value = hello.sessionId;
    });
    this.#hooks.restricted(hello.restricted);
    if (hello.restricted) return;
    this.#held = [];
    this.#stream.reset();
    await (this.#synced ? this.#resume() : this.#sync());
    this.#synced = true;
  }

  /** One round trip: the state and the last open channel's messages are asked for together. */
  async #sync() {
    const first = this.open.channelId.peek() ?? this.#firstChannel ?? this.open.last;
    const asked = this.ask(request.sync, {});
    if (first) this.timeline(first).load();
    const state = await asked;
    this.#settle(() => {
      this.#replace(state);
      this.open.synced();
    });
  }

  async #resume() {
    const known = {};
    for (const id of this.#timelines.loaded()) {
      const seq = this.#place(id);
      if (seq !== null) known[id] = seq;
    }
    const answer = await this.ask(request.resume, { channels: known });
    this.#settle(() => {
      this.#replace(answer.sync);
      for (const [id, missed] of Object.entries(answer.channels)) this.#catchUp(id, missed);
    });
  }

  /** The answer first, then what came meanwhile and is younger than it. */
  #settle(apply) {
    batch(() => {
      apply();
      const held = this.#held ?? [];
      this.#held = null;
      for (const frame of held) this.#heard(frame);
    });
  }

  #replace({ user, channels, settings, ...people }) {
    this.me.value = user;
    this.server.value = settings;
    this.people.replace(people);
    this.channels.replace(channels);
  }

  #catchUp(channelId, { messages, seq, resync }) {
    this.channels.change(channelId, { seq });
    if (resync) this.#each(channelId, (timeline) => timeline.resync());
    else this.#absorb(messages);
  }

  #up() {
    this.outbox.up();
    this.open.load();
    const { threadId } = this.open;
    if (threadId.peek()) this.thread(threadId.peek()).load();
  }

  // --- events ------------------------------------------------------------------------------------------------------

  #heard(frame) {
    if (this.#held) return void this.#held.push(frame);
    if (CONTENT.has(frame.type)) return void this.#stream.take(frame);
    batch(() => this.#lead(frame));
    this.#emit(frame);
  }

  #lead(frame) {
    const { type, payload } = frame;
    if (type === event.messagesErased) this.#erased(payload.channels);
    else if (type === event.typing) this.typing.take(payload);
    else if (type === event.settingsUpdated) this.server.value = payload.settings;
    else if (type.startsWith("channel.") || type === event.readUpdated) this.#channelEvent(frame);
    else if (type.startsWith("user.") || type === event.presenceChanged) this.#peopleEvent(frame);
  }

  #channelEvent(frame) {
    this.channels.take(frame);
    if (frame.type === event.channelDeleted) this.#timelines.forget(frame.payload.channel.id);
  }

  #peopleEvent(frame) {
    this.people.take(frame);
    if (frame.type === event.userUpdated && frame.payload.user.id === this.me.peek().id) {
      this.me.value = frame.payload.user;
    }
  }

  /** Where the reader's stream of this channel's events stands, or null where none reaches him. */
  #place(channelId) {
    const channel = this.channels.peek(channelId);
    return channel?.joined ? channel.seq : null;
  }

  #apply(channelId, frame) {
    const { message } = frame.payload;
    batch(() => {
      this.#each(channelId, (timeline) => timeline.take(frame));
      if (frame.type === event.messageCreated) {
        this.outbox.heard(message);
        this.typing.stopped(channelId, message.author.id);
        this.channels.count(channelId, [message]);
      } else if (message && message.author.id !== this.me.peek().id) {
        this.channels.recount(channelId);
      }
    });
    this.#emit(frame);
  }

  /** One answer stands for everything behind `after`. */
  #fill(channelId, { messages, resync }, after) {
    batch(() => {
      if (resync) {
        this.#each(channelId, (timeline) => timeline.resync());
        this.channels.refresh().catch(() => {}); // lost: the resume brings the numbers
        return;
      }
      this.#absorb(messages);
      this.channels.count(channelId, messages.filter((message) => message.seq > after));
      if (messages.some((message) => message.seq <= after)) this.channels.recount(channelId);
    });
  }

  #erased(channels) {
    for (const [id, seq] of Object.entries(channels)) {
      if (this.#timelines.loaded().includes(id)) this.#stream.take({ type: event.messagesErased, channelId: id, seq });
      else if (this.#place(id) < seq) this.channels.change(id, { seq });
      this.channels.recount(id);
    }
  }

  /** The channel's events begin to come: what is loaded of it may have been left behind. */
  #joined(channelId) {
    this.#each(channelId, (timeline) => timeline.resync());
  }

  #absorb(messages) {
    batch(() => {
      for (const channelId of new Set(messages.map((message) => message.channelId))) {
        this.#each(channelId, (timeline) => timeline.absorb(messages));
      }
      for (const message of messages) this.outbox.heard(message);
    });
  }

  #each(channelId, deed) {
    for (const timeline of this.#timelines.of(channelId)) deed(timeline);
  }
}
