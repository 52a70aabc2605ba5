// Making a token: a name and how long it works; then the token, this once. What it acts as is the asker's to say.
import { html, useId, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { Button, Check, Dialog, Field, FieldError, openDialog, Select } from "../parts/parts.js";
import { useAdministrator } from "../settings/dialog_end.js";
import { useForm } from "../settings/form.js";
import { SecretOnce } from "./secret_once.js";

const DAY_MS = 86_400_000;
const LASTING = ["7", "30", "90", "365", "never"];
const NAME_MAX = 100;
const SCOPES = ["read", "write", "admin:read", "admin:write"];
const OWN = ["read", "write"];

/**
 * `make({name, expiresAt, scopes})` resolves with the reply that has the `token`; `forAdministrators` goes with the role.
 * `kind` is "own" (all that its person may do is offered), "bot" or "system" (all is chosen at first).
 */
export function openNewToken({ title = t("token.title"), make, kind = "own", forAdministrators = false }) {
  return openDialog(NewToken, { title, make, kind, forAdministrators });
}

function NewToken({ title, make, kind, forAdministrators, close }) {
  const [made, setMade] = useState(null);
  useAdministrator(close, { isNeeded: forAdministrators });
  if (made) return html`<${Made} key="made" made=${made} close=${close} />`;
  return html`<${Ask} key="ask" title=${title} make=${make} kind=${kind} onMade=${setMade} close=${close} />`;
}

function Ask({ title, make, kind, onMade, close }) {
  const { clock, me } = useChat();
  const form = useForm(["name", "expiresAt", "scopes"]);
  const offered = kind === "bot" || !me.value.isAdmin ? OWN : SCOPES;
  const [scopes, setScopes] = useState(kind === "system" ? SCOPES : OWN);
  const [name, setName] = useState("");
  const [lasting, setLasting] = useState("90");
  const send = () =>
    form.submit({ name: !name.trim() && t("token.nameMissing"), scopes: !scopes.length && t("token.scopesMissing") }, async () => {
      const expiresAt = lasting === "never" ? null : clock.now() + Number(lasting) * DAY_MS;
      onMade(await make({ name, expiresAt, scopes }));
    });
  const actions = html`
    <${Button} onClick=${close}>${t("common.cancel")}<//>
    <${Button} type="submit" kind="primary" busy=${form.isBusy}>${t("token.make")}<//>
  `;
  return html`<${Dialog} title=${title} actions=${actions} onSubmit=${send} testid="new-token">
    <div class="stack" ref=${form.ref}>
      <${Field}
        name="name" label=${t("token.name")} hint=${t("token.nameHint")} value=${name} maxlength=${NAME_MAX} autocomplete="off"
        error=${form.errors.name} onInput=${({ currentTarget }) => (form.clear("name"), setName(currentTarget.value))}
      />
      <${Select}
        name="expires" label=${t("token.expires")} value=${lasting} onChange=${setLasting} error=${form.errors.expiresAt}
        options=${LASTING.map((value) => ({ value, label: t(`token.expires.${value}`) }))}
      />
      <${Scopes} offered=${offered} chosen=${scopes} onChange=${(chosen) => (form.clear("scopes"), setScopes(chosen))} error=${form.errors.scopes} />
    </div>
  <//>`;
}

function Scopes({ offered, chosen, onChange, error }) {
  const id = useId();
  const toggle = (scope) => (on) => onChange(SCOPES.filter((one) => (one === scope ? on : chosen.includes(one))));
  return html`<div class="stack" role="group" aria-labelledby=${id}>
    <span class="label" id=${id}>${t("token.scopes")}</span>
    ${offered.map((scope) => html`<${Check}
      key=${scope} name=${scope} label=${t(`token.scope.${scope}`)} checked=${chosen.includes(scope)} onChange=${toggle(scope)}
      aria-invalid=${error ? "true" : undefined}
    />`)}
    ${error && html`<${FieldError}>${error}<//>`}
  </div>`;
}

function Made({ made: { name, token }, close }) {
  const actions = html`<${Button} kind="primary" onClick=${close}>${t("secret.done")}<//>`;
  return html`<${Dialog} title=${t("token.made", { name })} actions=${actions} testid="new-token">
    <${SecretOnce} secrets=${[{ what: t("secret.token"), text: token }]}><p class="hint">${t("token.madeHow")}</p><//>
  <//>`;
}
