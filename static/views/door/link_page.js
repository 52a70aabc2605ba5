// The page that a link in a letter opens. What a link is, and that its secret is kept nowhere, is models/link.js's and
// models/door.js's.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Frame } from "./frame.js";
import { JoinByLink, PasswordByLink } from "./link_forms.js";
import { VerifyByLink } from "./link_verify.js";

const forms = { password: PasswordByLink, verify: VerifyByLink, join: JoinByLink };

export function LinkPage({ door }) {
  const link = door.link.value;
  if (!link) return null; // left just now
  const toChat = html`<button type="button" class="link" onClick=${() => door.leaveLink()}>${t(door.visitor.value ? "link.toChat" : "link.toSignIn")}</button>`;
  return html`<${Frame} door=${door} title=${`link.${link.kind}.title`} invitation=${t(`link.${link.kind}.about`)} below=${toChat}>
    <${forms[link.kind]} key=${link.token} door=${door} />
  <//>`;
}
