// The results of deeds, at the lower left. When they come and go is models/toasts.js's; they are read out by the announcer.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { Button, IconButton } from "./button.js";
import { Icon } from "./icon.js";

export function Toasts() {
  const toasts = useChat()?.toasts;
  if (!toasts?.list.value.length) return null;
  return html`<section
    class="toasts" aria-label=${t("common.notices")}
    onPointerEnter=${() => toasts.hold(true)} onPointerLeave=${() => toasts.hold(false)}
    onFocusIn=${() => toasts.hold(true)} onFocusOut=${() => toasts.hold(false)}
  >${toasts.list.value.map((toast) => html`<${Toast} key=${toast.id} ...${toast} toasts=${toasts} />`)}</section>`;
}

function Toast({ id, text, error, code, action, leaving, toasts }) {
  const dismiss = () => toasts.dismiss(id);
  const act = () => {
    dismiss();
    action.run();
  };
  return html`<div class=${`toast ${error ? "error-toast" : ""} ${leaving ? "leaving" : ""}`} data-testid="toast" data-code=${code}>
    <${Icon} name=${error ? "alert" : "check"} class="lead" />
    <span class="grow">${text}</span>
    ${action && html`<${Button} kind="quiet" small onClick=${act}>${action.label}<//>`}
    <${IconButton} icon="close" label=${t("common.dismiss")} small onClick=${dismiss} />
  </div>`;
}
