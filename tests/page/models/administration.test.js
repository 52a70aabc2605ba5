// The administrators' list of people: it shows what the server holds, soon after anybody changed it, in any order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Accounts } from "../../../static/models/accounts.js";
import { Administration } from "../../../static/models/administration.js";
import { Refused } from "../../../static/models/errors.js";
import { event, request } from "../../../static/models/frames.js";
import { ManualClock } from "./manual_clock.js";

/** A server of people: answers admin.listUsers as the real one does, after `delay()` ms. */
class Server {
  users = [];
  asked = [];
  refusal = null;
  max = 0;

  constructor(clock, delay = () => 0) {
    this.clock = clock;
    this.delay = delay;
  }

  ask = async (type, payload) => {
    this.asked.push({ type, payload });
    await this.later();
    if (this.refusal) throw this.refusal;
    const answer = this.answer(type, payload); // what is true at this moment
    await this.later();
    return answer;
  };

  later() {
    const ms = this.delay();
    return ms ? new Promise((done) => this.clock.after(ms, done)) : undefined;
  }

  answer(type, payload) {
    if (type === request.adminListUsers) return this.page(payload);
    if (type === request.adminAddUser) return { user: person(payload.userName) };
    if (type === request.adminRemoveUser) return { userId: payload.userId, closedSockets: 2 };
    if (type === request.adminListSessions) return { sessions: [{ sockets: 2 }, { sockets: 1 }], total: 2 };
    const change = type === request.adminSetRole ? { role: payload.role } : { status: "deactivated" };
    return { user: { ...this.users.find((user) => user.id === payload.userId), ...change } };
  }

  page({ tab, search = "", role, offset, limit }) {
    const fits = this.users.filter((user) => user.userName.includes(search) && (!role || user.role === role));
    const inTab = (name) => fits.filter((user) => name === "all" || user.status === name);
    return {
      users: inTab(tab).slice(offset ?? 0, (offset ?? 0) + limit),
      total: inTab(tab).length,
      counts: Object.fromEntries(["all", "pending", "active", "deactivated"].map((name) => [name, inTab(name).length])),
      seats: { used: this.users.filter((user) => user.status !== "deactivated").length, max: this.max },
    };
  }
}

function person(name, more = {}) {
  return { id: `id-${name}`, userName: name, displayName: name, role: "user", status: "active", ...more };
}

function cast({ people = ["dave", "carol", "bob", "alice"], pageSize = 50, delay } = {}) {
  const clock = new ManualClock();
  const server = new Server(clock, delay);
  server.users = people.map((name) => person(name));
  const list = new Administration({ ask: server.ask, clock, pageSize });
  const deeds = new Accounts({ ask: server.ask, list });
  return { clock, server, list, deeds };
}

const names = (list) => list.users.value.map((user) => user.userName);
const told = (type, user) => ({ type, payload: { user } });

test("it shows the first page with the counts of all tabs and the seats", async () => {
  const { server, list } = cast({ pageSize: 3 });
  server.users[1].status = "pending";
  assert.equal(list.users.value, null);
  await list.load();
  assert.deepEqual(names(list), ["dave", "carol", "bob"]);
  assert.deepEqual(list.counts.value, { all: 4, pending: 1, active: 3, deactivated: 0 });
  assert.deepEqual([list.total.value, list.pages.value, list.loading.value], [4, 2, false]);
  await list.showPage(1);
  assert.deepEqual(names(list), ["alice"]);
});

test("no more than one question is asked for a word that is typed quickly, and it begins at the first page", async () => {
  const { clock, server, list } = cast({ pageSize: 2 });
  await list.load();
  await list.showPage(1);
  server.asked.length = 0;
  for (const text of ["a", "al", "ali", " ali "]) {
    list.type(text);
    await clock.pass(149);
  }
  assert.equal(server.asked.length, 0);
  assert.equal(list.query.value, " ali ");
  await clock.pass(1);
  assert.deepEqual(server.asked.map((one) => one.payload), [{ tab: "all", offset: 0, limit: 2, search: "ali" }]);
  assert.deepEqual(names(list), ["alice"]);
  list.type("");
  await clock.pass(150);
  assert.equal("search" in server.asked.at(-1).payload, false);
});

