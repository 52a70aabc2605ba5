// What can be done with a message, as a sheet from the lower edge: for fingers, and where the page is narrow. What is in
// it is actions.js; beside a pointer the tools do the same.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Dialog, Icon, openDialog } from "../parts/parts.js";
import { actionsFor } from "./actions.js";
import { quickEmoji } from "./tools.js";

const NARROW = "(max-width: 719px), (hover: none)";
const EMOJI = 6;

export function wantsSheet() {
  return window.matchMedia(NARROW).matches;
}

/** `anchor` is the message's element. */
export function openSheet(message, list, anchor) {
  const actions = actionsFor(message, list);
  if (actions.length) openDialog(Sheet, { message, list, anchor, actions });
}

function Sheet({ message, list, anchor, actions, close }) {
  const { chat } = list;
  const pick = (deed) => (event) => {
    close();
    deed({ anchor, isSure: event.shiftKey });
  };
  const writable = actions.some(({ id }) => id === "react");
  return html`<${Dialog} bare label=${t("stream.tools")} testid="message-sheet"><div class="sheet menu">
    ${writable && html`<div class="quick">${quickEmoji(chat, EMOJI).map((emoji) => html`<button
      type="button" key=${emoji} aria-label=${t("stream.reactWith", { emoji })} onClick=${pick(() => chat.deeds.react(message, emoji))}
    >${emoji}</button>`)}</div>`}
    ${actions.map(({ id, icon, label, danger, run }) => html`<button
      type="button" key=${id} class=${danger ? "entry danger" : "entry"} onClick=${pick(run)}
    ><${Icon} name=${icon} />${label}</button>`)}
  </div><//>`;
}
