// What is shown this once and then no more: a token, an address. It stands in the dialog that made it.
import { html, useEffect, useRef } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Notice } from "../parts/parts.js";
import { CopyButton } from "../settings/copy_button.js";

/** `secrets`: [{what, text}], `what` the words beside it. The focus goes to it, so that it is read out. */
export function SecretOnce({ secrets, children }) {
  const ref = useRef(null);
  useEffect(() => ref.current.focus(), []);
  return html`<div class="stack tight once" tabindex="-1" ref=${ref} data-testid="secret-once">
    ${secrets.map((secret) => html`<${Secret} key=${secret.what} ...${secret} />`)}
    ${children}
    <${Notice} kind="warn" icon="alert">${t("secret.once")}<//>
  </div>`;
}

export function Secret({ what, text }) {
  const shown = useRef(null);
  return html`<div class="field">
    <span class="label">${what}</span>
    <div class="row once-line">
      <code class="secret grow" ref=${shown}>${text}</code>
      <${CopyButton} text=${text} shown=${shown} label=${t("secret.copy", { what })} />
    </div>
  </div>`;
}
