// The second step of coming in: a code from the app, or one of the recovery codes. What it completes is handed in.
import { html, useLayoutEffect, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { signInRefusalText } from "../../models/refusals.js";
import { Button, Field, FieldError } from "../parts/parts.js";
import { useForm } from "./form.js";

/** `send(code)` may reject with `Refused`. `onBack` leads to the step before. */
export function CodeStep({ send, onBack }) {
  const [kind, setKind] = useState("app"); // or "recovery"
  const [code, setCode] = useState("");
  const ref = useRef(null);
  useLayoutEffect(() => ref.current.focus(), [kind]);
  const form = useForm({
    check: (values) => (values.totp.trim() ? {} : { totp: t(`code.${kind}.missing`) }),
    send: (values) => send(values.totp.trim()),
    explain: (refused) => (refused.field === "totp" ? { totp: refused.message } : { form: signInRefusalText(refused) }),
  });
  const turn = () => {
    form.clear("totp", "form");
    setCode("");
    setKind(kind === "app" ? "recovery" : "app");
  };
  return html`<form ref=${form.ref} novalidate onSubmit=${form.onSubmit} data-testid="code-step">
    <p>${t(`code.${kind}.about`)}</p>
    <${Field}
      key=${kind} label=${t(`code.${kind}`)} name="totp" autocomplete="one-time-code" autocapitalize="none" spellcheck=${false}
      inputmode=${kind === "app" ? "numeric" : "text"} maxlength="32" inputRef=${ref} value=${code} error=${form.errors.totp} alert
      onInput=${(event) => (form.clear("totp", "form"), setCode(event.currentTarget.value))}
    />
    ${form.errors.form && html`<${FieldError} alert>${form.errors.form}<//>`}
    <${Button} kind="primary" type="submit" busy=${form.isBusy}>${t("door.signIn")}<//>
    <div class="deeds">
      <${Button} kind="quiet" onClick=${turn}>${t(`code.${kind}.instead`)}<//>
      <${Button} kind="quiet" onClick=${onBack}>${t("code.back")}<//>
    </div>
  </form>`;
}
