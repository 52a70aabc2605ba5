// One member in the panel: who it is, and what can be done.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { canLeave, canRemoveMembers } from "../../models/channel_rights.js";
import { routeOf } from "../../models/route.js";
import { useChat } from "../context.js";
import { Avatar, IconButton, PersonName, PresenceWord, confirm, nameOf, openMenu } from "../parts/parts.js";
import { leave } from "./channel_deeds.js";
import { usePlace } from "./place_context.js";

export function MemberRow({ user: listed, channel }) {
  const chat = useChat();
  const place = usePlace();
  const user = chat.people.get(listed.id) ?? listed;
  const isMe = user.id === chat.me.value.id;
  const items = itemsFor({ chat, place, user, channel, isMe });
  const name = nameOf(user);
  const label = t("members.actions", { name });
  return html`<li class="person-row" data-testid="member" data-id=${user.id}>
    <${Avatar} user=${user} size="md" presence />
    <span class="grow">
      <strong class="clip">
        <${PersonName} user=${user} />${isMe && ` (${t("common.you")})`}<${PresenceWord} userId=${user.id} />
      </strong>
      <small class="clip" dir="auto">${user.statusMessage || `@${user.userName}`}</small>
    </span>
    ${channel.createdBy === user.id && channel.kind !== "dm" && html`<span class="tag">${t("members.creator")}</span>`}
    ${user.role === "admin" && html`<span class="tag accent">${t("person.admin")}</span>`}
    ${user.role === "bot" && html`<span class="tag">${t("person.bot")}</span>`}
    ${items.length > 0 && html`<${IconButton}
      icon="kebab" small label=${label} haspopup="menu" expanded=${false}
      onClick=${({ currentTarget }) => openMenu({ anchor: currentTarget, label, items, align: "end" })}
    />`}
  </li>`;
}

function itemsFor({ chat, place, user, channel, isMe }) {
  const isAlone = channel.kind === "dm" && channel.userIds.length <= 2;
  const takesOut = canRemoveMembers(channel, chat.me.value) && !isMe;
  return [
    !isMe && !isAlone && { label: t("members.direct"), icon: "thread", run: () => write({ chat, place, user }) },
    isMe && canLeave(channel) && { label: t("channel.leave"), icon: "out", run: () => leave({ chat, place, channel }) },
    takesOut && !isMe && "rule",
    takesOut && { label: t("members.remove"), icon: "ban", danger: true, run: () => takeOut({ chat, user, channel }) },
  ].filter(Boolean);
}

async function write({ chat, place, user }) {
  try {
    const direct = await chat.channels.openDirect([user.id]);
    place.go(routeOf(direct.id));
  } catch (refused) {
    chat.toasts.refused(refused);
  }
}

async function takeOut({ chat, user, channel }) {
  const name = nameOf(user);
  const isSure = await confirm({
    title: t("members.removeTitle", { name }),
    body: t(channel.kind === "private" ? "members.removeBody" : "members.removeBodyPublic"),
    deed: t("members.removeDeed"),
    danger: true,
  });
  if (!isSure) return;
  try {
    await chat.channels.removeMember(channel.id, user.id);
    chat.toasts.show({ text: t("members.removed", { name }) });
  } catch (refused) {
    chat.toasts.refused(refused);
  }
}
