// One message in the list, in all its states: who, when, what, and what hangs on it. Which messages stand where is rows.js.
import { html, useComputed } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { shortTime } from "../../lib/time.js";
import { names } from "../../models/message.js";
import { Avatar, nameOf, PersonName, Time } from "../parts/parts.js";
import { Cite } from "./cite.js";
import { Edit } from "./edit.js";
import { editing } from "./editing.js";
import { authorNow } from "./names.js";
import { Reactions } from "./reactions.js";
import { Text } from "./text.js";
import { ThreadLink } from "./thread_link.js";
import { Tools } from "./tools.js";
import { Unsent } from "./unsent.js";

export function Message({ row, list }) {
  const { key, message, entry, grouped, isRoot, isThread } = row;
  const { chat } = list;
  const isCurrent = useComputed(() => list.current.value === key).value;
  const isActive = useComputed(() => list.isActive(key)).value;
  const isTinted = useComputed(() => list.tinted.value === key).value;
  const isEdited = useComputed(() => editing.value !== null && editing.value.messageId === message?.id && editing.value.threadId === list.threadId).value;
  const user = useComputed(() => chat.people.get(message?.author.id ?? chat.me.value.id)).value;
  const author = message ? authorNow(message.author, user) : chat.me.value;
  const at = message?.createdAt ?? entry.createdAt;
  const isGone = Boolean(message?.deletedAt);
  const isForMe = message !== null && !isGone && author.id !== chat.me.value.id && names(message, chat.me.value.id);
  const tabIndex = isCurrent ? 0 : -1;

  const kinds = ["msg", grouped && "more", isForMe && "for-me", isTinted && "jumped", isActive && "is-hover", entry && entry.state, isEdited && "editing"];
  return html`<div
    class=${kinds.filter(Boolean).join(" ")} role="article" tabindex=${tabIndex} aria-label=${labelOf({ author, at, message, entry })}
    data-testid="message" data-row=${key} data-id=${message?.id}
  >
    ${grouped ? html`<${Time} at=${at} form="clock" class="side" />` : html`<${Avatar} user=${author} />`}
    <div class="content">
      ${!grouped && html`<${Byline} author=${author} at=${at} />`}
      ${message?.quotedMessageId && !isGone && html`<${Cite} message=${message} list=${list} tabIndex=${tabIndex} />`}
      ${body({ message, entry, isGone, isEdited, list, tabIndex })}
      ${message && !isGone && html`<${Reactions} message=${message} list=${list} tabIndex=${tabIndex} />`}
      ${message?.thread && !isRoot && !isThread && html`<${ThreadLink} message=${message} list=${list} tabIndex=${tabIndex} />`}
      ${entry && html`<${Unsent} entry=${entry} tabIndex=${tabIndex} />`}
    </div>
    ${isActive && !isEdited && message && !isGone && html`<${Tools} message=${message} rowKey=${key} list=${list} />`}
  </div>`;
}

function Byline({ author, at }) {
  return html`<div class="byline">
    <strong class=${author.removed ? "gone" : undefined}><${PersonName} user=${author} /></strong>
    ${author.isBot && html`<span class="tag">${t("person.bot")}</span>`}
    <${Time} at=${at} form="clock" />
  </div>`;
}

function body({ message, entry, isGone, isEdited, list, tabIndex }) {
  if (isGone) return html`<div class="text tombstone">${t("stream.deleted")}</div>`;
  if (isEdited) return html`<${Edit} message=${message} list=${list} />`;
  return html`<${Text} message=${message ?? entry} tabIndex=${tabIndex} />`;
}

function labelOf({ author, at, message, entry }) {
  const words = { name: nameOf(author), time: shortTime(at) };
  const state = entry?.state === "waiting" || entry?.state === "failed" ? t(`stream.state.${entry.state}`) : message?.updatedAt && !message.deletedAt ? t("stream.state.edited") : null;
  return state ? t("stream.message.more", { ...words, state }) : t("stream.message", words);
}
