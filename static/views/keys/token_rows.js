// One's own tokens as rows: name, use, how long it works, and a button that ends it.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { Button, Icon } from "../parts/parts.js";
import { askToRevoke } from "./revoke_token.js";
import { Lasting, Usage } from "./usage.js";

export function TokenRows({ tokens, keys }) {
  return html`<ul class="session-rows">${tokens.map((token) => html`<${Row} key=${token.id} token=${token} keys=${keys} />`)}</ul>`;
}

function Row({ token, keys }) {
  const { toasts } = useChat();
  const { id, name, uses, lastUsedAt, expiresAt } = token;
  const revoke = () => askToRevoke({ token, revoke: () => keys.revoke(id), toasts });
  return html`<li data-testid="token" data-id=${id}>
    <${Icon} name="plug" />
    <div class="grow clip-all">
      <p><strong class="clip" title=${name}><bdi>${name}</bdi></strong></p>
      <p class="muted"><${Usage} uses=${uses} lastUsedAt=${lastUsedAt} /> <span aria-hidden="true">·</span> <${Lasting} expiresAt=${expiresAt} /></p>
    </div>
    <${Button} small aria-label=${t("token.revokeOf", { name })} onClick=${revoke}>${t("token.revoke")}<//>
  </li>`;
}
