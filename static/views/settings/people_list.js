// The list of people: search, tabs with counts, rows, pages. Who is in it is models/administration.js's.
import { html, useEffect, useRef } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { TABS } from "../../models/administration.js";
import { refusalText } from "../../models/refusals.js";
import { useChat } from "../context.js";
import { Button, Empty, FieldError, Icon, Skeleton, walk } from "../parts/parts.js";
import { useAdministration } from "./administration_context.js";
import { PersonRow } from "./person_row.js";
import { useKeptFocus, useRowKeys } from "./row_focus.js";

export function PeopleList() {
  const { list } = useAdministration();
  const search = useRef(null);
  useSpokenResults(list);
  return html`<section class="directory" aria-label=${t("admin.list")}>
    <${Tabs} list=${list} />
    <search class="input-group">
      <${Icon} name="search" />
      <input
        class="input" type="search" ref=${search} aria-label=${t("admin.search")} placeholder=${t("admin.search")}
        value=${list.query.value} maxlength="100" autocomplete="off" spellcheck=${false} dir="auto" onKeyDown=${clearByEscape(list)}
        onInput=${({ currentTarget }) => list.type(currentTarget.value)}
      />
    </search>
    <${Trouble} list=${list} />
    <${Rows} list=${list} search=${search} />
    <${Pager} list=${list} />
  </section>`;
}

/** Escape clears the search first; pressed again it is the page's. */
export function clearByEscape(list) {
  return (event) => {
    if (event.key !== "Escape" || list.query.peek() === "") return;
    event.preventDefault();
    event.stopPropagation();
    list.type("");
  };
}

export function Tabs({ list }) {
  const counts = list.counts.value;
  const onKeyDown = (event) => {
    const chosen = walk(event, event.currentTarget.querySelectorAll("[role=tab]"), { sideways: true });
    if (chosen) list.showTab(chosen.dataset.tab);
  };
  return html`<div class="tabs" role="tablist" aria-label=${t("admin.tabs")} onKeyDown=${onKeyDown}>
    ${TABS.map((tab) => html`<button
      key=${tab} type="button" role="tab" class="tab" data-tab=${tab} aria-controls="people-rows"
      aria-selected=${String(list.tab.value === tab)} tabindex=${list.tab.value === tab ? 0 : -1}
      onClick=${() => list.showTab(tab)}
    >${t(`admin.tab.${tab}`)} ${counts && html`<span class="count">${t("admin.number", { n: counts[tab] })}</span>`}</button>`)}
  </div>`;
}

export function Trouble({ list }) {
  const error = list.error.value;
  if (!error) return null;
  return html`<div class="row wrap"><${FieldError}>${refusalText(error)}<//><${Button} small onClick=${() => list.load()}>${t("common.retry")}<//></div>`;
}

function Rows({ list, search }) {
  const ref = useRef(null);
  const users = list.users.value;
  const keys = useRowKeys(ref, search);
  useKeptFocus(ref, users);
  return html`<div id="people-rows" role="tabpanel" aria-label=${t(`admin.tab.${list.tab.value}`)} aria-busy=${list.loading.value}>
    ${!users && !list.error.value && html`<${Skeleton} rows=${4} />`}
    ${users?.length === 0 && html`<${Nobody} list=${list} />`}
    ${users?.length > 0 && html`<ul class="people-rows" ref=${ref} ...${keys}>${users.map((user) => html`<${PersonRow} key=${user.id} user=${user} />`)}</ul>`}
  </div>`;
}

export function Nobody({ list }) {
  const isSearch = list.search.value !== "";
  const action = isSearch && html`<${Button} onClick=${() => list.type("")}>${t("admin.clearSearch")}<//>`;
  return html`<${Empty} art=${isSearch ? "search" : "gone"} level=${4} title=${t(isSearch ? "admin.noneFound" : "admin.noneHere")} action=${action} />`;
}

export function Pager({ list }) {
  const { page, pages, total, users } = list;
  if (!users.value?.length) return null;
  const from = page.value * list.pageSize + 1;
  const turn = (by) => () => list.showPage(page.value + by);
  return html`<div class="pager">
    <span class="num">${t("admin.range", { from, to: from + users.value.length - 1, total: total.value })}</span>
    <span class="live">${t("admin.live")}</span>
    ${pages.value > 1 && html`<div class="end">
      <${Button} kind="quiet" small disabledReason=${page.value === 0 && t("admin.firstPage")} onClick=${turn(-1)}>${t("admin.previous")}<//>
      <${Button} kind="quiet" small disabledReason=${page.value + 1 >= pages.value && t("admin.lastPage")} onClick=${turn(1)}>${t("admin.next")}<//>
    </div>`}
  </div>`;
}

/** A search's result is told; what others change meanwhile is not. */
export function useSpokenResults(list) {
  const { announcer } = useChat();
  const spoken = useRef("");
  useEffect(() => {
    if (list.loading.value || spoken.current === list.search.value) return;
    spoken.current = list.search.value;
    announcer.say(t("admin.found", { n: list.total.value }));
  }, [list.loading.value, list.search.value]);
}
