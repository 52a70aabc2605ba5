// Sign-ins in a list: fresh while it is open, silent when it is closed, and one that was ended is gone at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../../../static/models/errors.js";
import { request } from "../../../static/models/frames.js";
import { SessionList } from "../../../static/models/session_list.js";
import { ManualClock, settled } from "./manual_clock.js";

function cast({ userId = null } = {}) {
  const clock = new ManualClock();
  const server = { sessions: ["here", "phone", "old"].map((id) => ({ id, current: id === "here" })), asked: [], refusal: null };
  const ask = async (type, payload) => {
    server.asked.push([type, payload]);
    if (server.refusal) throw server.refusal;
    return answer(server, type, payload);
  };
  return { clock, server, list: new SessionList({ ask, clock, userId }) };
}

function answer(server, type, { sessionId }) {
  const before = server.sessions;
  if (type === request.sessionList) return { sessions: before };
  if (type === request.adminListSessions) return { sessions: before, total: before.length };
  if (type === request.sessionSignOutOthers) server.sessions = before.filter((session) => session.current);
  else if (type === request.adminRevokeUserSessions) server.sessions = [];
  else server.sessions = before.filter((session) => session.id !== sessionId);
  return { revoked: before.length - server.sessions.length };
}

const ids = (list) => list.sessions.value.map((session) => session.id);

test("it follows sign-ins elsewhere while it is open, and asks nothing once it is closed", async () => {
  const { clock, server, list } = cast();
  await list.open();
  server.sessions = [{ id: "new" }, ...server.sessions];
  await clock.pass(4000);
  assert.deepEqual(ids(list), ["new", "here", "phone", "old"]);
  list.close();
  server.asked.length = 0;
  await clock.pass(60_000);
  assert.equal(server.asked.length, 0);
});

test("closing while an answer is on its way leaves no timer behind", async () => {
  const { clock, list } = cast();
  list.open();
  list.close();
  await settled();
  assert.equal(list.sessions.value, null);
  assert.equal(clock.waiting, 0);
});

test("an ended session leaves the list with the answer", async () => {
  const { server, list } = cast();
  await list.open();
  await list.revoke("phone");
  assert.deepEqual(ids(list), ["here", "old"]);
  assert.deepEqual(server.asked[1], [request.sessionRevoke, { sessionId: "phone" }]);
});

test("ending all the others keeps the current one", async () => {
  const { list } = cast();
  await list.open();
  assert.equal(await list.revokeAll(), 2);
  assert.deepEqual(ids(list), ["here"]);
});

test("an administrator sees and ends somebody else's, all of them", async () => {
  const { server, list } = cast({ userId: "bob" });
  await list.open();
  assert.deepEqual(server.asked[0], [request.adminListSessions, { userId: "bob", limit: 200 }]);
  await list.revoke("old");
  assert.deepEqual(server.asked[1], [request.adminRevokeSession, { sessionId: "old" }]);
  assert.equal(await list.revokeAll(), 2);
  assert.deepEqual(ids(list), []);
});

test("a refusal leaves the list as it was, and the next look clears it", async () => {
  const { clock, server, list } = cast();
  await list.open();
  server.refusal = new Refused({ code: "offline" });
  await assert.rejects(list.revoke("phone"), { code: "offline" });
  assert.equal(ids(list).length, 3);
  await clock.pass(4000);
  assert.equal(list.error.value.code, "offline");
  server.refusal = null;
  await clock.pass(4000);
  assert.equal(list.error.value, null);
});
