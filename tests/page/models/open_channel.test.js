// What the reader looks at: what is loaded for it, where the unread line stands, what is told as read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "../../../static/vendor/signals-core.js";
import { Channels } from "../../../static/models/channels.js";
import { OpenChannel } from "../../../static/models/open_channel.js";
import { Timelines } from "../../../static/models/timelines.js";
import { Memory, Server, alice, channel, created, message, messages } from "./cast.js";
import { ManualClock, settled } from "./manual_clock.js";

/** alice before her channels; nothing is open yet. */
function reader(rows = [channel("general", { seq: 30 })], storage = new Memory()) {
  const it = { server: new Server(), clock: new ManualClock(), storage };
  const asking = { ask: it.server.ask, clock: it.clock, random: () => 1, me: signal(alice) };
  it.timelines = new Timelines({ ask: it.server.ask });
  it.channels = new Channels({ ...asking, people: { need: () => {}, get: () => null, add: () => {} } });
  it.open = new OpenChannel({
    ...asking,
    channels: it.channels,
    timeline: (id) => it.timelines.channel(id),
    thread: (rootId) => it.timelines.thread(rootId, "general"),
    storage,
    userId: "alice",
  });
  if (rows) it.channels.replace(rows);
  it.history = (from, to, hasMore = false) => it.server.answer(
    "message.history",
    { messages: messages(from, to), hasMore },
  );
  it.told = () => it.server.asked.filter(([type]) => type === "read").map(([, { messageId }]) => messageId);
  it.timeline = it.timelines.channel("general");
  return it;
}

/** general is open, 1 to 30 are loaded. */
async function reading(row = {}) {
  const it = reader([channel("general", { seq: 30, ...row }), channel("secret")]);
  it.open.show("general");
  await it.history(1, 30);
  return it;
}

test("showing a channel loads its newest page, and it is the one to begin with next time", () => {
  const it = reader();
  it.open.show("general");
  it.open.show("general");
  assert.deepEqual(it.server.waiting, ["message.history"]);
  assert.equal(it.open.channel.value.id, "general");
  assert.equal(reader([], it.storage).open.last, "general");
});

test("another person on this device begins elsewhere", () => {
  const it = reader();
  it.storage.set("last.bob", "secret");
  assert.equal(it.open.last, null);
});

test("coming back to a channel asks for nothing that is there", async () => {
  const it = await reading();
  it.open.show("secret");
  await it.server.answer("message.history", { messages: [], hasMore: false });
  it.open.show("general");
  await settled();
  assert.deepEqual(it.server.waiting, []);
});

test("a channel that one is not in brings no events, so it is fetched at each visit", async () => {
  const it = reader([channel("general", { joined: false }), channel("secret")]);
  it.open.show("general");
  await it.history(1, 3);
  it.open.show(null);
  it.open.show("general");
  await settled();
  assert.deepEqual(it.server.waiting, ["message.history"]);
});

test("the unread line stands behind what was read last, and stays there while one reads on", async () => {
  const it = await reading({ unread: 2, lastReadId: "m28" });
  assert.deepEqual(it.open.line.value, { afterId: "m28", since: null });
  it.channels.take(
    { type: "read.updated", payload: { channelId: "general", messageId: "m30", unread: 0, mentions: 0 } },
  );
  assert.equal(it.open.line.value.afterId, "m28");
});

test("with nothing unread there is no line, and the next visit has its own", async () => {
  const it = await reading();
  assert.equal(it.open.line.value, null);
  it.open.show("secret");
  it.channels.change("general", { unread: 1, lastReadId: "m30" });
  it.open.show("general");
  assert.equal(it.open.line.value.afterId, "m30");
});

test("a channel that was never read has its line at the very beginning", async () => {
  const it = await reading({ unread: 30 });
  assert.deepEqual(it.open.line.value, { afterId: null, since: null });
});

