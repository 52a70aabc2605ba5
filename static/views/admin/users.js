// The Users page: everybody who has an account, live, page by page. What is done to one person is in its own files.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { PageFrame } from "./page_frame.js";

export function UsersPage() {
  return html`<${PageFrame} title=${t("panel.users")} />`;
}