test("another tab begins at its first page, and the same search with other spaces is not asked again", async () => {
  const { clock, server, list } = cast({ pageSize: 2 });
  await list.load();
  await list.showPage(1);
  await list.showTab("active");
  assert.deepEqual(server.asked.at(-1).payload, { tab: "active", offset: 0, limit: 2 });
  assert.equal(list.page.value, 0);
  list.type("bob");
  await clock.pass(150);
  const before = server.asked.length;
  list.type("bob ");
  await clock.pass(150);
  assert.equal(server.asked.length, before);
});

test("a search of any length is asked for in what the server takes, without a broken character", async () => {
  const { clock, server, list } = cast();
  list.type("💡".repeat(150));
  await clock.pass(150);
  assert.equal(server.asked.at(-1).payload.search, "💡".repeat(100));
});

test("the answer to an earlier question does not replace that to a later one", async () => {
  const slow = [500, 0, 0, 0];
  const { clock, list } = cast({ delay: () => slow.shift() ?? 0 });
  const first = list.load();
  list.type("bob");
  await clock.pass(150);
  assert.deepEqual(names(list), ["bob"]);
  await clock.pass(500);
  await first;
  assert.deepEqual(names(list), ["bob"]);
});

test("an event shows in the row at once, and a storm of them costs one look", async () => {
  const { clock, server, list } = cast();
  await list.load();
  server.asked.length = 0;
  for (const user of server.users) {
    user.displayName = `${user.userName} the new`;
    list.take(told(event.userUpdated, { ...user }));
  }
  assert.ok(list.users.value.every((user) => user.displayName.endsWith("the new")));
  assert.equal(server.asked.length, 0);
  await clock.pass(250);
  assert.equal(server.asked.length, 1);
  assert.equal(clock.waiting, 0);
});

test("a storm that does not end does not put off the look", async () => {
  const { clock, server, list } = cast();
  await list.load();
  server.asked.length = 0;
  for (let at = 0; at < 20; at += 1) {
    list.take(told(event.userCreated, person("erin")));
    await clock.pass(50);
  }
  assert.ok(server.asked.length >= 3 && server.asked.length <= 5, String(server.asked.length));
});

test("a server that answers more slowly than things change is still heard", async () => {
  const { clock, server, list } = cast({ delay: () => 300 });
  list.load();
  await clock.pass(1000);
  for (let at = 0; at < 60; at += 1) {
    server.users.unshift(person(`new${at}`));
    list.take(told(event.userCreated, server.users[0]));
    await clock.pass(50);
  }
  assert.ok(list.users.value.length > 20, `${list.users.value.length} rows after three seconds of changes`);
});

test("a new person appears, and a removed one goes at once", async () => {
  const { clock, server, list } = cast();
  await list.load();
  server.users.unshift(person("erin"));
  list.take(told(event.userCreated, person("erin")));
  await clock.pass(250);
  assert.equal(names(list)[0], "erin");
  const [gone] = server.users.splice(1, 1);
  list.take(told(event.userRemoved, gone));
  assert.deepEqual(names(list), ["erin", "carol", "bob", "alice"]);
  await clock.pass(250);
  assert.equal(list.total.value, 4);
});

test("somebody who no longer belongs in the tab leaves it", async () => {
  const { clock, server, list } = cast();
  await list.showTab("active");
  server.users[0].status = "deactivated";
  list.take(told(event.userUpdated, { ...server.users[0] }));
  await clock.pass(250);
  assert.deepEqual(names(list), ["carol", "bob", "alice"]);
  assert.deepEqual(list.counts.value, { all: 4, pending: 0, active: 3, deactivated: 1 });
});

test("when the last page is emptied by others the one before it is shown, with no empty page in between", async () => {
  const { clock, server, list } = cast({ pageSize: 3, delay: () => 100 });
  list.load();
  await clock.pass(200);
  list.showPage(1);
  await clock.pass(200);
  const kept = list.users.value;
  assert.equal(kept.length, 1);
  server.users.splice(3, 1);
  list.refresh();
  await clock.pass(450);
  assert.equal(list.users.value, kept);
  await clock.pass(200);
  assert.equal(list.page.value, 0);
  assert.deepEqual(names(list), ["dave", "carol", "bob"]);
  assert.equal(list.loading.value, false);
});

test("only the presence of people in view makes it look again, and not at once", async () => {
  const { clock, server, list } = cast();
  await list.load();
  server.asked.length = 0;
  list.take({ type: event.presenceChanged, payload: { presence: [{ userId: "somebody", status: "online" }] } });
  assert.equal(clock.waiting, 0);
  list.take({ type: event.presenceChanged, payload: { presence: [{ userId: "id-bob", status: "online" }] } });
  await clock.pass(1999);
  assert.equal(server.asked.length, 0);
  await clock.pass(1);
  assert.equal(server.asked.length, 1);
});

