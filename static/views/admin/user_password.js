// The password in a user's form: kept, sent by e-mail, or set by hand with its rules ticking. It is never shown again.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { meetsPolicy } from "../../models/password_rules.js";
import { Check, Field, PasswordRules, Switch } from "../parts/parts.js";
import { InitialPassword } from "../settings/initial_password.js";

export const NO_PASSWORD = { kind: "keep", password: "", repeated: "", requireChange: true, revokeSessions: true, welcome: false };

/** What is wrong with it, by field. */
export function passwordFaults({ kind, password, repeated }, policy) {
  if (kind !== "manual") return {};
  return {
    password: !meetsPolicy(policy, password) && t(password ? "ownPassword.weak" : "addUser.passwordMissing"),
    repeated: password !== repeated && t("form.different"),
  };
}

export function UserPassword({ isNew, secret, onChange, errors, facts: { policy, hasEmail }, user }) {
  const put = (changes) => onChange({ ...secret, ...changes });
  const kinds = [isNew ? hasEmail && "letter" : "keep", hasEmail && (isNew || user.email) && "mail", "manual"].filter(Boolean);
  return html`<section class="fieldset" aria-labelledby="form-password">
    <div class="about"><h2 id="form-password">${t("form.password")}</h2><p>${t(isNew ? "form.passwordNewHint" : "form.passwordHint")}</p></div>
    <div class="inputs">
      ${kinds.length > 1 && html`<div class="stack opts" role="radiogroup" aria-labelledby="form-password">
        ${kinds.map((kind) => html`<label key=${kind} class="option-card check">
          <input type="radio" name="kind" value=${kind} checked=${secret.kind === kind} onChange=${() => put({ kind })} />
          <span>${t(`form.${kind}`)}${kind !== "keep" && html`<span class="hint">${t(`form.${kind}Hint`)}</span>`}</span>
        </label>`)}
      </div>`}
      ${secret.kind === "manual" && html`<${Manual} user=${isNew ? null : user} hasEmail=${hasEmail} secret=${secret} put=${put} errors=${errors} policy=${policy} />`}
      ${secret.kind === "mail" && !isNew && html`<${Revoke} user=${user} secret=${secret} put=${put} />`}
    </div>
  </section>`;
}

/** A made-up password needs no repeating: it is in plain sight, and handed over. */
function Manual({ user, hasEmail, secret, put, errors, policy }) {
  const { password, repeated, requireChange, welcome } = secret;
  return html`<div class="well">
    <div class="pair">
      <${InitialPassword}
        name="password" label=${t("form.newPassword")} value=${password} error=${errors.password} policy=${policy}
        onMade=${(made) => put({ password: made, repeated: made })} onInput=${({ currentTarget }) => put({ password: currentTarget.value })}
      />
      <${Field} name="repeated" label=${t("form.repeated")} value=${repeated} error=${errors.repeated} class="secret-field" autocomplete="off" autocapitalize="none" spellcheck=${false} onInput=${({ currentTarget }) => put({ repeated: currentTarget.value })} />
    </div>
    <${PasswordRules} policy=${policy} value=${password} left=${Boolean(errors.password)} />
    <${Check} name="requireChange" label=${t("form.requireChange")} hint=${t("form.requireChangeHint")} checked=${requireChange} onChange=${(is) => put({ requireChange: is })} />
    ${user === null
      ? hasEmail && html`<${Switch} label=${t("form.welcome")} hint=${t("form.welcomeHint")} checked=${welcome} onChange=${(is) => put({ welcome: is })} />`
      : html`<${Revoke} user=${user} secret=${secret} put=${put} />`}
  </div>`;
}

function Revoke({ user: { counts }, secret, put }) {
  const hint = counts && t("count.sessions", { n: counts.sessions });
  return html`<${Check} name="revokeSessions" label=${t("form.revoke")} hint=${hint} checked=${secret.revokeSessions} onChange=${(is) => put({ revokeSessions: is })} />`;
}
