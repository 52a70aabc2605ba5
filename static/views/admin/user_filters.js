// What narrows the list of users down: a search and a role. Tabs and pages are those of Settings.
import { download } from "../../lib/download.js";
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Button, Icon } from "../parts/parts.js";
import { useAdministration } from "../settings/administration_context.js";
import { useDeed } from "../settings/form.js";
import { clearByEscape } from "../settings/people_list.js";

const ROLES = ["admin", "user", "bot"];

export function UserFilters({ list }) {
  return html`<search class="filters" aria-label=${t("users.filters")}>
    <div class="input-group search">
      <${Icon} name="search" />
      <input
        class="input" type="search" name="search" aria-label=${t("users.search")} placeholder=${t("users.searchHint")}
        value=${list.query.value} maxlength="100" autocomplete="off" spellcheck=${false} dir="auto"
        onKeyDown=${clearByEscape(list)} onInput=${({ currentTarget }) => list.type(currentTarget.value)}
      />
    </div>
    <select class="input" name="role" aria-label=${t("users.roles")} onChange=${({ currentTarget }) => list.showRole(currentTarget.value || null)}>
      <option value="" selected=${list.role.value === null}>${t("users.role.all")}</option>
      ${ROLES.map((role) => html`<option key=${role} value=${role} selected=${list.role.value === role}>${t(`users.role.${role}`)}</option>`)}
    </select>
    <div class="end"><${Csv} /></div>
  </search>`;
}

/** All that the filters leave, not this page alone. */
function Csv() {
  const { accounts } = useAdministration();
  const { isBusy, run } = useDeed();
  const save = () => run(async () => download(await accounts.exportList()));
  return html`<${Button} kind="quiet" icon="download" busy=${isBusy} aria-label=${t("users.csvLabel")} title=${t("users.csvLabel")} onClick=${save}>${t("users.csv")}<//>`;
}
