// Floating boxes stand beside their anchor and inside the window.
import assert from "node:assert/strict";
import { test } from "node:test";
import { placeBeside } from "../../../static/lib/placing.js";

const view = { width: 1000, height: 800 };
const box = { width: 200, height: 300 };
const anchor = (left, top) => ({ left, top, right: left + 40, bottom: top + 20 });

test("below the anchor, where the edges line up", () => {
  assert.deepEqual(placeBeside(anchor(100, 100), box, view), { left: 100, top: 124 });
  assert.deepEqual(placeBeside(anchor(500, 100), box, view, { align: "end" }), { left: 340, top: 124 });
});

test("above where there is more room, or when asked for", () => {
  assert.equal(placeBeside(anchor(100, 700), box, view).top, 396);
  assert.equal(placeBeside(anchor(100, 400), box, view, { above: true }).top, 96);
});

test("never outside of the window", () => {
  assert.deepEqual(placeBeside(anchor(990, 10), box, view), { left: 792, top: 34 });
  assert.deepEqual(placeBeside(anchor(-50, 10), box, view), { left: 8, top: 34 });
  assert.equal(placeBeside(anchor(0, 50), { width: 200, height: 900 }, view).top, 8);
});
