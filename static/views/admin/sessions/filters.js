// What narrows the sessions down: a search, who is here or idle, and the one person that the address names.
import { html } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { SHOWN } from "../../../models/session_directory.js";
import { Icon, IconButton, nameOf, walk } from "../../parts/parts.js";
import { clearByEscape } from "../../settings/people_list.js";
import { useAdmin } from "../admin_context.js";

export function SessionFilters({ directory, user }) {
  return html`<search class="filters" aria-label=${t("directory.filters")}>
    ${directory.userId !== null && html`<${Chip} text=${t("directory.of", { name: nameOf(user) })} />`}
    <div class="input-group search">
      <${Icon} name="search" />
      <input
        class="input" type="search" name="search"
        aria-label=${t("directory.search")} placeholder=${t("directory.searchHint")}
        value=${directory.query.value} maxlength="100" autocomplete="off" spellcheck=${false} dir="auto"
        onKeyDown=${clearByEscape(directory)} onInput=${({ currentTarget }) => directory.type(currentTarget.value)}
      />
    </div>
    <${Shown} directory=${directory} />
  </search>`;
}

function Chip({ text }) {
  const admin = useAdmin();
  return html`<span class="chip" data-testid="chip">
    <bdi class="clip">${text}</bdi>
    <${IconButton} icon="close" small label=${t("directory.everybody")} onClick=${() => admin.go("sessions")} />
  </span>`;
}

function Shown({ directory }) {
  const chosen = directory.show.value;
  const onKeyDown = (event) => {
    const button = walk(event, event.currentTarget.querySelectorAll("[role=radio]"), { sideways: true });
    if (button) directory.showOnly(button.dataset.show);
  };
  return html`<div class="segments" role="radiogroup" aria-label=${t("directory.show")} onKeyDown=${onKeyDown}>
    ${SHOWN.map((which) => html`<button
      key=${which} type="button" role="radio" data-show=${which}
      aria-checked=${String(which === chosen)} tabindex=${which === chosen ? 0 : -1}
      onClick=${() => directory.showOnly(which)}
    >${t(`directory.show.${which}`)}</button>`)}
  </div>`;
}