test("a page is asked for that reaches back to the line", () => {
  const it = reader([channel("general", { unread: 150, lastReadId: "m1" })]);
  it.open.show("general");
  assert.equal(it.server.payload("message.history").limit, 170);
});

test("with more unread than a page holds, the place of the line is loaded", async () => {
  const it = reader([channel("general", { unread: 171, lastReadId: "m60" })]);
  it.open.show("general");
  await settled();
  assert.deepEqual(it.server.payload("message.history"), { channelId: "general", before: "m60", limit: 50 });
});

test("a page that was asked for before the state was known is not enough when it does not hold the line", async () => {
  const it = reader(null);
  it.open.show("general");
  it.timeline.load();
  await it.history(1001, 1100, true);
  it.channels.replace([channel("general", { seq: 1100, unread: 150, lastReadId: "m950" })]);
  it.open.synced();
  await settled();
  assert.equal(it.open.line.value.afterId, "m950");
  assert.deepEqual(it.server.payload("message.history"), { channelId: "general", before: "m950", limit: 50 });
});

test("the same when that page comes after the state", async () => {
  const it = reader(null);
  it.open.show("general");
  it.timeline.load();
  it.channels.replace([channel("general", { seq: 1100, unread: 150, lastReadId: "m950" })]);
  it.open.synced();
  it.open.load();
  await it.history(1001, 1100, true);
  assert.deepEqual(it.server.payload("message.history"), { channelId: "general", before: "m950", limit: 50 });
});

test("what was read last may be a reply in a thread: then the line is before as many as are unread", async () => {
  const it = reader([channel("general", { seq: 30, unread: 2, lastReadId: "a reply" })]);
  it.open.show("general");
  const page = [
    ...messages(1, 20),
    message(25),
    message(26, { by: alice }),
    message(27, { deletedAt: 1 }),
    message(28),
  ];
  await it.server.answer("message.history", { messages: page, hasMore: true });
  assert.equal(it.open.line.value.afterId, "m20");
  assert.deepEqual(it.server.waiting, []);
});

test("what was opened before the state was known gets its line then", () => {
  const it = reader(null);
  it.open.show("general");
  assert.equal(it.open.line.value, null);
  it.channels.replace([channel("general", { unread: 1, lastReadId: "m5" })]);
  it.open.synced();
  assert.equal(it.open.line.value.afterId, "m5");
});

test("what was seen is told as read", async () => {
  const it = await reading({ unread: 2, lastReadId: "m28" });
  it.open.seen("m30");
  await it.clock.pass(0);
  assert.deepEqual(it.server.payload("read"), { channelId: "general", messageId: "m30" });
});

test("reading is told at most once a second, and then the last of it", async () => {
  const it = await reading();
  it.open.seen("m1");
  await it.clock.pass(0);
  for (const id of ["m2", "m3", "m4"]) it.open.seen(id);
  await it.clock.pass(999);
  assert.deepEqual(it.told(), ["m1"]);
  await it.clock.pass(1);
  assert.deepEqual(it.told(), ["m1", "m4"]);
  await it.clock.pass(5000);
  it.open.seen("m5");
  await it.clock.pass(0);
  assert.deepEqual(it.told(), ["m1", "m4", "m5"]);
});

test("reading never goes backwards, nor is it told twice", async () => {
  const it = await reading({ lastReadId: "m20" });
  for (const id of ["m20", "m10", "m25", "m25", "m24", "unknown"]) it.open.seen(id);
  await it.clock.pass(10_000);
  assert.deepEqual(it.told(), ["m25"]);
});

test("two channels read within a second are both told", async () => {
  const it = await reading();
  it.open.seen("m1");
  await it.clock.pass(0);
  it.open.seen("m2");
  it.open.show("secret");
  await it.server.answer("message.history", { messages: [message(3, { channelId: "secret" })], hasMore: false });
  it.open.seen("m3");
  await it.clock.pass(1000);
  assert.deepEqual(it.told(), ["m1", "m2", "m3"]);
});

