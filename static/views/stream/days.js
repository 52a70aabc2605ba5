// The rendered rows, those of one day together, so that its name can stay at the upper edge for as long as the day lasts.
import { html } from "../../lib/ui.js";
import { CarriedDay, Day, Loading, RepliesMark, Start, UnreadLine } from "./edges.js";
import { Message } from "./message.js";

const parts = { message: Message, day: Day, line: UnreadLine, older: Loading, newer: Loading, gap: Loading, start: Start, replies: RepliesMark };

/** `rows` are those to be in the document; `drawn` remembers what each row looked like: the same object is not drawn again. */
export function Days({ rows, list, drawn }) {
  const groups = [];
  for (const row of rows) {
    const key = row.day?.key ?? "before";
    if (groups.at(-1)?.key !== key) groups.push({ key, day: row.day, rows: [] });
    groups.at(-1).rows.push(row);
  }
  return html`
    ${groups.map((group, at) => html`<div class="day-group" key=${group.key}>
      ${at === 0 && html`<${Top} key="top" group=${group} />`}
      ${group.rows.map((row) => drawnRow(row, list, drawn))}
    </div>`)}
    <div data-space="below" key="below"></div>
  `;
}

/** Over the first row: the name of its day, when that begins further up, and the room of what is not in the document. */
function Top({ group: { day, rows } }) {
  return html`
    ${day && rows[0] !== day && html`<${CarriedDay} row=${day} />`}
    <div data-space="above"></div>
  `;
}

function drawnRow(row, list, drawn) {
  const known = drawn.get(row);
  if (known) return known;
  const made = html`<${parts[row.kind]} key=${row.key} row=${row} list=${list} />`;
  drawn.set(row, made);
  return made;
}
