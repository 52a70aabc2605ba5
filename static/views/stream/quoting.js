// Which message is to be quoted by what is written next. The composer shows it, sends its id, and calls stopQuoting.
import { signal } from "../../lib/ui.js";

/** The message, or null. It belongs to the composer of its own channel and thread only. */
export const quoting = signal(null);

export function startQuoting(message) {
  quoting.value = message;
}

export function stopQuoting() {
  quoting.value = null;
}

/** What is quoted in this channel, or in this thread of it; else null. Reactive. */
export function quotedIn(channelId, threadId = null) {
  const message = quoting.value;
  return message?.channelId === channelId && message.threadId === threadId ? message : null;
}
