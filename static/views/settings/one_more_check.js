// "One more check": a code where two-step sign-in is on, else the password. When it is asked is models/step_up.js's.
import { html, signal, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import "../../lib/text_people.js";
import { Refused } from "../../models/errors.js";
import { request } from "../../models/frames.js";
import { proving } from "../../models/step_up.js";
import { Button, Dialog, Field, openDialog, PasswordField } from "../parts/parts.js";

/** The `ask` of a Chat that puts the question by itself where the server wants it. */
export const provingAsk = ({ ask }) => proving(ask, async () => {
  const { enabled } = await ask(request.totpStatus, {});
  return openQuestion({ kind: enabled ? "totp" : "password" });
});

/**
 * Asks for the code that a deed always needs, again while it is wrong, and does it: `run(proof)`. `words` are the
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

function OneMoreCheck({ title = t("stepUp.title"), about = t("stepUp.about"), deed = t("stepUp.deed"), danger = false, kind = "totp", error, busy, give, close }) {
  const [text, setText] = useState("");
  const put = (typed) => {
    error.value = null;
    setText(typed);
  };
  const proof = kind === "totp" ? text.trim() : text; // spaces of a password count
  const send = () => !busy.peek() && proof && give({ [kind]: proof });
  const actions = html`
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} type="submit" kind=${danger ? "danger" : "primary"} busy=${busy.value} disabledReason=${!proof && t(`stepUp.${kind}.missing`)}>${deed}<//>
  `;
  const control = { name: "proof", value: text, error: error.value, alert: true };
  return html`<${Dialog} title=${title} description=${about} actions=${actions} onSubmit=${send} testid="step-up">
    ${kind === "totp"
      ? html`<${Field} key="totp" label=${t("stepUp.totp.label")} inputmode="numeric" autocomplete="one-time-code" maxlength="32" data-autofocus ...${control} onInput=${({ currentTarget }) => put(currentTarget.value)} />`
      : html`<${PasswordField} key="password" label=${t("stepUp.password.label")} autocomplete="current-password" data-autofocus ...${control} onInput=${put} />`}
  <//>`;
}
