// Signing in with name and password; what asks for a code is code_step.js.
import { html, useLayoutEffect, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { errorCode } from "../../models/frames.js";
import { signInRefusalText } from "../../models/refusals.js";
import { Button, Check, Field, FieldError, PasswordField } from "../parts/parts.js";
import { useForm } from "./form.js";
import { CodeStep } from "./later.js";

/** `onForgot` opens the form for a forgotten password; null where the server sends no e-mail. */
export function PasswordForm({ door, onForgot }) {
  const [login, setLogin] = useState(door.last.value.login);
  const [password, setPassword] = useState("");
  const [remember, setRemember] = useState(true);
  const [proven, setProven] = useState(null); // name and password, while the code is asked for
  const loginRef = useRef(null);
  const passwordRef = useRef(null);
  useLayoutEffect(() => (login ? passwordRef : loginRef).current?.focus(), [proven]);
  const form = useForm({
    check: (values) => ({
      ...(!values.login && { login: t("door.loginMissing") }),
      ...(!values.password && { password: t("door.passwordMissing") }),
    }),
    send: async (values) => {
      try {
        await door.login(values.login, values.password, remember);
      } catch (refused) {
        if (refused.code !== errorCode.totpRequired) throw refused;
        setProven(values);
      }
    },
    explain,
  });
  if (proven) {
    const send = (code) => door.login(proven.login, proven.password, remember, code);
    return html`<${CodeStep} send=${send} onBack=${() => setProven(null)} />`;
  }
  const clear = () => form.clear("login", "password", "form");
  return html`<form ref=${form.ref} novalidate onSubmit=${form.onSubmit}>
    <${Field}
      label=${t("door.login")} name="login" autocomplete="username" autocapitalize="none" spellcheck=${false}
      inputRef=${loginRef} value=${login} error=${form.errors.login}
      onInput=${(event) => (clear(), setLogin(event.currentTarget.value))}
    />
    <${PasswordField}
      label=${t("door.password")} name="password" data-focus-error=${form.errors.login === true || undefined} inputRef=${passwordRef} value=${password}
      error=${form.errors.password} alert=${form.errors.login === true}
      action=${onForgot && html`<button type="button" class="link" onClick=${onForgot}>${t("door.forgot")}</button>`}
      onInput=${(value) => (clear(), setPassword(value))}
    />
    <${Check} label=${t("door.remember")} checked=${remember} onChange=${setRemember} />
    ${form.errors.form && html`<${FieldError} alert>${form.errors.form}<//>`}
    <${Button} kind="primary" type="submit" busy=${form.isBusy}>${t("door.signIn")}<//>
  </form>`;
}

/** Which of the two is wrong is not told: both are marked, and the sentence stands under the password. */
function explain(refused) {
  const sentence = signInRefusalText(refused);
  return refused.code === errorCode.unauthenticated ? { login: true, password: sentence } : { form: sentence };
}
