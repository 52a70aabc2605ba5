// Ticked users: never somebody who is not shown, or who cannot be ticked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ticks } from "../../../static/models/ticks.js";
import { signal } from "../../../static/vendor/signals-core.js";

const shown = (...ids) => ids.map((id) => ({ id }));
const ids = (ticks) => ticks.users.value.map(({ id }) => id).join("");

test("each and all, without whom one may not tick", () => {
  const users = signal(shown("a", "b", "c"));
  const ticks = new Ticks(users, ({ id }) => id !== "b");
  ticks.put("a", true);
  ticks.put("b", true);
  assert.equal(ids(ticks), "a");
  ticks.all(true);
  assert.equal(ids(ticks), "ac");
  ticks.put("a", false);
  assert.equal(ids(ticks), "c");
  ticks.all(false);
  assert.equal(ids(ticks), "");
});

test("who goes from the page is not among them, and before the first answer nobody is", () => {
  const users = signal(null);
  const ticks = new Ticks(users);
  ticks.all(true);
  assert.equal(ids(ticks), "");
  users.value = shown("a", "b");
  ticks.all(true);
  users.value = shown("b", "c");
  assert.equal(ids(ticks), "b");
});
