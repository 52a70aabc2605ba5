// The sentence under the heading: how many sessions and windows, and how many somebody may have.
import { html, useState } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { Refused } from "../../../models/errors.js";
import { request } from "../../../models/frames.js";
import { nameOf } from "../../parts/parts.js";
import { useAdmin, useLive } from "../admin_context.js";

export function SessionLead({ total, user, userId, directory }) {
  const { totals } = useAdmin();
  const limit = useServerLimit();
  const windows = userId === null ? totals.value?.sockets : windowsOf(directory.list.rows.value);
  const isKnown = windows !== undefined && directory.list.rows.value !== null && limit !== null;
  if (!isKnown || (userId !== null && user === null)) return html`<span class="muted">${t("common.loading")}</span>`;
  const sessions = userId === null ? totals.value.sessions : total; // a search lessens the list, not these
  return html`<bdi>${t("directory.lead", {
    sessions: t("count.sessions", { n: sessions }),
    windows: t("count.windows", { n: windows }),
    limit: limitText(user, limit),
  })}</bdi>`;
}

function windowsOf(rows) {
  return rows?.reduce((sum, { sockets }) => sum + sockets, 0);
}

function limitText(user, limit) {
  const own = user?.sessionLimit ?? null;
  if (own !== null) return t(own === 0 ? "directory.ownNoLimit" : "directory.ownLimit", { n: own, name: nameOf(user) });
  return limit === 0 ? t("directory.noLimit") : t("directory.limit", { n: limit });
}

/** How many sessions the server lets everybody have; 0 is no limit, null not known yet. */
function useServerLimit() {
  const admin = useAdmin();
  const [limit, setLimit] = useState(null);
  const load = async () => {
    try {
      setLimit((await admin.ask(request.adminGetSettings, {})).fixed.maxActiveSessions);
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused; // asked for again when the connection is back
    }
  };
  useLive([], load, () => {});
  return limit;
}
