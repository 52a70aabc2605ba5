// The reactions under a message: a pill for each emoji. What pressing one does is models/deeds.js.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Icon } from "../parts/parts.js";
import { emojiIndex } from "../composer/emoji_source.js";
import { namesOf } from "./names.js";

const MOST = 20; // kinds shown before "+n"

export function Reactions({ message, list, tabIndex }) {
  const [all, showAll] = useState(false);
  const { chat } = list;
  const meId = chat.me.value.id;
  const kinds = Object.entries(message.reactions);
  if (!kinds.length) return null;
  const shown = all ? kinds : kinds.slice(0, MOST);
  const isOpen = list.canWrite();
  return html`<div class="reactions">
    ${shown.map(([emoji, userIds]) => html`<${Pill} key=${emoji} emoji=${emoji} userIds=${userIds} meId=${meId} chat=${chat} tabIndex=${tabIndex}
      onClick=${isOpen ? () => chat.deeds.react(message, emoji) : undefined} />`)}
    ${shown.length < kinds.length && html`<button
      type="button" class="reaction" tabindex=${tabIndex} onClick=${() => showAll(true)}
      aria-label=${t("stream.reaction.rest", { n: kinds.length - shown.length })}
    >+${kinds.length - shown.length}</button>`}
    ${isOpen && html`<button
      type="button" class="reaction add" tabindex=${tabIndex} aria-label=${t("stream.react")} title=${t("stream.react")} aria-haspopup="dialog"
      onClick=${(event) => list.pickReaction(message, event.currentTarget)}
    ><${Icon} name="smile-plus" small /></button>`}
  </div>`;
}

function Pill({ emoji, userIds, meId, chat, tabIndex, onClick }) {
  // The names are looked up once they are asked for, by pointing or by focus, not for every pill on the screen.
  const [isAsked, setAsked] = useState(false);
  const tell = () => {
    chat.people.need(userIds);
    setAsked(true);
  };
  const isMine = userIds.includes(meId);
  const named = emojiIndex.value?.of(emoji)?.label ?? emoji;
  return html`<button
    type="button" class="reaction" tabindex=${tabIndex} aria-pressed=${String(isMine)} aria-disabled=${onClick ? undefined : "true"}
    aria-label=${t(isMine ? "stream.reaction.mine" : "stream.reaction", { emoji: named, n: userIds.length })}
    title=${isAsked ? namesOf(userIds, chat.people, meId) : undefined}
    onPointerEnter=${tell} onFocus=${tell} onClick=${onClick}
  ><b>${emoji}</b>${userIds.length}</button>`;
}
