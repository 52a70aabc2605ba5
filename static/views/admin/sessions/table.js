// The table of sessions: whose, on what, from where, since when, until when, and the button that ends one.
import { html } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { device } from "../../../models/device.js";
import { adminRoute, formatRoute } from "../../../models/route.js";
import { useChat } from "../../context.js";
import { Avatar, Button, Empty, Icon, nameOf, PresenceWord, Skeleton, Time } from "../../parts/parts.js";
import { useDeed } from "../../settings/form.js";
import { deviceIcons, deviceName } from "../../settings/session_rows.js";
import { useAdmin } from "../admin_context.js";
import { Ago, Soon } from "./ago.js";

const COLUMNS = [
  { id: "person", class: "s-who" },
  { id: "device" },
  { id: "address", class: "s-ip" },
  { id: "createdAt", class: "s-t", isSorted: true },
  { id: "lastActiveAt", class: "s-t", isSorted: true },
  { id: "windows", class: "n s-n" },
  { id: "expiresAt", class: "s-x", isSorted: true },
];

export function SessionTable({ directory }) {
  const { rows, error } = directory.list;
  const { people } = useChat();
  const sessions = rows.value;
  people.need((sessions ?? []).map(({ userId }) => userId));
  return html`<div class="table-scroll" role="region" aria-label=${t("directory.table")} tabindex="-1">
    ${!sessions && !error.value && html`<${Skeleton} rows=${6} />`}
    ${sessions?.length === 0 && html`<${Nothing} directory=${directory} />`}
    ${sessions?.length > 0 && html`<table class="table sess cards-on-phone" role="table" aria-label=${t("directory.table")}>
      <thead role="rowgroup"><tr role="row">
        ${COLUMNS.map((column) => html`<${Head} key=${column.id} column=${column} directory=${directory} />`)}
        <th class="s-a" scope="col" role="columnheader"><span class="vh">${t("directory.actions")}</span></th>
      </tr></thead>
      <tbody role="rowgroup">
        ${sessions.map((session) => html`<${Row} key=${session.id} session=${session} directory=${directory} />`)}
      </tbody>
    </table>`}
  </div>`;
}

function Nothing({ directory }) {
  const isSearch = directory.search.value !== "";
  if (!isSearch) return html`<${Empty} art="gone" title=${t("directory.none")} />`;
  const action = html`<${Button} onClick=${() => directory.type("")}>${t("admin.clearSearch")}<//>`;
  return html`<${Empty} art="search" title=${t("directory.noneFound")} action=${action} />`;
}

function Head({ column: { id, isSorted, class: look }, directory }) {
  const { by, order } = directory.sort.value;
  const direction = by === id ? { asc: "ascending", desc: "descending" }[order] : undefined;
  const name = t(`directory.${id}`);
  const sort = () => directory.sortBy(id);
  const arrow = direction === "ascending" ? "up" : "down";
  return html`<th scope="col" role="columnheader" class=${look} aria-sort=${direction}>
    ${!isSorted && name}
    ${isSorted && html`<button type="button" class="sort" data-sort=${id} onClick=${sort}>${name}<${Icon} name=${arrow} /></button>`}
  </th>`;
}

function Row({ session, directory }) {
  const user = useChat().people.get(session.userId);
  const name = nameOf(user);
  const on = deviceName(session);
  const { kind } = device(session.userAgent);
  const address = formatRoute(adminRoute("sessions", session.userId));
  return html`<tr role="row" data-testid="session-row" data-id=${session.id}>
    <td role="cell" class="main-cell">
      <a class="person" href=${address} title=${t("directory.only", { name })}>
        <${Avatar} user=${user} size="md" presence />
        <span class="two-name">
          <strong class="clip"><bdi>${name}</bdi></strong><small class="phone-only muted clip">${on}</small>
        </span>
        <${PresenceWord} userId=${session.userId} />
      </a>
    </td>
    <td role="cell" class="hide-phone">
      <span class="row dev" title=${session.userAgent}>
        <${Icon} name=${deviceIcons[kind]} small /><span class="clip">${on}</span>
      </span>
    </td>
    <td role="cell" class="num hide-phone">
      <bdi>${session.ip}</bdi>${session.newPlace && html` <span class="tag warn">${t("sessions.newPlace")}</span>`}
    </td>
    <td role="cell" class="num soft hide-phone"><${Time} at=${session.createdAt} /></td>
    <td role="cell" class="num phone-2"><${Active} session=${session} /></td>
    <td role="cell" class="n soft hide-phone">${t("admin.number", { n: session.sockets })}</td>
    <td role="cell" class="num soft hide-phone"><${Soon} at=${session.expiresAt} /></td>
    <td role="cell" class="end-cell phone-3">
      ${session.current
        ? html`<span class="tag accent">${t("directory.thisOne")}</span>`
        : html`<${Revoke} session=${session} directory=${directory} name=${name} on=${on} />`}
    </td>
  </tr>`;
}

function Active({ session: { sockets, lastActiveAt } }) {
  if (sockets > 0) return html`<span class="state active">${t("directory.now")}</span>`;
  return html`<span class="soft"><${Ago} at=${lastActiveAt} /></span>`;
}

function Revoke({ session, directory, name, on }) {
  const admin = useAdmin();
  const { toasts } = useChat();
  const { isBusy, run } = useDeed();
  const end = () =>
    run(async () => {
      await directory.revoke(session.id);
      const log = { label: t("directory.log"), run: () => admin.go("audit", session.userId) };
      toasts.show({ text: t("directory.revoked", { name, device: on }), action: log });
    });
  const label = t("directory.revokeOf", { name, device: on });
  return html`<${Button} small class="calm" busy=${isBusy} aria-label=${label} onClick=${end}>${t("directory.revoke")}<//>`;
}
