// The channels in the order in which they are shown, what they are called, and what the reader can do to them. How they
// are kept up to date is known_channels.js.
import { computed } from "../vendor/signals-core.js";
import { request } from "./frames.js";
import { KnownChannels } from "./known_channels.js";

export class Channels extends KnownChannels {
  #ask;
  #me;
  #people;

  /** Besides what KnownChannels needs: `people`, for the names of direct conversations. */
  constructor({ people, ...known }) {
    super(known);
    this.#ask = known.ask;
    this.#me = known.me;
    this.#people = people;
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

  #all() {
    return this.ids.value.map((id) => this.cells.get(id)?.value).filter(Boolean);
  }

  /** What a channel is called: a direct conversation by who else is in it. Reactive. */
  title(channel) {
    if (channel.kind !== "dm") return channel.name;
    const others = channel.userIds.filter((id) => id !== this.#me.value.id);
    this.#people.need(others);
    const called = others.map((id) => this.#people.get(id)?.displayName).filter(Boolean);
    return called.join(", ") || this.#me.value.displayName;
  }

  create({ name, topic = "", kind = "public", members = [] }) {
    const payload = { name, kind, ...(topic && { topic }), ...(members.length && { members }) };
    return this.askForOne(request.channelCreate, payload);
  }

  update(channelId, changes) {
    return this.askForOne(request.channelUpdate, { channelId, ...changes });
  }

  archive(channelId, archived) {
    return this.update(channelId, { archived });
  }

  /** Its event takes it out of the list. `ask` puts the one more check that the server may want. */
  remove(channelId, ask = this.#ask) {
    return ask(request.channelDelete, { channelId });
  }

  /** Resolves when the reader's standing in it is known. */
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

  openDirect(userIds) {
    return this.askForOne(request.dmOpen, { userIds });
  }
}

function byName(a, b) {
  if ((a.archivedAt === null) !== (b.archivedAt === null)) return a.archivedAt === null ? -1 : 1;
  if ((a.name === "general") !== (b.name === "general")) return a.name === "general" ? -1 : 1;
  return a.name.localeCompare(b.name);
}
