// What a restricted session may do: choose one's own password, set up two-step sign-in. All else opens once that is done.
import { html, useLayoutEffect, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { meetsPolicy } from "../../models/password_rules.js";
import { refusalText } from "../../models/refusals.js";
import { Button, FieldError, Notice, PasswordField } from "../parts/parts.js";
import { Enrol } from "../two_step/enrol.js";
import { useForm } from "./form.js";
import { Frame } from "./frame.js";

const formOf = { password_change: ChoosePassword, totp_enrolment: EnrolFirst };
const leadOf = { password_change: "restricted", totp_enrolment: "restricted.totp" };
const fieldOf = { currentPassword: "current", newPassword: "next" };

export function Restricted({ door }) {
  const restriction = door.restriction.value; // null while recovery codes are read
  const kind = restriction in formOf ? restriction : "totp_enrolment";
  const lead = leadOf[kind];
  return html`<${Frame} door=${door} title=${`${lead}.title`} invitation=${t("restricted.invitation", { name: door.chat.value.me.value.userName })}>
    ${restriction && html`<${Notice} kind="info" icon=${kind === "password_change" ? "key" : "lock"} lead=${t(`${lead}.lead`)}>${t(`${lead}.rest`)}<//>`}
    <${formOf[kind]} door=${door} />
  <//>`;
}

function ChoosePassword({ door }) {
  const policy = door.config.value.auth.passwordPolicy;
  const [asksCurrent] = useState(!door.knowsPassword);
  const [values, setValues] = useState({ current: "", next: "", again: "" });
  const first = useRef(null);
  useLayoutEffect(() => first.current.focus(), []);
  const form = useForm({
    check: (given) => ({
      ...(asksCurrent && !given.current && { current: t("door.passwordMissing") }),
      ...(!meetsPolicy(policy, given.next) && { next: t("restricted.weak") }),
      ...(given.next !== given.again && { again: t("restricted.different") }),
    }),
    send: (given) => door.changePassword(asksCurrent ? given.current : null, given.next),
    explain: (refused) => ({ [fieldOf[refused.field] ?? "form"]: sentenceOf(refused) }),
  });
  const bind = (name) => ({
    name,
    value: values[name],
    error: form.errors[name],
    onInput: (value) => (form.clear(name, "form"), setValues({ ...values, [name]: value })),
  });
  const same = values.next !== "" && values.next === values.again;
  return html`<form ref=${form.ref} novalidate onSubmit=${form.onSubmit}>
    <input type="text" class="vh" tabindex="-1" aria-hidden="true" autocomplete="username" readonly value=${door.chat.value.me.value.userName} />
    ${asksCurrent && html`<${PasswordField} label=${t("restricted.current")} inputRef=${first} ...${bind("current")} />`}
    <${PasswordField}
      label=${t("restricted.new")} autocomplete="new-password" policy=${policy} same=${same}
      inputRef=${asksCurrent ? undefined : first} ...${bind("next")}
    />
    <${PasswordField} label=${t("restricted.repeat")} autocomplete="new-password" ...${bind("again")} />
    ${form.errors.form && html`<${FieldError} alert>${form.errors.form}<//>`}
    <div class="deeds">
      <${Button} kind="primary" type="submit" busy=${form.isBusy}>${t("restricted.save")}<//>
      <${SignOut} door=${door} />
    </div>
  </form>`;
}

/** The recovery codes keep the chat closed until they are saved: they are never shown again. */
function EnrolFirst({ door }) {
  const confirming = async (deed) => {
    door.hold(true);
    try {
      await deed();
    } catch (refused) {
      door.hold(false);
      throw refused;
    }
  };
  return html`<${Enrol} proof=${door.proof} confirming=${confirming} onDone=${() => door.hold(false)} last=${t("enrol.open")} more=${html`<${SignOut} door=${door} />`} />`;
}

function SignOut({ door }) {
  const [isBusy, setBusy] = useState(false);
  const signOut = () => {
    setBusy(true);
    door.signOut().catch(() => setBusy(false)); // no connection: the button is there again when it is back
  };
  return html`<${Button} kind="quiet" busy=${isBusy} onClick=${signOut}>${t("restricted.signOut")}<//>`;
}

function sentenceOf(refused) {
  if (refused.field === "currentPassword" && refused.code === "forbidden") return t("restricted.wrongCurrent");
  return refused.code === "offline" ? t("restricted.wait") : refusalText(refused);
}
