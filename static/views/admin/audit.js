// The Audit log page: what was done and refused, live, page by page. How one looks is in audit/.
import { html, useEffect, useMemo } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import "../../lib/text_admin_audit.js";
import { AuditLog } from "../../models/audit_log.js";
import { Trouble } from "../settings/people_list.js";
import { useLive } from "./admin_context.js";
import { Export } from "./audit/export.js";
import { AuditFilters } from "./audit/filters.js";
import { AuditPager } from "./audit/pager.js";
import { AuditTable } from "./audit/table.js";
import { PageFrame } from "./page_frame.js";
import { useSpokenTotal } from "./sessions/row_pager.js";

/** `path`: nothing, [id] for what was done to somebody, [id, "by"] for what that person did. */
export function AuditPage({ admin, path: [id = null, side] }) {
  const whose = side === "by" ? { by: id } : { about: id };
  return html`<${Log} key=${`${id}/${side}`} admin=${admin} ...${whose} />`;
}

function Log({ admin, about = null, by = null }) {
  const log = useMemo(() => new AuditLog({ ask: admin.ask, clock: admin.clock, about, by }), [admin]);
  useEffect(() => () => log.close(), [log]);
  useLive(["audit"], () => log.load(), (payload) => log.take(payload));
  useSpokenTotal(log, (n) => t("audit.count", { n }));
  return html`<${PageFrame}
    title=${t("panel.audit")} beside=${html`<span class="live">${t("admin.live")}</span>`} class="audit"
    deeds=${html`<${Export} log=${log} />`} lead=${t("audit.lead")} up=${about === null && by === null ? [] : ["audit"]}
  >
    <div class="users-body">
      <${AuditFilters} log=${log} />
      <${Trouble} list=${log.list} />
      <${AuditTable} log=${log} />
      <${AuditPager} log=${log} />
    </div>
  <//>`;
}
