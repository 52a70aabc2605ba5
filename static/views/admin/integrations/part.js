// One part of the page: heading, deed, a table of rows, its pages. What a row shows is handed in.
import { html } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { refusalText } from "../../../models/refusals.js";
import { Button, FieldError, Skeleton } from "../../parts/parts.js";

/**
 * `columns`: [{id, label, class}], `label` the key of its words, the first names the row; `row(row)` makes the cells; `none` is the sentence when there
 * is nothing. The last column, with the buttons, is added here.
 */
export function Part({ id, title, about, deeds, list, columns, row, none }) {
  const rows = list.rows.value;
  const error = list.error.value;
  return html`<section class="keys-part" data-testid=${id} aria-labelledby=${`${id}-title`}>
    <header>
      <h2 id=${`${id}-title`} tabindex="-1">${title}</h2>
      ${rows && html`<span class="muted num">${t("keys.number", { n: list.total.value })}</span>`}
      <div class="end">${deeds}</div>
      ${about && html`<p class="muted">${about}</p>`}
    </header>
    ${error && html`<div class="row wrap"><${FieldError}>${refusalText(error)}<//><${Button} small onClick=${() => list.load()}>${t("common.retry")}<//></div>`}
    ${!rows && !error && html`<${Skeleton} rows=${2} />`}
    ${rows?.length === 0 && html`<p class="muted nothing">${none}</p>`}
    ${rows?.length > 0 && html`<table class="table keys cards-on-phone" role="table" aria-label=${title}>
      <thead role="rowgroup"><tr role="row">
        ${columns.map((column) => html`<th key=${column.id} scope="col" role="columnheader" class=${column.class}>${t(column.label)}</th>`)}
        <th scope="col" role="columnheader" class="k-acts"><span class="vh">${t("keys.actions")}</span></th>
      </tr></thead>
      <tbody role="rowgroup">${rows.map((one) => html`<tr key=${one.id} role="row" data-id=${one.id}>${row(one)}</tr>`)}</tbody>
    </table>`}
    <${Pages} list=${list} />
  </section>`;
}

function Pages({ list }) {
  const page = list.page.value;
  const pages = list.pages.value;
  if (pages === 1 || !list.rows.value?.length) return null;
  const from = page * list.pageSize + 1;
  return html`<div class="pager">
    <span class="num">${t("admin.range", { from, to: from + list.rows.value.length - 1, total: list.total.value })}</span>
    <div class="end">
      <${Button} kind="quiet" small disabledReason=${page === 0 && t("admin.firstPage")} onClick=${() => list.showPage(page - 1)}>${t("admin.previous")}<//>
      <${Button} kind="quiet" small disabledReason=${page + 1 >= pages && t("admin.lastPage")} onClick=${() => list.showPage(page + 1)}>${t("admin.next")}<//>
    </div>
  </div>`;
}
