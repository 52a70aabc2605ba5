// What every page of the admin panel looks like from outside: the way back on a phone, the banner, heading and deeds.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { adminRoute, formatRoute } from "../../models/route.js";
import { Icon } from "../parts/parts.js";
import { Banner } from "../shell/banner.js";

/**
 * `title` is the heading; `beside` stands right of it, `deeds` (buttons) at the end of the line, `lead` is a sentence
 * under it. `up` is where the arrow of a phone leads: the menu, unless said. A panel beside it is the page's own.
 */
export function PageFrame({ title, beside, deeds, lead, up = [], children, class: extra = "" }) {
  const isDeep = up.length > 0;
  return html`<main class=${`main ${extra}`} data-region="main" aria-labelledby="page-title">
    <header class="bar phone-bar" data-region="bar">
      <a class="icon-btn back" href=${formatRoute(adminRoute(...up))} aria-label=${t(isDeep ? "panel.back" : "panel.menu")}><${Icon} name="left" /></a>
      <p class="bar-title">${t("shell.admin")}</p>
    </header>
    <${Banner} />
    <div class="page-head">
      <h1 id="page-title" tabindex="-1">${title}</h1>${beside}
      ${deeds && html`<div class="end">${deeds}</div>`}
      ${lead && html`<p>${lead}</p>`}
    </div>
    ${children}
  </main>`;
}
