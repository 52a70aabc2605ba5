// Under a table of rows that come in pages: which of how many, and the way to the others. And a search's result, told.
import { html, useEffect, useRef } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { useChat } from "../../context.js";
import { Button } from "../../parts/parts.js";

/** `list` is a RowPages. */
export function RowPager({ list }) {
  const { page, pages, total, rows } = list;
  if (!rows.value?.length) return null;
  const from = page.value * list.pageSize + 1;
  const [isFirst, isLast] = [page.value === 0, page.value + 1 >= pages.value];
  const turn = (by) => () => list.showPage(page.value + by);
  return html`<div class="pager">
    <span class="num">${t("admin.range", { from, to: from + rows.value.length - 1, total: total.value })}</span>
    ${pages.value > 1 && html`<div class="end">
      <${Button} kind="quiet" small disabledReason=${isFirst && t("admin.firstPage")} onClick=${turn(-1)}>
        ${t("admin.previous")}
      <//>
      <${Button} kind="quiet" small disabledReason=${isLast && t("admin.lastPage")} onClick=${turn(1)}>
        ${t("admin.next")}
      <//>
    </div>`}
  </div>`;
}

/** A search's result is told once; what others change meanwhile is not. `of` has `search` and `list`. */
export function useSpokenTotal(of, sentence) {
  const { announcer } = useChat();
  const spoken = useRef({ search: "", rows: null });
  const rows = of.list.rows.value;
  useEffect(() => {
    const search = of.search.peek();
    if (spoken.current.search === search) return;
    spoken.current = { search };
    announcer.say(sentence(of.list.total.peek()));
  }, [rows]);
}
