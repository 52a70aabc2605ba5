// Messages that are quoted, or are a thread's root, and not loaded in any list: fetched one by one and kept up to date.
// How a quote looks is cite.js.
import { computed, signal } from "../../lib/ui.js";
import { event, request } from "../../models/frames.js";

const known = new WeakMap(); // chat -> Map of message id -> Quoted

/** The message as far as it is known. `fetch` asks for it where it is in no list; call it again after a reconnect. */
export function quotedMessage(chat, channelId, messageId) {
  if (!known.has(chat)) known.set(chat, listeningTo(chat));
  const all = known.get(chat);
  if (!all.has(messageId)) all.set(messageId, new Quoted(chat, channelId, messageId));
  return all.get(messageId);
}

function listeningTo(chat) {
  const all = new Map();
  const take = ({ message }) => all.get(message.id)?.take(message);
  chat.on(event.messageUpdated, take);
  chat.on(event.messageDeleted, take);
  return all;
}

class Quoted {
  #chat;
  #channelId;
  #messageId;
  #found = signal(null);
  #inList;
  #isUnderWay = false;
  #isFresh = false;

  constructor(chat, channelId, messageId) {
    this.#chat = chat;
    this.#channelId = channelId;
    this.#messageId = messageId;
    this.#inList = computed(() => this.#look());
  }

  /** The message; null while nothing is known, false when it is gone. Reactive. */
  get value() {
    return this.#inList.value ?? this.#found.value;
  }

  take(message) {
    this.#found.value = message;
  }

  async fetch() {
    if (this.#chat.connection.state.peek() !== "up") {
      this.#isFresh = false; // what happens to it meanwhile is not heard
      return;
    }
    if (this.#isUnderWay || this.#isFresh || this.#inList.peek()) return;
    this.#isUnderWay = true;
    try {
      this.#found.value = await one(this.#chat, this.#channelId, this.#messageId);
      this.#isFresh = true;
    } catch (refused) {
      if (refused.code === "not_found") this.#found.value = false;
    } finally {
      this.#isUnderWay = false;
    }
  }

  #look() {
    const { threadId } = this.#chat.open;
    const timelines = [this.#chat.timeline(this.#channelId), threadId.value && this.#chat.thread(threadId.value)];
    for (const timeline of timelines.filter(Boolean)) {
      timeline.messages.value; // read, so that it is looked for again when they change
      const message = timeline.find(this.#messageId);
      if (message) return message;
    }
    return null;
  }
}

/** No request fetches a single message: it is the one after the one before it, or the first of all. */
async function one(chat, channelId, messageId) {
  const ask = (edge) => chat.ask(request.messageHistory, { channelId, limit: 1, ...edge });
  const { messages: before } = await ask({ before: messageId });
  if (before.length) return (await ask({ after: before[0].id })).messages[0] ?? false;
  const { messages: after } = await ask({ after: messageId });
  if (!after.length) return (await ask({})).messages[0] ?? false;
  return (await ask({ before: after[0].id })).messages[0] ?? false;
}
