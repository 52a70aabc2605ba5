// Two things that a link lets one do: choose a password, make an account.
import { html, useLayoutEffect, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { errorCode } from "../../models/frames.js";
import { meetsPolicy } from "../../models/password_rules.js";
import { signInRefusalText } from "../../models/refusals.js";
import { Button, FieldError, Notice, PasswordField } from "../parts/parts.js";
import { CodeStep } from "./code_step.js";
import { useForm } from "./form.js";
import { LinkIsOver } from "./link_over.js";
import { RegisterForm } from "./register_form.js";

/** The first password of an invitation, or a new one after a forgotten one: the server tells them apart. */
export function PasswordByLink({ door }) {
  const policy = door.config.value.auth.passwordPolicy;
  const [values, setValues] = useState({ next: "", again: "" });
  const [chosen, setChosen] = useState(null); // waits for the code of an account with two-step sign-in
  const [isOver, setOver] = useState(false);
  const first = useRef(null);
  useLayoutEffect(() => first.current?.focus(), [chosen]);
  const send = async (password, code) => {
    try {
      await door.setUpPassword(password, code);
    } catch (refused) {
      if (refused.code !== errorCode.notFound) throw refused;
      setOver(true);
    }
  };
  const form = useForm({
    check: (given) => ({
      ...(!meetsPolicy(policy, given.next) && { next: t("door.weak") }),
      ...(given.next !== given.again && { again: t("restricted.different") }),
    }),
    send: async ({ next }) => {
      try {
        await send(next);
      } catch (refused) {
        if (refused.code !== errorCode.totpRequired) throw refused;
        setChosen(next);
      }
    },
    explain: (refused) => ({ [refused.field === "password" ? "next" : "form"]: signInRefusalText(refused) }),
  });
  if (isOver) return html`<${LinkIsOver} door=${door} />`;
  if (chosen !== null) return html`<${CodeStep} send=${(code) => send(chosen, code)} onBack=${() => setChosen(null)} />`;
  const bind = (name) => ({
    name,
    autocomplete: "new-password",
    value: values[name],
    error: form.errors[name],
    onInput: (value) => (form.clear(name, "form"), setValues({ ...values, [name]: value })),
  });
  const same = values.next !== "" && values.next === values.again;
  return html`<form ref=${form.ref} novalidate onSubmit=${form.onSubmit}>
    <${Somebody} door=${door} />
    <input type="text" class="vh" tabindex="-1" aria-hidden="true" autocomplete="username" readonly value="" />
    <${PasswordField} label=${t("restricted.new")} policy=${policy} same=${same} inputRef=${first} ...${bind("next")} />
    <${PasswordField} label=${t("restricted.repeat")} ...${bind("again")} />
    ${form.errors.form && html`<${FieldError} alert>${form.errors.form}<//>`}
    <${Button} kind="primary" type="submit" busy=${form.isBusy}>${t("restricted.save")}<//>
  </form>`;
}

/** Somebody else's link may be opened in a browser that is signed in. */
function Somebody({ door }) {
  const { visitor } = door;
  return visitor.value && html`<${Notice} kind="info" icon="info">${t("link.password.visitor", { name: visitor.value.userName })}<//>`;
}

/** Whoever is in already needs no second account. */
export function JoinByLink({ door }) {
  const [isOver, setOver] = useState(false);
  if (isOver) return html`<${LinkIsOver} door=${door} />`;
  if (!door.visitor.value) return html`<${RegisterForm} door=${door} onOver=${() => setOver(true)} />`;
  return html`
    <${Notice} kind="info" icon="info">${t("link.join.visitor", { name: door.visitor.value.userName })}<//>
    <form><${Button} kind="primary" onClick=${() => door.leaveLink()}>${t("link.toChat")}<//></form>
  `;
}
