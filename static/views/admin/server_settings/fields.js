// The fields that can be changed: the server's name, and what is asked of those who sign in.
import { html } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { useChat } from "../../context.js";
import { Field, Notice, Switch } from "../../parts/parts.js";
import { useServerFacts } from "../../settings/server_facts.js";
import { Fieldset } from "./fieldset.js";

const NAME_MAX = 80;
const REQUIRED = ["none", "admins", "all"];

export function GeneralFields({ values, errors, put }) {
  return html`<${Fieldset} id="general" title=${t("server.general")} about=${t("server.generalHint")}>
    <${Field}
      name="name" label=${t("serverName.label")} hint=${t("serverName.hint")} value=${values.name} maxlength=${NAME_MAX} autocomplete="off"
      error=${errors.name} onInput=${({ currentTarget }) => put("name", currentTarget.value)}
    />
  <//>`;
}

export function SignInFields({ values, put }) {
  const { hasEmail } = useServerFacts();
  const { totpEnabled } = useChat().me.value;
  const isBinding = values.totpRequired !== "none" && totpEnabled === false;
  return html`<${Fieldset} id="sign-in" title=${t("server.signIn")} about=${t("server.signInHint")}>
    <div class="field">
      <span class="label" id="totp-label">${t("server.totp")}</span>
      <div class="stack tight" role="radiogroup" aria-labelledby="totp-label">
        ${REQUIRED.map((value) => html`<${Choice} key=${value} value=${value} chosen=${values.totpRequired} put=${put} />`)}
      </div>
    </div>
    ${isBinding && html`<${Notice} kind="warn" icon="alert" role="status">${t("server.totpOwn")}<//>`}
    <${Switch}
      name="requireVerifiedEmail" label=${t("server.requireVerifiedEmail")} checked=${values.requireVerifiedEmail}
      hint=${t(hasEmail ? "server.requireVerifiedEmailHint" : "server.noEmail")} onChange=${(is) => put("requireVerifiedEmail", is)}
    />
  <//>`;
}

const HINTS = { admins: "server.totp.adminsHint", all: "server.totp.allHint" };

function Choice({ value, chosen, put }) {
  return html`<label class="option-card check">
    <input type="radio" name="totpRequired" value=${value} checked=${chosen === value} onChange=${() => put("totpRequired", value)} />
    <span>${t(`server.totp.${value}`)}${HINTS[value] && html`<span class="hint">${t(HINTS[value])}</span>`}</span>
  </label>`;
}
