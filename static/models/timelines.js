// The loaded stretches of channels and threads: which there are, and how long they are kept.
import { computed } from "../vendor/signals-core.js";
import { Timeline } from "./timeline.js";

const KEPT = 20; // channels looked at last stay loaded; a resume asks for their changes

export class Timelines {
  #ask;
  #channels = new Map(); // channel id -> timeline, the one looked at last at the end
  #threads = new Map(); // root id -> timeline

  constructor({ ask }) {
    this.#ask = ask;
  }

  /** The timeline of a channel, made when it is asked for first. */
  channel(channelId) {
    const timeline = this.#channels.get(channelId) ?? new Timeline({ ask: this.#ask, channelId });
    this.#channels.delete(channelId);
    this.#channels.set(channelId, timeline);
    for (const [oldest] of this.#channels) {
      if (this.#channels.size <= KEPT) break;
      this.forget(oldest);
    }
    return timeline;
  }

  /** The replies to a message of `channelId`; `root` is that message as far as it is loaded. */
  thread(rootId, channelId) {
    let timeline = this.#threads.get(rootId);
    if (!timeline) {
      timeline = new Timeline({ ask: this.#ask, channelId, rootId });
      const around = this.channel(channelId);
      timeline.root = computed(() => around.messages.value.find((message) => message.id === rootId) ?? null);
      this.#threads.set(rootId, timeline);
    }
    return timeline;
  }

  /** The timelines that an event of this channel may touch. */
  of(channelId) {
    const threads = [...this.#threads.values()].filter((timeline) => timeline.channelId === channelId);
    const channel = this.#channels.get(channelId);
    return channel ? [channel, ...threads] : threads;
  }

  /** The channels of which something is loaded. */
  loaded() {
    return [...this.#channels.keys()].filter((id) => this.of(id).some((timeline) => timeline.loaded.peek()));
  }

  /** Forgets the channels that `isKept(channelId)` does not hold for. */
  keepOnly(isKept) {
    for (const id of [...this.#channels.keys()]) if (!isKept(id)) this.forget(id);
  }

  forget(channelId) {
    this.#channels.delete(channelId);
    for (const [rootId, timeline] of this.#threads) if (timeline.channelId === channelId) this.#threads.delete(rootId);
  }
}
