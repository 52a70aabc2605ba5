// The table of users: sortable heads, a row for each, the menu at its end. Who is in it is models/administration.js's.
import { html, useRef } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { adminRoute, formatRoute } from "../../models/route.js";
import { isFixed } from "../../models/user_deeds.js";
import { useChat } from "../context.js";
import { Avatar, Icon, nameOf, PresenceWord, Skeleton, Time } from "../parts/parts.js";
import { useAdministration } from "../settings/administration_context.js";
import { Nobody } from "../settings/people_list.js";
import { useKeptUser } from "./user_keys.js";
import { UserMenuButton } from "./user_menu.js";

const COLUMNS = [
  { id: "name", class: "c-name", isSorted: true },
  { id: "userName", class: "c-user", isSorted: true },
  { id: "email", class: "c-mail", isSorted: true },
  { id: "roles", class: "c-role" },
  { id: "status", class: "c-state", isSorted: true },
  { id: "sessions", class: "wide n c-n" },
  { id: "bots", class: "wide n c-n c-few" },
  { id: "tokens", class: "wide n c-n" },
  { id: "createdAt", class: "wide n c-made", isSorted: true },
];
const COUNTS = ["sessions", "bots", "tokens"];
export const stateClass = { active: "active", pending: "pending", deactivated: "off" };

export function UserTable({ shown, ticks }) {
  const { list } = useAdministration();
  const ref = useRef(null);
  const users = list.users.value;
  useKeptUser(ref, users);
  return html`<div class="table-scroll" id="people-rows" role="tabpanel" ref=${ref} aria-label=${t(`admin.tab.${list.tab.value}`)} aria-busy=${list.loading.value} tabindex="-1">
    ${!users && !list.error.value && html`<${Skeleton} rows=${6} />`}
    ${users?.length === 0 && html`<${Nobody} list=${list} />`}
    ${users?.length > 0 && html`<table class="table users cards-on-phone" role="table" aria-label=${t("users.table")}>
      <thead role="rowgroup"><tr role="row">
        <th class="tick" scope="col" role="columnheader"><${TickAll} ticks=${ticks} /></th>
        ${COLUMNS.map((column) => html`<${Head} key=${column.id} column=${column} list=${list} />`)}
        <th class="acts" scope="col" role="columnheader"><span class="vh">${t("users.actions")}</span></th>
      </tr></thead>
      <tbody role="rowgroup">${users.map((user) => html`<${Row} key=${user.id} user=${user} isShown=${user.id === shown} ticks=${ticks} />`)}</tbody>
    </table>`}
  </div>`;
}

function Head({ column: { id, isSorted, class: look }, list }) {
  const { by, order } = list.sort.value;
  const direction = by === id ? { asc: "ascending", desc: "descending" }[order] : undefined;
  const icon = direction === "descending" ? "down" : "up";
  return html`<th scope="col" role="columnheader" class=${look} aria-sort=${direction}>
    ${isSorted ? html`<button type="button" class="sort" data-sort=${id} onClick=${() => list.sortBy(id)}>${t(`users.${id}`)}<${Icon} name=${icon} /></button>` : t(`users.${id}`)}
  </th>`;
}

function TickAll({ ticks }) {
  const n = ticks.users.value.length;
  const isAll = n > 0 && n === ticks.possible.value.length;
  return html`<span class="check"><input type="checkbox" name="all" aria-label=${t("users.tickAll")} checked=${isAll} indeterminate=${n > 0 && !isAll} onChange=${({ currentTarget }) => ticks.all(currentTarget.checked)} /></span>`;
}

function Tick({ user, ticks, name }) {
  const isMe = useChat().me.value.id === user.id; // what is done to several is not done to oneself
  if (isMe || isFixed(user)) return null;
  return html`<span class="check"><input type="checkbox" aria-label=${t("users.tick", { name })} checked=${ticks.has(user.id)} onChange=${({ currentTarget }) => ticks.put(user.id, currentTarget.checked)} /></span>`;
}

function Row({ user, isShown, ticks }) {
  const name = nameOf(user);
  return html`<tr role="row" data-testid="user-row" data-id=${user.id} aria-selected=${isShown ? "true" : undefined}>
    <td role="cell" class="tick hide-phone"><${Tick} user=${user} ticks=${ticks} name=${name} /></td>
    <td role="cell" class="main-cell">
      <a class="person" href=${formatRoute(adminRoute("users", user.id))} aria-current=${isShown ? "true" : undefined}>
        <${Avatar} user=${user} size="md" presence=${user.status !== "deactivated"} />
        <span class="two-name"><strong class="clip"><bdi>${name}</bdi></strong><small class="phone-only muted clip"><bdi>@${user.userName}</bdi></small></span>
        <${PresenceWord} userId=${user.id} />
      </a>
    </td>
    <td role="cell" class="hide-phone soft c-user"><bdi title=${user.userName}>${user.userName}</bdi></td>
    <td role="cell" class="hide-phone soft" title=${user.email ?? ""}>${user.email ? html`<bdi>${user.email}</bdi>` : html`<span class="muted">${t("users.none")}</span>`}</td>
    <td role="cell" class="phone-2"><${Role} role=${user.role} /></td>
    <td role="cell" class="phone-3"><span class=${`state ${stateClass[user.status]}`}>${t(`admin.status.${user.status}`)}</span></td>
    ${COUNTS.map((count) => html`<td key=${count} role="cell" class="wide hide-phone n">${user.counts && t("admin.number", { n: user.counts[count] })}</td>`)}
    <td role="cell" class="wide hide-phone n soft"><${Time} at=${user.createdAt} form="date" /></td>
    <td role="cell" class="acts"><${UserMenuButton} user=${user} small label=${t("admin.actionsFor", { name })} /></td>
  </tr>`;
}

function Role({ role }) {
  if (role === "user") return html`<span class="soft">${t("role.user")}</span>`;
  return html`<span class=${role === "admin" ? "tag accent" : "tag"}>${t(`users.role.${role}`)}</span>`;
}
