// How the connection comes back: when it tries, what it says meanwhile, and what ends it for good.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Connection } from "../../../static/models/connection.js";
import { FakeWebSocket, refused } from "./cast.js";
import { ManualClock, settled } from "./manual_clock.js";

/** A connection and its world: `sockets` it made, `heard` from its hooks, `chance` and `status` to be set. */
function world({ hello = async () => {} } = {}) {
  const clock = new ManualClock();
  const it = { clock, sockets: [], heard: [], chance: 0.5, status: { status: 0, retryAfterMs: null }, online: true };
  it.connection = new Connection({
    connect: () => it.sockets[it.sockets.push(new FakeWebSocket()) - 1],
    whoAmI: async () => it.status,
    network: { online: () => it.online, onChange: (deed) => (it.networkChanged = deed) },
    clock,
    random: () => it.chance,
    hooks: {
      hello,
      frame: (frame) => it.heard.push(frame.type),
      up: () => it.heard.push("up"),
      down: () => it.heard.push("down"),
      ended: (how) => it.heard.push(how),
    },
  });
  Object.defineProperty(it, "socket", { get: () => it.sockets.at(-1) });
  it.connection.start();
  return it;
}

async function up(more) {
  const it = world(more);
  it.socket.hello();
  await settled();
  return it;
}

/** Greets the socket that is being opened. */
async function back(it) {
  it.socket.hello();
  await settled();
}

test("it is up when everything that was missed is applied, not before", async () => {
  let applied;
  const it = world({ hello: () => new Promise((resolve) => (applied = resolve)) });
  it.socket.hello();
  await settled();
  assert.equal(it.connection.state.value, "connecting");
  applied();
  await settled();
  assert.equal(it.connection.state.value, "up");
  assert.deepEqual(it.heard, ["up"]);
});

test("requests go out from hello on, so that what was missed can be asked for", async () => {
  const it = world({ hello: () => new Promise(() => {}) });
  await assert.rejects(it.connection.request("sync", {}), { code: "offline" });
  it.socket.hello();
  it.connection.request("sync", {});
  assert.deepEqual(it.socket.sent.map(({ type }) => type), ["sync"]);
});

test("events are handed on, hello and bye are not", async () => {
  const it = await up();
  it.socket.say({ type: "typing", payload: {} });
  assert.deepEqual(it.heard, ["up", "typing"]);
});

test("a loss shorter than a second is not spoken of", async () => {
  const it = await up();
  it.socket.end();
  await settled();
  assert.equal(it.connection.state.value, "down");
  await it.clock.pass(250);
  await back(it);
  await it.clock.pass(3000);
  assert.equal(it.connection.banner.value, null);
  assert.deepEqual(it.heard, ["up", "down", "up"]);
});

test("after a second without a connection the banner counts down to the next try", async () => {
  const it = await up();
  it.chance = 0.999;
  for (let tries = 0; tries < 4; tries += 1) {
    it.socket.end();
    await settled();
    if (tries < 3) it.connection.tryNow();
  }
  await it.clock.pass(1000);
  assert.deepEqual(it.connection.banner.value, { key: "lost", seconds: 3 });
  await it.clock.pass(1000);
  assert.deepEqual(it.connection.banner.value, { key: "lost", seconds: 2 });
});

