// What the menu of a user offers: each state of an account under each setting of the server (UI.md 4.6, FEATURES R36).
import assert from "node:assert/strict";
import { test } from "node:test";
import { userDeeds } from "../../../static/models/user_deeds.js";

const END = "rule deactivate remove";
const TABLE = [
  // status, role, has an address, has two-step sign-in, the server sends e-mail -> the menu
  ["active", "user", true, false, true, `view edit promote rule password endSessions export ${END}`],
  ["active", "user", true, false, false, `view edit promote rule password endSessions export ${END}`],
  ["active", "user", false, true, false, `view edit promote rule password totp endSessions export ${END}`],
  ["active", "admin", true, false, true, `view edit demote rule password endSessions export ${END}`],
  ["active", "admin", true, true, true, `view edit demote rule password totp endSessions export ${END}`],
  ["active", "bot", false, false, true, `view edit ${END}`],
  ["pending", "user", true, false, true, `view edit rule welcome ${END}`],
  ["pending", "user", true, false, false, `view edit rule password ${END}`],
  ["pending", "user", false, false, true, `view edit rule password ${END}`],
  ["pending", "admin", true, false, true, `view edit rule welcome ${END}`],
  ["deactivated", "user", true, true, true, "activate rule remove"],
  ["deactivated", "admin", true, false, false, "activate rule remove"],
  ["deactivated", "bot", false, false, true, "activate rule remove"],
];

for (const [status, role, hasAddress, totpEnabled, hasEmail, expected] of TABLE) {
  const name = `${status} ${role}${hasAddress ? " with an address" : ""}${totpEnabled ? ", two-step" : ""}${hasEmail ? ", e-mail set up" : ""}`;
  test(`R36: ${name}`, () => {
    const user = { status, role, isAdmin: role === "admin", email: hasAddress ? "a@x.example" : null, totpEnabled };
    assert.equal(userDeeds(user, { isMe: false, hasEmail }).join(" "), expected);
  });
}

test("R36: the account of system tokens is looked at, no more", () => {
  const system = { id: "system", status: "active", role: "admin", isAdmin: true, email: null, totpEnabled: false };
  assert.equal(userDeeds(system, { isMe: false, hasEmail: true }).join(" "), "view");
});

test("R36: oneself is looked at and edited, no more", () => {
  const me = { status: "active", role: "admin", isAdmin: true, email: "a@x.example", totpEnabled: true };
  assert.equal(userDeeds(me, { isMe: true, hasEmail: true }).join(" "), "view edit");
});
