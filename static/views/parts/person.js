// A person: picture with presence, and name. Rows, cards and menus about people are elsewhere.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { hueOf, initials } from "../../models/initials.js";
import { useChat } from "../context.js";
import { Icon } from "./icon.js";

const presenceClass = { online: "online", away: "away", dnd: "busy", offline: "offline" };

/** `user` is a User, a message's author, or null for somebody not known yet. */
export function Avatar({ user, size = "", presence = false }) {
  const isBot = Boolean(user?.isBot) || user?.role === "bot";
  const isGone = !user || Boolean(user.removed);
  const kinds = `avatar ${size} ${isBot ? "bot" : ""} ${isGone ? "gone" : ""}`;
  return html`<span class=${kinds} data-hue=${hueOf(user?.id)} aria-hidden="true">
    <${Face} key=${user?.avatarUrl ?? ""} user=${user} isBot=${isBot} size=${size} />
    ${presence && user && html`<${PresenceMark} userId=${user.id} />`}
  </span>`;
}

function Face({ user, isBot, size }) {
  const [isBroken, setBroken] = useState(false);
  if (user?.avatarUrl && !isBroken) {
    return html`<img src=${user.avatarUrl} alt="" draggable=${false} onError=${() => setBroken(true)} />`;
  }
  if (isBot) return html`<${Icon} name="bot" />`;
  return initials(user ? nameOf(user) : "", size === "xs" ? 1 : 2);
}

function PresenceMark({ userId }) {
  const status = useChat().people.presence(userId);
  return html`<span class=${`presence ${presenceClass[status] ?? "offline"}`}></span>`;
}

/** The same as a word, for those who do not see the mark. */
export function PresenceWord({ userId }) {
  const status = useChat().people.presence(userId);
  return html`<span class="vh">, ${t(`presence.${presenceClass[status] ? status : "offline"}`)}</span>`;
}

/** The name as text; for sentences and labels. */
export function nameOf(user) {
  if (!user) return t("person.unknown");
  return user.displayName || user.userName || t("person.removed");
}

/** The name in the page: its direction cannot reorder what stands around it. Beside one that looks alike, with the other. */
export function PersonName({ user, class: extra }) {
  const isTwin = user?.userName && useChat()?.people.isTwin(user.id);
  return html`<bdi class=${extra}>${nameOf(user)}</bdi>${isTwin && html` <bdi class="muted">@${user.userName}</bdi>`}`;
}
