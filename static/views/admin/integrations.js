// Tokens and webhooks: what programs sign in with, where they post, and links to register by. Of everybody, or of one.
import { html, useEffect } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import "../../lib/text_integrations.js";
import "../../lib/text_keys.js";
import { useChat } from "../context.js";
import { Button, Icon, nameOf } from "../parts/parts.js";
import { Bots } from "./integrations/bots.js";
import { JoinLinks } from "./integrations/join_links.js";
import { Tokens } from "./integrations/tokens.js";
import { Webhooks } from "./integrations/webhooks.js";
import { PageFrame } from "./page_frame.js";

/** `path`: nothing, or the id of the one account whose tokens and bots are shown. */
export function IntegrationsPage({ admin, path: [userId = null] }) {
  const user = useAccount(userId);
  const narrowed = userId !== null && html`<p class="row wrap narrowed">
    <span class="tag accent"><bdi>${t("keys.of", { name: nameOf(user) })}</bdi></span>
    <${Button} small kind="quiet" onClick=${() => admin.go("integrations")}><${Icon} name="close" small />${t("keys.everybody")}<//>
  </p>`;
  return html`<${PageFrame}
    title=${t("panel.integrations")} beside=${html`<span class="live">${t("admin.live")}</span>`}
    lead=${userId === null && t("keys.lead")} up=${userId === null ? [] : ["integrations"]}
  >
    <div class="form-page" tabindex="0" role="region" aria-label=${t("panel.integrations")}>
      ${narrowed}
      <${Tokens} key=${`tokens-${userId}`} user=${user} userId=${userId} />
      ${userId !== null && user?.role !== "bot" && html`<${Bots} key=${`bots-${userId}`} owner=${user} ownerId=${userId} />`}
      ${userId === null && html`<${Webhooks} /><${JoinLinks} />`}
    </div>
  <//>`;
}

function useAccount(id) {
  const { people } = useChat();
  useEffect(() => {
    if (id !== null) people.need([id]);
  }, [id]);
  return id === null ? null : people.get(id);
}
