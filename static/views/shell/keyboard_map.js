// The dialog that shows the keys. The keys themselves are keymap.js's.
import { html } from "../../lib/ui.js";
import { caps } from "../../lib/keys.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { Dialog } from "../parts/parts.js";
import { keymap } from "./keymap.js";

export function KeyboardMap() {
  const hasLetters = useChat().settings.letterKeys.value;
  const rowsOf = ({ rows }) => rows.filter((row) => hasLetters || !row.isLetter);
  return html`<${Dialog} title=${t("keyboard.title")} wide testid="keyboard-map">
    <div class="keymap">
      ${keymap.map((section) => html`<section key=${section.title}>
        <h3>${t(section.title)}</h3>
        <dl>${rowsOf(section).map((row) => html`<${Row} key=${row.text} row=${row} />`)}</dl>
      </section>`)}
    </div>
  <//>`;
}

function Row({ row: { text, keys } }) {
  const shown = keys.filter((key) => !key.isHidden);
  return html`<div>
    <dt>${t(text)}</dt>
    <dd>${shown.map((key, at) => html`${at > 0 && html`<span>${t("keyboard.or")}</span>`}<${Keys} ...${key} />`)}</dd>
  </div>`;
}

function Keys({ combination, then }) {
  return html`${caps(combination).map((cap) => html`<kbd>${cap}</kbd>`)}${then && html`<kbd>${t(then)}</kbd>`}`;
}
