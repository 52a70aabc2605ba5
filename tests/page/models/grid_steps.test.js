// The arrows in a grid of groups: two groups of 5 and 4 in rows of 3 are
// 0 1 2 / 3 4 // 5 6 7 / 8
import assert from "node:assert/strict";
import { test } from "node:test";
import { step } from "../../../static/views/composer/grid_steps.js";

const go = (index, key, isRightToLeft) => step([5, 4], 3, index, key, isRightToLeft);

test("left and right go on into the next row and stop at both ends", () => {
  assert.equal(go(2, "ArrowRight"), 3);
  assert.equal(go(5, "ArrowLeft"), 4);
  assert.equal(go(0, "ArrowLeft"), 0);
  assert.equal(go(8, "ArrowRight"), 8);
  assert.equal(go(2, "ArrowRight", true), 1);
});

test("up and down keep the column, also over the border of a group", () => {
  assert.equal(go(1, "ArrowDown"), 4);
  assert.equal(go(4, "ArrowDown"), 6);
  assert.equal(go(6, "ArrowUp"), 4);
});

test("where the next row is shorter its last place is taken", () => {
  assert.equal(go(2, "ArrowDown"), 4);
  assert.equal(go(7, "ArrowUp"), 4);
  assert.equal(go(7, "ArrowDown"), 8);
});

test("upwards from the first row leads out of the grid, downwards from the last nowhere", () => {
  assert.equal(go(1, "ArrowUp"), null);
  assert.equal(go(8, "ArrowDown"), 8);
});

test("pages and ends", () => {
  assert.equal(go(6, "Home"), 0);
  assert.equal(go(1, "End"), 8);
  assert.equal(go(8, "PageUp"), 0);
  assert.equal(go(0, "PageDown"), 8);
  assert.equal(go(0, "a"), null);
});
