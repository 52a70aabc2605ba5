// The sentence that says why one is out (UI.md 6.2). Which one is models/refusals.js's.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { closeCode } from "../../models/frames.js";
import { endText } from "../../models/refusals.js";
import { Button, IconButton, Notice } from "../parts/parts.js";

// What one did oneself is told calmly.
const own = new Set([closeCode.signedOut, closeCode.accountLeft]);

export function EndNotice({ notice, onDismiss }) {
  const { lead, rest } = endText(notice);
  const isOwn = own.has(notice.code);
  const needsReload = notice.code === closeCode.protocolViolation;
  return html`<${Notice}
    kind=${isOwn ? "info" : "warn"} icon=${isOwn ? "out" : "shield"} lead=${lead}
    role="alert" data-testid="end-notice" data-code=${notice.code}
    action=${html`<${IconButton} icon="close" small label=${t("common.dismiss")} onClick=${onDismiss} />`}
  >
    ${rest}
    ${needsReload && html`<div><${Button} small onClick=${() => location.reload()}>${t("common.reload")}<//></div>`}
  <//>`;
}
