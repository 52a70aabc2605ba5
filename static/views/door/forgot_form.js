// Asking for a letter with a link to choose a new password. Whether the address is somebody's is not told.
import { html, useLayoutEffect, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { signInRefusalText } from "../../models/refusals.js";
import { Button, Field, FieldError, Notice } from "../parts/parts.js";
import { useForm } from "./form.js";

export function ForgotForm({ door }) {
  const { email: known, login } = door.last.value;
  const [email, setEmail] = useState(known || (login.includes("@") ? login : ""));
  const [sentTo, setSentTo] = useState(null);
  const ref = useRef(null);
  useLayoutEffect(() => ref.current?.focus(), []);
  const form = useForm({
    check: (values) => (values.email.includes("@") ? {} : { email: t("field.email") }),
    send: async (values) => {
      await door.requestReset(values.email.trim());
      setSentTo(values.email.trim());
    },
    explain: (refused) => ({ [refused.field === "email" ? "email" : "form"]: signInRefusalText(refused) }),
  });
  if (sentTo !== null) return html`<${Sent} email=${sentTo} onAgain=${() => setSentTo(null)} />`;
  return html`<form ref=${form.ref} novalidate onSubmit=${form.onSubmit}>
    <${Field}
      label=${t("door.email")} name="email" type="email" inputmode="email" autocomplete="email" inputRef=${ref}
      value=${email} error=${form.errors.email} onInput=${(event) => (form.clear("email", "form"), setEmail(event.currentTarget.value))}
    />
    ${form.errors.form && html`<${FieldError} alert>${form.errors.form}<//>`}
    <${Button} kind="primary" type="submit" busy=${form.isBusy}>${t("forgot.send")}<//>
  </form>`;
}

function Sent({ email, onAgain }) {
  return html`<${Notice} kind="success" icon="mail" lead=${t("forgot.sent.lead")} role="status" data-testid="letter-sent">
    ${t("forgot.sent.rest", { email })}
    <div><button type="button" class="link" onClick=${onAgain}>${t("forgot.again")}</button></div>
  <//>`;
}
