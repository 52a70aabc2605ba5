// A new password for somebody: made up and sent by e-mail where the server can, or set by hand and handed over. By default
// the old sessions end; who gets one by hand has to change it, unless said.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { meetsPolicy } from "../../models/password_rules.js";
import { Button, Check, Dialog, nameOf, openDialog, PasswordRules, Segments } from "../parts/parts.js";
import { useOpen } from "./deactivate.js";
import { useAdministrator, useSubject } from "./dialog_end.js";
import { useForm } from "./form.js";
import { HandOver } from "./hand_over.js";
import { InitialPassword } from "./initial_password.js";
import { useServerFacts } from "./server_facts.js";

const WAYS = ["mail", "manual"];

/** `tell(text)` says what was done. */
export function resetPassword({ user, accounts, tell }) {
  return openDialog(ResetPassword, { user, accounts, tell });
}

function ResetPassword({ user, accounts, tell, close }) {
  const [given, setGiven] = useState(null);
  useAdministrator(close);
  if (given === null) {
    const onDone = (password) => (password === null ? close() : setGiven(password));
    return html`<${Choose} key="choose" user=${user} accounts=${accounts} tell=${tell} close=${close} onDone=${onDone} />`;
  }
  const actions = html`<${Button} kind="primary" onClick=${close}>${t("handOver.close")}<//>`;
  return html`<${Dialog} key="given" title=${t("reset.doneTitle")} actions=${actions} testid="reset-password">
    <${HandOver} user=${user} password=${given} title="reset.done" />
  <//>`;
}

/** `onDone(password)`: to be handed over, or null where it was sent. */
function Choose({ user, accounts, tell, close, onDone }) {
  const { policy, hasEmail } = useServerFacts();
  const canSend = hasEmail && Boolean(user.email);
  const form = useForm(["password"]);
  useSubject(user, close, { isBusy: form.isBusy });
  const [way, setWay] = useState(canSend ? "mail" : "manual");
  const [password, setPassword] = useState("");
  const [requireChange, setRequireChange] = useState(true);
  const [revokeSessions, setRevokeSessions] = useState(true);
  const name = nameOf(user);
  const isSent = way === "mail";
  const reset = async () => {
    const wrong = { password: !isSent && !meetsPolicy(policy, password) && t("ownPassword.weak") };
    const isDone = await form.submit(wrong, async () => {
      if (isSent) await accounts.sendPassword(user.id, { revokeSessions });
      else await accounts.resetPassword(user.id, { password, requireChange, revokeSessions });
      tell(isSent ? t("reset.toastSent", { email: user.email }) : t(revokeSessions ? "reset.toastEnded" : "reset.toast", { name }));
    });
    if (isDone) onDone(isSent ? null : password);
  };
  const put = (text) => (form.clear("password"), setPassword(text));
  const actions = html`
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} type="submit" kind="primary" busy=${form.isBusy}>${t(isSent ? "reset.send" : "reset.deed")}<//>
  `;
  const about = isSent ? t("reset.aboutSent", { email: user.email }) : t("reset.about");
  return html`<${Dialog} title=${t("reset.title", { name })} description=${about} actions=${actions} onSubmit=${reset} testid="reset-password">
    <div class="stack" ref=${form.ref}>
      ${canSend && html`<${Segments} label=${t("reset.way")} value=${way} onChange=${setWay} options=${WAYS.map((value) => ({ value, label: t(`reset.way.${value}`) }))} />`}
      ${!isSent && html`
        <${InitialPassword} name="password" label=${t("reset.password")} value=${password} error=${form.errors.password} policy=${policy} onMade=${put} onInput=${({ currentTarget }) => put(currentTarget.value)} />
        <${PasswordRules} policy=${policy} value=${password} left=${Boolean(form.errors.password)} />
        <${Check} label=${t("reset.requireChange")} hint=${t("reset.requireChangeHint")} checked=${requireChange} onChange=${setRequireChange} />
      `}
      <${Check} label=${t("reset.revoke")} hint=${useOpenWords(accounts, user.id)} checked=${revokeSessions} onChange=${setRevokeSessions} />
    </div>
  <//>`;
}

/** How many sign-ins and windows that would end, once known. */
function useOpenWords(accounts, userId) {
  const open = useOpen(accounts, userId);
  if (!open) return t("reset.revokeHint");
  return t("reset.open", { sessions: t("count.sessions", { n: open.sessions }), windows: t("count.windows", { n: open.windows }) });
}
