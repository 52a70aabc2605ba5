// A question before a deed, in a dialog that stays until the deed is done: refused, it is still there to try again.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Button, Dialog, openDialog } from "../parts/parts.js";
import { useAdministrator, useSubject } from "./dialog_end.js";
import { useDeed } from "./form.js";

/**
 * `body` is a sentence or a component, `more` stands below it; `run` the deed, named by `deed`. A question about `user` is an administrator's, as
 * others are that say so: it goes with his role, and with that person.
 */
export function ask(question) {
  return openDialog(Question, question);
}

function Question({ title, body, deed, more = null, danger = true, user = null, isAdministration = user !== null, run: perform, close }) {
  const { isBusy, run } = useDeed();
  useAdministrator(close, { isNeeded: isAdministration });
  useSubject(user, close, { isBusy });
  const agree = async () => {
    if (await run(perform)) close();
  };
  const actions = html`
    <${Button} onClick=${close} data-autofocus=${danger || undefined}>${t("common.cancel")}<//>
    <${Button} kind=${danger ? "danger" : "primary"} busy=${isBusy} data-autofocus=${!danger || undefined} onClick=${agree}>${deed}<//>
  `;
  return html`<${Dialog} title=${title} description=${body} actions=${actions} testid="ask">${more}<//>`;
}
