// Under the log: how many entries there are, and the way to newer and older ones.
import { html } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { Button } from "../../parts/parts.js";

export function AuditPager({ log }) {
  const { rows, total, page } = log.list;
  if (!rows.value?.length) return null;
  const hasOlder = log.hasOlder.value;
  const isFirst = page.value === 0;
  return html`<div class="pager">
    <span class="num">${t(isFirst ? "audit.count" : "audit.countMore", { n: total.value })}</span>
    ${(hasOlder || !isFirst) && html`<div class="end">
      <${Button} kind="quiet" small disabledReason=${isFirst && t("audit.newest")} onClick=${() => log.newer()}>
        ${t("audit.newer")}
      <//>
      <${Button} kind="quiet" small disabledReason=${!hasOlder && t("audit.oldest")} onClick=${() => log.older()}>
        ${t("audit.older")}
      <//>
    </div>`}
  </div>`;
}
