// Charts: gaps stay gaps, the scale is round and high enough, bars and lines stay within their box.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bars, filled, labelled, lines, ticks } from "../../../static/models/chart.js";

const box = { width: 100, height: 50 };

test("what is not known is null at its place", () => {
  const series = { start: 1000, stepMs: 10, points: [{ at: 1010, n: 1 }, { at: 1030, n: 3 }] };
  assert.deepEqual(filled(series, 5).map((point) => point?.n ?? null), [null, 1, null, 3, null]);
});

test("the scale is round and reaches over the highest value", () => {
  assert.deepEqual(ticks(0), [0, 1]);
  assert.deepEqual(ticks(1), [0, 1]);
  assert.deepEqual(ticks(640), [0, 250, 500, 750]);
  assert.deepEqual(ticks(7), [0, 5, 10]);
  assert.deepEqual(ticks(20), [0, 10, 20]);
  for (const most of [3, 7, 12, 99, 101, 388, 12_345, 0.4]) {
    const found = ticks(most);
    assert.ok(found.at(-1) >= most && found.length >= 2 && found.length <= 5, `${most}: ${found}`);
  }
});

test("bars stand on the ground and never leave the box", () => {
  const found = bars([0, 5, null, 10], box, 10);
  assert.deepEqual(found.map(({ y, height }) => [y, height]), [[50, 0], [25, 25], [50, 0], [0, 50]]);
  assert.ok(found.every(({ x, width }) => x >= 0 && x + width <= box.width));
});

test("a line breaks where nothing is known", () => {
  assert.deepEqual(lines([10, 0, null, 5, null], box, 10), [[[0, 0], [25, 50]], [[75, 25]]]);
  assert.deepEqual(lines([null, null], box, 10), []);
});

test("labels are few and evenly spread", () => {
  assert.deepEqual(labelled(24), [0, 5, 10, 15, 20]);
  assert.deepEqual(labelled(3), [0, 1, 2]);
});
