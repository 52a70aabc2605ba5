// The rules that tick while one types agree with the server's (chatd/domain/passwords.py).
import assert from "node:assert/strict";
import { test } from "node:test";
import { hasOuterSpace, meetsPolicy, passwordRules } from "../../../static/models/password_rules.js";

const off = { minLength: 8, maxBytes: 72, maxRepeat: 0, lower: false, upper: false, digit: false, special: false, history: 0 };
const met = (policy, value) => Object.fromEntries(passwordRules(policy, value).map((rule) => [rule.key, rule.met]));

test("only what is switched on is a rule", () => {
  assert.deepEqual(met(off, "12345678"), { minLength: true });
});

test("length counts code points, as the server does", () => {
  assert.equal(met(off, "🔑🔑🔑🔑").minLength, false);
  assert.equal(met(off, "🔑🔑🔑🔑🔑🔑🔑🔑").minLength, true);
});

test("the bound in bytes is told once it is passed", () => {
  assert.deepEqual(met(off, "é".repeat(36)), { minLength: true });
  assert.deepEqual(met(off, "é".repeat(37)), { minLength: true, maxBytes: false });
});

test("each kind of character is looked for", () => {
  const policy = { ...off, lower: true, upper: true, digit: true, special: true };
  assert.deepEqual(met(policy, "aB3 aB3 "), { minLength: true, lower: true, upper: true, digit: true, special: false });
  assert.equal(meetsPolicy(policy, "aB3-aB3-"), true);
});

test("runs of one character are bounded", () => {
  const policy = { ...off, maxRepeat: 2 };
  assert.equal(met(policy, "aabbaabb").maxRepeat, true);
  assert.equal(met(policy, "aaabbbbb").maxRepeat, false);
});

test("spaces at the ends are noticed", () => {
  assert.equal(hasOuterSpace("in the middle"), false);
  assert.equal(hasOuterSpace("at the end "), true);
});
