// The navigation of the admin panel: the way back to the chat, its pages, oneself. On a phone it is a screen of its own.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { adminRoute, formatRoute } from "../../models/route.js";
import { Icon, walk } from "../parts/parts.js";
import { OwnRow } from "../shell/own_row.js";
import { useAdmin } from "./admin_context.js";
import { PAGES } from "./pages.js";

export function Navigation({ current, onLeave }) {
  const onKeyDown = (event) => walk(event, event.currentTarget.querySelectorAll(".link-row"));
  return html`<nav class="sidebar" id="sidebar" data-region="sidebar" aria-label=${t("panel.label")}>
    <div class="server">
      <button type="button" class="server-name quiet" data-testid="back-to-chat" onClick=${onLeave}>
        <${Icon} name="left" small /><span class="clip">${t("panel.toChat")}</span>
      </button>
    </div>
    <div class="lists">
      <div class="admin-nav" onKeyDown=${onKeyDown}>
        <h2>${t("shell.admin")}</h2>
        ${PAGES.map((page) => html`<${Entry} key=${page.id} page=${page} isCurrent=${page.id === current} />`)}
      </div>
    </div>
    <div class="foot"><${OwnRow} /></div>
  </nav>`;
}

function Entry({ page: { id, icon, count }, isCurrent }) {
  const totals = useAdmin().totals.value;
  return html`<a class="link-row" data-page=${id} href=${formatRoute(adminRoute(id))} aria-current=${isCurrent ? "page" : undefined}>
    <${Icon} name=${icon} /><span class="clip">${t(`panel.${id}`)}</span>
    ${count && totals && html`<span class="trail">${t("panel.number", { n: count(totals) })}</span>`}
  </a>`;
}
