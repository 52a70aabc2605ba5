// All that is known of one entry, and the way to everything else about those it names.
import { html } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { fullTime } from "../../../lib/time.js";
import { factsOf } from "../../../models/audit_entry.js";
import { adminRoute, formatRoute } from "../../../models/route.js";
import { nameOf } from "../../parts/parts.js";
import { deviceName } from "../../settings/session_rows.js";

export function Details({ entry, names }) {
  const { at, action, actorId, targetId, ip, userAgent } = entry;
  return html`<dl>
    <dt>${t("audit.fact.at")}</dt><dd>${fullTime(at)}</dd>
    ${ip && html`<dt>${t("audit.fact.address")}</dt><dd><bdi>${ip}</bdi></dd>`}
    ${userAgent && html`<dt>${t("audit.fact.device")}</dt><dd title=${userAgent}>${deviceName({ userAgent })}</dd>`}
    ${factsOf(entry, names).map((fact) => html`<${Fact} ...${fact} />`)}
    <dt>${t("audit.fact.action")}</dt><dd><code>${action}</code></dd>
  </dl>
  <p class="row wrap">
    <${Link} id=${targetId} path=${[targetId]} sentence="audit.aboutLink" names=${names} />
    <${Link} id=${actorId} path=${[actorId, "by"]} sentence="audit.byLink" names=${names} />
  </p>`;
}

function Fact({ label, value, isCode }) {
  return html`<dt>${label}</dt><dd>${isCode ? html`<code>${value}</code>` : html`<bdi>${value}</bdi>`}</dd>`;
}

function Link({ id, path, sentence, names }) {
  const face = names.people.get(id);
  if (!face) return null;
  const address = formatRoute(adminRoute("audit", ...path));
  return html`<a href=${address}><bdi>${t(sentence, { name: nameOf(face) })}</bdi></a>`;
}
