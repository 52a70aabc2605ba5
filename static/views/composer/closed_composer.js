// What stands in the composer's place in an archived channel, in one that the reader has left, and under a deleted root.
import { html, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Button } from "../parts/parts.js";
import { useChat } from "../context.js";

/** `reason`: "archived", "left" or "rootGone". */
export function ClosedComposer({ channel, reason }) {
  const chat = useChat();
  const [isBusy, setBusy] = useState(false);
  const join = async () => {
    setBusy(true);
    await chat.channels.join(channel.id).catch((refused) => chat.toasts.refused(refused));
    setBusy(false);
  };
  return html`
    <div class="composer closed" data-testid="composer-closed">
      <p>${t(`composer.${reason}`, { name: channel.name })}</p>
      ${reason === "left" && html`<${Button} kind="primary" small busy=${isBusy} onClick=${join}>${t("composer.join", { name: channel.name })}<//>`}
    </div>
    <div class="under"></div>`;
}
