// The bar over the conversation: where one is, and what can be done with the channel. What its menu offers is
// channel_menu.js's.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { LIST, formatRoute } from "../../models/route.js";
import { useChat } from "../context.js";
import { Avatar, Icon, IconButton, openMenu } from "../parts/parts.js";
import { GroupFace, othersIn } from "./channel_row.js";
import { channelItems } from "./channel_menu.js";
import { useDerived } from "./derived.js";
import { usePlace } from "./place_context.js";
import { Shield } from "./shield.js";

export function Bar({ channel }) {
  const isDirect = channel.kind === "dm";
  return html`<header class="bar" data-region="bar">
    <${Back} />
    ${isDirect ? html`<${DirectTitle} channel=${channel} />` : html`<${ChannelTitle} channel=${channel} />`}
    ${(!isDirect || channel.userIds.length > 2) && html`<${MembersButton} channel=${channel} />`}
    ${!isDirect && html`<${MenuButton} channel=${channel} />`}
    <${Shield} />
  </header>`;
}

/** To the list, on a phone; an ember dot while another channel calls the reader. */
export function Back() {
  const chat = useChat();
  const place = usePlace();
  const elsewhere = useDerived(() => {
    const open = chat.open.channel.value;
    const here = open ? (open.kind === "dm" ? open.unread : open.mentions) : 0;
    return Math.max(0, chat.channels.totalMentions.value - here);
  }, [chat]);
  const label = elsewhere > 0 ? t("shell.back.mentions", { n: elsewhere }) : t("shell.back");
  const follow = (event) => {
    event.preventDefault();
    place.go(LIST);
  };
  return html`<a class="icon-btn back" href=${formatRoute(LIST)} aria-label=${label} onClick=${follow}>
    <${Icon} name="left" />${elsewhere > 0 && html`<span class="dot"></span>`}
  </a>`;
}

function ChannelTitle({ channel }) {
  return html`
    <h1 id="room-title" tabindex="-1">
      <${Icon} name=${channel.kind === "private" ? "lock" : "hash"} />
      <bdi class="clip" title=${channel.name}>${channel.name}</bdi>
      ${channel.kind === "private" && html`<span class="vh">, ${t("shell.row.private")}</span>`}
      ${channel.archivedAt !== null && html`<span class="tag">${t("shell.archived")}</span>`}
    </h1>
    <${Topic} text=${channel.topic} />
  `;
}

function Topic({ text }) {
  if (!text) return html`<span class="grow wide-only"></span>`;
  return html`<p class="topic clip" dir="auto" title=${text}>${text}</p>`;
}

function DirectTitle({ channel }) {
  const chat = useChat();
  const title = chat.channels.title(channel);
  const others = othersIn(channel, chat.me.value.id);
  const user = chat.people.get(others[0] ?? chat.me.value.id);
  const isGroup = others.length > 1;
  return html`
    <h1 id="room-title" tabindex="-1">
      ${isGroup ? html`<${GroupFace} channel=${channel} />` : html`<${Avatar} user=${user} size="sm" presence />`}
      <bdi class="clip" title=${title}>${title}</bdi>
    </h1>
    ${!isGroup && user ? html`<${PresenceLine} user=${user} />` : html`<${Topic} />`}
  `;
}

function PresenceLine({ user }) {
  const chat = useChat();
  const status = useDerived(() => chat.people.presence(user.id), [user.id]);
  return html`<p class="topic clip" data-testid="presence">
    ${t(`presence.${status}`)}${user.statusMessage && html` · <bdi>${user.statusMessage}</bdi>`}
  </p>`;
}

/** On a phone a channel has it in its menu; a direct conversation has no menu, and a pair nothing to list. */
function MembersButton({ channel }) {
  const place = usePlace();
  const isOpen = place.route.value.members;
  const label = t("shell.members", { n: channel.memberCount });
  return html`<button
    type="button" class=${`icon-btn count-btn ${channel.kind === "dm" ? "" : "wide-only"}`} data-testid="members-button"
    aria-expanded=${isOpen ? "true" : "false"} aria-label=${label} title=${label} onClick=${() => place.toggleMembers()}
  ><${Icon} name="people" /><span aria-hidden="true">${channel.memberCount}</span></button>`;
}

function MenuButton({ channel }) {
  const chat = useChat();
  const place = usePlace();
  const label = t("shell.channelMenu");
  const open = ({ currentTarget }) => {
    const items = channelItems({ chat, place, channel: chat.channels.peek(channel.id) });
    openMenu({ anchor: currentTarget, label, align: "end", items });
  };
  return html`<${IconButton}
    icon="kebab" label=${label} haspopup="menu" expanded=${false} data-testid="channel-menu" onClick=${open}
  />`;
}
