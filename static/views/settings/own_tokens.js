// One's own access tokens: what one's scripts sign in with. Those of bots are own_bots.js's.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import "../../lib/text_keys.js";
import { refusalText } from "../../models/refusals.js";
import { openNewToken } from "../keys/new_token.js";
import { TokenRows } from "../keys/token_rows.js";
import { useOwnKeys } from "../keys/use_own_keys.js";
import { Button, FieldError, Skeleton } from "../parts/parts.js";

export function OwnTokens() {
  const keys = useOwnKeys();
  const tokens = keys.tokens.value;
  const error = keys.error.value;
  return html`<div class="stack">
    <p class="soft">${t("token.about")}</p>
    <div class="row"><${Button} icon="plus" onClick=${() => openNewToken({ make: (payload) => keys.make(payload) })}>${t("bot.newToken")}<//></div>
    ${error && html`<${FieldError}>${refusalText(error)}<//>`}
    ${!tokens && !error && html`<${Skeleton} rows=${2} />`}
    ${tokens?.length === 0 && html`<p class="muted">${t("token.noneOwn")}</p>`}
    ${tokens?.length > 0 && html`<${TokenRows} tokens=${tokens} keys=${keys} />`}
  </div>`;
}
