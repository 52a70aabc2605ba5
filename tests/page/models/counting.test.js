// Lengths as the server counts them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { countCodePoints, excess, isBlank } from "../../../static/views/composer/counting.js";

test("an emoji outside the first plane counts as one", () => {
  assert.equal(countCodePoints("🔥🔥"), 2);
  assert.equal(countCodePoints("ab"), 2);
});

test("a family joined of seven code points counts as seven, as for the server", () => {
  assert.equal(countCodePoints("👨‍👩‍👧‍👦"), 7);
});

test("a text of exactly the limit fits, one more does not, whatever its UTF-16 length", () => {
  assert.equal(excess("🔥".repeat(4000), 4000), 0);
  assert.equal(excess("🔥".repeat(4003), 4000), 3);
  assert.equal(excess("a".repeat(4001), 4000), 1);
});

test("white space is what the server's strip() takes away", () => {
  for (const blank of ["", " \n\t", "\u00a0\u2003\u3000", "\u001c\u0085"]) assert.equal(isBlank(blank), true);
  for (const text of ["a", " . ", "\u200b", "\ufeff"]) assert.equal(isBlank(text), false);
});
