// The sign-ins of somebody else, for administrators: look, end one, end all.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { Button, Dialog, nameOf, openDialog } from "../parts/parts.js";
import { useAdministrator, useSubject } from "./dialog_end.js";
import { useDeed } from "./form.js";
import { useSessions } from "./own_sessions.js";
import { SessionRows } from "./session_rows.js";

export function showSessions({ user }) {
  return openDialog(UserSessions, { user });
}

function UserSessions({ user, close }) {
  const list = useSessions(user.id);
  useAdministrator(close);
  useSubject(user, close, { isBusy: false });
  const n = list.total.value;
  return html`<${Dialog}
    wide title=${t("userSessions.title", { name: nameOf(user) })} testid="user-sessions"
    footerHint=${n > 0 && t("count.sessions", { n })}
    actions=${n > 0 ? html`<${EndAll} list=${list} user=${user} />` : html`<${Button} onClick=${close}>${t("common.close")}<//>`}
  ><${SessionRows} list=${list} /><//>`;
}

/** Asks in its own place: no dialog over a dialog. */
function EndAll({ list, user }) {
  const { toasts } = useChat();
  const { isBusy, run } = useDeed();
  const [isAsking, setAsking] = useState(false);
  const end = () =>
    run(async () => {
      const n = await list.revokeAll();
      toasts.show({ text: t("userSessions.ended", { name: nameOf(user), n }) });
    });
  if (!isAsking) return html`<${Button} key="ask" kind="danger-quiet" onClick=${() => setAsking(true)}>${t("userSessions.endAll")}<//>`;
  return html`
    <${Button} key="keep" onClick=${() => setAsking(false)}>${t("userSessions.keep")}<//>
    <${Button} key="end" kind="danger" busy=${isBusy} onClick=${end}>${t("userSessions.endAllSure", { n: list.total.value })}<//>
  `;
}
