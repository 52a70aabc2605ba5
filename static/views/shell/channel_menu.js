// The entries of a channel's menu: only what this reader may do. Whether he may is models/channel_rights.js's.
import { t } from "../../lib/text.js";
import { canLeave, canManage, canReshape, isDefault } from "../../models/channel_rights.js";
import { EditChannel } from "../later.js";
import { openDialog } from "../parts/parts.js";
import { archive, join, leave, remove, reshape, unarchive } from "./channel_deeds.js";

export function channelItems({ chat, place, channel }) {
  const me = chat.me.peek();
  const shapes = canReshape(channel, me);
  const asked = { chat, place, channel };
  const items = [
    {
      label: t("channel.members"),
      icon: "people",
      trail: String(channel.memberCount),
      run: () => place.toggleMembers(),
    },
    canManage(channel, me) && {
      label: t(isDefault(channel) ? "channel.editTopic" : "channel.edit"),
      icon: "edit",
      run: () => openDialog(EditChannel, { chat, channelId: channel.id }),
    },
    shapes && {
      label: t(channel.kind === "public" ? "channel.makePrivate" : "channel.makePublic"),
      icon: channel.kind === "public" ? "lock" : "hash",
      run: () => reshape(asked),
    },
    shapes && (channel.archivedAt === null
      ? { label: t("channel.archive"), icon: "bookmark", run: () => archive(asked) }
      : { label: t("channel.unarchive"), icon: "retry", run: () => unarchive(asked) }),
  ];
  const ends = [
    !channel.joined && channel.kind === "public" && { label: t("browse.join"), icon: "plus", run: () => join(asked) },
    channel.joined && channel.kind !== "dm" && {
      label: t("channel.leave"),
      icon: "out",
      disabledReason: canLeave(channel) ? undefined : t("channel.default"),
      run: () => leave(asked),
    },
    shapes && { label: t("channel.delete"), icon: "trash", danger: true, run: () => remove(asked) },
  ];
  return [...items, "rule", ...ends].filter(Boolean);
}
