// One's own two-step sign-in: setting it up, new recovery codes, switching it off. The steps themselves are two_step/enrol.js.
import { html, useEffect, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import "../../lib/text_two_step.js";
import { Refused } from "../../models/errors.js";
import { request } from "../../models/frames.js";
import { refusalText } from "../../models/refusals.js";
import { useChat } from "../context.js";
import { Button, FieldError, Icon, Notice, Skeleton } from "../parts/parts.js";
import { Enrol } from "../two_step/enrol.js";
import { RecoveryCodes } from "../two_step/recovery_codes.js";
import { useDeed } from "./form.js";
import { withProof } from "./one_more_check.js";

const FEW_CODES = 3;

export function TwoStep() {
  const { status, error, load } = useStatus();
  const [isEnrolling, setEnrolling] = useState(false);
  const [codes, setCodes] = useState(null); // new ones, until they are saved
  const saved = () => {
    setCodes(null);
    setEnrolling(false);
    load();
  };
  if (codes) return html`<div class="stack"><${RecoveryCodes} codes=${codes} lead=${t("twoStep.newCodesLead")} onDone=${saved} last=${t("enrol.done")} /></div>`;
  if (isEnrolling) return html`<div class="stack"><${Enrol} onDone=${saved} last=${t("enrol.done")} more=${html`<${Button} kind="quiet" onClick=${() => setEnrolling(false)}>${t("common.cancel")}<//>`} /></div>`;
  return html`<div class="stack" data-testid="two-step">
    <p class="soft">${t("twoStep.about")}</p>
    ${error && html`<div class="row wrap"><${FieldError}>${refusalText(error)}<//><${Button} small onClick=${load}>${t("common.retry")}<//></div>`}
    ${!status && !error && html`<${Skeleton} rows=${1} />`}
    ${status && (status.enabled ? html`<${On} key="on" status=${status} load=${load} onCodes=${setCodes} />` : html`<${Off} key="off" status=${status} onBegin=${() => setEnrolling(true)} />`)}
  </div>`;
}

/** Looked at again whenever something is new with oneself: a reset by an administrator, another window. */
function useStatus() {
  const chat = useChat();
  const [state, setState] = useState({ status: null, error: null });
  const asked = useRef(0);
  const load = async () => {
    const number = ++asked.current;
    try {
      const status = await chat.ask(request.totpStatus, {});
      if (number === asked.current) setState({ status, error: null });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (number === asked.current) setState(({ status }) => ({ status, error }));
    }
  };
  useEffect(() => void load(), [chat.me.value, chat.server.value]);
  return { ...state, load };
}

function Off({ status, onBegin }) {
  return html`
    <p><strong>${t("twoStep.off")}</strong></p>
    ${status.required && html`<${Notice} kind="warn" icon="alert">${t("twoStep.required")}<//>`}
    <div class="row"><${Button} kind="primary" icon="phone" onClick=${onBegin}>${t("twoStep.begin")}<//></div>
  `;
}

function On({ status: { required, recoveryCodesLeft }, load, onCodes }) {
  const { ask, toasts } = useChat();
  const { isBusy, run } = useDeed();
  const renew = () => {
    const words = { title: t("twoStep.newCodesTitle"), about: t("twoStep.newCodesBody"), deed: t("twoStep.newCodesDeed") };
    return run(() => withProof(words, async (proof) => onCodes((await ask(request.totpNewCodes, proof)).recoveryCodes)));
  };
  const disable = () => {
    const words = { title: t("twoStep.disableTitle"), about: t("twoStep.disableBody"), deed: t("twoStep.disable"), danger: true };
    return run(() => withProof(words, async (proof) => {
      await ask(request.totpDisable, proof);
      toasts.show({ text: t("twoStep.disabled") });
      await load();
    }));
  };
  const isFew = recoveryCodesLeft <= FEW_CODES;
  return html`
    <p class="row"><span class="met"><${Icon} name="check" small /></span><strong>${t("twoStep.on")}</strong></p>
    <p class="soft">${t("twoStep.left", { n: recoveryCodesLeft })} ${isFew && t("twoStep.few")}</p>
    <div class="row wrap">
      <${Button} busy=${isBusy} kind=${isFew ? "primary" : ""} onClick=${renew}>${t("twoStep.newCodes")}<//>
      <${Button} kind="danger-quiet" disabledReason=${required && t("twoStep.mustStay")} onClick=${disable}>${t("twoStep.disable")}<//>
    </div>
  `;
}
