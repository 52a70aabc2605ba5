// The Sessions page: every sign-in of the server, live, or those of one person. How one looks is in sessions/.
import { html, useEffect, useMemo } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import "../../lib/text_admin_sessions.js";
import { SessionDirectory } from "../../models/session_directory.js";
import { SessionFeed } from "../../models/session_feed.js";
import { Trouble } from "../settings/people_list.js";
import { useLive } from "./admin_context.js";
import { PageFrame } from "./page_frame.js";
import { SessionDeeds } from "./sessions/deeds.js";
import { Feed } from "./sessions/feed.js";
import { SessionFilters } from "./sessions/filters.js";
import { SessionLead } from "./sessions/lead.js";
import { RowPager, useSpokenTotal } from "./sessions/row_pager.js";
import { SessionTable } from "./sessions/table.js";
import { useUser } from "./use_user.js";

/** `path`: nothing, or the id of the one whose sessions are shown. */
export function SessionsPage({ admin, path: [userId = null] }) {
  return html`<${Sessions} key=${userId} admin=${admin} userId=${userId} />`;
}

function Sessions({ admin, userId }) {
  const { directory, feed } = useSessions(admin, userId);
  const { user } = useUser(userId);
  const found = directory.list.total.value;
  useSpokenTotal(directory, (n) => t("directory.found", { n }));
  return html`<${PageFrame}
    title=${t("panel.sessions")} beside=${html`<span class="live">${t("admin.live")}</span>`} class="sessions-page"
    deeds=${html`<${SessionDeeds} directory=${directory} user=${user} />`}
    lead=${html`<${SessionLead} total=${found} user=${user} userId=${userId} directory=${directory} />`}
    up=${userId === null ? [] : ["sessions"]}
  >
    <div class="users-body">
      <${Feed} feed=${feed} />
      <${SessionFilters} directory=${directory} user=${user} />
      <${Trouble} list=${directory.list} />
      <${SessionTable} directory=${directory} />
      <${RowPager} list=${directory.list} />
    </div>
  <//>`;
}

/** Windows that open and close have no event of their own, but the figures tell that some did. */
function useSessions(admin, userId) {
  const all = useMemo(() => ({
    directory: new SessionDirectory({ ask: admin.ask, clock: admin.clock, userId }),
    feed: new SessionFeed({ clock: admin.clock }),
    sockets: null,
  }), [admin, userId]);
  useEffect(() => () => all.directory.close(), [all]);
  useLive(["sessions", "stats"], () => all.directory.load(), (payload, topic) => {
    if (topic === "sessions") {
      all.directory.take(payload);
      if (userId === null || isAbout(payload, userId)) all.feed.take(payload);
    } else if (all.sockets !== payload.sockets) {
      all.sockets = payload.sockets;
      all.directory.list.refresh();
    }
  });
  return all;
}

const isAbout = ({ session, userIds }, userId) => session?.userId === userId || Boolean(userIds?.includes(userId));
