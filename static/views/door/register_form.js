// Making one's own account, where the server allows it or by a link that lets one in.
import { html, useLayoutEffect, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { errorCode } from "../../models/frames.js";
import { meetsPolicy } from "../../models/password_rules.js";
import { signInRefusalText } from "../../models/refusals.js";
import { Button, Field, FieldError, PasswordField } from "../parts/parts.js";
import { useForm } from "./form.js";

const fields = new Set(["email", "userName", "displayName", "password"]);

/** `onOver` is told when the link by which one came lets nobody in any more. */
export function RegisterForm({ door, onOver = null }) {
  const policy = door.config.value.auth.passwordPolicy;
  const [account, setAccount] = useState({ email: "", userName: "", displayName: "", password: "" });
  const first = useRef(null);
  useLayoutEffect(() => first.current.focus(), []);
  const form = useForm({
    check: (values) => ({
      ...(!values.email.includes("@") && { email: t("field.email") }),
      ...(!meetsPolicy(policy, values.password) && { password: t("door.weak") }),
    }),
    send: (values) => door.register(given(values)),
    explain: (refused) => {
      if (onOver && refused.code === errorCode.registrationDisabled) onOver();
      return explain(refused);
    },
  });
  const bind = (name) => ({
    name,
    value: account[name],
    error: form.errors[name],
    onInput: (event) => (form.clear(name, "form"), setAccount({ ...account, [name]: event.currentTarget.value })),
  });
  return html`<form ref=${form.ref} novalidate onSubmit=${form.onSubmit}>
    <${Field} label=${t("door.email")} type="email" autocomplete="email" inputRef=${first} ...${bind("email")} />
    <${Field} label=${t("door.displayName")} optional autocomplete="name" ...${bind("displayName")} />
    <${Field} label=${t("door.userName")} optional autocomplete="username" autocapitalize="none" spellcheck=${false} hint=${t("door.userNameHint")} ...${bind("userName")} />
    <${PasswordField}
      label=${t("door.password")} name="password" autocomplete="new-password" policy=${policy}
      value=${account.password} error=${form.errors.password}
      onInput=${(password) => (form.clear("password", "form"), setAccount({ ...account, password }))}
    />
    ${form.errors.form && html`<${FieldError} alert>${form.errors.form}<//>`}
    <${Button} kind="primary" type="submit" busy=${form.isBusy}>${t("door.register")}<//>
  </form>`;
}

function explain(refused) {
  return { [fields.has(refused.field) ? refused.field : "form"]: signInRefusalText(refused) };
}

/** What was left empty is not sent: the server makes it. */
function given({ email, ...rest }) {
  const filled = Object.entries(rest).filter(([, value]) => value !== "");
  return { email: email.trim(), ...Object.fromEntries(filled) };
}
