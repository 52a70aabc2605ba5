// The channels that the reader may see, each with his own standing in it: joined, unread, mentions, read marker.
import { batch, computed, signal } from "../vendor/signals-core.js";
import { event, request } from "./frames.js";
import { names } from "./message.js";

const OWN = ["joined", "unread", "mentions", "lastReadId"]; // null in events: the client keeps its own
const RECOUNT_AFTER_MS = 500;
const RECOUNT_SPREAD_MS = 2500; // many readers are made unsure by one event: they shall not all ask at once

export class Channels {
  #ask;
  #clock;
  #random;
  #me;
  #people;
  #onJoined;
  #recounting = null;

  /** `onJoined(channelId)` hears that the reader is in a channel whose events did not reach him before. */
  constructor({ ask, clock, random, me, people, onJoined = () => {} }) {
    this.#ask = ask;
    this.#onJoined = onJoined;
    this.#clock = clock;
    this.#random = random;
    this.#me = me;
    this.#people = people;
    this.cells = new Map(); // id -> signal of the channel: a row of the sidebar reads only its own
    this.ids = signal([]);
    this.synced = signal(false);
    const mine = computed(() => this.#all().filter((channel) => channel.joined && channel.kind !== "dm"));
    this.list = computed(() => mine.value.slice().sort(byName));
    this.directs = computed(() =>
      this.#all()
        .filter((channel) => channel.kind === "dm")
        .sort((a, b) => (b.activeAt ?? b.createdAt) - (a.activeAt ?? a.createdAt)),
    );
    this.totalMentions = computed(() =>
      this.#all().reduce((sum, channel) => sum + (channel.kind === "dm" ? channel.unread : channel.mentions), 0),
    );
    this.anyUnread = computed(() => this.#all().some((channel) => channel.joined && channel.unread > 0));
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

  /** What a channel is called: a direct conversation by who else is in it. Reactive. */
  title(channel) {
    if (channel.kind !== "dm") return channel.name;
    const others = channel.userIds.filter((id) => id !== this.#me.value.id);
    this.#people.need(others);
    const called = others.map((id) => this.#people.get(id)?.displayName).filter(Boolean);
    return called.join(", ") || this.#me.value.displayName;
  }

  #all() {
    return this.ids.value.map((id) => this.cells.get(id)?.value).filter(Boolean);
  }

  /** Takes the channels of `sync`; those that are not among them are gone. */
  replace(channels) {
    batch(() => {
      const kept = new Set(channels.map((channel) => channel.id));
      for (const id of [...this.cells.keys()]) if (!kept.has(id)) this.#forget(id);
      for (const channel of channels) this.#put(channel);
      this.ids.value = [...this.cells.keys()];
      this.synced.value = true;
    });
  }

  #put(channel) {
    const cell = this.cells.get(channel.id);
    if (!cell) return void this.cells.set(channel.id, signal(channel));
    const came = channel.joined && !cell.peek().joined;
    cell.value = { ...channel, activeAt: channel.activeAt ?? cell.peek().activeAt };
    if (came) this.#onJoined(channel.id);
  }

  change(id, changes) {
    const channel = this.peek(id);
    if (channel) this.#put({ ...channel, ...changes });
  }

  // --- events ------------------------------------------------------------------------------------------------------

  /** Applies a `channel.*` event or `read.updated`. */
  take({ type, payload }) {
    switch (type) {
      case event.channelCreated:
      case event.channelUpdated:
        this.#shaped(payload.channel);
        break;
      case event.channelDeleted:
        this.#drop(payload.channel.id);
        break;
      case event.readUpdated:
        this.change(payload.channelId, {
          unread: payload.unread,
          mentions: payload.mentions,
          lastReadId: payload.messageId,
        });
        break;
      default:
        this.#member(payload, type === event.channelMemberAdded);
    }
  }

  #shaped(channel) {
    const known = this.peek(channel.id);
    const own = known ?? { joined: true, unread: 0, mentions: 0, lastReadId: null, seq: channel.seq };
    const standing = Object.fromEntries(OWN.map((name) => [name, channel[name] ?? own[name]]));
    batch(() => {
      this.#put({ ...channel, ...standing, seq: own.seq });
      if (!known) this.ids.value = [...this.cells.keys()];
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
    cell.value = null; // whoever reads this cell hears that it is gone
  }

  #member({ channelId, userId }, added) {
    const channel = this.peek(channelId);
    if (!channel) return;
    const memberCount = Math.max(0, channel.memberCount + (added ? 1 : -1));
    if (userId !== this.#me.peek().id) return void this.change(channelId, { memberCount });
    this.change(channelId, { memberCount, joined: added, ...(added ? {} : { unread: 0, mentions: 0 }) });
    if (added) this.refresh().catch(() => {}); // what stood there meanwhile is unread; lost: the resume brings it
  }

  /** Counts messages that are new in the channel. */
  count(channelId, messages) {
    const channel = this.peek(channelId);
    const me = this.#me.peek().id;
    const fresh = messages.filter((message) => message.author.id !== me && !message.deletedAt);
    if (!channel || !messages.length) return;
    this.change(channelId, {
      activeAt: Math.max(channel.activeAt ?? 0, ...messages.map((message) => message.createdAt)),
      unread: channel.unread + fresh.filter((message) => message.threadId === null).length,
      mentions: channel.mentions + fresh.filter((message) => names(message, me)).length,
    });
  }

  /**
   * Asks for the numbers of unread messages: a change to an older message may or may not have been to an unread one.
   * Many changes are one question, and not everybody's at the same moment.
   */
  recount(channelId) {
    const channel = this.peek(channelId);
    if (!channel || this.#recounting || (channel.unread === 0 && channel.mentions === 0)) return;
    const wait = RECOUNT_AFTER_MS + this.#random() * RECOUNT_SPREAD_MS;
    this.#recounting = this.#clock.after(wait, () => {
      this.#recounting = null;
      this.refresh().catch(() => {}); // lost: the resume brings the numbers
    });
  }

  /** Fetches the standing in all channels. */
  async refresh() {
    const { channels } = await this.#ask(request.channelList, {});
    batch(() => {
      for (const channel of channels) {
        const known = this.peek(channel.id);
        // Numbers of another moment than ours would count what is still to come twice.
        if (known && known.joined === channel.joined && known.seq !== channel.seq) this.recount(channel.id);
        else this.#put(channel);
      }
      this.ids.value = [...this.cells.keys()];
    });
  }

  // --- deeds -------------------------------------------------------------------------------------------------------

  async create({ name, topic = "", kind = "public", members = [] }) {
    const payload = { name, kind, ...(topic && { topic }), ...(members.length && { members }) };
    return this.#known((await this.#ask(request.channelCreate, payload)).channel);
  }

  async update(channelId, changes) {
    return this.#known((await this.#ask(request.channelUpdate, { channelId, ...changes })).channel);
  }

  archive(channelId, archived) {
    return this.update(channelId, { archived });
  }

  async remove(channelId) {
    await this.#ask(request.channelDelete, { channelId });
    this.#drop(channelId);
  }

  async join(channelId) {
    await this.#ask(request.channelJoin, { channelId });
    await this.refresh();
  }

  leave(channelId) {
    return this.#ask(request.channelLeave, { channelId });
  }

  addMember(channelId, userId) {
    return this.#ask(request.channelAddMember, { channelId, userId });
  }

  removeMember(channelId, userId) {
    return this.#ask(request.channelRemoveMember, { channelId, userId });
  }

  async members(channelId, offset = 0, limit = 50) {
    const page = await this.#ask(request.channelMembers, { channelId, offset, limit });
    this.#people.add(page.members);
    return page;
  }

  /** Everything the reader may see, joined or not. */
  async browse() {
    const { channels } = await this.#ask(request.channelList, {});
    return channels.filter((channel) => channel.kind !== "dm").sort(byName);
  }

  async openDirect(userIds) {
    return this.#known((await this.#ask(request.dmOpen, { userIds })).channel);
  }

  #known(channel) {
    this.#shaped(channel);
    return this.peek(channel.id);
  }

  stop() {
    this.#recounting?.();
  }
}

function byName(a, b) {
  if ((a.archivedAt === null) !== (b.archivedAt === null)) return a.archivedAt === null ? -1 : 1;
  if ((a.name === "general") !== (b.name === "general")) return a.name === "general" ? -1 : 1;
  return a.name.localeCompare(b.name);
}
