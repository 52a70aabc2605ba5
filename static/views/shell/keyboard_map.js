// The dialog that shows the keys. The keys themselves are keymap.js's.
import { html } from "../../lib/ui.js";
import { caps } from "../../lib/keys.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { Dialog } from "../parts/parts.js";
import { keymap } from "./keymap.js";

export function KeyboardMap() {
  const { me, settings } = useChat();
  const hasLetters = settings.letterKeys.value;
  const rowsOf = ({ rows }) => rows.filter((row) => (hasLetters || !row.isLetter) && (me.value.isAdmin || !row.isAdmin));
  return html`<${Dialog} title=${t("keyboard.title")} wide testid="keyboard-map">
    <div class="keymap" tabindex="0" role="group" aria-label=${t("keyboard.title")}>
      ${keymap.map((section) => html`<section key=${section.title}>
        <h3>${t(section.title)}</h3>
        <dl>${rowsOf(section).map((row) => html`<${Row} key=${row.text} row=${row} />`)}</dl>
      </section>`)}
    </div>
  <//>`;
}

/** Of several combinations with the same modifiers only the first shows them: Alt ↑ or ↓. */
function Row({ row: { text, keys } }) {
  const [first, ...others] = keys.filter((key) => !key.isHidden);
  return html`<div>
    <dt>${t(text)}</dt>
    <dd>
      <${Keys} names=${[...caps(first.combination), ...(first.then ? [t(first.then)] : [])]} />
      ${others.map(({ combination }) => html`
        <span>${t("keyboard.or")}</span><${Keys} names=${caps(combination).slice(-1)} />
      `)}
    </dd>
  </div>`;
}

function Keys({ names }) {
  return names.map((name) => html`<kbd>${name}</kbd>`);
}
