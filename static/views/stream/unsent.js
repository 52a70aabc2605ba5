// What stands under a message that the server has not got yet. Sending it is models/outbox.js.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { refusalText } from "../../models/refusals.js";
import { Icon } from "../parts/parts.js";
import { useChat } from "../context.js";

export function Unsent({ entry, tabIndex }) {
  const { outbox } = useChat();
  if (entry.state === "sending") return null; // sooner than a second no mark is shown
  if (entry.state !== "failed") {
    return html`<div class="hint row wait"><${Icon} name="clock" small />${t(entry.state === "slow" ? "stream.slow" : "stream.waiting")}</div>`;
  }
  return html`<div class="unsent" data-code=${entry.error.code}>
    <span><${Icon} name="alert" small />${t("stream.failed", { reason: refusalText(entry.error) })}</span>
    <button type="button" class="link" tabindex=${tabIndex} onClick=${() => outbox.retry(entry.clientId)}>${t("common.retry")}</button>
    <button type="button" class="link danger-text" tabindex=${tabIndex} onClick=${() => outbox.discard(entry.clientId)}>${t("stream.discard")}</button>
  </div>`;
}
