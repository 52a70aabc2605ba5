// The admin panel: navigation and one page. It lies over the chat, which stays as it is underneath.
import { effect, html, untracked, useEffect, useMemo, useRef } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import "../../lib/text_admin.js";
import "../../lib/text_people.js";
import "../../lib/text_settings.js";
import { AdminPanelModel } from "../../models/admin_panel.js";
import { screenOf } from "../../models/route.js";
import { Unsaved } from "../../models/unsaved.js";
import { useChat } from "../context.js";
import { provingAsk } from "../settings/one_more_check.js";
import { UnsavedContext } from "../settings/unsaved.js";
import { isNarrow } from "../shell/width.js";
import { AdminContext, useAdmin, useLive } from "./admin_context.js";
import { Navigation } from "./navigation.js";
import { PAGES, pageOf } from "./pages.js";

export function AdminPanel({ place }) {
  const chat = useChat();
  const admin = useMemo(() => new AdminPanelModel({ chat, place, ask: provingAsk(chat), pages: PAGES.map(({ id }) => id) }), [chat, place]);
  useEffect(() => () => admin.close(), [admin]);
  const unsaved = useHeldPlace(place);
  useEndWithRole(chat, place);
  const route = place.route.value;
  const [id, ...path] = route.admin ?? [];
  const page = pageOf(id) ?? (isNarrow.value && id === undefined ? null : PAGES[0]);
  useFocusedHeading(route.admin);
  return html`<${AdminContext.Provider} value=${admin}>
    <button type="button" class="skip" onClick=${focusHeading}>${t("panel.skip")}</button>
    <div class="app admin" data-testid="admin-panel" data-screen=${page ? "conversation" : screenOf(route)}>
      <${Navigation} current=${page?.id} onLeave=${() => place.leaveAdmin()} />
      ${page && html`<${UnsavedContext.Provider} value=${unsaved}><${page.Page} key=${page.id} admin=${admin} path=${path} /><//>`}
      ${!page && html`<main class="vh" aria-labelledby="page-title"><h1 id="page-title">${t("shell.admin")}</h1></main>`}
    </div>
    <${Totals} />
  <//>`;
}

/** No page is left while something on it is unsaved, unless its reader says so. */
function useHeldPlace(place) {
  const unsaved = useMemo(() => new Unsaved(), [place]);
  useEffect(() => {
    place.holdBy(unsaved);
    return () => place.holdBy(null);
  }, [place, unsaved]);
  return unsaved;
}

/** The numbers of the navigation, live; no picture of its own. */
function Totals() {
  const admin = useAdmin();
  useLive(["stats"], () => admin.count(), (totals) => (admin.totals.value = totals));
  return null;
}

/** Whoever is demoted stands in the chat again, and hears why. */
function useEndWithRole({ me, toasts }, place) {
  // At once, not after the next drawing: then the panel is gone already, and nobody is there to say it.
  useEffect(() => effect(() => {
    if (me.value.isAdmin) return;
    place.leaveAdmin();
    untracked(() => toasts.show({ text: t("settings.noLongerAdmin") }));
  }), [me, place]);
}

/** With another page the focus goes to its heading; what opens beside it takes the focus itself. */
function useFocusedHeading(path) {
  const key = `${path?.[0]}/${path?.[2] ?? ""}`;
  const before = useRef(null);
  useEffect(() => {
    const isFirst = before.current === null;
    before.current = key;
    if (isFirst || document.activeElement === document.body) focusHeading();
    else if (!document.activeElement?.closest(".admin-nav")) focusHeading();
  }, [key]);
}

function focusHeading() {
  document.getElementById("page-title")?.focus();
}
