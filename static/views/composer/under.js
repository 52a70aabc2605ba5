// The line under a composer, with its room kept: what is wrong with the text, else who is writing, and what the keys do.
import { html } from "../../lib/ui.js";
import { t, tParts } from "../../lib/text.js";
import { TypingLine } from "./typing_line.js";

/** `excess` is how much the text is too long; `typingIn` the channel whose writers are shown, or null. */
export function Under({ id, excess = 0, typingIn = null, hasKeys = false }) {
  return html`<div class="under">
    ${excess > 0 && html`<span class="over" id=${`${id}-over`}>${t("composer.over", { n: excess })}</span>`}
    ${excess === 0 && typingIn && html`<${TypingLine} key=${typingIn} channelId=${typingIn} />`}
    ${hasKeys && html`<span class="keys" id=${`${id}-keys`}>${tParts("composer.keys", {
      enter: html`<b>Enter</b>`,
      shiftEnter: html`<b>Shift+Enter</b>`,
    })}</span>`}
  </div>`;
}
