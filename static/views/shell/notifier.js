// Shows a notification of the system for a message that calls the reader, and plays the sound. Whether one is worth
// showing is models/notifications.js's; leave is asked for in Settings only.
import { useEffect } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { event } from "../../models/frames.js";
import { isWorthNotifying, plainLine } from "../../models/notifications.js";
import { routeOf } from "../../models/route.js";
import { playCall } from "./sound.js";

export function useNotifier(chat, place) {
  useEffect(() => chat.on(event.messageCreated, ({ message }) => arrived(chat, place, message)), [chat, place]);
}

function arrived(chat, place, message) {
  const channel = chat.channels.peek(message.channelId);
  if (!channel) return;
  const me = chat.me.peek();
  const asked = { message, channel, me, presence: chat.people.presence(me.id), isSeen: isSeen(chat, place, message) };
  const { notifications, sounds } = chat.settings;
  const mayShow = notifications.peek() && isAllowed();
  if (isWorthNotifying({ ...asked, isAllowed: mayShow })) show(chat, place, message, channel);
  if (isWorthNotifying({ ...asked, isAllowed: sounds.peek() })) playCall();
}

function isSeen(chat, place, message) {
  return document.hasFocus() && !document.hidden && place.route.peek().channelId === message.channelId;
}

function isAllowed() {
  return "Notification" in globalThis && Notification.permission === "granted";
}

function show(chat, place, message, channel) {
  const body = plainLine(message.content);
  const look = { tag: channel.id, renotify: true, body, icon: message.author.avatarUrl ?? undefined };
  let shown;
  try {
    shown = new Notification(titleFor(chat, message, channel), look);
  } catch {
    return; // Android shows them from a service worker only, and there is none
  }
  shown.onclick = () => {
    window.focus();
    place.go(routeOf(channel.id, { threadId: message.threadId }));
    if (message.threadId === null) chat.open.jump.value = message.id;
    shown.close();
  };
}

function titleFor(chat, message, channel) {
  const name = message.author.displayName;
  if (channel.kind !== "dm") return t("notice.channel", { name, channel: channel.name });
  return channel.userIds.length > 2 ? t("notice.group", { name, channel: chat.channels.title(channel) }) : name;
}
