// Sending: in order, each exactly once, and nothing lost that was written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../../static/models/outbox.js";
import { Memory, Server, alice, message } from "./cast.js";
import { ManualClock, settled } from "./manual_clock.js";

/** An outbox of alice's on a device with `storage`. */
function outbox({ storage = new Memory(), isUp = true, clock = new ManualClock() } = {}) {
  const server = new Server();
  const it = { server, storage, clock, isUp, settled: [], failed: [], unsure: 0 };
  let made = storage.kept.size;
  it.outbox = new Outbox({
    ask: server.ask,
    clock,
    storage,
    userId: "alice",
    uuid: () => `c${++made}`,
    isUp: () => it.isUp,
    settled: (one) => (it.settled.push(one.clientId), it.outbox.heard(one)),
    unsure: () => (it.unsure += 1),
    failed: (entry) => it.failed.push(entry.clientId),
  });
  it.asked = () => server.asked.map(([, { content }]) => content);
  it.contents = () => it.outbox.entries.value.map(({ content }) => content);
  it.states = () => it.outbox.entries.value.map(({ state }) => state);
  it.answer = (seq, clientId) => server.answer("message", { message: mine(seq, clientId) });
  it.goDown = async () => {
    while (server.waiting.length) await server.refuse("message", "lost");
    it.isUp = false;
    it.outbox.down();
  };
  it.goUp = () => {
    it.isUp = true;
    it.outbox.up();
  };
  return it;
}

const mine = (seq, clientId) => message(seq, { by: alice, clientId });

test("what is sent is there at once, and gone when the server has it", async () => {
  const it = outbox();
  const entry = it.outbox.send("general", "hello");
  assert.deepEqual(it.outbox.pending("general").value, [it.outbox.entries.value[0]]);
  assert.deepEqual([entry.clientId, entry.state], ["c1", "sending"]);
  assert.deepEqual(it.server.payload("message"), { channelId: "general", content: "hello", clientId: "c1" });
  await it.answer(1, "c1");
  assert.deepEqual([it.outbox.entries.value, it.settled, it.storage.kept.size], [[], ["c1"], 0]);
});

test("a reply to a thread and a quotation go with it", () => {
  const it = outbox();
  it.outbox.send("general", "yes", { threadId: "m1", quotedMessageId: "m2" });
  const { threadId, quotedMessageId } = it.server.payload("message");
  assert.deepEqual([threadId, quotedMessageId], ["m1", "m2"]);
});

test("what is pending is known for a channel and for each of its threads", () => {
  const it = outbox();
  it.outbox.send("general", "in the channel");
  it.outbox.send("general", "in the thread", { threadId: "m1" });
  it.outbox.send("secret", "elsewhere");
  const said = (...where) => it.outbox.pending(...where).value.map(({ content }) => content);
  assert.deepEqual(
    [said("general"), said("general", "m1"), said("secret")],
    [["in the channel"], ["in the thread"], ["elsewhere"]],
  );
});

test("a channel's messages go one after the other, threads with it", async () => {
  const it = outbox();
  it.outbox.send("general", "one");
  it.outbox.send("general", "two", { threadId: "m9" });
  it.outbox.send("general", "three");
  assert.deepEqual(it.asked(), ["one"]);
  await it.answer(1, "c1");
  assert.deepEqual(it.asked(), ["one", "two"]);
  await it.answer(2, "c2");
  assert.deepEqual(it.asked(), ["one", "two", "three"]);
});

test("channels do not wait for each other", () => {
  const it = outbox();
  it.outbox.send("general", "here");
  it.outbox.send("secret", "there");
  assert.deepEqual(it.asked(), ["here", "there"]);
});

test("the event may come before the reply: the next goes at once, and the reply settles nothing twice", async () => {
  const it = outbox();
  it.outbox.send("general", "one");
  it.outbox.send("general", "two");
  it.outbox.send("general", "three");
  it.outbox.heard(mine(1, "c1"));
  assert.deepEqual([it.asked(), it.contents()], [["one", "two"], ["two", "three"]]);
  await it.answer(1, "c1");
  assert.deepEqual([it.asked(), it.contents()], [["one", "two"], ["two", "three"]]);
});

test("the reply may come before the event", async () => {
  const it = outbox();
  it.outbox.send("general", "one");
  it.outbox.send("general", "two");
  await it.answer(1, "c1");
  it.outbox.heard(mine(1, "c1"));
  assert.deepEqual([it.asked(), it.contents()], [["one", "two"], ["two"]]);
});

test("messages of others settle nothing", () => {
  const it = outbox();
  it.outbox.send("general", "one");
  it.outbox.heard(message(1));
  it.outbox.heard(message(2, { clientId: "c77" }));
  assert.deepEqual(it.contents(), ["one"]);
});

