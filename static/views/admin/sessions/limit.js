// How many sessions one person may have at once, where that is another number than the server's.
import { html, useSignal } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { request } from "../../../models/frames.js";
import { useChat } from "../../context.js";
import { Button, Dialog, Field, nameOf } from "../../parts/parts.js";
import { useAdministrator, useSubject } from "../../settings/dialog_end.js";
import { staying, useForm } from "../../settings/form.js";

const MOST = 10_000;

export function LimitDialog({ admin, user, close }) {
  const { toasts } = useChat();
  const typed = useSignal(user.sessionLimit === null ? "" : String(user.sessionLimit));
  const form = useForm(["sessionLimit"]);
  useAdministrator(close);
  useSubject(user, close, { isBusy: form.isBusy });
  const name = nameOf(user);
  const save = staying(async () => {
    const limit = limitOf(typed.peek());
    const wrong = { sessionLimit: limit === undefined && t("directory.limitWrong") };
    const deed = () => admin.ask(request.adminUpdateUser, { userId: user.id, sessionLimit: limit });
    if (!(await form.submit(wrong, deed))) return;
    toasts.show({ text: t("directory.limitSaved", { name }) });
    close();
  });
  const actions = html`
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} kind="primary" type="submit" form="session-limit" busy=${form.isBusy}>${t("directory.limitSave")}<//>
  `;
  return html`<${Dialog} title=${t("directory.limitTitle", { name })} actions=${actions} testid="session-limit">
    <form id="session-limit" ref=${form.ref} novalidate onSubmit=${save}>
      <${Field}
        label=${t("directory.limitLabel")} hint=${t("directory.limitHint")} name="sessionLimit"
        inputmode="numeric" autocomplete="off" maxlength="6" value=${typed.value} error=${form.errors.sessionLimit}
        onInput=${({ currentTarget }) => (form.clear("sessionLimit"), (typed.value = currentTarget.value))}
      />
    </form>
  <//>`;
}

/** null: the server's; undefined: no number that the server takes. */
function limitOf(text) {
  const digits = text.trim();
  if (digits === "") return null;
  const number = /^\d{1,5}$/.test(digits) ? Number(digits) : MOST + 1;
  return number <= MOST ? number : undefined;
}
