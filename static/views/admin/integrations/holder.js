// An account in a cell: picture and name, which lead to it. The server's own account is nobody's to look at.
import { html, useEffect } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { adminRoute, formatRoute } from "../../../models/route.js";
import { useChat } from "../../context.js";
import { Avatar, Icon, PersonName } from "../../parts/parts.js";

/** `id` null: nobody, for it was made at the command line or before who made it was written down. */
export function Holder({ id, isServer = false }) {
  const { people } = useChat();
  useEffect(() => {
    if (id !== null && !isServer) people.need([id]);
  }, [id]);
  if (isServer || id === null) return html`<span class="row holder"><${Icon} name="shield" small />${t("keys.server")}</span>`;
  const user = people.get(id);
  return html`<a class="row holder person" href=${formatRoute(adminRoute("users", id))}><${Avatar} user=${user} size="sm" /><${PersonName} user=${user} class="clip" /></a>`;
}
