// Choosing a new password of one's own. Passwords of others are reset_password.js's.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { request } from "../../models/frames.js";
import { meetsPolicy } from "../../models/password_rules.js";
import { useChat } from "../context.js";
import { Button, Check, PasswordField } from "../parts/parts.js";
import { useServerFacts } from "./server_facts.js";
import { staying, useForm } from "./form.js";
import { useUnsaved } from "./unsaved.js";

const EMPTY = { currentPassword: "", newPassword: "", repeated: "" };

export function Password() {
  const chat = useChat();
  const { policy, isDev } = useServerFacts();
  const form = useForm(["currentPassword", "newPassword"]);
  const [values, setValues] = useState(EMPTY);
  const [signOutOthers, setSignOutOthers] = useState(true);
  useUnsaved(values.newPassword !== ""); // the present one may have been filled in by the browser
  const control = (name) => ({
    name,
    label: t(`ownPassword.${name}`),
    value: values[name],
    error: form.errors[name],
    onInput: (text) => (form.clear(name), setValues({ ...values, [name]: text })),
  });
  const save = () =>
    form.submit(wrongIn(values, policy), async () => {
      const { currentPassword, newPassword } = values;
      await chat.ask(request.meChangePassword, { currentPassword, newPassword, signOutOthers, tokens: signOutOthers });
      setValues(EMPTY);
      chat.toasts.show({ text: t(signOutOthers ? "ownPassword.savedAndOthersOut" : "ownPassword.saved") });
    });
  return html`<form class="stack" ref=${form.ref} novalidate onSubmit=${staying(save)}>
    ${isDev && html`<p class="soft">${t("ownPassword.dev")}</p>`}
    <${AccountName} userName=${chat.me.value.userName} />
    <${PasswordField} ...${control("currentPassword")} />
    <${PasswordField} ...${control("newPassword")} autocomplete="new-password" policy=${policy} />
    <${PasswordField} ...${control("repeated")} autocomplete="new-password" />
    <${Check} label=${t("ownPassword.signOutOthers")} hint=${t("ownPassword.signOutOthersHint")} checked=${signOutOthers} onChange=${setSignOutOthers} />
    <div class="row"><${Button} type="submit" kind="primary" busy=${form.isBusy}>${t("ownPassword.save")}<//></div>
  </form>`;
}

/** For the browser's password store, which asks whose password it is. */
export function AccountName({ userName }) {
  return html`<input class="vh" type="text" autocomplete="username" value=${userName} readonly tabindex="-1" aria-hidden="true" />`;
}

function wrongIn({ currentPassword, newPassword, repeated }, policy) {
  return {
    currentPassword: !currentPassword && t("field.required"),
    newPassword: !meetsPolicy(policy, newPassword) && t("ownPassword.weak"),
    repeated: repeated !== newPassword && t("ownPassword.different"),
  };
}
