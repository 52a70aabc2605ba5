// Two letters and a hue for everybody, whatever the name is made of.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hueOf, initials } from "../../../static/models/initials.js";

test("first and last word", () => {
  assert.equal(initials("Maya Lindqvist"), "ML");
  assert.equal(initials("Maria del Carmen Ruiz"), "MR");
  assert.equal(initials("elena.p"), "EP");
  assert.equal(initials("maya"), "M");
});

test("names that are no Latin words", () => {
  assert.equal(initials("נועה כהן"), "נכ");
  assert.equal(initials("田中 愛子"), "田愛");
  assert.equal(initials("👩‍🚀 Ada"), "👩‍🚀A");
  assert.equal(initials("é́clair"), "É́");
});

test("a name without letters has a question mark", () => {
  for (const name of ["", " ", "<>", "...", null, undefined]) assert.equal(initials(name), "?", String(name));
});

test("the hue is one of eight and belongs to the id", () => {
  assert.equal(hueOf("u-17"), hueOf("u-17"));
  const hues = new Set(Array.from({ length: 200 }, (_, n) => hueOf(`user-${n}`)));
  assert.deepEqual([...hues].sort(), [0, 1, 2, 3, 4, 5, 6, 7]);
});
