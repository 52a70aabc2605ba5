// The sign-ins of the server: what is asked for, what goes at once, what comes with the next look.
import assert from "node:assert/strict";
import { test } from "node:test";
import "../../../static/lib/text_admin_sessions.js";
import { request } from "../../../static/models/frames.js";
import { SessionDirectory } from "../../../static/models/session_directory.js";
import { SessionFeed } from "../../../static/models/session_feed.js";
import { agoText, soonText } from "../../../static/models/spans.js";
import { ManualClock } from "./manual_clock.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

async function cast({ userId = null } = {}) {
  const clock = new ManualClock();
  const server = { sessions: ["a", "b", "c"].map((id) => ({ id })), asked: [] };
  const ask = async (type, payload) => {
    server.asked.push([type, payload]);
    if (type === request.adminListSessions) return { sessions: server.sessions, total: server.sessions.length };
    return { revoked: 2 };
  };
  const directory = new SessionDirectory({ ask, clock, userId, pageSize: 10 });
  await directory.load();
  return { clock, server, directory };
}

const ids = ({ list }) => list.rows.value.map(({ id }) => id);
const last = ({ asked }) => asked.at(-1)[1];

test("what ended is gone at once, what began comes soon, once for all", async () => {
  const { clock, server, directory } = await cast();
  server.sessions = [{ id: "d" }, { id: "e" }, { id: "a" }, { id: "c" }];
  directory.take({ change: "ended", sessionIds: ["b"] });
  assert.deepEqual([ids(directory), directory.list.total.value], [["a", "c"], 2]);
  directory.take({ change: "started", session: { id: "d" } });
  directory.take({ change: "started", session: { id: "e" } });
  await clock.pass(1000);
  assert.deepEqual(ids(directory), ["d", "e", "a", "c"]);
  assert.equal(server.asked.length, 2);
});

test("it is narrowed down, searched and sorted by the server", async () => {
  const { clock, server, directory } = await cast({ userId: "ben" });
  assert.deepEqual(last(server), { userId: "ben", sort: "lastActiveAt", order: "desc", offset: 0, limit: 10 });
  await directory.showOnly("online");
  assert.equal(last(server).online, true);
  await directory.showOnly("idle");
  assert.deepEqual([last(server).activeBefore, last(server).online], [clock.now() - 7 * DAY_MS, undefined]);
  await directory.sortBy("createdAt");
  await directory.sortBy("createdAt");
  assert.deepEqual([last(server).sort, last(server).order], ["createdAt", "asc"]);
  directory.type("  10.0 ");
  await clock.pass(200);
  assert.equal(last(server).search, "10.0");
});

test("one, a user's, everybody's but mine", async () => {
  const { server, directory } = await cast({ userId: "ben" });
  await directory.revoke("a");
  assert.deepEqual(server.asked.at(-1), [request.adminRevokeSession, { sessionId: "a" }]);
  assert.deepEqual(ids(directory), ["b", "c"]);
  assert.equal(await directory.revokeUser(), 2);
  assert.deepEqual(server.asked.at(-1), [request.adminRevokeUserSessions, { userId: "ben" }]);
  assert.equal(await directory.revokeAll(), 2);
  assert.deepEqual(server.asked.at(-1), [request.adminRevokeAllSessions, {}]);
});

test("the feed keeps the latest twenty", () => {
  const feed = new SessionFeed({ clock: new ManualClock() });
  feed.take({ change: "ended", sessionIds: ["x"], userIds: ["ben"], code: 4502 });
  for (let n = 0; n < 30; n += 1) feed.take({ change: "started", session: { id: `s${n}`, userId: "ana" } });
  assert.equal(feed.events.value.length, 20);
  assert.deepEqual([feed.events.value[0].session.id, feed.events.value[0].userIds], ["s29", ["ana"]]);
});

test("spans are short, and a clock that is off a little is no trouble", () => {
  const now = new Date(2025, 2, 4, 18, 0).getTime();
  const past = [-5000, 0, 4 * MINUTE_MS, 3 * HOUR_MS].map((ago) => agoText(now - ago, now));
  assert.deepEqual(past, ["now", "now", "4 min ago", "3 h ago"]);
  assert.match(agoText(now - DAY_MS, now), /^Yesterday/);
  const left = [-1, MINUTE_MS / 2, 12.5 * HOUR_MS, DAY_MS, 23.9 * DAY_MS].map((span) => soonText(now + span, now));
  assert.deepEqual(left, ["over", "in 1 min", "in 12 h", "in 1 day", "in 24 days"]);
});
