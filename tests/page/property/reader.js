// The reader under test: looks around, writes and reacts at random while the network does its worst. Judged elsewhere.
import { Refused } from "/project/static/models/errors.js";
import { effect } from "/project/static/vendor/signals-core.js";
import { Chance } from "./chance.js";
import { Chaos } from "./chaos.js";
import { Memory } from "./memory.js";
import { chatOn, fail, failures, plain, standing } from "./page.js";

const CALM_MS = 150; // after a return: events that cross the answer are still to come
const RELOADS_AT_FIRST = 100; // steps
const EMOJI = ["👍", "🎉", "toString", "__proto__"];

export class Reader {
  #chance;
  #storage = new Memory();
  #user;
  #watched = new Set();
  #wrote = []; // {clientId, channelId, threadId, content}, in order
  #discarded = [];
  #looked = new Map(); // what was looked at: "channel" or "channel root" -> how to find its timeline
  #upSince = null;
  #steps = 0;

  constructor({ seed, user, url }) {
    this.#chance = new Chance(seed);
    this.#user = user;
    const isUp = () => this.#upSince !== null && performance.now() - this.#upSince > CALM_MS;
    this.chaos = new Chaos({ chance: this.#chance, url, isUp });
    this.#open();
    this.#live();
  }

  #open() {
    this.chat = chatOn({ user: this.#user, connect: this.chaos.connect, chance: this.#chance, storage: this.#storage });
    const { state } = this.chat.connection;
    effect(() => (this.#upSince = state.value === "up" ? performance.now() : null));
    this.chat.start();
  }

  async #live() {
    while (this.chaos.isOn) {
      try {
        this.#step();
      } catch (error) {
        fail(error);
      }
      await new Promise((resolve) => setTimeout(resolve, this.#chance.between(5, 40)));
    }
  }

  #step() {
    this.#steps += 1;
    const deeds = [
      [10, () => this.#show()],
      [6, () => this.#thread()],
      [10, () => this.#scroll()],
      [12, () => this.#write()],
      [10, () => this.#react()],
      [3, () => this.#change()],
      [10, () => this.#read()],
      [2, () => this.#joinOrLeave()],
      [2, () => this.#cut()],
      [this.#steps < RELOADS_AT_FIRST ? 0.6 : 0, () => this.#reload()], // a page that lives longer has more to lose
    ];
    let place = this.#chance.next() * deeds.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, deed] of deeds) {
      place -= weight;
      if (place < 0) return deed();
    }
    return undefined;
  }

  // --- looking

  get #shown() {
    const channel = this.chat.open.channel.peek();
    return channel && this.#timeline(channel.id);
  }

  #timeline(channelId) {
    return this.#watch(this.chat.timeline(channelId), channelId, () => this.chat.timeline(channelId));
  }

  #show() {
    const channel = this.#chance.of([...this.chat.channels.cells.values()].map((cell) => cell.peek()));
    if (!channel) return;
    this.chat.open.show(channel.id);
    this.#timeline(channel.id);
  }

  #thread() {
    const timeline = this.#shown;
    const root = timeline && this.#chance.of(timeline.messages.peek());
    if (!root) return;
    this.chat.open.showThread(root.id);
    const thread = this.chat.thread(root.id);
    // A channel that was out of sight meanwhile has new timelines: its old threads hear nothing any more.
    const find = () => this.chat.timeline(root.channelId) === timeline && thread;
    this.#watch(thread, `${root.channelId} ${root.id}`, find);
    thread.load();
  }

  #scroll() {
    const timeline = this.#shown;
    if (!timeline) return;
    const message = this.#chance.of(timeline.messages.peek());
    const way = this.#chance.between(0, 5);
    if (way < 3) timeline.loadOlder();
    else if (way === 3) timeline.loadNewer();
    else if (way === 4 && message) timeline.loadAround(message.id);
    else timeline.toNewest();
  }

  /** At no moment does a list hold a message twice, or out of order. */
  #watch(timeline, name, find) {
    this.#looked.set(name, find);
    if (this.#watched.has(timeline)) return timeline;
    this.#watched.add(timeline);
    effect(() => {
      const seqs = timeline.messages.value.map(({ seq }) => seq);
      const at = seqs.findIndex((seq, index) => index > 0 && seq <= seqs[index - 1]);
      if (at > 0) fail(`${name}: ${seqs[at]} behind ${seqs[at - 1]}`);
    });
    return timeline;
  }

  // --- doing

  #quietly(promise) {
    promise.catch((refused) => refused instanceof Refused || fail(refused));
  }

  #write() {
    const channel = this.#chance.of(this.chat.channels.list.peek());
    if (!channel) return;
    const root = this.#chance.happens(0.3) && this.#chance.of(this.chat.timeline(channel.id).messages.peek());
    const content = `written ${this.#wrote.length}`;
    const threadId = root ? root.id : null;
    const { clientId } = this.chat.outbox.send(channel.id, content, { threadId });
    this.#wrote.push({ clientId, channelId: channel.id, threadId, content });
    const failed = this.chat.outbox.entries.peek().find(({ state }) => state === "failed");
    if (!failed) return;
    if (this.#chance.happens(0.5)) this.chat.outbox.retry(failed.clientId);
    else this.#discard(failed);
  }

  #discard({ clientId }) {
    this.#discarded.push(clientId);
    this.chat.outbox.discard(clientId);
  }

  #react() {
    const message = this.#chance.of(this.#shown?.messages.peek() ?? []);
    if (message) this.#quietly(this.chat.deeds.react(message, this.#chance.of(EMOJI)));
  }

  #change() {
    const own = (this.#shown?.messages.peek() ?? []).filter(({ author }) => author.id === this.#user.id);
    const message = this.#chance.of(own);
    if (!message) return;
    const { deeds } = this.chat;
    const isEdit = this.#chance.happens(0.6);
    this.#quietly(isEdit ? deeds.edit(message, `${message.content} better`) : deeds.remove(message));
  }

  #read() {
    const timeline = this.#shown;
    const newest = timeline?.messages.peek().at(-1);
    const message = this.#chance.happens(0.6) ? newest : this.#chance.of(timeline?.messages.peek() ?? []);
    if (message) this.chat.open.seen(message.id);
  }

  #joinOrLeave() {
    const channel = this.#chance.of([...this.chat.channels.cells.values()].map((cell) => cell.peek()));
    if (channel?.kind !== "public") return;
    this.#quietly(channel.joined ? this.chat.channels.leave(channel.id) : this.chat.channels.join(channel.id));
  }

  #cut() {
    if (this.#chance.happens(0.3)) this.chaos.mute(this.#chance.between(10, 100));
    else this.chaos.cut(this.#chance.happens(0.3) ? this.#chance.between(100, 600) : 0);
  }

  /** The page is loaded again: only what is stored on the device survives. */
  #reload() {
    this.chat.stop();
    this.#looked.clear();
    this.#open();
  }

  // --- being judged

  calm() {
    this.chaos.isOn = false;
    this.chat.connection.tryNow();
  }

  /** What is not at rest yet; what failed is discarded. */
  underWay() {
    const { connection, outbox } = this.chat;
    for (const entry of outbox.entries.peek()) if (entry.state === "failed") this.#discard(entry);
    const loading = [...this.#looked].filter(([, find]) => find()?.loading?.peek() || find()?.gap?.peek());
    const state = connection.state.peek();
    return [
      ...(state === "up" ? [] : [state]),
      ...outbox.entries.peek().map((entry) => `${entry.state}: ${entry.content} in ${entry.channelId}`),
      ...loading.map(([name]) => `loading ${name}`),
    ];
  }

  state() {
    const timelines = {};
    for (const [name, find] of this.#looked) {
      const timeline = find();
      const isHeard = timeline && this.chat.channels.peek(timeline.channelId)?.joined;
      if (!isHeard || !timeline.loaded.peek()) continue;
      const { messages, hasOlder, hasNewer } = timeline;
      timelines[name] = { messages: messages.peek().map(plain), hasOlder: hasOlder.peek(), hasNewer: hasNewer.peek() };
    }
    const wrote = this.#wrote.map((entry) => ({ ...entry, isDiscarded: this.#discarded.includes(entry.clientId) }));
    return { ...standing(this.chat), timelines, wrote, failures, happened: this.chaos.happened };
  }
}
