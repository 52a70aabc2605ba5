// Every code has its sentence, and no code reaches the reader.
import assert from "node:assert/strict";
import { test } from "node:test";
import { closeCode, errorCode } from "../../../static/models/frames.js";
import { endText, refusalText, signInRefusalText } from "../../../static/models/refusals.js";

const refused = (code, more = {}) => ({ code, message: "", field: null, retryAfterMs: null, ...more });
const hasCode = (text, code) => text.includes(code) && code.includes("_");

test("every error code of the server, and the page's own, has a sentence", () => {
  for (const code of [...Object.values(errorCode), "offline", "lost", "cookies"]) {
    const text = refusalText(refused(code));
    assert.match(text, /^[A-Z].*[.]$/, code);
    assert.equal(hasCode(text, code), false, text);
  }
});

test("an unknown code reads like a fault of the server", () => {
  assert.equal(refusalText(refused("brand_new")), refusalText(refused("internal")));
});

test("the server's sentence wins where it names the thing", () => {
  assert.equal(refusalText(refused("invalid", { message: "A channel name has 1 to 80 characters." })), "A channel name has 1 to 80 characters.");
});

test("and does not where it is for programs", () => {
  assert.equal(refusalText(refused("internal", { message: "KeyError" })).includes("KeyError"), false);
});

test("a taken name is followed by what to do", () => {
  assert.equal(refusalText(refused("conflict", { message: "Username already exists" })), "Username already exists. Choose another one.");
});

test("a wait is told in whole seconds, never none", () => {
  assert.equal(refusalText(refused("rate_limited", { retryAfterMs: 2100 })), "That was a little fast. Try again in 3 s.");
  assert.equal(refusalText(refused("rate_limited", { retryAfterMs: 1 })), "That was a little fast. Try again in 1 s.");
  const hour = { retryAfterMs: 3_540_000, message: "That is more than 200 channels in an hour. Try again in 59 minutes." };
  assert.equal(refusalText(refused("rate_limited", hour)), hour.message);
});

test("at the door it is told in minutes", () => {
  assert.equal(signInRefusalText(refused("rate_limited", { retryAfterMs: 61_000 })), "Too many attempts. Try again in 2 min.");
});

test("a wrong password and an unknown name read the same", () => {
  assert.equal(
    signInRefusalText(refused("unauthenticated", { message: "Unknown user" })),
    "That name and password do not match. Check the spelling, and mind that spaces count.",
  );
});

test("each terminal close code has its own sentence, in two parts", () => {
  const terminal = Object.values(closeCode).filter((code) => code >= 4500);
  const leads = new Set();
  for (const code of terminal) {
    const { lead, rest } = endText({ code });
    assert.match(lead, /[.]$/);
    assert.match(rest, /[.]$/);
    leads.add(lead + rest);
  }
  assert.equal(leads.size, terminal.length);
});

test("an ended session says who ended it, where that is known", () => {
  assert.equal(endText({ code: 4502, by: "admin" }).rest, "An administrator ended this session. You can sign in again.");
  assert.equal(endText({ code: 4502, by: "self" }).rest, "You ended this session from another device.");
  assert.equal(endText({ code: 4502, by: null }).rest, "This session was ended by an administrator or from another of your devices.");
});

test("a terminal code of a later server reads like a session that ran out", () => {
  assert.deepEqual(endText({ code: 4777 }), endText({ code: closeCode.sessionExpired }));
});
