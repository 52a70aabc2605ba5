import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { test } from "node:test";
import { makePassword } from "../../../static/models/password_maker.js";

const open = { minLength: 8, maxBytes: 72, maxRepeat: 0, lower: false, upper: false, digit: false, special: false };
const strict = { ...open, maxRepeat: 1, lower: true, upper: true, digit: true, special: true };

test("a made password keeps the strictest policy, whatever chance brings", () => {
  for (let minLength = 6; minLength <= 72; minLength += 1) {
    for (const random of [randomInt, () => 0, (n) => n - 1]) {
      const made = makePassword({ ...strict, minLength }, random);
      assert.ok(made.length >= minLength && made.length <= 72, made);
      for (const rule of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9 ]/]) assert.match(made, rule);
      assert.doesNotMatch(made, /(.)\1/);
    }
  }
});

test("two made passwords differ, and hold nothing that is mistaken for something else", () => {
  const made = new Set(Array.from({ length: 500 }, () => makePassword(open, randomInt)));
  assert.equal(made.size, 500);
  for (const password of made) assert.match(password, /^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
});
