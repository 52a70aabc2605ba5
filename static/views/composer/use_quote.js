// The message that is quoted by what is being written here, as it is now: one that is deleted meanwhile is let go.
// Choosing it is the stream's (quoting.js).
import { useEffect } from "../../lib/ui.js";
import { useChat } from "../context.js";
import { quotedIn, stopQuoting } from "../stream/quoting.js";

export function useQuote(channel, threadId) {
  const chat = useChat();
  const chosen = quotedIn(channel.id, threadId);
  const timeline = threadId ? chat.thread(threadId) : chat.timeline(channel.id);
  const now = chosen && (timeline.messages.value.find((message) => message.id === chosen.id) ?? chosen);
  const isGone = Boolean(now?.deletedAt);
  useEffect(() => {
    if (isGone) stopQuoting();
  }, [isGone]);
  return isGone ? null : now;
}
