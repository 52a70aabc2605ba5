// A password being typed: hidden or shown, with a word about Caps Lock, and the rules ticking. Which rules is the model's.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { hasOuterSpace, passwordRules } from "../../models/password_rules.js";
import { IconButton } from "./button.js";
import { Field } from "./field.js";
import { Icon } from "./icon.js";

/** `onInput` gets the text. With `policy` its rules stand below; `same`, when given, adds "repeated the same". */
export function PasswordField({ label, value, onInput, autocomplete = "current-password", policy, same, hint, error, alert, action, inputRef, ...rest }) {
  const [isShown, setShown] = useState(false);
  const [hasCaps, setCaps] = useState(false);
  const [hasLeft, setLeft] = useState(false);
  const look = (event) => setCaps(event.getModifierState?.("CapsLock") ?? false);
  const field = html`<${Field} label=${label} error=${error} alert=${alert} action=${action} hint=${hasCaps ? html`<${CapsHint} />` : hint}>${(attributes) => html`<div class="input-group">
      <input
        class="input" type=${isShown ? "text" : "password"} autocomplete=${autocomplete}
        autocapitalize="none" spellcheck=${false} ref=${inputRef} value=${value}
        ...${attributes} ...${rest}
        onInput=${(event) => onInput(event.currentTarget.value)} onKeyDown=${look} onKeyUp=${look}
        onBlur=${() => { setCaps(false); setLeft(value !== ""); }}
      />
      <${IconButton} icon="eye" class="end" label=${t("field.showPassword")} pressed=${isShown} onClick=${() => setShown(!isShown)} />
    </div>`}<//>`;
  if (!policy) return field;
  return html`<div class="with-rules">${field}<${PasswordRules} policy=${policy} value=${value} left=${hasLeft} same=${same} /></div>`;
}

function CapsHint() {
  return html`<span class="caps"><${Icon} name="info" small />${t("field.capsLock")}</span>`;
}

/** `left`: the field was left, so what is missing may be called so. */
export function PasswordRules({ policy, value, left, same }) {
  const rules = passwordRules(policy, value);
  return html`<ul class="rules">
    ${rules.map(({ key, n, met }) => html`<${Rule} key=${key} met=${met} left=${left}>${t(`password.${key}`, { n })}<//>`)}
    ${same !== undefined && html`<${Rule} key="same" met=${same} left=${false}>${t("password.same")}<//>`}
    ${hasOuterSpace(value) && html`<li key="spaces" class="warned"><${Icon} name="alert" small /><span>${t("password.spaces")}</span></li>`}
  </ul>`;
}

const looks = { met: "check", unmet: "dot", broken: "close" };

function Rule({ met, left, children }) {
  const state = met ? "met" : left ? "broken" : "unmet";
  return html`<li class=${state}>
    <${Icon} name=${looks[state]} small /><span>${children}<span class="vh">, ${t(`password.${state}`)}</span></span>
  </li>`;
}
