// The way into the admin panel, at the top right: there while one is an administrator. The panel itself comes later.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { adminRoute, formatRoute } from "../../models/route.js";
import { useChat } from "../context.js";
import { Icon } from "../parts/parts.js";

const USERS = formatRoute(adminRoute("users"));

export function Shield() {
  if (!useChat().me.value.isAdmin) return null;
  const label = t("shell.admin");
  return html`<span class="split"></span><a
    class="icon-btn" href=${USERS} data-testid="admin-shield" aria-label=${label} title=${label}
  ><${Icon} name="shield" /></a>`;
}