test("the wait is anything up to a bound that doubles with each try, from half a second to half a minute", async () => {
  const it = await up();
  it.chance = 1;
  const waits = [];
  for (let tries = 0; tries < 9; tries += 1) {
    it.socket.end();
    await settled();
    const [from, count] = [it.clock.now(), it.sockets.length];
    while (it.sockets.length === count) await it.clock.pass(100);
    waits.push(it.clock.now() - from);
  }
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

test("many pages do not come back at one moment: chance decides over the whole wait", async () => {
  const it = await up();
  it.chance = 0;
  it.socket.end();
  await it.clock.pass(0);
  assert.equal(it.sockets.length, 2);
});

test("once it was up the waits are short again", async () => {
  const it = await up();
  it.chance = 1;
  for (let tries = 0; tries < 5; tries += 1) {
    it.socket.end();
    await settled();
    it.connection.tryNow();
  }
  await back(it);
  it.socket.end();
  await it.clock.pass(500);
  assert.equal(it.sockets.length, 7);
});

test("a restart is said so, and its wait is the server's", async () => {
  const it = await up();
  it.socket.bye(1012, { reconnectAfterMs: 7000 });
  await it.clock.pass(1000);
  assert.deepEqual(it.connection.banner.value, { key: "restart", seconds: 6 });
  await it.clock.pass(5999);
  assert.equal(it.sockets.length, 1);
  await it.clock.pass(1);
  assert.equal(it.sockets.length, 2);
});

test("a server that restarts and does not answer yet is still restarting, for a minute", async () => {
  const it = await up();
  it.chance = 0;
  it.socket.bye(1012, { reconnectAfterMs: 100 });
  await it.clock.pass(100);
  it.chance = 1;
  it.socket.end(); // nobody listens yet
  await it.clock.pass(1000);
  assert.equal(it.connection.banner.value.key, "restart");
  for (let tries = 0; tries < 12; tries += 1) {
    it.socket.end();
    await it.clock.pass(10_000);
  }
  assert.equal(it.connection.banner.value.key, "lost");
});

test("a connection lost after the restart is lost", async () => {
  const it = await up();
  it.socket.bye(1012, { reconnectAfterMs: 100 });
  await it.clock.pass(100);
  await back(it);
  it.socket.end();
  it.chance = 1;
  await it.clock.pass(600);
  it.socket.end();
  await it.clock.pass(600);
  assert.equal(it.connection.banner.value.key, "lost");
});

test("each reason to come back has its own words", async () => {
  for (const [code, key] of [[4001, "slow"], [4002, "silent"], [4003, "flooding"], [1006, "lost"], [4100, "lost"]]) {
    const it = await up();
    it.chance = 1;
    it.socket.end(code);
    await it.clock.pass(500);
    it.status = { status: 0, retryAfterMs: null };
    await it.clock.pass(500);
    assert.equal(it.connection.banner.value.key, key, String(code));
  }
});

test("the return after a banner of five seconds is told for two", async () => {
  const it = await up();
  it.socket.bye(1012, { reconnectAfterMs: 5000 });
  await it.clock.pass(5000);
  await back(it);
  assert.deepEqual(it.connection.banner.value, { key: "back", seconds: null });
  await it.clock.pass(2000);
  assert.equal(it.connection.banner.value, null);
});

test("a second loss does not say that one is back", async () => {
  const it = await up();
  it.socket.bye(1012, { reconnectAfterMs: 5000 });
  await it.clock.pass(5000);
  await back(it);
  it.chance = 1;
  it.socket.end();
  await settled();
  assert.equal(it.connection.banner.value, null);
});

test("try now does not wait", async () => {
  const it = await up();
  it.socket.bye(1012, { reconnectAfterMs: 9000 });
  await settled();
  it.connection.tryNow();
  it.connection.tryNow();
  assert.equal(it.sockets.length, 2);
  assert.equal(it.connection.state.value, "connecting");
});

test("a network that comes back is tried at once", async () => {
  const it = await up();
  it.socket.bye(1012, { reconnectAfterMs: 9000 });
  await settled();
  it.networkChanged();
  assert.equal(it.sockets.length, 2);
});

test("without a network that is what the banner says, at once and without seconds", async () => {
  const it = await up();
  it.socket.end();
  await settled();
  it.online = false;
  it.networkChanged();
  assert.deepEqual(it.connection.banner.value, { key: "offline", seconds: null });
});

test("a network that goes under a connection makes it show whether it is alive", async () => {
  const it = await up();
  it.online = false;
  it.networkChanged();
  assert.deepEqual(it.socket.sent.map(({ type }) => type), ["ping"]);
  await it.clock.pass(5000);
  assert.deepEqual(it.connection.banner.value, { key: "offline", seconds: null });
});

test("a silent connection is asked for a sign of life, and given up without one", async () => {
  const it = await up();
  await it.clock.pass(25_000);
  assert.deepEqual(it.socket.sent.map(({ type }) => type), ["ping"]);
  await it.clock.pass(5000);
  assert.equal(it.connection.state.value, "down");
  assert.equal(it.heard.at(-1), "down");
});

test("a connection that answers is kept", async () => {
  const it = await up();
  await it.clock.pass(25_000);
  it.socket.reply("ping");
  await it.clock.pass(20_000);
  assert.equal(it.connection.state.value, "up");
});

test("where something comes nothing is asked", async () => {
  const it = await up();
  await it.clock.pass(24_000);
  it.socket.say({ type: "typing", payload: {} });
  await it.clock.pass(2000);
  assert.deepEqual(it.socket.sent, []);
});

test("a connection that falls silent before it is up is given up too", async () => {
  const it = world({ hello: () => new Promise(() => {}) });
  it.socket.hello();
  await it.clock.pass(31_000);
  assert.ok(it.sockets.length > 1);
});

test("one can wait for how the attempt under way ends, and where there is none one need not wait", async () => {
  const it = world();
  const told = [];
  it.connection.settled().then(() => told.push(it.connection.state.value));
  await settled();
  assert.deepEqual(told, []);
  it.socket.hello();
  await settled();
  assert.deepEqual(told, ["up"]);
  await it.connection.settled();
  const lost = world();
  lost.connection.settled().then(() => told.push(lost.connection.state.value));
  await lost.clock.pass(15_000);
  assert.deepEqual(told, ["up", "down"]);
});

test("a handshake that nobody answers is given up after 15 seconds", async () => {
  const it = world();
  await it.clock.pass(14_999);
  assert.equal(it.connection.state.value, "connecting");
  await it.clock.pass(1);
  assert.equal(it.connection.state.value, "down");
});

test("when the state cannot be had the connection is made anew, after the time the server says", async () => {
  let answers = 0;
  const it = world({ hello: async () => {
    answers += 1;
    if (answers === 1) throw refused("unavailable", { retryAfterMs: 3000 });
  } });
  it.socket.hello();
  await it.clock.pass(2999);
  assert.deepEqual([it.sockets.length, it.connection.state.value], [1, "down"]);
  await it.clock.pass(1);
  await back(it);
  assert.equal(it.connection.state.value, "up");
});

test("frames of a connection that was given up are not heard", async () => {
  const it = await up();
  const old = it.socket;
  await it.clock.pass(30_000);
  old.say({ type: "typing", payload: {} });
  old.end(4503);
  assert.deepEqual(it.heard, ["up", "down"]);
});

test("a page that is signed in and refused three times in a row has a proxy before it", async () => {
  const it = world();
  it.status = { status: 200, retryAfterMs: null };
  it.chance = 1;
  const said = [];
  for (let tries = 0; tries < 4; tries += 1) {
    it.socket.end();
    await settled();
    await it.clock.pass(400);
    said.push(it.connection.banner.value?.key);
    it.connection.tryNow();
    await it.clock.pass(600);
  }
  assert.deepEqual(said, [undefined, "lost", "proxy", "proxy"]);
});

test("a refusal without an answer to who one is says nothing about a proxy", async () => {
  const it = world();
  for (const status of [200, 200, 0, 200]) {
    it.status = { status, retryAfterMs: null };
    it.socket.end();
    await it.clock.pass(1000);
    it.connection.tryNow();
  }
  assert.equal(it.connection.banner.value.key, "lost");
});

test("a full server says when to come back", async () => {
  const it = world();
  it.status = { status: 503, retryAfterMs: 4000 };
  it.socket.end();
  await it.clock.pass(1000);
  assert.deepEqual(it.connection.banner.value, { key: "full", seconds: 3 });
  await it.clock.pass(3000);
  assert.equal(it.sockets.length, 2);
});

test("refused because nobody is signed in: the session ran out", async () => {
  const it = world();
  it.status = { status: 401, retryAfterMs: null };
  it.socket.end();
  await settled();
  assert.deepEqual(it.heard, [{ code: 4508, by: null }]);
  assert.equal(it.connection.state.value, "ended");
});

test("a bye that means it ends all, and says by whom", async () => {
  const it = await up();
  it.socket.bye(4502, { by: "admin" });
  await it.clock.pass(60_000);
  assert.deepEqual(it.heard, ["up", { code: 4502, by: "admin" }]);
  assert.equal(it.sockets.length, 1);
});

test("one's own deed on another device is told apart", async () => {
  const it = await up();
  it.socket.bye(4502, { by: "self" });
  assert.deepEqual(it.heard.at(-1), { code: 4502, by: "self" });
});

test("a terminal close code ends it also without a bye, and one that nobody knows too", async () => {
  for (const code of [4503, 4999]) {
    const it = await up();
    it.socket.end(code);
    await settled();
    assert.deepEqual(it.heard, ["up", { code, by: null }]);
  }
});

test("what has ended stays so: nothing runs on, nothing is tried or shown", async () => {
  const it = await up();
  it.socket.bye(4503);
  await settled();
  it.online = false;
  it.networkChanged();
  it.online = true;
  it.networkChanged();
  it.connection.tryNow();
  await it.clock.pass(100_000);
  assert.deepEqual([it.sockets.length, it.clock.waiting, it.connection.banner.value], [1, 0, null]);
  assert.equal(it.heard.length, 2);
});

test("stopping it closes the socket without a word", async () => {
  const it = await up();
  const asked = it.connection.request("message", {});
  it.connection.stop();
  await assert.rejects(asked, { code: "lost" });
  await it.clock.pass(60_000);
  assert.deepEqual([it.heard, it.socket.readyState, it.clock.waiting], [["up"], 2, 0]);
});
