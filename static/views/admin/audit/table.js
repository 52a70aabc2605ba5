// The entries of the log by days. A row opens to its details, which are details.js's.
import { Fragment, html, useState } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { dayName, fullTime, sameDay } from "../../../lib/time.js";
import { iconOf, isRefusal, whatText, whomText, whoText } from "../../../models/audit_entry.js";
import { Avatar, Button, Empty, Icon, IconButton, Skeleton } from "../../parts/parts.js";
import { Details } from "./details.js";

const COLUMNS = { at: "a-t", who: "a-who", what: "", whom: "", from: "a-ip" };
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", hourCycle: "h23" });

export function AuditTable({ log }) {
  const { rows, error } = log.list;
  const entries = rows.value;
  return html`<div class="table-scroll" role="region" aria-label=${t("audit.table")} tabindex="-1">
    ${!entries && !error.value && html`<${Skeleton} rows=${6} />`}
    ${entries?.length === 0 && html`<${Nothing} log=${log} />`}
    ${entries?.length > 0 && html`<table class="table log cards-on-phone" role="table" aria-label=${t("audit.table")}>
      <thead role="rowgroup"><tr role="row">
        ${Object.entries(COLUMNS).map(([id, look]) => html`<${Head} key=${id} id=${id} look=${look} />`)}
        <th class="acts" scope="col" role="columnheader"><span class="vh">${t("audit.details")}</span></th>
      </tr></thead>
      <tbody role="rowgroup">
        ${entries.map((entry, at) => html`<${Fragment} key=${entry.id}>
          ${(at === 0 || !sameDay(entry.at, entries[at - 1].at)) && html`<${Day} at=${entry.at} />`}
          <${Entry} entry=${entry} names=${log.names.value} />
        <//>`)}
      </tbody>
    </table>`}
  </div>`;
}

function Head({ id, look }) {
  return html`<th class=${look} scope="col" role="columnheader">${t(`audit.${id}`)}</th>`;
}

function Nothing({ log }) {
  const isSearch = log.search.value !== "";
  if (!isSearch) return html`<${Empty} art="gone" title=${t("audit.none")} />`;
  const action = html`<${Button} onClick=${() => log.type("")}>${t("admin.clearSearch")}<//>`;
  return html`<${Empty} art="search" title=${t("audit.noneFound")} action=${action} />`;
}

function Day({ at }) {
  return html`<tr role="row" class="today"><td role="cell" colspan="6">${dayName(at)}</td></tr>`;
}

function Entry({ entry, names }) {
  const [isOpen, setOpen] = useState(false);
  const what = whatText(entry);
  const who = whoText(entry, names);
  const id = `entry-${entry.id}`;
  return html`
    <tr
      role="row" class=${isRefusal(entry) ? "refused" : ""}
      data-testid="audit-row" data-id=${entry.id} data-action=${entry.action}
    >
      <td role="cell" class="num soft hide-phone"><${At} at=${entry.at} /></td>
      <td role="cell" class="hide-phone"><${Who} entry=${entry} names=${names} who=${who} /></td>
      <td role="cell" class="main-cell">
        <span class="what" title=${what}><${Icon} name=${iconOf(entry)} small /><span class="clip">${what}</span></span>
      </td>
      <td role="cell" class="clip soft phone-target"><bdi>${whomText(entry, names)}</bdi></td>
      <td role="cell" class="num soft hide-phone"><bdi>${entry.ip}</bdi></td>
      <td role="cell" class="below phone-only">
        <${At} at=${entry.at} /> <span aria-hidden="true">·</span> <bdi>${below(who, entry.ip)}</bdi>
      </td>
      <td role="cell" class="acts">
        <${IconButton}
          icon=${isOpen ? "up" : "down"} small expanded=${isOpen} aria-controls=${isOpen ? id : undefined}
          label=${t("audit.detailsOf", { what })} onClick=${() => setOpen(!isOpen)}
        />
      </td>
    </tr>
    ${isOpen && html`<tr role="row" class="plain" id=${id}>
      <td role="cell" class="hide-phone"></td>
      <td role="cell" class="detail" colspan="5"><${Details} entry=${entry} names=${names} /></td>
    </tr>`}
  `;
}

const below = (who, ip) => (ip === "" ? who : t("audit.below", { who, ip }));

function At({ at }) {
  return html`<time datetime=${new Date(at).toISOString()} title=${fullTime(at)}>${clock.format(at)}</time>`;
}

function Who({ entry: { actorId }, names, who }) {
  const face = names.people.get(actorId);
  const icon = actorId === null ? "user" : "sliders"; // somebody outside, or the command line
  return html`<span class="person">
    ${face && html`<${Avatar} user=${face} size="sm" />`}
    ${!face && html`<span class="avatar sm gone" aria-hidden="true"><${Icon} name=${icon} small /></span>`}
    <bdi class=${`clip ${face ? "" : "muted"}`}>${who}</bdi>
  </span>`;
}
