// The switcher's matching: what one means comes first, accents and order of typing do not matter.
import assert from "node:assert/strict";
import { test } from "node:test";
import { candidate, fit, folded, grouped, rank } from "../../../static/models/jump.js";

const named = (...titles) => titles.map((title) => candidate({ title }));
const titles = (found) => found.map((one) => one.candidate.title);
const marked = (one) => one.ranges.map(([from, to]) => one.candidate.title.slice(from, to));

test("the beginning of a name beats the beginning of a word, a word beats its middle, a stretch beats letters", () => {
  const found = rank("fi", named("traffic", "night-fires", "firmware", "fresh ideas"));
  assert.deepEqual(titles(found), ["firmware", "night-fires", "traffic", "fresh ideas"]);
});

test("the shorter name wins among equals", () => {
  assert.deepEqual(titles(rank("gen", named("general-old", "general"))), ["general", "general-old"]);
});

test("accents and capitals are no hindrance, and the right letters are marked", () => {
  const [tomas] = rank("toma", named("Tomás Rivera"));
  assert.deepEqual(marked(tomas), ["Tomá"]);
  const [decomposed] = rank("mas r", named("Tomás Rivera".normalize("NFD")));
  assert.deepEqual(marked(decomposed), ["más R".normalize("NFD")]);
  assert.deepEqual(marked(rank("ﬁ", named("Fischer"))[0]), ["Fi"]);
});

test("the initials of words find a name", () => {
  const [found] = rank("ft", named("field-tests"));
  assert.deepEqual(marked(found), ["f", "t"]);
});

test("a letter that only looks better at a later word does not lose the match", () => {
  assert.notEqual(fit("ios", folded("kiosk i")), null);
  assert.deepEqual(marked(rank("abd", named("axbd b"))[0]), ["a", "bd"]);
});

test("what does not hold the letters in their order does not fit", () => {
  assert.deepEqual(rank("xyz", named("firmware", "general")), []);
  assert.deepEqual(rank("mf", named("firm")), []);
});

test("another name finds somebody, but no letter of it is marked in the title", () => {
  const [found] = rank("maya.l", [candidate({ title: "Lindqvist", words: ["maya.l"] })]);
  assert.deepEqual(found.ranges, []);
});

test("without a query the unread come first, those with mentions before, then by activity", () => {
  const found = rank("", [
    candidate({ title: "old", at: 1 }),
    candidate({ title: "new", at: 9 }),
    candidate({ title: "unread", unread: 3, at: 2 }),
    candidate({ title: "named", mentions: 1 }),
  ]);
  assert.deepEqual(titles(found), ["named", "unread", "new", "old"]);
  assert.deepEqual(titles(grouped(found).unread), ["named", "unread"]);
});

test("emoji, right-to-left names and single surrogates are only text", () => {
  assert.deepEqual(marked(rank("مح", named("محمد"))[0]), ["مح"]);
  assert.deepEqual(marked(rank("🔥", named("on 🔥 now"))[0]), ["🔥"]);
  assert.doesNotThrow(() => rank("\ud83d", named("🔥", "a\ud83d")));
});
