// One's own sign-ins, and ending those that are not wanted.
import { html, useEffect, useMemo } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { SessionList } from "../../models/session_list.js";
import { useChat } from "../context.js";
import { Button } from "../parts/parts.js";
import { ask } from "./ask.js";
import { SessionRows } from "./session_rows.js";

export function OwnSessions() {
  const chat = useChat();
  const list = useSessions();
  const others = (list.sessions.value ?? []).filter((session) => !session.current).length;
  const endOthers = () =>
    ask({
      title: t("sessions.endOthersTitle"),
      body: t("sessions.endOthersBody", { n: others }),
      deed: t("sessions.endOthers"),
      run: async () => chat.toasts.show({ text: t("sessions.ended", { n: await list.revokeAll() }) }),
    });
  return html`<div class="stack">
    <p class="soft">${t("sessions.about")}</p>
    <${SessionRows} list=${list} />
    ${others > 0 && html`<div class="row"><${Button} kind="danger-quiet" onClick=${endOthers}>${t("sessions.endOthers")}<//></div>`}
  </div>`;
}

/** A list of sign-ins that is kept fresh while the component is shown: one's own, or those of `userId`. */
export function useSessions(userId = null) {
  const { ask: request, clock } = useChat();
  const list = useMemo(() => new SessionList({ ask: request, clock, userId }), [userId]);
  useEffect(() => {
    list.open();
    return () => list.close();
  }, [list]);
  return list;
}
