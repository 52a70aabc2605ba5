// Who is not here: those who never signed in, and those who have not been here for long (FEATURES M36).
import { html, useEffect, useMemo, useRef, useState } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { request } from "../../../models/frames.js";
import { refusalText } from "../../../models/refusals.js";
import { adminRoute, formatRoute } from "../../../models/route.js";
import { RowPages } from "../../../models/row_pages.js";
import { useChat } from "../../context.js";
import { Avatar, FieldError, PersonName, Skeleton } from "../../parts/parts.js";
import { ask } from "../../settings/ask.js";
import { useAdmin, useLive } from "../admin_context.js";

const DAY_MS = 86_400_000;
const SHOWN = 5;
const DAYS = [7, 14, 30, 60, 90, 180, 365];

export function NeverSignedIn() {
  const list = useUsers({ tab: "pending", sort: "createdAt", order: "asc" });
  const link = html`<a class="legend link" href=${formatRoute(adminRoute("users"))}>${t("away.pending", { n: list.total.value })}</a>`;
  return html`<section class="card half" data-testid="never-signed-in" aria-labelledby="away-never">
    <header><h2 id="away-never">${t("away.never")}</h2>${list.total.value > 0 && link}</header>
    <${People} list=${list} none=${t("away.noneNever")} sinceOf=${({ createdAt }) => createdAt} words="away.added" />
  </section>`;
}

export function Idle() {
  const [days, setDays] = useState(30);
  const list = useUsers({ tab: "active", role: "user", sort: "lastLoginAt", order: "asc", daysIdle: days });
  const deactivate = useDeactivation(list, days);
  const n = list.total.value;
  return html`<section class="card half" data-testid="idle" aria-label=${t("away.idle")}>
    <header>
      <h2><label for="idle-days">${t("away.idle")}</label></h2>
      <select class="input small" id="idle-days" name="days" onChange=${({ currentTarget }) => setDays(Number(currentTarget.value))}>
        ${DAYS.map((one) => html`<option key=${one} value=${one} selected=${one === days}>${t("away.days", { n: one })}</option>`)}
      </select>
      ${n > 0 && html`<button type="button" class="legend link" onClick=${deactivate}>${t("away.deactivate")}</button>`}
    </header>
    <${People} list=${list} none=${t("away.noneIdle")} sinceOf=${({ lastLoginAt, createdAt }) => lastLoginAt ?? createdAt} words="away.seen" />
  </section>`;
}

function useUsers(wanted) {
  const admin = useAdmin();
  const key = JSON.stringify(wanted);
  const list = useMemo(() => {
    const look = async ({ limit }) => {
      const { users, total } = await admin.ask(request.adminListUsers, { ...wanted, limit });
      return { rows: users, total };
    };
    return new RowPages({ look, clock: admin.clock, pageSize: SHOWN });
  }, [admin, key]);
  useLive(["users"], () => list.load(), () => list.refresh());
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) list.load(); // the first time useLive does
    isFirst.current = false;
    return () => list.close();
  }, [list]);
  return list;
}

function People({ list, none, sinceOf, words }) {
  const { clock } = useAdmin();
  const users = list.rows.value;
  const error = list.error.value;
  if (error) return html`<${FieldError}>${refusalText(error)}<//>`;
  if (!users) return html`<${Skeleton} rows=${2} />`;
  if (!users.length) return html`<p class="muted nobody">${none}</p>`;
  const more = list.total.value - users.length;
  return html`
    <ul class="people-list">${users.map((user) => html`<li key=${user.id} data-id=${user.id}>
      <${Avatar} user=${user} size="sm" />
      <a class="clip" href=${formatRoute(adminRoute("users", user.id))}><${PersonName} user=${user} /></a>
      <span class="muted">${agoText(clock.now() - sinceOf(user), words)}</span>
    </li>`)}</ul>
    ${more > 0 && html`<p class="muted more">${t("away.more", { n: more })}</p>`}
  `;
}

const AGO = { "away.added": (n) => t("away.added", { n }), "away.seen": (n) => t("away.seen", { n }) };

function agoText(ms, words) {
  const n = Math.max(0, Math.floor(ms / DAY_MS));
  return n === 0 && words === "away.added" ? t("away.addedToday") : AGO[words](n);
}

function useDeactivation(list, days) {
  const { toasts } = useChat();
  const admin = useAdmin();
  const deactivate = async () => {
    const { results } = await admin.ask(request.adminDeactivateIdle, { daysIdle: days, role: "user" });
    list.load();
    toasts.show({ text: t("away.deactivated", { n: results.filter(({ user }) => user).length }) });
  };
  const question = { body: t("away.deactivateBody"), deed: t("away.deactivateDeed"), run: deactivate };
  return () => ask({ ...question, title: t("away.deactivateTitle", { n: list.total.peek() }) });
}
