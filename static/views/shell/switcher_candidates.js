// Everything the switcher can jump to: one's channels and conversations, other channels, people to write to.
import { t } from "../../lib/text.js";
import { candidate } from "../../models/jump.js";
import { othersIn } from "./channel_row.js";

/** Reactive. */
export function candidatesOf(chat) {
  const me = chat.me.value.id;
  const openId = chat.open.channelId.value;
  const channels = chat.channels.ids.value.map((id) => chat.channels.get(id)).filter(Boolean);
  const written = new Set(channels.filter(isPair).flatMap((channel) => othersIn(channel, me)));
  const people = chat.people.list.value.filter((user) => user.id !== me && !written.has(user.id));
  return [
    ...channels.map((channel) => channelCandidate(chat, channel, { me, isOpen: channel.id === openId })),
    ...people.map(personCandidate),
  ];
}

const isPair = (channel) => channel.kind === "dm" && channel.userIds.length <= 2;

function channelCandidate(chat, channel, { me, isOpen }) {
  const { id, kind, unread, activeAt } = channel;
  const isDirect = kind === "dm";
  const isMine = channel.joined && channel.archivedAt === null;
  return candidate({
    key: id,
    id,
    kind: "channel",
    channel,
    title: chat.channels.title(channel),
    words: isPair(channel) ? userNames(chat, othersIn(channel, me)) : [],
    unread: isMine ? unread : 0,
    mentions: isMine ? (isDirect ? unread : channel.mentions) : 0,
    at: activeAt ?? (isDirect ? channel.createdAt : 0),
    isMine,
    isOpen,
    note: noteOf(channel, isOpen),
  });
}

function userNames(chat, ids) {
  return ids.map((id) => chat.people.get(id)?.userName).filter(Boolean);
}

function noteOf(channel, isOpen) {
  if (isOpen) return t("switcher.openNow");
  if (channel.archivedAt !== null) return t("switcher.archived");
  if (!channel.joined) return t("switcher.notJoined");
  if (channel.kind === "private") return t("switcher.private");
  return channel.kind === "dm" && channel.userIds.length > 2 ? t("switcher.group") : "";
}

function personCandidate(user) {
  return candidate({
    key: `@${user.id}`,
    id: user.id,
    kind: "person",
    user,
    title: user.displayName,
    words: [user.userName, user.nickname].filter(Boolean),
    isMine: false,
    isOpen: false,
    note: t("switcher.person"),
  });
}
