// How names fit what was typed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fit, ranked } from "../../../static/views/composer/matching.js";

test("case and accents do not matter", () => {
  assert.equal(fit("tomas", "Tomás"), 0);
  assert.equal(fit("riv", "Tomás RIVERA"), 2);
});

test("a whole name is better than its beginning, that than a later word, that than the middle", () => {
  assert.deepEqual(["an", "ann", "b ann", "joanna", "bob"].map((name) => fit("an", name)), [0, 1, 2, 3, null]);
});

test("the best name of an item counts, and equals keep their order", () => {
  const people = [{ names: ["Bo", "ann"] }, { names: ["Anna", null] }, { names: ["Zed"] }, { names: ["Annika"] }];
  const found = ranked("ann", people, (person) => person.names, 9);
  assert.deepEqual(found, [people[0], people[1], people[3]]);
});

test("nothing typed keeps all in their order, up to the limit", () => {
  assert.deepEqual(ranked("", ["b", "a", "c"], (name) => [name], 2), ["b", "a"]);
});
