// Over the text: which message the answer quotes, and the button that takes the quote away. Choosing it is the stream's.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { IconButton, nameOf } from "../parts/parts.js";

const SHOWN = 200; // one line of it is seen

export function QuoteChip({ id, message, onRemove }) {
  return html`<div class="quote-chip">
    <div class="cite" id=${id}>
      <strong class="clip">${t("composer.quoting", { name: nameOf(message.author) })}</strong>
      <bdi class="clip">${message.content.slice(0, SHOWN)}</bdi>
    </div>
    <${IconButton} icon="close" label=${t("composer.unquote")} small onClick=${onRemove} />
  </div>`;
}
