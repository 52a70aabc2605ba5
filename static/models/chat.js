// The signed-in page: puts the models together, asks for the state, and leads every event to whom it concerns. What an
// event does is decided there. Made anew for each sign-in.
import { batch, signal } from "../vendor/signals-core.js";
import { Announcer } from "./announcer.js";
import { Channels } from "./channels.js";
import { Connection } from "./connection.js";
import { Content } from "./content.js";
import { Deeds } from "./deeds.js";
import { Drafts } from "./drafts.js";
import { event, request } from "./frames.js";
import { OpenChannel } from "./open_channel.js";
import { Outbox } from "./outbox.js";
import { People } from "./people.js";
import { Toasts } from "./toasts.js";
import { Typing } from "./typing.js";

export class Chat {
  #hooks;
  #content;
  #held = null; // events that came while the state was asked for
  #synced = false;
  #restricted = null;
  #listeners = new Map(); // event name -> set of functions
  #firstChannel;

  /**
   * `user` is oneself as sign-in told it; `connect`, `whoAmI`, `network` as Connection has them; `preferences` is this
   * device's; `firstChannel` the id of the channel that the address names. Hooks: `ended({code, by})` when the session
   * is over, `restricted(kind or null)` at each hello, `reload(serverVersion)` when the server is not of `version`.
   */
  constructor({ user, version, clock, random, uuid, storage, preferences, firstChannel = null, hooks, ...world }) {
    this.#hooks = hooks;
    this.#firstChannel = firstChannel;
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

    this.announcer = new Announcer({ clock, isSilent: () => this.people.presence(this.me.peek().id) === "dnd" });
    this.toasts = new Toasts({ clock, announcer: this.announcer, reload: () => hooks.reload(null) });
    this.connection = new Connection({ ...world, clock, random, hooks: this.#wire() });
    this.people = new People(asking);
    this.channels = new Channels({
      ...asking,
      people: this.people,
      onJoined: (id) => this.#content.joined(id),
      seqOf: (channelId, messageId) => this.#content.seqOf(channelId, messageId),
    });
    this.typing = new Typing(asking);
    this.drafts = new Drafts({ storage, userId: user.id });
    this.#content = new Content({
      ...asking,
      channels: this.channels,
      typing: this.typing,
      told: (message) => this.outbox.heard(message),
      applied: (frame) => this.#emit(frame),
    });
    this.open = new OpenChannel({
      ...asking,
      channels: this.channels,
      timeline: (id) => this.timeline(id),
      thread: (rootId) => this.thread(rootId),
      storage,
      userId: user.id,
    });
    this.outbox = new Outbox({
      ...asking,
      storage,
      userId: user.id,
      uuid,
      isUp: () => this.connection.state.peek() === "up" && this.#restricted === null,
      settled: (message) => this.#content.absorb([message]),
      unsure: () => this.connection.check(),
      failed: (entry) => this.#emit({ type: "failed", payload: entry }),
    });
    this.deeds = new Deeds({
      ...asking,
      absorb: (messages) => this.#content.absorb(messages),
      patch: ({ channelId, id }, change) => this.#content.each(channelId, (timeline) => timeline.patch(id, change)),
      restore: ({ channelId, id }) => this.#content.each(channelId, (timeline) => timeline.restore(id)),
      refused: (refused) => this.toasts.refused(refused),
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
    this.#content.reset();
    this.typing.clear();
  }

  timeline(channelId) {
    return this.#content.timelines.channel(channelId);
  }

  /** The replies to a message of the open channel. */
  thread(rootId) {
    return this.#content.timelines.thread(rootId, this.open.channelId.value);
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
    this.#restricted = hello.restricted;
    this.#hooks.restricted(hello.restricted);
    if (hello.restricted) return;
    this.#held = [];
    this.#content.reset();
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
    const answer = await this.ask(request.resume, { channels: this.#content.places() });
    this.#settle(() => {
      this.#replace(answer.sync);
      for (const [id, missed] of Object.entries(answer.channels)) this.#content.resumed(id, missed);
    });
  }

  /** The answer first, then what came meanwhile and is younger than it. */
  #settle(apply) {
    batch(() => {
      apply();
      const held = this.#held ?? [];
      this.#held = null;
      for (const frame of held) this.#heard(frame);
      // Some may be older than the answer. Content says by its `seq` which; for the rest numbers are asked for again.
      if (held.some(({ type }) => type.startsWith("channel.") || type === event.readUpdated)) this.channels.recount();
    });
  }

  #replace({ user, channels, settings, ...people }) {
    this.me.value = user;
    this.server.value = settings;
    this.people.replace(people);
    this.channels.replace(channels);
    this.#content.timelines.keepOnly((id) => this.channels.peek(id) !== null);
  }

  #up() {
    if (this.#restricted) return;
    this.outbox.up();
    this.open.load();
    const { threadId } = this.open;
    if (threadId.peek()) this.thread(threadId.peek()).load();
  }

  // --- events ------------------------------------------------------------------------------------------------------

  #heard(frame) {
    if (this.#held) return void this.#held.push(frame);
    if (this.#content.take(frame)) return;
    batch(() => this.#lead(frame));
    this.#emit(frame);
  }

  #lead(frame) {
    const { type, payload } = frame;
    if (type === event.typing) this.typing.take(payload);
    else if (type === event.settingsUpdated) this.server.value = payload.settings;
    else if (type.startsWith("channel.") || type === event.readUpdated) this.#channelEvent(frame);
    else if (type.startsWith("user.") || type === event.presenceChanged) this.#peopleEvent(frame);
  }

  #channelEvent(frame) {
    this.channels.take(frame);
    const id = frame.payload.channel?.id;
    if (frame.type === event.channelDeleted) this.#content.timelines.forget(id);
    if (frame.type === event.channelCreated && id === this.open.channelId.peek()) this.open.load(); // it is ours again
  }

  #peopleEvent(frame) {
    const { user } = frame.payload;
    const before = (user && this.people.peek(user.id)?.status) ?? "active"; // most are
    this.people.take(frame);
    if (!user) return;
    if (user.id === this.me.peek().id) this.me.value = user;
    // He comes to or goes from all public channels but those that he left, which nobody here knows.
    if (frame.type !== event.userUpdated || user.status !== before) this.channels.recount();
  }
}
