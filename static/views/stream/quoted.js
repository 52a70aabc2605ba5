// Messages that are quoted and not loaded in any list: fetched once. How a quote looks is cite.js.
import { computed, signal } from "../../lib/ui.js";
import { request } from "../../models/frames.js";

const fetched = new WeakMap(); // chat -> Map of message id -> {found, shown, isUnderWay}

/**
 * {value, fetch}: `value` is the message as far as it is known, null before, false when it is gone; reactive. `fetch`
 * asks for it when it is in no list.
 */
export function quotedMessage(chat, channelId, messageId) {
  if (!fetched.has(chat)) fetched.set(chat, new Map());
  const known = fetched.get(chat);
  if (!known.has(messageId)) known.set(messageId, made(chat, channelId, messageId));
  return known.get(messageId);
}

function made(chat, channelId, messageId) {
  const found = signal(null);
  let isUnderWay = false;
  const inList = computed(() => {
    const timelines = [chat.timeline(channelId), chat.open.threadId.value && chat.thread(chat.open.threadId.value)];
    for (const timeline of timelines.filter(Boolean)) {
      timeline.messages.value; // read, so that it is looked for again when they change
      const message = timeline.find(messageId);
      if (message) return message;
    }
    return null;
  });
  const fetch = async () => {
    if (isUnderWay || inList.peek() || found.peek() !== null || chat.connection.state.peek() !== "up") return;
    isUnderWay = true;
    try {
      found.value = await one(chat, channelId, messageId);
    } catch (refused) {
      if (refused.code === "not_found") found.value = false;
    } finally {
      isUnderWay = false;
    }
  };
  return {
    fetch,
    get value() {
      return inList.value ?? found.value;
    },
  };
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
