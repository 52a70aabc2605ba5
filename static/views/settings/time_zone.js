// Choosing a time zone: this device's first, then all there are.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Field } from "../parts/parts.js";

const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const all = Intl.supportedValuesOf?.("timeZone") ?? [];

/** `value` is a name such as Europe/Berlin, or "" for none; `onChange` gets the new one. */
export function TimeZone({ label, value, error, onChange }) {
  const names = [...new Set([own, value, ...all])].filter(Boolean);
  return html`<${Field} label=${label} error=${error} hint=${t("profile.timezoneHint")}>${(attributes) => html`<select
    class="input" name="timezone" ...${attributes} onChange=${({ currentTarget }) => onChange(currentTarget.value)}
  >
    <option value="" selected=${!value}>${t("profile.timezoneNone")}</option>
    ${names.map((name) => html`<option key=${name} value=${name} selected=${name === value}>${labelOf(name)}</option>`)}
  </select>`}<//>`;
}

function labelOf(name) {
  const readable = name.replaceAll("_", " ");
  return name === own ? t("profile.timezoneOwn", { zone: readable }) : readable;
}
