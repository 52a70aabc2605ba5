// The audit log as it is read: nothing twice, nothing missed, whatever is written while somebody turns the pages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../../../static/models/errors.js";
import { AuditLog, GROUPS, isIn } from "../../../static/models/audit_log.js";
import { ManualClock, settled } from "./manual_clock.js";

const DAY_MS = 86_400_000;

/** A log that answers as the server does; `write` is what admin.auditAdded tells. */
class Server {
  entries = []; // oldest first
  asked = [];
  hold = null;

  write(action = "user.added", more = {}) {
    const id = this.entries.length + 1;
    const entry = { id, at: 0, action, actorId: "admin", targetId: null, ip: "", detail: {}, ...more };
    this.entries.push(entry);
    return { entry };
  }

  ask = async (type, wanted) => {
    this.asked.push(wanted);
    const fits = ({ action, actorId, targetId }) =>
      (!wanted.action || isIn(wanted.action, action)) && (!wanted.targetId || targetId === wanted.targetId) &&
      (!wanted.actorId || actorId === wanted.actorId);
    const all = this.entries.filter(fits).reverse();
    const page = all.filter(({ id }) => !wanted.beforeId || id < wanted.beforeId).slice(0, wanted.limit);
    const people = page.map(({ actorId }) => ({ id: actorId, displayName: actorId }));
    await this.hold;
    if (this.refusal) throw this.refusal;
    return { entries: page, people, channels: {}, total: all.length };
  };
}

async function cast({ entries = 0, ...options } = {}) {
  const clock = new ManualClock();
  const server = new Server();
  for (let n = 0; n < entries; n += 1) server.write();
  const log = new AuditLog({ ask: server.ask, clock, pageSize: 3, ...options });
  await log.load();
  return { clock, server, log };
}

const ids = ({ list }) => list.rows.value.map(({ id }) => id);

test("older entries go on where the page ends, and newer ones come back", async () => {
  const { log } = await cast({ entries: 7 });
  const pages = [ids(log)];
  while (log.hasOlder.value) pages.push((await log.older(), ids(log)));
  assert.deepEqual(pages, [[7, 6, 5], [4, 3, 2], [1]]);
  await log.newer();
  assert.deepEqual([ids(log), log.hasOlder.value, log.list.total.value], [[4, 3, 2], true, 7]);
});

test("what is written meanwhile shifts no page", async () => {
  const { log, server } = await cast({ entries: 5 });
  await log.older();
  for (let n = 0; n < 4; n += 1) log.take(server.write());
  assert.deepEqual([ids(log), log.list.total.value, log.hasOlder.value], [[2, 1], 9, false]);
  await log.older();
  await settled();
  assert.deepEqual(ids(log), [], "there is nothing older, and nobody asks for ever");
  await log.newer();
  await log.newer();
  assert.deepEqual(ids(log), [9, 8, 7]);
});

test("on the first page a new entry stands at the top at once, and the next page goes on behind it", async () => {
  const { log, server } = await cast({ entries: 4 });
  log.take(server.write());
  assert.deepEqual([ids(log), log.list.total.value], [[5, 4, 3], 5]);
  log.take({ entry: server.entries.at(-1) });
  assert.deepEqual([ids(log), log.list.total.value], [[5, 4, 3], 5], "told twice, shown once");
  await log.older();
  assert.deepEqual(ids(log), [2, 1]);
});

test("what is told while an answer is on its way is not lost with it", async () => {
  const { log, server } = await cast({ entries: 2 });
  let answer;
  server.hold = new Promise((done) => (answer = done));
  const looked = log.load();
  log.take(server.write());
  answer();
  await looked;
  assert.deepEqual([ids(log), log.list.total.value], [[3, 2, 1], 3]);
});

test("an entry that does not fit the choice is not shown", async () => {
  const { log, server } = await cast({ about: "ben" });
  await log.showGroup("roles");
  log.take(server.write("role.changed", { targetId: "ben" }));
  log.take(server.write("role.changed", { targetId: "ana" }));
  log.take(server.write("user.updated", { targetId: "ben" }));
  assert.deepEqual(ids(log), [1]);
});

test("a search asks the server what fits", async () => {
  const { clock, log, server } = await cast({ entries: 1 });
  log.type(" ben ");
  await clock.pass(200);
  assert.equal(server.asked.at(-1).search, "ben");
  const before = server.asked.length;
  log.take(server.write());
  log.take(server.write());
  await clock.pass(1000);
  assert.equal(server.asked.length, before + 1, "once for both");
});

test("the command line has a name of its own, a channel's is asked for", async () => {
  const { clock, log, server } = await cast({ entries: 1 });
  const before = server.asked.length;
  log.take(server.write("user.added", { actorId: "command line" }));
  await clock.pass(1000);
  assert.equal(server.asked.length, before);
  log.take(server.write("channel.memberAdded", { detail: { channelId: "c1" } }));
  await clock.pass(1000);
  assert.equal(server.asked.length, before + 1);
});

test("who is new to the log is asked for by name, once", async () => {
  const { clock, log, server } = await cast({ entries: 1 });
  const before = server.asked.length;
  log.take(server.write("user.added", { actorId: "zoe" }));
  await clock.pass(1000);
  log.take(server.write("user.added", { actorId: "zoe" }));
  await clock.pass(1000);
  assert.equal(server.asked.length, before + 1);
  assert.equal(log.names.value.people.get("zoe").displayName, "zoe");
});

test("a period and a group begin at the first page again", async () => {
  const { clock, log, server } = await cast({ entries: 7 });
  await log.older();
  await log.showPeriod("week");
  assert.equal(log.list.page.value, 0);
  const { after, beforeId } = server.asked.at(-1);
  assert.deepEqual([after, beforeId], [clock.now() - 7 * DAY_MS, undefined]);
});

test("a refusal is shown, and what was there stays", async () => {
  const { log, server } = await cast({ entries: 2 });
  server.refusal = new Refused({ code: "forbidden" });
  await log.load();
  assert.equal(log.list.error.value.code, "forbidden");
  assert.deepEqual(ids(log), [2, 1]);
});

test("a group is a name, or what begins with it and a dot", () => {
  assert.ok(isIn(GROUPS.refused, "signIn.failed"));
  assert.ok(!isIn(GROUPS.refused, "signIn.succeeded"));
  assert.ok(!isIn("role.*", "roles.changed"));
});
