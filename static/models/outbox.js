// What was sent and is not settled yet: one queue per channel, in order, kept on this device until the server has it.
// A message keeps its clientId through every try, so that it arrives exactly once (PROTOCOL.md "Nothing twice").
import { batch, computed, signal } from "../vendor/signals-core.js";
import { LOST, OFFLINE } from "./errors.js";
import { errorCode, request } from "./frames.js";

const SLOW_MS = 1000; // sooner than this no mark is shown
const SILENT_MS = 10_000; // no answer yet: shown as waiting, and the connection is looked at
const RETRY_MS = 2000;
const PASSING = [errorCode.rateLimited, errorCode.unavailable]; // worth trying again by itself

export class Outbox {
  #ask;
  #clock;
  #storage;
  #prefix;
  #uuid;
  #isUp;
  #hooks;
  #last; // the highest number so far
  #tries = new Map(); // clientId -> {cancel: [...]} of the try under way
  #retries = new Map(); // channel id -> cancel of the wait before the next try

  /**
   * `isUp()` says whether requests can be sent now; `settled(message)` gets the server's state of a sent message;
   * `unsure()` is called when an answer is late; `failed(entry)` when one is refused.
   */
  constructor({ ask, clock, storage, userId, uuid, isUp, settled, unsure = () => {}, failed = () => {} }) {
    this.#ask = ask;
    this.#clock = clock;
    this.#storage = storage;
    this.#prefix = `unsent.${userId}.`;
    this.#uuid = uuid;
    this.#isUp = isUp;
    this.#hooks = { settled, unsure, failed };
    this.entries = signal(this.#restored());
    this.#last = Math.max(0, ...this.entries.peek().map((entry) => entry.number || 0));
  }

  #restored() {
    return this.#storage
      .keys(this.#prefix)
      .map((key) => this.#storage.get(key))
      .filter((entry) => typeof entry?.clientId === "string" && typeof entry.content === "string")
      .sort((a, b) => a.createdAt - b.createdAt || a.number - b.number)
      .map((entry) => ({ ...entry, state: "waiting", error: null }));
  }

  /** What is not settled in one channel, or in one of its threads, in the order of sending. */
  pending(channelId, threadId = null) {
    return computed(() =>
      this.entries.value.filter((entry) => entry.channelId === channelId && entry.threadId === threadId),
    );
  }

  send(channelId, content, { threadId = null, quotedMessageId = null } = {}) {
    const entry = {
      clientId: this.#uuid(),
      channelId,
      threadId,
      content,
      quotedMessageId,
      createdAt: Math.max(this.#clock.now(), this.entries.peek().at(-1)?.createdAt ?? 0), // clocks are set back
      number: ++this.#last, // two in one millisecond keep their order over a reload
      state: this.#isUp() ? "sending" : "waiting",
      error: null,
    };
    this.#storage.set(this.#prefix + entry.clientId, entry);
    this.entries.value = [...this.entries.peek(), entry];
    this.#pump(channelId);
    return entry;
  }

  retry(clientId) {
    const entry = this.#find(clientId);
    if (!entry || this.#tries.has(clientId)) return;
    this.#change(clientId, { state: this.#isUp() ? "sending" : "waiting", error: null });
    this.#pump(entry.channelId);
  }

  discard(clientId) {
    const entry = this.#find(clientId);
    if (!entry) return;
    this.#drop(clientId);
    this.#pump(entry.channelId);
  }

  /** Another tab of this browser has settled or discarded it. */
  forgotten(key) {
    if (key.startsWith(this.#prefix)) this.discard(key.slice(this.#prefix.length));
  }

  /** A message has come in; if it is one of ours it is settled by that. */
  heard(message) {
    if (message.clientId && this.#find(message.clientId)) this.#settle(message.clientId, message.channelId);
  }

  /** The connection is up, with everything missed applied. */
  up() {
    for (const channelId of new Set(this.entries.peek().map((entry) => entry.channelId))) this.#pump(channelId);
  }

  /** The connection is gone: what had no answer waits. */
  down() {
    batch(() => {
      for (const entry of this.entries.peek()) {
        if (entry.state === "sending" || entry.state === "slow") this.#change(entry.clientId, { state: "waiting" });
      }
    });
  }

  /** Sends the first of a queue, if nothing of it is on its way. A failed one halts it. */
  #pump(channelId) {
    const [first] = this.entries.peek().filter((entry) => entry.channelId === channelId);
    if (!first || first.state === "failed" || this.#tries.has(first.clientId)) return;
    if (!this.#isUp() || this.#retries.has(channelId)) return;
    this.#try(first);
  }

  async #try(entry) {
    const { clientId, channelId, content, threadId, quotedMessageId } = entry;
    const timers = [
      this.#clock.after(SLOW_MS, () => this.#change(clientId, { state: "slow" })),
      this.#clock.after(SILENT_MS, () => this.#late(clientId)),
    ];
    this.#tries.set(clientId, timers);
    this.#change(clientId, { state: "sending" });
    const payload = { channelId, content, clientId };
    if (threadId) payload.threadId = threadId;
    if (quotedMessageId) payload.quotedMessageId = quotedMessageId;
    try {
      const { message } = await this.#ask(request.message, payload);
      this.#end(clientId);
      batch(() => {
        this.#hooks.settled(message);
        this.#settle(clientId, channelId);
      });
    } catch (refused) {
      this.#end(clientId);
      this.#refused(entry, refused);
    }
  }

  #late(clientId) {
    this.#change(clientId, { state: "waiting" });
    this.#hooks.unsure();
  }

  #end(clientId) {
    for (const cancel of this.#tries.get(clientId) ?? []) cancel();
    this.#tries.delete(clientId);
  }

  #refused({ clientId, channelId }, refused) {
    if (!this.#find(clientId)) return;
    if (refused.code === OFFLINE || refused.code === LOST) {
      this.#change(clientId, { state: "waiting" });
    } else if (PASSING.includes(refused.code)) {
      this.#change(clientId, { state: "waiting" });
      const again = () => {
        this.#retries.delete(channelId);
        this.#pump(channelId);
      };
      this.#retries.set(channelId, this.#clock.after(refused.retryAfterMs ?? RETRY_MS, again));
    } else {
      this.#change(clientId, { state: "failed", error: refused });
      this.#hooks.failed(this.#find(clientId));
    }
  }

  #settle(clientId, channelId) {
    this.#end(clientId);
    this.#drop(clientId);
    this.#pump(channelId);
  }

  #drop(clientId) {
    this.#storage.remove(this.#prefix + clientId);
    this.entries.value = this.entries.peek().filter((entry) => entry.clientId !== clientId);
  }

  #find(clientId) {
    return this.entries.peek().find((entry) => entry.clientId === clientId) ?? null;
  }

  #change(clientId, changes) {
    const changed = (entry) => (entry.clientId === clientId ? { ...entry, ...changes } : entry);
    this.entries.value = this.entries.peek().map(changed);
  }

  stop() {
    for (const clientId of [...this.#tries.keys()]) this.#end(clientId);
    for (const cancel of this.#retries.values()) cancel();
  }
}
