// Under the log: how many entries there are, and the way to newer and older ones.
import { html } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { Button } from "../../parts/parts.js";

export function AuditPager({ log }) {
  const { rows, total, page } = log.list;
  if (!rows.value?.length) return null;
  const hasOlder = log.hasOlder.value;
  return html`<div class="pager">
    <span class="num">${t(page.value === 0 ? "audit.count" : "audit.countMore", { n: total.value })}</span>
    ${(hasOlder || page.value > 0) && html`<div class="end">
      <${Button} kind="quiet" small disabledReason=${page.value === 0 && t("audit.newest")} onClick=${() => log.newer()}>${t("audit.newer")}<//>
      <${Button} kind="quiet" small disabledReason=${!hasOlder && t("audit.oldest")} onClick=${() => log.older()}>${t("audit.older")}<//>
    </div>`}
  </div>`;
}
