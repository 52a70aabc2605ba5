// A new password for somebody, set by hand and handed over; by default the old sessions end and it has to be changed.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { meetsPolicy } from "../../models/password_rules.js";
import { useChat } from "../context.js";
import { Button, Check, Dialog, nameOf, openDialog, PasswordRules } from "../parts/parts.js";
import { useOpen } from "./deactivate.js";
import { useAdministrator, useSubject } from "./dialog_end.js";
import { useForm } from "./form.js";
import { HandOver } from "./hand_over.js";
import { InitialPassword } from "./initial_password.js";
import { useServerFacts } from "./server_facts.js";

export function resetPassword({ user, accounts }) {
  return openDialog(ResetPassword, { user, accounts });
}

function ResetPassword({ user, accounts, close }) {
  const [given, setGiven] = useState(null);
  useAdministrator(close);
  if (given === null) return html`<${Choose} key="choose" user=${user} accounts=${accounts} close=${close} onDone=${setGiven} />`;
  const actions = html`<${Button} kind="primary" onClick=${close}>${t("handOver.close")}<//>`;
  return html`<${Dialog} key="given" title=${t("reset.doneTitle")} actions=${actions} testid="reset-password">
    <${HandOver} user=${user} password=${given} title="reset.done" />
  <//>`;
}

function Choose({ user, accounts, close, onDone }) {
  const { toasts } = useChat();
  const { policy } = useServerFacts();
  const form = useForm(["password"]);
  useSubject(user, close, { isBusy: form.isBusy });
  const [password, setPassword] = useState("");
  const [requireChange, setRequireChange] = useState(true);
  const [revokeSessions, setRevokeSessions] = useState(true);
  const open = useOpen(accounts, user.id);
  const name = nameOf(user);
  const put = (text) => (form.clear("password"), setPassword(text));
  const reset = async () => {
    const wrong = { password: !meetsPolicy(policy, password) && t("ownPassword.weak") };
    const isDone = await form.submit(wrong, async () => {
      await accounts.resetPassword(user.id, { password, requireChange, revokeSessions });
      toasts.show({ text: t(revokeSessions ? "reset.toastEnded" : "reset.toast", { name }) });
    });
    if (isDone) onDone(password);
  };
  const actions = html`
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} type="submit" kind="primary" busy=${form.isBusy}>${t("reset.deed")}<//>
  `;
  return html`<${Dialog} title=${t("reset.title", { name })} description=${t("reset.about")} actions=${actions} onSubmit=${reset} testid="reset-password">
    <div class="stack" ref=${form.ref}>
      <${InitialPassword} name="password" label=${t("reset.password")} value=${password} error=${form.errors.password} policy=${policy} onMade=${put} onInput=${({ currentTarget }) => put(currentTarget.value)} />
      <${PasswordRules} policy=${policy} value=${password} left=${Boolean(form.errors.password)} />
      <${Check} label=${t("reset.requireChange")} hint=${t("reset.requireChangeHint")} checked=${requireChange} onChange=${setRequireChange} />
      <${Check} label=${t("reset.revoke")} hint=${open ? t("reset.open", { sessions: t("count.sessions", { n: open.sessions }), windows: t("count.windows", { n: open.windows }) }) : t("reset.revokeHint")} checked=${revokeSessions} onChange=${setRevokeSessions} />
    </div>
  <//>`;
}
