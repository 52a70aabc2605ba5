// "One more check": the password or a code, before what cannot be undone. When it is asked is models/step_up.js's.
import { html, signal, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { proving } from "../../models/step_up.js";
import { Button, Dialog, Field, openDialog, PasswordField, Segments } from "../parts/parts.js";

/** The `ask` of a Chat that puts the question by itself where the server wants it. */
export const provingAsk = ({ ask }) => proving(ask, openQuestion);

function openQuestion() {
  const error = signal(null);
  const busy = signal(false);
  let settle = null;
  const give = (proof) => {
    busy.value = proof !== null;
    settle?.(proof);
  };
  const close = openDialog(OneMoreCheck, { error, busy, give }, { onClosed: () => give(null) });
  const answer = (refused) => {
    error.value = refused && refused.message;
    busy.value = false;
    return new Promise((resolve) => (settle = resolve));
  };
  return { answer, close };
}

function OneMoreCheck({ error, busy, give, close }) {
  const [kind, setKind] = useState("totp");
  const [text, setText] = useState("");
  const put = (typed) => {
    error.value = null;
    setText(typed);
  };
  const choose = (next) => {
    error.value = null;
    setKind(next);
    setText("");
  };
  const proof = kind === "totp" ? text.trim() : text; // spaces of a password count
  const send = () => !busy.peek() && proof && give({ [kind]: proof });
  const actions = html`
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} type="submit" kind="primary" busy=${busy.value} disabledReason=${!proof && t(`stepUp.${kind}.missing`)}>${t("stepUp.deed")}<//>
  `;
  const control = { name: "proof", value: text, error: error.value, alert: true };
  return html`<${Dialog} title=${t("stepUp.title")} description=${t("stepUp.about")} actions=${actions} onSubmit=${send} testid="step-up">
    <${Segments} label=${t("stepUp.with")} value=${kind} onChange=${choose} options=${["totp", "password"].map((value) => ({ value, label: t(`stepUp.${value}`) }))} />
    ${kind === "totp"
      ? html`<${Field} key="totp" label=${t("stepUp.totp.label")} inputmode="numeric" autocomplete="one-time-code" maxlength="32" data-autofocus ...${control} onInput=${({ currentTarget }) => put(currentTarget.value)} />`
      : html`<${PasswordField} key="password" label=${t("stepUp.password.label")} autocomplete="current-password" ...${control} onInput=${put} />`}
  <//>`;
}
