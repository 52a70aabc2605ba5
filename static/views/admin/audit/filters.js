// What narrows the log down: a search, a kind of event, a time, and the one person that the address names.
import { html, useEffect } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { GROUPS, PERIODS } from "../../../models/audit_log.js";
import { useChat } from "../../context.js";
import { Icon, IconButton, nameOf } from "../../parts/parts.js";
import { clearByEscape } from "../../settings/people_list.js";
import { useAdmin } from "../admin_context.js";

export function AuditFilters({ log }) {
  return html`<search class="filters" aria-label=${t("audit.filters")}>
    ${log.about !== null && html`<${Chip} id=${log.about} sentence="audit.about" log=${log} />`}
    ${log.by !== null && html`<${Chip} id=${log.by} sentence="audit.by" log=${log} />`}
    <div class="input-group search">
      <${Icon} name="search" />
      <input
        class="input" type="search" name="search"
        aria-label=${t("audit.search")} placeholder=${t("audit.searchHint")}
        value=${log.query.value} maxlength="100" autocomplete="off" spellcheck=${false} dir="auto"
        onKeyDown=${clearByEscape(log)} onInput=${({ currentTarget }) => log.type(currentTarget.value)}
      />
    </div>
    <${Choice} name="group" all="all" table=${GROUPS} chosen=${log.group.value} onChange=${(key) => log.showGroup(key)} />
    <${Choice} name="period" all="any" table=${PERIODS} chosen=${log.period.value} onChange=${(key) => log.showPeriod(key)} />
  </search>`;
}

/** One of the keys of `table`, or `all`: nothing chosen. */
function Choice({ name, all, table, chosen, onChange }) {
  const textOf = (key) => t(`audit.${name}.${key}`);
  const choose = ({ currentTarget }) => onChange(currentTarget.value || null);
  return html`<select class="input" name=${name} aria-label=${t(`audit.${name}`)} onChange=${choose}>
    <option value="" selected=${chosen === null}>${textOf(all)}</option>
    ${Object.keys(table).map((key) => html`<option key=${key} value=${key} selected=${key === chosen}>${textOf(key)}</option>`)}
  </select>`;
}

/** Who is gone has the name that the entries know. */
function Chip({ id, sentence, log }) {
  const admin = useAdmin();
  const { people } = useChat();
  useEffect(() => people.need([id]), [id]);
  const name = nameOf(people.get(id) ?? log.names.value.people.get(id));
  return html`<span class="chip" data-testid="chip">
    <bdi class="clip">${t(sentence, { name })}</bdi>
    <${IconButton} icon="close" small label=${t("audit.everything")} onClick=${() => admin.go("audit")} />
  </span>`;
}
