// What the configuration file decided before the server started: to be read here, not changed.
import { html, useState } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { Refused } from "../../../models/errors.js";
import { request } from "../../../models/frames.js";
import { passwordRules } from "../../../models/password_rules.js";
import { refusalText } from "../../../models/refusals.js";
import { FieldError, Icon, Skeleton } from "../../parts/parts.js";
import { useAdmin, useLive } from "../admin_context.js";
import { Fieldset } from "./fieldset.js";

const SECONDS = [["days", 86_400], ["hours", 3600], ["minutes", 60]];
const GROUPS = [
  { id: "signIn", names: ["authMode", "isInviteRequired", "hasEmail", "autoJoinPublicChannels"] },
  { id: "sessions", names: ["maxActiveSessions", "sessionSeconds", "rememberedSeconds"] },
  { id: "limits", names: ["maxSeats", "maxSockets", "maxContentLength", "requestsPerMinute"] },
];

export function FixedSettings() {
  const { fixed, error } = useFixed();
  return html`
    <p class="fixed-line muted"><${Icon} name="lock" small />${t("server.fixed")}. ${t("server.fixedHint")}</p>
    ${error && html`<${FieldError}>${refusalText(error)}<//>`}
    ${!fixed && !error && html`<${Skeleton} rows=${2} />`}
    ${fixed && GROUPS.map(({ id, names }) => html`<${Fieldset} key=${id} id=${id} title=${t(`server.fixed.${id}`)}>
      <dl class="facts fixed" data-testid=${`fixed-${id}`}>${names.map((name) => html`<${Fact} key=${name} name=${t(`fixed.${name}`)}>${shown(name, fixed[name])}<//>`)}</dl>
    <//>`)}
    ${fixed && html`<${Policy} policy=${fixed.passwordPolicy} />`}
  `;
}

/** Asked again after each loss of the connection: the server may have been started anew with another file. */
function useFixed() {
  const admin = useAdmin();
  const [state, setState] = useState({ fixed: null, error: null });
  const load = async () => {
    try {
      const { fixed } = await admin.ask(request.adminGetSettings, {});
      setState({ fixed, error: null });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setState(({ fixed }) => ({ fixed, error }));
    }
  };
  useLive([], load, () => {});
  return state;
}

function Fact({ name, children }) {
  return html`<div><dt>${name}</dt><dd>${children}</dd></div>`;
}

function shown(name, value) {
  if (typeof value === "boolean" || typeof value === "string") return t(`fixed.${name}.${value}`);
  if (name.endsWith("Seconds")) return lasting(value);
  return value === 0 ? t("fixed.unlimited") : t("fixed.at", { n: value });
}

/** "7 days", "90 minutes": in the largest unit that says it whole. */
function lasting(seconds) {
  const [unit, size] = SECONDS.find(([, size]) => seconds % size === 0) ?? SECONDS.at(-1);
  return t(`fixed.${unit}`, { n: Math.round(seconds / size) });
}

function Policy({ policy }) {
  return html`<${Fieldset} id="passwords" title=${t("server.fixed.passwords")}>
    <dl class="facts fixed" data-testid="fixed-passwords">
      <${Fact} name=${t("fixed.passwordPolicy")}>
        <ul>${passwordRules(policy, "").map(({ key, n }) => html`<li key=${key}>${t(`password.${key}`, { n })}</li>`)}</ul>
      <//>
      ${policy.history > 0 && html`<${Fact} name=${t("fixed.history")}>${t("fixed.historyLast", { n: policy.history })}<//>`}
    </dl>
  <//>`;
}
