// "One more check": the password or a code, before what cannot be undone. When it is asked is models/step_up.js's.
import { html, signal, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Refused } from "../../models/errors.js";
import { proving } from "../../models/step_up.js";
import { Button, Dialog, Field, openDialog, PasswordField, Segments } from "../parts/parts.js";

/** The `ask` of a Chat that puts the question by itself where the server wants it. */
export const provingAsk = ({ ask }) => proving(ask, openQuestion);

/**
 * Asks for the proof that a deed always needs, again while it is wrong, and does it: `run(proof)`. `words` are the
 * question's `title`, `about` and `deed`, and `danger`. Resolves with whether it was done; rejects with other refusals.
 */
export async function withProof(words, run) {
  const question = openQuestion(words);
  let wrong = null;
  try {
    for (;;) {
      const proof = await question.answer(wrong);
      if (proof === null) return false;
      try {
        await run(proof);
        return true;
      } catch (refused) {
        if (!(refused instanceof Refused) || refused.field !== "proof") throw refused;
        wrong = refused;
      }
    }
  } finally {
    question.close();
  }
}

function openQuestion(words = {}) {
  const error = signal(null);
  const busy = signal(false);
  let settle = null;
  const give = (proof) => {
    busy.value = proof !== null;
    settle?.(proof);
  };
  const close = openDialog(OneMoreCheck, { ...words, error, busy, give }, { onClosed: () => give(null) });
  const answer = (refused) => {
    error.value = refused && refused.message;
    busy.value = false;
    return new Promise((resolve) => (settle = resolve));
  };
  return { answer, close };
}

function OneMoreCheck({ title = t("stepUp.title"), about = t("stepUp.about"), deed = t("stepUp.deed"), danger = false, error, busy, give, close }) {
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
    <${Button} type="submit" kind=${danger ? "danger" : "primary"} busy=${busy.value} disabledReason=${!proof && t(`stepUp.${kind}.missing`)}>${deed}<//>
  `;
  const control = { name: "proof", value: text, error: error.value, alert: true };
  return html`<${Dialog} title=${title} description=${about} actions=${actions} onSubmit=${send} testid="step-up">
    <${Segments} label=${t("stepUp.with")} value=${kind} onChange=${choose} options=${["totp", "password"].map((value) => ({ value, label: t(`stepUp.${value}`) }))} />
    ${kind === "totp"
      ? html`<${Field} key="totp" label=${t("stepUp.totp.label")} inputmode="numeric" autocomplete="one-time-code" maxlength="32" data-autofocus ...${control} onInput=${({ currentTarget }) => put(currentTarget.value)} />`
      : html`<${PasswordField} key="password" label=${t("stepUp.password.label")} autocomplete="current-password" ...${control} onInput=${put} />`}
  <//>`;
}
