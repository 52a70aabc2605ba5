// What the form of a user sends: nothing that nobody touched (R18-R30).
import assert from "node:assert/strict";
import { test } from "node:test";
import { newUserFields, userChanges } from "../../../static/models/user_changes.js";

const user = { displayName: "Bob", email: "bob@x.example", nickname: null, bio: "long", emailVerified: false, role: "user" };

test("only what is another value than now is sent, and what was emptied is null", () => {
  const typed = { displayName: "Bob", email: "", nickname: "", bio: "short", role: "admin", emailVerified: true };
  assert.deepEqual(userChanges(typed, user), { email: null, bio: "short", role: "admin", emailVerified: true });
  assert.deepEqual(userChanges({}, user), {});
});

test("a name that was emptied stays empty, so that it can be refused", () => {
  assert.deepEqual(userChanges({ displayName: "" }, user), { displayName: "" });
});

test("a new user gets what admin.addUser takes at once, and the rest behind it", () => {
  const typed = { userName: "kim", displayName: "", email: "kim@x.example", emailVerified: true, nickname: "K", bio: "" };
  assert.deepEqual(newUserFields(typed, { password: "p", requirePasswordChange: true }), {
    first: { userName: "kim", email: "kim@x.example", role: "user", verified: true, password: "p", requirePasswordChange: true },
    rest: { nickname: "K" },
  });
  assert.deepEqual(newUserFields({ userName: "kim", emailVerified: true }, {}), { first: { userName: "kim", role: "user" }, rest: {} });
});

test("the limit of sessions is a number, and none when it was emptied", () => {
  const limited = { ...user, sessionLimit: 2 };
  assert.deepEqual(userChanges({ sessionLimit: "2" }, limited), {});
  assert.deepEqual(userChanges({ sessionLimit: "0" }, limited), { sessionLimit: 0 });
  assert.deepEqual(userChanges({ sessionLimit: "" }, limited), { sessionLimit: null });
  assert.deepEqual(newUserFields({ userName: "kim", sessionLimit: "5" }, {}).rest, { sessionLimit: 5 });
});
