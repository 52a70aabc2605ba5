// Rows in pages: the last page that empties, many changes at once, answers that overtake each other.
import assert from "node:assert/strict";
import { test } from "node:test";

import { RowPages } from "../../../static/models/row_pages.js";
import { ManualClock, settled } from "./manual_clock.js";

/** A server with these rows; `asked` is what was asked of it. */
function served(rows, pageSize = 2) {
  const clock = new ManualClock();
  const asked = [];
  const look = async ({ offset, limit }) => {
    asked.push(offset);
    return { rows: rows.slice(offset, offset + limit), total: rows.length };
  };
  return { clock, asked, list: new RowPages({ look, clock, pageSize }) };
}

const ids = (list) => list.rows.value.map(({ id }) => id);
const three = () => [{ id: "a" }, { id: "b" }, { id: "c" }];

test("rows come in pages", async () => {
  const { list } = served(three());
  assert.equal(list.rows.value, null);
  await list.load();
  assert.deepEqual([ids(list), list.total.value, list.pages.value], [["a", "b"], 3, 2]);
  await list.showPage(1);
  assert.deepEqual(ids(list), ["c"]);
});

test("when the last row of the last page goes, the page before it is shown", async () => {
  const rows = three();
  const { list } = served(rows);
  await list.load();
  await list.showPage(1);
  rows.pop();
  await list.load();
  await settled();
  assert.deepEqual([list.page.value, ids(list)], [0, ["a", "b"]]);
});

test("what happens in one moment is looked at once", async () => {
  const { clock, asked, list } = served(three());
  for (let n = 0; n < 5; n += 1) list.refresh();
  assert.deepEqual(asked, []);
  await clock.pass(1000);
  assert.deepEqual(asked, [0]);
});

test("a row that was taken away is gone at once", async () => {
  const { list } = served(three());
  await list.load();
  list.drop("a");
  assert.deepEqual(ids(list), ["b"]);
});

test("a refusal keeps what was shown, and an older answer never wins", async () => {
  const answers = [];
  const look = () => new Promise((resolve, reject) => answers.push({ resolve, reject }));
  const list = new RowPages({ look, clock: new ManualClock() });
  const first = list.load();
  const second = list.load();
  answers[1].resolve({ rows: [{ id: "new" }], total: 1 });
  answers[0].resolve({ rows: [{ id: "old" }], total: 1 });
  await Promise.all([first, second]);
  assert.deepEqual(ids(list), ["new"]);
  const third = list.load();
  const refused = new Error("no");
  answers[2].reject(refused);
  await third;
  assert.deepEqual([ids(list), list.error.value], [["new"], refused]);
});
