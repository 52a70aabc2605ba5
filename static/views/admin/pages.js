// The pages of the admin panel in the order of its navigation. What stands in them is theirs.
import { AuditPage } from "./audit.js";
import { IntegrationsPage } from "./integrations.js";
import { SessionsPage } from "./sessions.js";
import { ServerSettingsPage } from "./server_settings.js";
import { StatsPage } from "./stats.js";
import { UsersPage } from "./users.js";

/** `count(totals)` is the number beside the name, of what admin.stats says. A page gets `{admin, path}`. */
export const PAGES = [
  { id: "users", icon: "people", Page: UsersPage, count: ({ users }) => users },
  { id: "sessions", icon: "monitor", Page: SessionsPage, count: ({ sessions }) => sessions },
  { id: "integrations", icon: "key", Page: IntegrationsPage },
  { id: "stats", icon: "chart", Page: StatsPage },
  { id: "audit", icon: "log", Page: AuditPage },
  { id: "settings", icon: "sliders", Page: ServerSettingsPage },
];

export const pageOf = (id) => PAGES.find((page) => page.id === id) ?? null;
