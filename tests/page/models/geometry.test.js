// Which rows of a long list are in the document, and where the reader is: numbers only.
import assert from "node:assert/strict";
import test from "node:test";
import { Geometry } from "../../../static/views/stream/geometry.js";

const SCREEN = 600;
const HIGH = 50;

const row = (name) => ({ kind: "message", key: String(name), grouped: true, message: { content: "x", reactions: {} } });
const rowsOf = (count, from = 0) => Array.from({ length: count }, (_, index) => row(from + index));

/** A list whose rows all have been measured. */
function measured(rows, { height = HIGH } = {}) {
  const geometry = new Geometry();
  geometry.height = SCREEN;
  rows.forEach((one, index) => geometry.heights.measure(one, index, height));
  return geometry;
}

test("of 10,000 rows about three screens are in the document", () => {
  const rows = rowsOf(10_000);
  const geometry = measured(rows);
  geometry.plan(rows);
  assert.deepEqual([geometry.first, geometry.end], [10_000 - (2 * SCREEN) / HIGH, 10_000]);
  geometry.show("5000", 1 / 3);
  geometry.plan(rows);
  assert.equal(geometry.end - geometry.first, (3 * SCREEN) / HIGH);
  assert.ok(geometry.first < 5000 && geometry.end > 5000);
});

test("a row that was shown before the height was known goes to its share of it then", () => {
  const rows = rowsOf(100);
  const geometry = measured(rows);
  geometry.show("50", 1 / 3);
  geometry.plan(rows);
  geometry.height = 300;
  geometry.fit();
  assert.deepEqual([geometry.anchor.key, geometry.anchor.index, geometry.anchor.offset], ["50", 50, 100]);
});

test("the room of what is not in the document is that of its rows", () => {
  const rows = rowsOf(1000);
  const geometry = measured(rows);
  geometry.show("500", 0);
  geometry.plan(rows);
  const { above, below } = geometry.space();
  assert.equal(above, geometry.first * HIGH);
  assert.equal(below, (1000 - geometry.end) * HIGH);
  assert.ok(geometry.covers(500 * HIGH));
  assert.ok(!geometry.covers(100 * HIGH));
});

test("near the end one is at the end, and keeps the distance from it", () => {
  const rows = rowsOf(100);
  const geometry = measured(rows);
  geometry.plan(rows);
  geometry.space();
  geometry.remember(100 * HIGH - SCREEN - 79, 79);
  assert.ok(geometry.isAtEnd);
  assert.equal(geometry.anchor.gap, 79);
  geometry.remember(100 * HIGH - SCREEN - 81, 81);
  assert.ok(!geometry.isAtEnd);
});

test("what is new at the end comes into view, what grows there keeps the distance", () => {
  const rows = rowsOf(100);
  const geometry = measured(rows);
  geometry.plan(rows);
  geometry.space();
  geometry.remember(100 * HIGH - SCREEN - 60, 60);
  geometry.plan([...rows]);
  assert.equal(geometry.anchor.gap, 60);
  geometry.plan([...rows, row("new")]);
  assert.equal(geometry.anchor.gap, 0);
});

test("before a hole there is no end to be at", () => {
  const rows = [...rowsOf(100), { kind: "newer", key: "newer" }];
  const geometry = measured(rows);
  geometry.plan(rows);
  geometry.space();
  geometry.remember(101 * HIGH - SCREEN, 0);
  assert.ok(!geometry.isAtEnd);
});

test("the topmost message that begins on the screen is held", () => {
  const rows = rowsOf(100);
  const geometry = measured(rows);
  geometry.show("50", 0);
  geometry.plan(rows);
  geometry.space();
  geometry.remember(50 * HIGH + 20, 1000);
  assert.deepEqual(geometry.anchor, { key: "51", index: 51, offset: 30, gap: 0 });
});

