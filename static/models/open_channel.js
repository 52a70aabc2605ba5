// What the reader looks at: the open channel and thread, the unread line of this visit, and what is told as read.
import { batch, computed, signal } from "../vendor/signals-core.js";
import { request } from "./frames.js";

const TELL_EVERY_MS = 1000;
const LEAD = 20; // messages loaded before the unread line
const NEWEST_PAGE = 170; // with more unread than this the newest page does not reach back to the line

export class OpenChannel {
  #ask;
  #clock;
  #channels;
  #timeline;
  #storage;
  #lastKey;
  #stopped = false; // "mark unread from here" stops the reading until one leaves
  #markedUnread = null;
  #toTell = null;
  #telling = null;
  #told = new Map(); // channel id -> seq of what was told as read last

  constructor({ ask, clock, channels, timeline, storage, userId }) {
    this.#ask = ask;
    this.#clock = clock;
    this.#channels = channels;
    this.#timeline = timeline;
    this.#storage = storage;
    this.#lastKey = `last.${userId}`;
    this.channelId = signal(null);
    this.threadId = signal(null);
    this.channel = computed(() => (this.channelId.value === null ? null : channels.get(this.channelId.value)));
    this.line = signal(null);
    this.jump = signal(null);
  }

  /** The channel that was open last on this device, or null. */
  get last() {
    return this.#storage.get(this.#lastKey);
  }

  show(channelId) {
    if (this.channelId.peek() === channelId) return;
    const unmarked = this.#stopped ? this.channelId.peek() : null;
    batch(() => {
      this.channelId.value = channelId;
      this.threadId.value = null;
      this.jump.value = null;
      this.#stopped = false;
      this.#drawLine();
    });
    if (unmarked) this.#channels.change(unmarked, this.#markedUnread);
    if (channelId === null) return;
    this.#storage.set(this.#lastKey, channelId);
    this.load();
  }

  showThread(rootId) {
    this.threadId.value = rootId;
  }

  closeThread() {
    this.threadId.value = null;
  }

  /** Loads what is looked at, as far as it is not there yet. To be called again after a reconnect. */
  load() {
    const channel = this.channel.peek();
    if (!channel) return Promise.resolve();
    const timeline = this.#timeline(channel.id);
    if (!channel.joined) return timeline.loaded.peek() ? timeline.resync() : timeline.load(); // no events reach us there
    if (timeline.loaded.peek()) return Promise.resolve();
    const { afterId } = this.line.peek() ?? {};
    if (afterId && channel.unread > NEWEST_PAGE) return timeline.loadAround(afterId);
    return timeline.load(channel.unread + LEAD);
  }

  #drawLine() {
    const channel = this.channel.peek();
    this.line.value = channel?.unread > 0 ? { afterId: channel.lastReadId, since: null } : null;
  }

  /** The channels are known now: what was opened before that gets its unread line, and the messages around it. */
  synced() {
    const channel = this.channel.peek();
    if (!channel || this.#stopped) return;
    const timeline = this.#timeline(channel.id);
    if (!this.line.peek()) this.#drawLine();
    const { afterId } = this.line.peek() ?? {};
    const reachesBack = timeline.find(afterId) || !timeline.hasOlder.peek();
    if (afterId && timeline.loaded.peek() && !reachesBack) timeline.loadAround(afterId);
  }

  /** The newest message on the screen was looked at for long enough to count as read. */
  seen(messageId) {
    const channel = this.channel.peek();
    if (!channel?.joined || this.#stopped) return;
    const message = this.#timeline(channel.id).find(messageId);
    if (!message || message.seq <= this.#toldIn(channel)) return;
    this.#told.set(channel.id, message.seq);
    this.#toTell = { channelId: channel.id, messageId };
    this.#telling ??= this.#clock.after(0, () => this.#tell());
  }

  #toldIn(channel) {
    const read = channel.lastReadId ? this.#timeline(channel.id).find(channel.lastReadId) : null;
    return Math.max(this.#told.get(channel.id) ?? -1, read?.seq ?? -1);
  }

  #tell() {
    const telling = this.#toTell;
    this.#toTell = null;
    this.#telling = null;
    if (!telling) return;
    this.#telling = this.#clock.after(TELL_EVERY_MS, () => this.#tell());
    this.#ask(request.read, telling).catch(() => this.#told.delete(telling.channelId)); // told again when seen again
  }

  /** The line stands before this message from now on, and reading is not told until the channel is left. */
  markUnreadFrom(messageId) {
    const channelId = this.channelId.peek();
    const messages = this.#timeline(channelId).messages.peek();
    const at = messages.findIndex((message) => message.id === messageId);
    if (at < 0) return;
    this.#stopped = true;
    this.#toTell = null;
    this.#markedUnread = { unread: Math.max(1, messages.length - at) };
    this.line.value = { afterId: messages[at - 1]?.id ?? null, since: null };
  }

  stop() {
    this.#telling?.();
  }
}
