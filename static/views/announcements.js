// What screen readers are told of the open channel as it happens (UI.md section 7). How much of it is models/announcer.js's.
import { useEffect } from "../lib/ui.js";
import { t } from "../lib/text.js";
import { event } from "../models/frames.js";
import { plainLine } from "../models/notifications.js";
import { nameOf } from "./parts/parts.js";

export function useAnnouncements(chat) {
  useEffect(() => chat.on(event.messageCreated, ({ message }) => isRead(chat, message) && tell(chat, message)), [chat]);
  useEffect(() => chat.on("failed", () => chat.announcer.warn(t("announcer.failed"))), [chat]);
}

/** Does it appear before the reader's eyes? */
function isRead({ me, open }, { author, channelId, threadId }) {
  if (author.id === me.peek().id || channelId !== open.channelId.peek()) return false;
  return threadId === null || threadId === open.threadId.peek();
}

function tell({ announcer }, { author, content }) {
  announcer.arrived(t("announcer.message", { name: nameOf(author), text: plainLine(content) }));
}
