// What is known of a user, as pairs of name and value. What can be changed is in user_form.js.
import { html, signal } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { nameOf, Time } from "../parts/parts.js";
import { stateClass } from "./user_table.js";

const MINUTE_MS = 60_000;
const minute = signal(Date.now());
setInterval(() => (minute.value = Date.now()), MINUTE_MS / 4);

export function UserFacts({ user }) {
  return html`<dl class="facts">
    <${Fact} name="status"><span class=${`state ${stateClass[user.status]}`}>${t(`admin.status.${user.status}`)}</span><${Presence} user=${user} /><//>
    <${Fact} name="roles">${t(`users.role.${user.role}`)}<//>
    ${user.email && html`<${Fact} name="email" class="row"><bdi class="free">${user.email}</bdi><${Verified} is=${user.emailVerified} /><//>`}
    ${user.ownerId && html`<${Fact} name="owner"><${Owner} id=${user.ownerId} /><//>`}
    ${user.timezone && html`<${Fact} name="localTime" class="num"><${LocalTime} zone=${user.timezone} /><//>`}
    ${user.role !== "bot" && html`<${Fact} name="lastLogin" class="num">${user.lastLoginAt === null ? t("info.never") : html`<${Time} at=${user.lastLoginAt} />`}<//>`}
    <${Fact} name="created" class="num"><${Time} at=${user.createdAt} form="date" /><//>
    ${user.role !== "bot" && html`<${Fact} name="totp">${t(user.totpEnabled ? "info.totp.on" : "info.totp.off")}<//>`}
    ${["nickname", "extension", "bio"].map((name) => user[name] && html`<${Fact} key=${name} name=${name}><span class="free" dir="auto">${user[name]}</span><//>`)}
  </dl>`;
}

function Fact({ name, class: look, children }) {
  return html`<div><dt>${t(`info.${name}`)}</dt><dd class=${look}>${children}</dd></div>`;
}

function Presence({ user }) {
  const presence = useChat().people.presence(user.id);
  if (user.status !== "active") return null;
  return html`, ${t("info.now", { status: t(`presence.${presence}`).toLowerCase() })}`;
}

function Verified({ is }) {
  return html`<span class=${`tag ${is ? "success" : ""}`}>${t(is ? "info.verified" : "info.notVerified")}</span>`;
}

function Owner({ id }) {
  const { people } = useChat();
  people.need([id]);
  return html`<bdi>${nameOf(people.get(id))}</bdi>`;
}

/** What time it is there; a zone that this browser does not know is only named. */
function LocalTime({ zone }) {
  const at = minute.value;
  try {
    const clock = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
    return html`${clock.format(at)} <span class="muted">${zone}</span>`;
  } catch {
    return zone;
  }
}
