// What ends many sessions at once, each after a question; and the limit of one person. Ending one is in the table.
import { html } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { useChat } from "../../context.js";
import { Button, nameOf, openDialog } from "../../parts/parts.js";
import { ask } from "../../settings/ask.js";
import { useAdmin } from "../admin_context.js";
import { LimitDialog } from "./limit.js";

export function SessionDeeds({ directory, user }) {
  if (directory.userId === null) return html`<${EndAll} directory=${directory} />`;
  return user && html`<${DeedsOfOne} directory=${directory} user=${user} />`;
}

function EndAll({ directory }) {
  const { me, toasts } = useChat();
  const end = () =>
    ask({
      title: t("directory.endAllTitle"),
      body: t("directory.endAllBody"),
      deed: t("directory.endAllDeed"),
      user: me.peek(), // the question goes when the role does
      run: async () => toasts.show({ text: t("sessions.ended", { n: await directory.revokeAll() }) }),
    });
  return html`<${Button} kind="danger-quiet" onClick=${end}>${t("directory.endAll")}<//>`;
}

function DeedsOfOne({ directory, user }) {
  const admin = useAdmin();
  const { me } = useChat();
  const isMe = user.id === me.value.id;
  return html`
    <${Button} onClick=${() => openDialog(LimitDialog, { admin, user })}>${t("directory.limitDeed")}<//>
    <${isMe ? EndMine : EndTheirs} directory=${directory} user=${user} />
  `;
}

function EndTheirs({ directory, user }) {
  const admin = useAdmin();
  const { toasts } = useChat();
  const name = nameOf(user);
  const end = () =>
    ask({
      title: t("directory.endUserTitle", { name }),
      body: t("directory.endUserBody", { name }),
      deed: t("directory.endUserDeed"),
      user,
      run: async () => {
        const n = await directory.revokeUser();
        const log = { label: t("directory.log"), run: () => admin.go("audit", user.id) };
        toasts.show({ text: t("userSessions.ended", { n, name }), action: log });
      },
    });
  return html`<${Button} kind="danger-quiet" onClick=${end}>${t("directory.endUser", { name })}<//>`;
}

/** Of oneself, the session one sits in stays. */
function EndMine({ directory, user }) {
  const n = Math.max(0, directory.list.total.value - 1);
  const end = () =>
    ask({
      title: t("sessions.endOthersTitle"),
      body: t("sessions.endOthersBody", { n }),
      deed: t("sessions.endOthers"),
      user,
      run: () => directory.revokeOwnOthers(),
    });
  return html`<${Button} kind="danger-quiet" onClick=${end}>${t("directory.endMine")}<//>`;
}
