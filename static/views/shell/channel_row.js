// One row of the sidebar: a channel or a direct conversation with its marks. It reads its own channel and nothing else.
import { html, useMemo } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { hueOf } from "../../models/initials.js";
import { channelAddress } from "../../models/route.js";
import { useChat } from "../context.js";
import { Avatar, Icon } from "../parts/parts.js";
import { useDerived } from "./derived.js";
import { followed, usePlace } from "./place_context.js";

const MOST_SHOWN = 99;

/** `tabStop` is a signal: the id of the one row that Tab reaches. */
export function ChannelRow({ id, tabStop }) {
  const chat = useChat();
  const place = usePlace();
  const channel = chat.channels.get(id);
  const isOpen = useDerived(() => chat.open.channelId.value === id, [id]);
  const isTabStop = useDerived(() => tabStop.value === id, [id, tabStop]);
  const hasDraft = useDerived(() => chat.drafts.has(id), [id]);
  const follow = useMemo(() => followed(place, id), [place, id]);
  if (!channel) return null;
  const isDirect = channel.kind === "dm";
  const calls = isDirect ? channel.unread : channel.mentions;
  const isUnread = channel.unread > 0 || channel.mentions > 0;
  return html`<li>
    <a
      class=${`link-row ${isUnread ? "unread" : ""}`} href=${channelAddress(id)}
      aria-current=${isOpen ? "page" : undefined} tabindex=${isTabStop ? 0 : -1}
      data-testid="channel-row" data-id=${id} onClick=${follow}
    >
      <${ChannelFace} channel=${channel} />
      <bdi class="clip">${chat.channels.title(channel)}</bdi>
      <span class="vh">${spoken(channel, hasDraft && !isOpen)}</span>
      ${isDirect && html`<${SpokenPresence} channel=${channel} />`}
      ${hasDraft && !isOpen && calls === 0 && html`<${Icon} name="edit" small class="note" />`}
      ${calls > 0 && html`<${Badge} count=${calls} />`}
    </a>
  </li>`;
}

/** What the marks say, as words after the name: ", private, 2 mentions, unread". */
function spoken({ kind, unread, mentions }, hasDraft) {
  const parts = [
    kind === "private" && t("shell.row.private"),
    mentions > 0 && t("shell.row.mentions", { n: mentions }),
    unread > 0 && (kind === "dm" ? t("shell.row.unreadCount", { n: unread }) : t("shell.row.unread")),
    hasDraft && t("shell.row.draft"),
  ];
  return parts.filter(Boolean).map((part) => `, ${part}`).join("");
}

/** For the eye: the words are in `spoken`. */
export function Badge({ count }) {
  return html`<span class="badge" aria-hidden="true">${count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}</span>`;
}

/** The sign of the channel, the picture of the one other, or how many the others are. */
export function ChannelFace({ channel }) {
  const chat = useChat();
  if (channel.kind !== "dm") return html`<${Icon} name=${channel.kind === "private" ? "lock" : "hash"} />`;
  const others = othersIn(channel, chat.me.value.id);
  if (others.length > 1) return html`<${GroupFace} channel=${channel} />`;
  return html`<${Avatar} user=${chat.people.get(others[0] ?? chat.me.value.id)} size="xs" presence />`;
}

export function GroupFace({ channel }) {
  const count = channel.userIds.length - 1; // without oneself
  return html`<span class="avatar xs" data-hue=${hueOf(channel.id)} aria-hidden="true">${count}</span>`;
}

function SpokenPresence({ channel }) {
  const chat = useChat();
  const others = othersIn(channel, chat.me.value.id);
  const status = useDerived(() => chat.people.presence(others[0] ?? chat.me.value.id), [others[0]]);
  return others.length < 2 && html`<span class="vh">, ${t(`presence.${status}`)}</span>`;
}

export function othersIn(channel, ownId) {
  return channel.userIds.filter((id) => id !== ownId);
}
