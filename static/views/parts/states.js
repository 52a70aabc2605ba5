// What stands where nothing is yet, nothing is left, or something has to be said: empty states, notices, skeletons.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Icon } from "./icon.js";

// Made anew for each use: one tree cannot stand in two places.
const drawings = {
  channels: () => html`<rect x="10" y="14" width="34" height="24" rx="8" /><path d="M20 38v8l8-8" /><rect x="50" y="6" width="28" height="20" rx="7" stroke-dasharray="3 5" />`,
  start: () => html`<path d="M18 40h52" stroke-dasharray="3 5" /><circle cx="44" cy="24" r="13" /><path d="M39 24h10M44 19v10" />`,
  search: () => html`<circle cx="40" cy="24" r="14" /><path d="m51 35 11 11M35 24h10" />`,
  gone: () => html`<path d="M22 34a22 22 0 0 1 44 0M31 38a13 13 0 0 1 26 0" stroke-dasharray="3 5" /><circle cx="44" cy="44" r="3" fill="currentColor" /><path d="M20 10l48 38" />`,
};

/** A drawing ("channels", "start", "search", "gone"), a title, one sentence, one action. */
export function Empty({ art = "start", title, text, action, level = 2 }) {
  return html`<div class="empty">
    <${Art} name=${art} />
    <${`h${level}`}>${title}<//>
    ${text && html`<p>${text}</p>`}
    ${action}
  </div>`;
}

function Art({ name }) {
  return html`<svg class="art" width="88" height="56" viewBox="0 0 88 56" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${drawings[name]()}</svg>`;
}

/** `kind`: "info", "warn", "danger", "success" or none. `lead` is bold; `action` stands at the right. */
export function Notice({ kind = "", icon, lead, action, children, ...rest }) {
  return html`<div class=${`notice ${kind}`} ...${rest}>
    ${icon && html`<${Icon} name=${icon} />`}
    <div class="grow">${lead && html`<strong>${lead}</strong>${" "}<br />`}${children}</div>
    ${action}
  </div>`;
}

const lengths = [["s1", "s4"], ["s2", "s3"], ["s1", "s5"]];

/** Grey rows where messages or people will be. The style sheet shows them after 400 ms only. */
export function Skeleton({ rows = 3, label = t("common.loading") }) {
  return html`<div class="skeleton" role="status" aria-label=${label}>
    ${Array.from({ length: rows }, (_, at) => lengths[at % lengths.length]).map((bars) => html`<div>
      <span class="sk round"></span><span class="sk-lines">${bars.map((bar) => html`<span class=${`sk ${bar}`}></span>`)}</span>
    </div>`)}
  </div>`;
}