test("a refusal leaves what was shown, and the next look that succeeds clears it", async () => {
  const { clock, server, list } = cast();
  await list.load();
  server.refusal = new Refused({ code: "unavailable", message: "Not now." });
  await list.load();
  assert.equal(list.error.value.code, "unavailable");
  assert.equal(names(list).length, 4);
  server.refusal = null;
  list.take(told(event.userCreated, person("erin")));
  await clock.pass(250);
  assert.equal(list.error.value, null);
});

test("after closing nothing is asked and nothing is shown any more", async () => {
  const { clock, server, list } = cast({ delay: () => 100 });
  list.load();
  list.type("x");
  list.refresh();
  list.close();
  await clock.pass(1000);
  assert.equal(server.asked.length, 1);
  assert.equal(list.users.value, null);
});

test("it knows when every seat is taken", async () => {
  const { server, list } = cast();
  server.max = 4;
  await list.load();
  assert.equal(list.isFull.value, true);
  server.max = 0;
  await list.load();
  assert.equal(list.isFull.value, false);
});

test("the answer to a deed shows in the row before the list is looked at again", async () => {
  const { list, deeds } = cast();
  await list.load();
  assert.equal((await deeds.setRole("id-bob", "admin")).role, "admin");
  assert.equal(list.users.value.find((user) => user.id === "id-bob").role, "admin");
  await deeds.deactivate("id-alice");
  assert.equal(list.users.value.find((user) => user.id === "id-alice").status, "deactivated");
  assert.equal(await deeds.remove("id-carol", "keep", "carol"), 2);
  assert.deepEqual(names(list), ["dave", "bob", "alice"]);
  assert.deepEqual(await deeds.openOf("id-bob"), { sessions: 2, windows: 3 });
});

test("a refused deed changes nothing", async () => {
  const { clock, server, list, deeds } = cast();
  await list.load();
  const before = list.users.value;
  server.refusal = new Refused({ code: "last_admin" });
  await assert.rejects(deeds.setRole("id-bob", "user"), { code: "last_admin" });
  await assert.rejects(deeds.remove("id-bob", "delete", "bob"), { code: "last_admin" });
  assert.equal(list.users.value, before);
  assert.equal(clock.waiting, 0);
});

test("whatever others do, in whatever order answers come, it ends in what a fresh look gives", async () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const random = dice(seed);
    const { clock, server, list } = cast({ pageSize: 3, delay: () => random(400) });
    list.load();
    for (let step = 0; step < 60; step += 1) {
      anything(random, server, list, step);
      await clock.pass(random(120));
    }
    await clock.pass(5000);
    const wanted = list.search.value;
    const fresh = server.page({ tab: list.tab.value, search: wanted, offset: list.page.value * 3, limit: 3 });
    assert.deepEqual(list.users.value, fresh.users, `seed ${seed}`);
    assert.deepEqual(list.counts.value, fresh.counts, `seed ${seed}`);
    assert.deepEqual([list.total.value, list.loading.value], [fresh.total, false], `seed ${seed}`);
    assert.ok(fresh.users.length || !fresh.total, `seed ${seed}: an empty page of a list that is not`);
  }
});

/** One change by another administrator, told at once; or one by the reader. */
function anything(random, server, list, step) {
  const at = random(server.users.length || 1);
  const user = server.users[at];
  const kind = random(8);
  if (kind === 0 || !user) {
    server.users.unshift(person(`p${step}`, { status: "pending" }));
    list.take(told(event.userCreated, { ...server.users[0] }));
  } else if (kind === 1) {
    server.users.splice(at, 1);
    list.take(told(event.userRemoved, user));
  } else if (kind <= 4) {
    server.users[at] = { ...user, status: ["active", "pending", "deactivated"][random(3)], displayName: `n${step}` };
    list.take(told(event.userUpdated, server.users[at]));
  } else if (kind === 5) list.showTab(["all", "pending", "active", "deactivated"][random(4)]);
  else if (kind === 6) list.showPage(random(3));
  else list.type(["", "a", "p", "zzz"][random(4)]);
}

/** Whole numbers from 0 to below n, the same for the same seed (Mulberry32). */
function dice(seed) {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % n;
  };
}
