// One question before a deed. It asks and answers; the deed is the caller's.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Button } from "./button.js";
import { Dialog, openDialog } from "./dialog.js";

/** Resolves with true when `deed` (the verb on the button) was chosen, else with false. */
export function confirm({ title, body, deed, danger = false, children }) {
  return new Promise((resolve) => {
    let answer = false;
    const onAnswer = () => (answer = true);
    openDialog(Confirm, { title, body, deed, danger, children, onAnswer }, { onClosed: () => resolve(answer) });
  });
}

function Confirm({ title, body, deed, danger, children, onAnswer, close }) {
  const agree = () => {
    onAnswer();
    close();
  };
  const actions = html`
    <${Button} onClick=${close} data-autofocus=${danger || undefined}>${t("common.cancel")}<//>
    <${Button} kind=${danger ? "danger" : "primary"} onClick=${agree} data-autofocus=${!danger || undefined}>${deed}<//>
  `;
  return html`<${Dialog} title=${title} description=${body} actions=${actions} testid="confirm">${children}<//>`;
}
