// A search field: one look for a whole word, none for what is looked for already, none after it is closed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SearchField } from "../../../static/models/search_field.js";
import { ManualClock } from "./manual_clock.js";

function cast() {
  const clock = new ManualClock();
  const found = [];
  const field = new SearchField({ clock, find: () => found.push(field.sought.peek()) });
  return { clock, field, found };
}

test("a word typed letter by letter is looked for once, when the typing pauses", async () => {
  const { clock, field, found } = cast();
  for (const text of ["a", "al", " ali "]) field.type(text);
  assert.deepEqual([field.typed.value, found], [" ali ", []]);
  await clock.pass(200);
  assert.deepEqual(found, ["ali"]);
});

test("spaces around what is looked for already start no second look", async () => {
  const { clock, field, found } = cast();
  field.type("ali");
  await clock.pass(200);
  field.type("ali ");
  await clock.pass(200);
  assert.deepEqual(found, ["ali"]);
});

test("no more is looked for than the server takes, counted in characters", async () => {
  const { clock, field } = cast();
  field.type("🦊".repeat(120));
  await clock.pass(200);
  assert.equal([...field.sought.value].length, 100);
});

test("what was typed before it was closed is not looked for", async () => {
  const { clock, field, found } = cast();
  field.type("ali");
  field.close();
  await clock.pass(1000);
  assert.deepEqual(found, []);
});
