// What an entry of the audit log says: plain words, and never nothing, whatever the server wrote.
import assert from "node:assert/strict";
import { test } from "node:test";
import "../../../static/lib/text_admin_audit.js";
import { factsOf, iconOf, isRefusal, whatText, whomText, whoText } from "../../../static/models/audit_entry.js";

const names = {
  people: new Map([["ana", { displayName: "Ana" }], ["ben", { displayName: "", userName: "ben" }]]),
  channels: new Map([["c1", "releases"]]),
};
const entry = (action, more = {}) => ({ action, actorId: "ana", targetId: null, ip: "::1", detail: {}, ...more });

test("who did it: a person, the command line, the server, or somebody who is not signed in", () => {
  const who = (more) => whoText(entry("user.added", more), names);
  assert.equal(who({}), "Ana");
  assert.equal(who({ actorId: "command line" }), "Command line");
  assert.equal(who({ actorId: null }), "Not signed in");
  assert.equal(who({ actorId: null, ip: "" }), "The server");
  assert.equal(who({ actorId: "nobody known" }), "Somebody");
});

test("on whom, with the detail that says most", () => {
  const whom = (more) => whomText(entry("x", more), names);
  assert.equal(whom({ targetId: "ben", detail: { role: "admin" } }), "ben, Admin");
  assert.equal(whom({ targetId: "ana", detail: { way: "password", sessionId: "s" } }), "password");
  assert.equal(whom({ targetId: "gone", detail: { userName: "cleo", erasure: "keep" } }), "cleo");
  assert.equal(whom({ targetId: "c1", detail: { name: "Deploy" } }), "# releases, Deploy");
  assert.equal(whom({ targetId: "ben", detail: { channelId: "c1" } }), "ben, # releases");
  assert.equal(whom({ targetId: "ana" }), "");
  assert.equal(whom({ detail: { reason: "taken" } }), "address or name in use");
});

test("details have names, and values in words", () => {
  const known = { requireChange: true, fields: ["bio", "nickname"], sessionId: "s1", uses: null };
  const detail = { ...known, strange: { a: 1 }, toUserId: "ben" };
  const facts = factsOf(entry("x", { detail }), names);
  assert.deepEqual(facts.map(({ label, value, isCode }) => [label, value, isCode]), [
    ["Must be changed", "yes", false],
    ["What changed", "bio, nickname", false],
    ["Session", "s1", true],
    ["Uses", "any number", false],
    ["strange", '{"a":1}', false],
    ["To", "ben", false],
  ]);
});

test("refusals are told apart, and what a newer server writes is named as it is", () => {
  const actions = ["denied", "signIn.failed", "link.refused", "role.changed"];
  assert.deepEqual(actions.filter((action) => isRefusal({ action })), ["denied", "signIn.failed", "link.refused"]);
  assert.equal(whatText({ action: "moon.landed" }), "moon.landed");
  assert.equal(iconOf({ action: "moon.landed" }), "info");
});
