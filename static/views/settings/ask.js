// A question before a deed, in a dialog that stays until the deed is done: refused, it is still there to try again.
import { html, useEffect } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { Button, Dialog, openDialog } from "../parts/parts.js";
import { useDeed } from "./form.js";

/** `body` is a sentence or a component; `run` the deed, named by `deed`. `admin`: it goes with the administrator's role. */
export function ask(question) {
  return openDialog(Question, question);
}

function Question({ title, body, deed, danger = true, admin = false, run: perform, close }) {
  const { isBusy, run } = useDeed();
  useAdministrator(close, { isNeeded: admin });
  const agree = async () => {
    if (await run(perform)) close();
  };
  const actions = html`
    <${Button} onClick=${close} data-autofocus=${danger || undefined}>${t("common.cancel")}<//>
    <${Button} kind=${danger ? "danger" : "primary"} busy=${isBusy} data-autofocus=${!danger || undefined} onClick=${agree}>${deed}<//>
  `;
  return html`<${Dialog} title=${title} description=${body} actions=${actions} testid="ask" />`;
}

/** Closes an administrators' dialog when its reader is none any more. */
export function useAdministrator(close, { isNeeded = true } = {}) {
  const { isAdmin } = useChat().me.value;
  useEffect(() => {
    if (isNeeded && !isAdmin) close();
  }, [isAdmin]);
}
