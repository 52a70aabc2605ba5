// A link that is worth nothing any more: that it is so, and what to do.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Button, Notice } from "../parts/parts.js";

export function LinkIsOver({ door }) {
  const { kind } = door.link.value;
  const { passwordResetEnabled } = door.config.value.auth;
  const canAskAgain = kind === "password" && passwordResetEnabled;
  return html`
    <${Notice} kind="warn" icon="link" lead=${t("link.over.lead")} role="alert" data-testid="link-over">${t(`link.over.${kind}`)}<//>
    ${canAskAgain && html`<form><${Button} kind="primary" onClick=${() => door.leaveLink("forgot")}>${t("link.over.again")}<//></form>`}
  `;
}