test("a message that fills the screen is held itself", () => {
  const rows = rowsOf(3);
  const geometry = measured(rows, { height: 2000 });
  geometry.show("1", 0);
  geometry.plan(rows);
  geometry.space();
  geometry.remember(2500, 2900);
  assert.deepEqual(geometry.anchor, { key: "1", index: 1, offset: -500, gap: 0 });
});

test("separators are not held: they come and go with what stands beside them", () => {
  const rows = [{ kind: "day", key: "day", at: 0 }, { kind: "line", key: "line" }, ...rowsOf(100)];
  const geometry = measured(rows);
  geometry.show("0", 0.5);
  geometry.plan(rows);
  geometry.space();
  geometry.remember(0, 4500);
  assert.equal(geometry.anchor.key, "0");
  assert.equal(geometry.anchor.offset, 2 * HIGH);
});

test("older rows over it do not move the anchor", () => {
  const rows = rowsOf(100);
  const geometry = measured(rows);
  geometry.show("10", 0.25);
  geometry.plan(rows);
  const before = geometry.anchor;
  geometry.plan([...rowsOf(200, -200), ...rows]);
  assert.deepEqual(geometry.anchor, { ...before, index: 210 });
  assert.ok(geometry.first <= 210 && geometry.end > 210);
});

test("when the anchor's row is gone the next one takes its place", () => {
  const rows = rowsOf(100);
  const geometry = measured(rows);
  geometry.show("10", 0);
  geometry.plan(rows);
  geometry.plan(rows.filter(({ key }) => !["10", "11"].includes(key)));
  assert.equal(geometry.anchor.key, "12");
  geometry.plan(rowsOf(5, 1000));
  assert.ok(geometry.isAtEnd);
});

test("rows with selected text stay, up to a limit", () => {
  const rows = rowsOf(10_000);
  const geometry = measured(rows);
  geometry.show("5000", 0);
  geometry.plan(rows);
  const { first } = geometry;
  geometry.show("5040", 0);
  geometry.plan(rows, { keep: true });
  assert.equal(geometry.first, first);
  for (let at = 5100; at < 9000; at += 40) {
    geometry.show(String(at), 0);
    geometry.plan(rows, { keep: true });
  }
  assert.ok(geometry.end - geometry.first < 600);
});

test("while the list moves the space above gives way, as far as it can", () => {
  const rows = rowsOf(1000);
  const geometry = measured(rows);
  geometry.show("500", 0);
  geometry.plan(rows);
  const { above } = geometry.space();
  assert.ok(geometry.give(30));
  assert.equal(geometry.space().above, above - 30);
  assert.ok(!geometry.give(above));
  geometry.drift = 0;
  assert.equal(geometry.space().above, above);
});

test("a changed height counts from its row on; another width forgets them all", () => {
  const rows = rowsOf(100);
  const geometry = measured(rows);
  assert.equal(geometry.heights.above(rows, 100), 5000);
  assert.ok(geometry.heights.measure(rows[50], 50, 80));
  assert.ok(!geometry.heights.measure(rows[50], 50, 80));
  assert.equal(geometry.heights.above(rows, 50), 2500);
  assert.equal(geometry.heights.above(rows, 100), 5030);
  assert.equal(geometry.heights.at(rows, 2579), 50);
  assert.equal(geometry.heights.at(rows, 2580), 51);
  geometry.heights.widthChanged(400);
  assert.equal(geometry.heights.above(rows, 100), 100 * geometry.heights.of(rows[0]));
});

test("what is on the screen is told from where the rendered rows begin", () => {
  const rows = rowsOf(100);
  const geometry = measured(rows);
  geometry.show("50", 0);
  geometry.plan(rows);
  geometry.space();
  const shown = geometry.visible(geometry.above - 50 * HIGH - 20);
  assert.deepEqual([shown[0].row.key, shown[0].top, shown[0].bottom], ["50", -20, 30]);
  assert.equal(shown.at(-1).row.key, "62");
});
