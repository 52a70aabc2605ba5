// The sign-in view: which of the forms is shown, and what stands above and below it. The forms send themselves.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { DevForm } from "./dev_form.js";
import { EndNotice } from "./end_notice.js";
import { Frame } from "./frame.js";
import { ForgotForm, RegisterForm } from "./later.js";
import { PasswordForm } from "./password_form.js";

const forms = { password: PasswordForm, dev: DevForm, register: RegisterForm, forgot: ForgotForm };
const invitations = { register: "door.registerInvitation", forgot: "door.forgotInvitation" };

export function SignIn({ door }) {
  const { auth } = door.config.value;
  const [chosen, setChosen] = useState(door.last.value.form);
  const usual = auth.mode === "dev" ? "dev" : "password";
  const form = chosen ?? usual;
  const notice = door.notice.value;
  return html`<${Frame}
    door=${door} title="door.title"
    invitation=${t(invitations[form] ?? "door.invitation")}
    above=${notice && html`<${EndNotice} notice=${notice} onDismiss=${() => door.dismissNotice()} />`}
    below=${html`<${Below} form=${form} usual=${usual} auth=${auth} onChoose=${setChosen} />`}
  ><${forms[form]} key=${form} door=${door} onForgot=${auth.passwordResetEnabled && (() => setChosen("forgot"))} /><//>`;
}

/** The other ways in. */
function Below({ form, usual, auth, onChoose }) {
  const way = (to, key) => html`<button type="button" class="link" onClick=${() => onChoose(to)}>${t(key)}</button>`;
  if (form === "forgot") return way("password", "door.backToSignIn");
  if (form === "register") return html`${t("door.haveAccount")} ${way(usual, "door.signIn")}`;
  const other = form === "dev" ? way("password", "door.withPassword") : usual === "dev" && way("dev", "door.withEmail");
  const account = auth.registrationEnabled
    ? html`<span>${t("door.noAccount")} ${way("register", "door.register")}</span>`
    : html`<span>${t("door.byInvitation")}</span>`;
  return html`${other && html`<span>${other}</span>`}${account}`;
}