test("after a second it is slow, after ten nobody knows: the connection is looked at", async () => {
  const it = outbox();
  it.outbox.send("general", "one");
  await it.clock.pass(999);
  assert.deepEqual(it.states(), ["sending"]);
  await it.clock.pass(1);
  assert.deepEqual(it.states(), ["slow"]);
  await it.clock.pass(9000);
  assert.deepEqual([it.states(), it.unsure], [["waiting"], 1]);
});

test("an answer that comes late settles it all the same", async () => {
  const it = outbox();
  it.outbox.send("general", "one");
  it.outbox.send("general", "two");
  await it.clock.pass(20_000);
  await it.answer(1, "c1");
  assert.deepEqual([it.asked(), it.contents()], [["one", "two"], ["two"]]);
});

test("without a connection it waits, and goes in order once there is one", async () => {
  const it = outbox({ isUp: false });
  it.outbox.send("general", "one");
  it.outbox.send("general", "two");
  assert.deepEqual([it.asked(), it.states()], [[], ["waiting", "waiting"]]);
  it.goUp();
  assert.deepEqual([it.asked(), it.states()], [["one"], ["sending", "waiting"]]);
  await it.answer(1, "c1");
  await it.answer(2, "c2");
  assert.deepEqual([it.asked(), it.contents()], [["one", "two"], []]);
});

test("lost before the answer: sent again under the same clientId, before what was written behind it", async () => {
  const it = outbox();
  it.outbox.send("general", "one");
  it.outbox.send("general", "two");
  await it.goDown();
  assert.deepEqual(it.states(), ["waiting", "waiting"]);
  it.goUp();
  assert.deepEqual(it.server.asked.map(([, { clientId }]) => clientId), ["c1", "c1"]);
  await it.answer(1, "c1");
  assert.equal(it.server.payload("message").clientId, "c2");
});

test("lost after it was stored: the resume brings it, and it is not sent again", async () => {
  const it = outbox();
  it.outbox.send("general", "one");
  await it.goDown();
  it.outbox.heard(mine(1, "c1"));
  it.goUp();
  assert.deepEqual([it.asked(), it.contents()], [["one"], []]);
});

test("the connection's end is not shown as a failure", async () => {
  const it = outbox();
  it.outbox.send("general", "one");
  await it.clock.pass(1500);
  it.isUp = false;
  it.outbox.down();
  assert.deepEqual([it.states(), it.failed], [["waiting"], []]);
});

test("a refused one fails, says why, and halts its channel but no other", async () => {
  const it = outbox();
  it.outbox.send("general", "one");
  it.outbox.send("general", "two");
  it.outbox.send("secret", "there");
  await it.server.refuse("message", "forbidden");
  assert.deepEqual([it.states()[0], it.outbox.entries.value[0].error.code, it.failed], ["failed", "forbidden", ["c1"]]);
  await it.answer(5, "c3");
  await it.clock.pass(60_000);
  it.outbox.send("secret", "more");
  assert.deepEqual(it.asked(), ["one", "there", "more"]);
});

test("trying again uses the same clientId, and what is behind follows", async () => {
  const it = outbox();
  it.outbox.send("general", "one");
  it.outbox.send("general", "two");
  await it.server.refuse("message", "conflict");
  it.outbox.retry("c1");
  it.outbox.retry("c1");
  assert.deepEqual(it.server.asked.map(([, { clientId }]) => clientId), ["c1", "c1"]);
  assert.deepEqual([it.states()[0], it.outbox.entries.value[0].error], ["sending", null]);
  await it.answer(1, "c1");
  assert.equal(it.server.payload("message").clientId, "c2");
});

test("trying again without a connection waits for one", async () => {
  const it = outbox();
  it.outbox.send("general", "one");
  await it.server.refuse("message", "forbidden");
  it.isUp = false;
  it.outbox.retry("c1");
  assert.deepEqual(it.states(), ["waiting"]);
  it.goUp();
  assert.deepEqual(it.asked(), ["one", "one"]);
});

test("discarding a failed one lets the rest go", async () => {
  const it = outbox();
  it.outbox.send("general", "one");
  it.outbox.send("general", "two");
  await it.server.refuse("message", "forbidden");
  it.outbox.discard("c1");
  assert.deepEqual([it.asked(), it.contents(), it.storage.kept.size], [["one", "two"], ["two"], 1]);
});

test("what is not there is neither tried nor discarded", () => {
  const it = outbox();
  it.outbox.retry("c9");
  it.outbox.discard("c9");
  assert.deepEqual(it.server.asked, []);
});