test("what nobody heard for want of a connection is told when there is one", async () => {
  const it = await reading();
  it.open.seen("m9");
  await it.clock.pass(0);
  await it.server.refuse("read", "lost");
  await it.clock.pass(5000);
  assert.deepEqual(it.told(), ["m9"]);
  it.open.load();
  await it.clock.pass(0);
  assert.deepEqual(it.told(), ["m9", "m9"]);
});

test("in a channel that one is not in nothing is told", async () => {
  const it = reader([channel("general", { joined: false })]);
  it.open.show("general");
  await it.history(1, 3);
  it.open.seen("m3");
  await it.clock.pass(1000);
  assert.deepEqual(it.told(), []);
});

test("a reply seen in the thread is told once the channel is read so far: the marker is one for both", async () => {
  const it = await reading({ lastReadId: "m20" });
  it.open.showThread("m5");
  it.timelines.thread("m5", "general").load();
  const reply = message(31, { threadId: "m5" });
  await it.server.answer("thread.history", { messages: [reply], hasMore: false });
  it.open.seen("m31");
  await it.clock.pass(2000);
  assert.deepEqual(it.told(), []);
  it.open.seen("m30");
  await it.clock.pass(2000);
  assert.deepEqual(it.told(), ["m31"]);
});

test("a reply in the thread that is the newest of all is told at once", async () => {
  const it = await reading({ lastReadId: "m30" });
  it.open.showThread("m5");
  it.timelines.thread("m5", "general").load();
  await it.server.answer("thread.history", { messages: [message(31, { threadId: "m5" })], hasMore: false });
  it.open.seen("m31");
  await it.clock.pass(0);
  assert.deepEqual(it.told(), ["m31"]);
});

test("marked unread from here: the line stands there, and reading rests until one leaves", async () => {
  const it = await reading();
  it.open.seen("m30");
  it.open.markUnreadFrom("m25");
  it.open.seen("m30");
  it.open.markUnreadFrom("unknown");
  await it.clock.pass(5000);
  assert.deepEqual([it.told(), it.open.line.value.afterId], [[], "m24"]);
});

test("marked unread, it shows so when one has left, with what came meanwhile and without one's own words", async () => {
  const it = await reading();
  it.open.markUnreadFrom("m29");
  it.timeline.take(created(message(31)));
  it.timeline.take(created(message(32, { by: alice })));
  it.open.show("secret");
  assert.equal(it.channels.peek("general").unread, 3);
  await it.server.answer("message.history", { messages: [], hasMore: false });
  it.open.show("general");
  await settled();
  assert.equal(it.open.line.value.afterId, "m28");
  it.open.seen("m31");
  await it.clock.pass(0);
  assert.deepEqual(it.told(), ["m31"]);
  it.open.show("secret");
  assert.equal(it.channels.peek("general").unread, 0);
});

test("marked unread from the first message of all", async () => {
  const it = await reading();
  it.open.markUnreadFrom("m1");
  assert.equal(it.open.line.value.afterId, null);
  it.open.show(null);
  assert.equal(it.channels.peek("general").unread, 30);
});

test("another channel closes the thread and forgets where one was to jump", async () => {
  const it = await reading();
  it.open.showThread("m5");
  it.open.jump.value = "m7";
  it.open.show("secret");
  assert.deepEqual([it.open.threadId.value, it.open.jump.value], [null, null]);
});

test("a channel that goes while it is open is no channel any more", async () => {
  const it = await reading();
  it.channels.take({ type: "channel.deleted", payload: { channel: channel("general") } });
  assert.equal(it.open.channel.value, null);
  it.open.seen("m30");
  it.open.synced();
  await it.open.load();
  it.open.show("secret");
  await it.clock.pass(1000);
  assert.deepEqual(it.told(), []);
});

test("stopped, it leaves nothing running", async () => {
  const it = await reading();
  it.open.seen("m30");
  it.open.stop();
  await it.clock.pass(5000);
  assert.deepEqual([it.told(), it.clock.waiting], [[], 0]);
});
