// Signing in by an e-mail address alone: only where the server runs for development.
import { html, useLayoutEffect, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { errorCode } from "../../models/frames.js";
import { signInRefusalText } from "../../models/refusals.js";
import { Button, Field, FieldError } from "../parts/parts.js";
import { useForm } from "./form.js";

const onField = new Set([errorCode.invalid, errorCode.unauthenticated]);

export function DevForm({ door }) {
  const [email, setEmail] = useState(door.last.value.email);
  const ref = useRef(null);
  useLayoutEffect(() => ref.current.focus(), []);
  const form = useForm({
    check: (values) => (values.email.includes("@") ? {} : { email: t("field.email") }),
    send: (values) => door.devLogin(values.email.trim()),
    explain: (refused) => ({ [onField.has(refused.code) ? "email" : "form"]: signInRefusalText(refused, { dev: true }) }),
  });
  return html`<form ref=${form.ref} novalidate onSubmit=${form.onSubmit}>
    <${Field}
      label=${t("door.email")} name="email" type="email" autocomplete="username" hint=${t("door.dev")}
      inputRef=${ref} value=${email} error=${form.errors.email} alert
      onInput=${(event) => (form.clear("email", "form"), setEmail(event.currentTarget.value))}
    />
    ${form.errors.form && html`<${FieldError} alert>${form.errors.form}<//>`}
    <${Button} kind="primary" type="submit" busy=${form.isBusy}>${t("door.signIn")}<//>
  </form>`;
}
