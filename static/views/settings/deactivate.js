// The question before somebody is deactivated: it names the person and the windows that will close.
import { html, useEffect, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { nameOf } from "../parts/parts.js";
import { ask } from "./ask.js";
import { Made } from "./made.js";

export function askToDeactivate({ user, accounts, tell }) {
  const name = nameOf(user);
  return ask({
    title: t("deactivate.title", { name }),
    body: html`<${Body} user=${user} accounts=${accounts} />`,
    more: user.isAdmin && html`<${Made} user=${user} accounts=${accounts} />`,
    deed: t("deactivate.deed"),
    user,
    run: async () => {
      const { windows } = await accounts.openOf(user.id);
      await accounts.deactivate(user.id);
      tell(windows ? t("deactivate.doneWindows", { name, n: windows }) : t("deactivate.done", { name }));
    },
  });
}

function Body({ user, accounts }) {
  const windows = useOpen(accounts, user.id)?.windows ?? 0;
  return html`${windows > 0 ? t("deactivate.bodyWindows", { n: windows }) : t("deactivate.body")} ${t("deactivate.rest")}`;
}

/** How many sessions and windows somebody has open, once known; null until then. */
export function useOpen(accounts, userId) {
  const [open, setOpen] = useState(null);
  useEffect(() => {
    let isWanted = true;
    accounts.openOf(userId).then((found) => isWanted && setOpen(found), () => {}); // the number is a courtesy
    return () => (isWanted = false);
  }, [userId]);
  return open;
}
