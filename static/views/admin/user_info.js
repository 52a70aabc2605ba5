// The panel beside the users: one of them with everything that is known, live. The form is user_form.js's.
import { html, useLayoutEffect, useRef } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { adminRoute, formatRoute, routeOf } from "../../models/route.js";
import { isFixed } from "../../models/user_deeds.js";
import { useChat } from "../context.js";
import { Avatar, Button, Empty, Icon, IconButton, nameOf, Skeleton } from "../parts/parts.js";
import { useDeed } from "../settings/form.js";
import { usePlace } from "../shell/place_context.js";
import { useAdmin } from "./admin_context.js";
import { useUser } from "./use_user.js";
import { UserFacts } from "./user_facts.js";
import { UserMenuButton } from "./user_menu.js";

const COUNTS = { sessions: "sessions", bots: "integrations", tokens: "integrations" };

export function UserInfo({ id }) {
  const admin = useAdmin();
  const { user, isGone } = useUser(id);
  const heading = useFocus(id);
  return html`<aside class="panel" data-testid="user-info" aria-labelledby="info-title">
    <header>
      <h2 id="info-title" tabindex="-1" ref=${heading}>${t("info.title")}</h2>
      <${IconButton} icon="close" label=${t("info.close")} onClick=${() => admin.go("users")} />
    </header>
    <div class="scroll" tabindex="-1">
      ${!user && !isGone && html`<${Skeleton} rows=${3} />`}
      ${isGone && html`<${Empty} art="gone" level=${3} title=${t("info.gone")} text=${t("info.goneText")} action=${html`<${Button} onClick=${() => admin.go("users")}>${t("info.toList")}<//>`} />`}
      ${user && !isGone && html`<${Who} user=${user} /><${Counts} user=${user} /><${UserFacts} user=${user} />`}
    </div>
  </aside>`;
}

/** Opened, it takes the focus; closed, it gives it back to the row. */
function useFocus(id) {
  const heading = useRef(null);
  useLayoutEffect(() => {
    heading.current.focus();
    return () => requestAnimationFrame(() => {
      if (document.activeElement === document.body) document.querySelector(`tr[data-id="${CSS.escape(id)}"] a.person`)?.focus();
    });
  }, []);
  return heading;
}

function Who({ user }) {
  const name = nameOf(user);
  const chat = useChat();
  const isOpen = user.status !== "deactivated" && !isFixed(user);
  return html`<div class="who">
    <${Avatar} user=${user} size="xl" presence=${user.status !== "deactivated"} />
    <h3><bdi>${name}</bdi></h3>
    <p><bdi>@${user.userName}</bdi>${user.statusMessage && html` <span aria-hidden="true">·</span> <bdi>${user.statusMessage}</bdi>`}</p>
    <div class="row">
      ${isOpen && user.id !== chat.me.value.id && html`<${DirectMessage} user=${user} />`}
      ${isOpen && html`<a class="btn small" href=${formatRoute(adminRoute("users", user.id, "edit"))}><${Icon} name="edit" small />${t("info.edit")}</a>`}
      <${UserMenuButton} user=${user} label=${t("admin.actionsFor", { name })} />
    </div>
  </div>`;
}

function DirectMessage({ user }) {
  const chat = useChat();
  const place = usePlace();
  const { isBusy, run } = useDeed();
  const open = () => run(async () => place.go(routeOf((await chat.channels.openDirect([user.id])).id)));
  return html`<${Button} small icon="thread" busy=${isBusy} onClick=${open}>${t("info.direct")}<//>`;
}

function Counts({ user: { id, counts } }) {
  const { pages } = useAdmin();
  if (!counts) return null;
  const address = (page) => (pages.includes(page) ? formatRoute(adminRoute(page, id)) : undefined);
  return html`<div class="counts" role="group" aria-label=${t("info.counts")}>
    ${Object.entries(COUNTS).map(([name, page]) => html`<a key=${name} href=${address(page)}>
      <strong>${t("admin.number", { n: counts[name] })}</strong>${t(`info.${name}`, { n: counts[name] })}
    </a>`)}
  </div>`;
}
