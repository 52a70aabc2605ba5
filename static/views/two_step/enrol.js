// Setting up two-step sign-in, step by step: at the door as in Settings. What it stands in is handed in.
import { html, useEffect, useMemo, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import "../../lib/text_two_step.js";
import { Enrolment, grouped } from "../../models/enrolment.js";
import { refusalText } from "../../models/refusals.js";
import { useChat } from "../context.js";
import { useForm } from "../door/form.js";
import { Button, Field, FieldError, Skeleton } from "../parts/parts.js";
import { CopyButton } from "../settings/copy_button.js";
import { provingAsk } from "../settings/one_more_check.js";
import { RecoveryCodes } from "./recovery_codes.js";

/**
 * `proof` is what is known already of who it is; `confirming(deed)` runs around the switching on, `onDone` when the codes are saved; `more` stands beside the button of
 * the first step, `last` names the button of the second.
 */
export function Enrol({ proof = null, confirming = (deed) => deed(), onDone, more, last }) {
  const enrolment = useEnrolment(proof);
  const codes = enrolment.codes.value;
  return html`<div class="enrol" data-testid="enrol">
    <ol class="steps">
      ${["scan", "codes"].map((step) => html`<li key=${step} aria-current=${(step === "codes") === (codes !== null) ? "step" : undefined}>${t(`enrol.step.${step}`)}</li>`)}
    </ol>
    ${codes ? html`<${RecoveryCodes} codes=${codes} onDone=${onDone} last=${last} />` : html`<${Scan} enrolment=${enrolment} confirming=${confirming} more=${more} />`}
  </div>`;
}

function useEnrolment(proof) {
  const chat = useChat();
  const enrolment = useMemo(() => new Enrolment({ ask: provingAsk(chat), proof }), []);
  const isUp = chat.connection.state.value === "up";
  useEffect(() => {
    if (isUp) enrolment.begin(); // right after signing in there is no connection yet
  }, [isUp]);
  return enrolment;
}

function Scan({ enrolment, confirming, more }) {
  const [code, setCode] = useState("");
  const ref = useRef(null);
  const begun = enrolment.begun.value;
  const error = enrolment.error.value;
  useEffect(() => ref.current?.focus(), [begun]);
  const form = useForm({
    check: (values) => (values.code.trim() ? {} : { code: t("enrol.codeMissing") }),
    send: (values) => confirming(() => enrolment.confirm(values.code.trim())),
    explain: (refused) => ({ [refused.field === "code" ? "code" : "form"]: refusalText(refused) }),
  });
  return html`<form ref=${form.ref} novalidate onSubmit=${form.onSubmit}>
    ${error && html`<div class="row wrap"><${FieldError} alert>${refusalText(error)}<//><${Button} small onClick=${() => enrolment.begin()}>${t("common.retry")}<//></div>`}
    ${!begun && !error && html`<${Skeleton} rows=${2} />`}
    ${begun && html`
      <${Secret} ...${begun} />
      <${Field}
        label=${t("enrol.code")} name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="32" hint=${t("enrol.codeHint")}
        inputRef=${ref} value=${code} error=${form.errors.code} alert
        onInput=${(event) => (form.clear("code", "form"), setCode(event.currentTarget.value))}
      />
    `}
    ${form.errors.form && html`<${FieldError} alert>${form.errors.form}<//>`}
    <div class="deeds">${begun && html`<${Button} kind="primary" type="submit" busy=${form.isBusy}>${t("enrol.continue")}<//>`}${more}</div>
  </form>`;
}

function Secret({ secret, picture }) {
  const shown = useRef(null);
  return html`<div class="totp">
    <img class="qr" src=${picture} alt=${t("enrol.picture")} width="152" height="152" />
    <div class="stack tight">
      <p class="soft">${t("enrol.scan")}</p>
      <p><span class="vh">${t("enrol.key")} </span><code class="secret" ref=${shown}>${grouped(secret)}</code></p>
      <div><${CopyButton} text=${secret} shown=${shown} label=${t("enrol.copyKey")} /></div>
    </div>
  </div>`;
}
