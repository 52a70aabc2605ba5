// What can be done with a message, once for the tools, the menu, the sheet and the keys. How they look is theirs.
import { t } from "../../lib/text.js";
import { canWrite } from "../../models/channel_rights.js";
import { startEditing } from "./editing.js";
import { startQuoting } from "./quoting.js";
import { removeMessage } from "./removal.js";

/**
 * [{id, label, icon, key, danger, run(event)}] in the order of the menu, the destructive one last. `list` is the one
 * that shows the message.
 */
export function actionsFor(message, list) {
  if (!message || message.deletedAt) return [];
  const { chat } = list;
  const channel = chat.channels.get(message.channelId);
  const me = chat.me.value;
  const writable = Boolean(channel) && canWrite(channel);
  const isMine = message.author.id === me.id;
  const isInChannel = list.threadId === null;
  return [
    writable && { id: "react", label: t("stream.react"), icon: "smile-plus", key: "r", run: ({ anchor }) => list.pickReaction(message, anchor) },
    isInChannel && { id: "thread", label: t("stream.thread"), icon: "thread", key: "t", run: () => list.openThread(message) },
    writable && { id: "quote", label: t("stream.quote"), icon: "quote", key: "q", run: () => quote(message, list) },
    writable && isMine && { id: "edit", label: t("stream.edit"), icon: "edit", key: "e", run: () => startEditing(message, list.threadId) },
    { id: "copy", label: t("stream.copyText"), icon: "copy", run: () => copyText(message, chat) },
    isInChannel && channel?.joined && { id: "unread", label: t("stream.unread"), icon: "mail", key: "u", run: () => chat.open.markUnreadFrom(message.id) },
    (isMine || me.isAdmin) && {
      id: "delete",
      label: t("stream.delete.ask"),
      icon: "trash",
      key: "Delete",
      danger: true,
      run: ({ isSure = false }) => removeMessage(message, { chat, isSure }),
    },
  ].filter(Boolean);
}

function quote(message, list) {
  startQuoting(message);
  list.write();
}

async function copyText(message, chat) {
  try {
    await navigator.clipboard.writeText(message.content);
    chat.toasts.show({ text: t("stream.copied") });
  } catch {
    chat.toasts.show({ text: t("stream.copyFailed"), error: true });
  }
}
