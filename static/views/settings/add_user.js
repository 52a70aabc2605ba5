// Adding somebody: address, name, role, and the first password, which an administrator hands over himself where the
// server sends no e-mail.
import { html, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { meetsPolicy } from "../../models/password_rules.js";
import { useChat } from "../context.js";
import { Button, Check, Field, nameOf, PasswordRules, Select } from "../parts/parts.js";
import { staying, useForm } from "./form.js";
import { HandOver } from "./hand_over.js";
import { InitialPassword } from "./initial_password.js";
import { useAdministration } from "./administration_context.js";
import { useServerFacts } from "./server_facts.js";

const EMPTY = { email: "", userName: "", role: "user", password: "", requirePasswordChange: true };
const ROLES = ["user", "admin"];

export function AddUser() {
  const { toasts } = useChat();
  const { list, accounts } = useAdministration();
  const { policy, hasEmail } = useServerFacts();
  const form = useForm(["email", "userName", "password"]);
  const [values, setValues] = useState(EMPTY);
  const [added, setAdded] = useState(null); // what HandOver shows, once
  const first = useRef(null);
  const put = (name) => (value) => (form.clear(name), setValues({ ...values, [name]: value }));
  const control = (name) => ({
    name,
    label: t(`addUser.${name}`),
    value: values[name],
    error: form.errors[name],
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: false,
    onInput: ({ currentTarget }) => put(name)(currentTarget.value),
  });
  const add = async () => {
    const isDone = await form.submit(wrongIn(values, { policy, hasEmail }), async () => {
      const user = await accounts.add(fieldsOf(values, { hasEmail }));
      setAdded({ user, password: values.password, title: hasEmail ? "handOver.invited" : "handOver.added" });
      setValues({ ...EMPTY, requirePasswordChange: values.requirePasswordChange });
      toasts.show({ text: t("addUser.done", { name: nameOf(user) }) });
    });
    if (isDone) first.current?.focus();
  };
  return html`<form class="add-user" ref=${form.ref} novalidate aria-labelledby="add-user-title" onSubmit=${staying(add)}>
    <h4 class="wide" id="add-user-title">${t("addUser.title")}</h4>
    <${Field} ...${control("email")} type="email" inputmode="email" inputRef=${first} />
    <${Field} ...${control("userName")} optional maxlength="50" />
    <${Select} name="role" label=${t("addUser.role")} value=${values.role} onChange=${put("role")} options=${ROLES.map((value) => ({ value, label: t(`role.${value}`) }))} />
    ${!hasEmail && html`<div class="wide stack tight">
      <${InitialPassword} ...${control("password")} policy=${policy} onMade=${put("password")} hint=${t("addUser.passwordHint")} />
      ${values.password && html`<${PasswordRules} policy=${policy} value=${values.password} left=${Boolean(form.errors.password)} />`}
    </div>`}
    <div class="wide row wrap">
      <${Button} type="submit" kind="primary" icon="user-plus" busy=${form.isBusy} disabledReason=${list.isFull.value && t("seats.full", { max: list.seats.value.max })}>${t("addUser.deed")}<//>
      ${!hasEmail && html`<${Check} label=${t("addUser.requirePasswordChange")} checked=${values.requirePasswordChange} onChange=${put("requirePasswordChange")} />`}
    </div>
    ${added && html`<${HandOver} ...${added} onClose=${() => setAdded(null)} />`}
  </form>`;
}

function wrongIn({ email, userName, password }, { policy, hasEmail }) {
  const isWeak = !hasEmail && !meetsPolicy(policy, password);
  return {
    email: email ? !/^[^\s@]+@[^\s@]+$/.test(email) && t("field.email") : (hasEmail || !userName) && t("addUser.emailMissing"),
    password: !hasEmail && !password ? t("addUser.passwordMissing") : isWeak && t("ownPassword.weak"),
  };
}

/** As admin.addUser takes them: what was left empty is left out. */
function fieldsOf({ email, userName, role, password, requirePasswordChange }, { hasEmail }) {
  const secret = hasEmail ? { sendWelcomeEmail: true } : { password, requirePasswordChange };
  return { ...(email && { email }), ...(userName && { userName }), role, ...secret };
}
