// How often a token or webhook was used and when last, and how long it works.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Time } from "../parts/parts.js";

export function LastUsed({ at }) {
  return at === null ? html`<span class="muted">${t("token.never")}</span>` : html`<${Time} at=${at} />`;
}

export function Expiry({ at }) {
  return at === null ? html`<span class="muted">${t("token.never")}</span>` : html`<${Time} at=${at} form="date" />`;
}

/** The same as one line: "used 3 times, last 09:41". */
export function Usage({ uses, lastUsedAt }) {
  if (uses === 0 || lastUsedAt === null) return t("token.unused");
  return html`${t("token.uses", { n: uses })}, ${t("token.lastUsed")} <${Time} at=${lastUsedAt} />`;
}

export function Lasting({ expiresAt }) {
  return expiresAt === null ? t("token.noEnd") : html`${t("token.until")} <${Time} at=${expiresAt} form="date" />`;
}