test("too fast: it goes again by itself when the server says, and nothing overtakes it", async () => {
  const it = outbox();
  it.outbox.send("general", "one");
  it.outbox.send("general", "two");
  await it.server.refuse("message", "rate_limited", { retryAfterMs: 3000 });
  assert.deepEqual(it.states(), ["waiting", "sending"]);
  it.outbox.send("general", "three");
  await it.clock.pass(2999);
  assert.deepEqual(it.asked(), ["one"]);
  await it.clock.pass(1);
  assert.deepEqual(it.asked(), ["one", "one"]);
  await it.answer(1, "c1");
  assert.deepEqual(it.asked(), ["one", "one", "two"]);
});

test("a wait for the next try that outlasts the connection sends nothing into the void, nor twice", async () => {
  const it = outbox();
  it.outbox.send("general", "one");
  await it.server.refuse("message", "unavailable");
  await it.goDown();
  await it.clock.pass(2000);
  assert.deepEqual(it.asked(), ["one"]);
  it.goUp();
  assert.deepEqual(it.asked(), ["one", "one"]);
});

test("a reload keeps everything, in the order in which it was written", async () => {
  const clock = new ManualClock();
  const before = outbox({ clock, isUp: false });
  before.outbox.send("general", "one");
  before.outbox.send("general", "two", { threadId: "m1", quotedMessageId: "m2" });
  await clock.pass(5);
  before.outbox.send("general", "three");
  const after = outbox({ clock, isUp: false, storage: before.storage });
  assert.deepEqual([after.contents(), after.states()], [["one", "two", "three"], ["waiting", "waiting", "waiting"]]);
  const told = ({ clientId, threadId, quotedMessageId }) => [clientId, threadId, quotedMessageId];
  assert.deepEqual(told(after.outbox.entries.value[1]), ["c2", "m1", "m2"]);
  after.goUp();
  for (const seq of [1, 2, 3]) await after.answer(seq, `c${seq}`);
  assert.deepEqual([after.asked(), after.storage.kept.size], [["one", "two", "three"], 0]);
});

test("what is written after a reload comes behind what was there, even by a clock that was set back", () => {
  const clock = new ManualClock();
  const before = outbox({ clock, isUp: false });
  for (const content of ["one", "two"]) before.outbox.send("general", content);
  const slow = { now: () => clock.now() - 60_000, after: clock.after };
  outbox({ clock: slow, isUp: false, storage: before.storage }).outbox.send("general", "three");
  assert.deepEqual(outbox({ isUp: false, storage: before.storage }).contents(), ["one", "two", "three"]);
});

test("settling and sending in one millisecond keep the order over a reload too", async () => {
  const it = outbox();
  it.outbox.send("general", "zero");
  it.outbox.send("secret", "one");
  await it.answer(1, "c1");
  it.isUp = false;
  it.outbox.send("general", "two");
  assert.deepEqual(outbox({ storage: it.storage, isUp: false }).contents(), ["one", "two"]);
});

test("what failed before a reload is tried again after it", async () => {
  const before = outbox();
  before.outbox.send("general", "one");
  await before.server.refuse("message", "forbidden");
  const after = outbox({ storage: before.storage });
  after.outbox.up();
  assert.deepEqual([after.asked(), after.states()], [["one"], ["sending"]]);
});

test("another person's unsent words on this device, and what is not ours at all, stay untouched", () => {
  const storage = new Memory();
  storage.set("unsent.bob.c1", { clientId: "c1", channelId: "general", content: "bob's" });
  storage.set("unsent.alice.x", "nonsense");
  storage.set("unsent.alice.y", { content: 5 });
  assert.deepEqual(outbox({ storage }).contents(), []);
});

test("what another window of this browser settled or discarded is gone here", () => {
  const it = outbox({ isUp: false });
  it.outbox.send("general", "one");
  it.outbox.forgotten("draft.alice.general");
  it.outbox.forgotten("unsent.bob.c1");
  assert.deepEqual(it.contents(), ["one"]);
  it.outbox.forgotten("unsent.alice.c1");
  assert.deepEqual(it.contents(), []);
});

test("discarded on its way, it shows as a message if it arrived after all", async () => {
  const it = outbox();
  it.outbox.send("general", "one");
  it.outbox.discard("c1");
  await it.answer(1, "c1");
  assert.deepEqual([it.contents(), it.settled], [[], ["c1"]]);
});

test("stopped, it leaves nothing running", async () => {
  const it = outbox();
  it.outbox.send("general", "one");
  it.outbox.send("secret", "two");
  await it.server.refuse("message", "rate_limited", { retryAfterMs: 3000 });
  it.outbox.stop();
  await settled();
  assert.equal(it.clock.waiting, 0);
});
