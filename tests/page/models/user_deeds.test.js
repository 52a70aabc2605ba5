// What the menu of a user offers (UI.md 4.6, FEATURES R36).
import assert from "node:assert/strict";
import { test } from "node:test";
import { userDeeds } from "../../../static/models/user_deeds.js";

const user = { status: "active", role: "user", isAdmin: false, totpEnabled: false };
const deeds = (changes, facts) => userDeeds({ ...user, ...changes }, { isMe: false, hasEmail: false, ...facts }).join(" ");

test("R36: an active user has everything, the destructive part last and apart", () => {
  assert.equal(deeds({}), "view edit promote rule password endSessions rule deactivate remove");
  assert.equal(deeds({ isAdmin: true, totpEnabled: true }), "view edit demote rule password totp endSessions rule deactivate remove");
});

test("R36: who is pending gets the letter again where there is e-mail, else a password by hand", () => {
  assert.equal(deeds({ status: "pending" }, { hasEmail: true }), "view edit rule welcome rule deactivate remove");
  assert.equal(deeds({ status: "pending" }), "view edit rule password rule deactivate remove");
});

test("R36: a deactivated account is activated or deleted, and nothing else", () => {
  assert.equal(deeds({ status: "deactivated", totpEnabled: true }), "activate rule remove");
});

test("R36: a bot has no password, no role to change and no sessions", () => {
  assert.equal(deeds({ role: "bot" }), "view edit rule deactivate remove");
});

test("R36: oneself is looked at and edited, no more", () => {
  assert.equal(deeds({ isAdmin: true }, { isMe: true }), "view edit");
});
