// What narrows the list of users down: a search and a role. Tabs and pages are those of Settings.
import { html } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { Icon } from "../parts/parts.js";
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
  </search>`;
}
