// What the reader looks at: the open channel and thread, and the unread line of this visit. What is told as read is
// reading.js's.
import { batch, computed, signal } from "../vendor/signals-core.js";
import { Reading } from "./reading.js";

const LEAD = 20; // messages loaded before the unread line
const NEWEST_PAGE = 170; // with more unread than this the newest page does not reach back to the line

export class OpenChannel {
  #me;
  #channels;
  #timeline;
  #thread;
  #storage;
  #lastKey;
  #reading;
  #isMarkedUnread = false; // "mark unread from here" stops the reading until one leaves

  /** `timeline(channelId)` and `thread(rootId)` are what is loaded there. */
  constructor({ ask, clock, me, channels, timeline, thread, storage, userId }) {
    this.#me = me;
    this.#channels = channels;
    this.#timeline = timeline;
    this.#thread = thread;
    this.#storage = storage;
    this.#lastKey = `last.${userId}`;
    this.#reading = new Reading({ ask, clock });
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
    this.#leave();
    batch(() => {
      this.channelId.value = channelId;
      this.threadId.value = null;
      this.jump.value = null;
      this.#drawLine();
    });
    if (channelId === null) return;
    this.#storage.set(this.#lastKey, channelId);
    this.load();
  }

  /** What was marked unread is shown so, on this device. */
  #leave() {
    const channel = this.channel.peek();
    if (channel && this.#isMarkedUnread) {
      const { messages } = this.#timeline(channel.id);
      const { afterId } = this.line.peek();
      const at = messages.peek().findIndex(({ id }) => id === afterId);
      const unread = messages.peek().slice(at + 1).filter((message) => this.#counts(message)).length;
      this.#channels.markUnread(channel.id, { unread: Math.max(1, unread), afterId });
    }
    this.#isMarkedUnread = false;
  }

  #counts({ author, deletedAt }) {
    return author.id !== this.#me.peek().id && deletedAt === null;
  }

  showThread(rootId) {
    this.threadId.value = rootId;
  }

  closeThread() {
    this.threadId.value = null;
  }

  /** Loads what is looked at, as far as it is not there yet. To be called again after a reconnect. */
  async load() {
    this.#reading.again();
    const channel = this.channel.peek();
    if (!channel) return;
    const timeline = this.#timeline(channel.id);
    if (!channel.joined && timeline.loaded.peek()) return void (await timeline.resync()); // no events reach us there
    const { afterId } = this.line.peek() ?? {};
    if (afterId && channel.unread > NEWEST_PAGE && !timeline.loaded.peek()) await timeline.loadAround(afterId);
    else await timeline.load(channel.unread + LEAD);
    if (this.channelId.peek() === channel.id) await this.#reachBack();
  }

  #drawLine() {
    const mark = this.#channels.unmark(this.channelId.peek());
    const channel = this.channel.peek();
    const afterId = mark ? mark.afterId : channel?.lastReadId;
    this.line.value = mark || channel?.unread > 0 ? { afterId, since: null } : null;
  }

  /** The channels are known now: what was opened before that gets its unread line, and the messages around it. */
  synced() {
    if (this.#isMarkedUnread || !this.channel.peek()) return;
    if (!this.line.peek()) this.#drawLine();
    if (this.#timeline(this.channelId.peek()).loaded.peek()) this.#reachBack();
  }

  /** The line has a place among what is loaded; a page that was asked for before anything was known may not hold it. */
  async #reachBack() {
    const { id, unread } = this.channel.peek() ?? {};
    const timeline = this.#timeline(id);
    const line = this.line.peek();
    if (!line?.afterId || !timeline.loaded.peek() || timeline.find(line.afterId)) return;
    // The marker may stand at a reply in a thread: the line then is before the last `unread` messages that count.
    const messages = timeline.messages.peek();
    const counting = messages.filter((message) => this.#counts(message));
    const first = timeline.hasNewer.peek() || !unread ? undefined : counting.at(-unread);
    const at = messages.indexOf(first);
    if (at > 0) this.line.value = { ...line, afterId: messages[at - 1].id };
    else if (timeline.hasOlder.peek()) await timeline.loadAround(line.afterId);
  }

  /** The newest message on the screen, of the channel or the thread, was looked at for long enough to count as read. */
  seen(messageId) {
    const channel = this.channel.peek();
    if (!channel?.joined || this.#isMarkedUnread) return;
    const timeline = this.#timeline(channel.id);
    const thread = this.threadId.peek() === null ? null : this.#thread(this.threadId.peek());
    const message = timeline.find(messageId) ?? thread?.find(messageId);
    if (message) this.#reading.seen({ channel, message, timeline });
  }

  /** The line stands before this message from now on, and reading is not told until the channel is left. */
  markUnreadFrom(messageId) {
    const messages = this.#timeline(this.channelId.peek()).messages.peek();
    const at = messages.findIndex((message) => message.id === messageId);
    if (at < 0) return;
    this.#isMarkedUnread = true;
    this.#reading.forget(this.channelId.peek());
    this.line.value = { afterId: messages[at - 1]?.id ?? null, since: null };
  }

  stop() {
    this.#reading.stop();
  }
}
