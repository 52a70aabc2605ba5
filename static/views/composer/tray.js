// The row under the text: emoji, mention, formatting, the count when it is too long, and Send.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Icon, IconButton, openMenu } from "../parts/parts.js";
import { formats } from "./shortcuts.js";

/** `onFormat(kind)`, `onEmoji(button)` and `onMention()` act on the text; Send submits the form around it. */
export function Tray({ onFormat, onEmoji, onMention, isEmojiOpen, canSend, count, limit }) {
  const openFormats = ({ currentTarget: anchor }) =>
    openMenu({
      anchor,
      label: t("composer.formatting"),
      above: true,
      items: formats.map(({ kind, keys }) => ({ label: t(`format.${kind}`), keys, run: () => onFormat(kind) })),
    });
  return html`<div class="tray">
    <${IconButton} icon="smile" label=${t("composer.emoji")} haspopup="dialog" expanded=${isEmojiOpen} onClick=${(event) => onEmoji(event.currentTarget)} />
    <${IconButton} icon="at" label=${t("composer.mention")} onClick=${onMention} />
    <${IconButton} icon="format" label=${t("composer.formatting")} haspopup="menu" expanded=${false} onClick=${openFormats} />
    ${count > limit && html`<span class="count num" aria-hidden="true">${t("composer.count", { n: count, limit })}</span>`}
    <button type="submit" class="send" aria-label=${t("composer.send")} title=${t("composer.send")} disabled=${!canSend} onPointerDown=${keepFocus}>
      <${Icon} name="send" />
    </button>
  </div>`;
}

/** On touch the keyboard would go and come again. */
function keepFocus(event) {
  event.preventDefault();
}
