// The channels that one sees and how one stands in them, whatever order answers and events come in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "../../../static/vendor/signals-core.js";
import { Channels } from "../../../static/models/channels.js";
import { Server, alice, bob, channel, eve, message } from "./cast.js";
import { ManualClock, settled } from "./manual_clock.js";

const SOON = 3100; // by then doubtful numbers were asked for

/** alice's channels, long after `sync` told these. */
async function channels(...rows) {
  const it = {
    server: new Server(),
    clock: new ManualClock(),
    joined: [],
    seqs: {},
    people: new Map([["bob", bob], ["eve", eve]]),
    needed: [],
  };
  it.channels = new Channels({
    ask: it.server.ask,
    clock: it.clock,
    random: () => 1,
    me: signal(alice),
    people: { need: (ids) => it.needed.push(...ids), get: (id) => it.people.get(id) ?? null, add: () => {} },
    onJoined: (id) => it.joined.push(id),
    seqOf: (channelId, messageId) => it.seqs[messageId] ?? null,
  });
  it.channels.replace(rows.length ? rows : [channel("general", { seq: 10 })]);
  await it.clock.pass(10_000);
  it.take = (type, payload) => it.channels.take({ type, payload });
  it.of = (id, ...names) => names.map((name) => it.channels.peek(id)[name]);
  it.counts = (id = "general") => it.of(id, "unread", "mentions");
  it.listed = () => it.channels.list.value.map(({ id }) => id);
  return it;
}

/** As a `channel.*` event shows it to everybody. */
const shape = (id, more) => channel(id, { joined: null, unread: null, mentions: null, lastReadId: null, ...more });
const read = (messageId, unread = 0, mentions = 0) => ({ channelId: "general", messageId, unread, mentions });

test("the list holds what one is in: general first, then by name, archived ones last", async () => {
  const it = await channels(
    channel("zebra"), channel("attic", { archivedAt: 5 }), channel("general"), channel("apple"),
    channel("left", { joined: false }), channel("d1", { kind: "dm", name: null }),
  );
  assert.deepEqual(it.listed(), ["general", "apple", "zebra", "attic"]);
});

test("direct conversations stand apart, the one with the newest words first", async () => {
  const dm = (id, createdAt) => channel(id, { kind: "dm", name: null, createdAt, userIds: ["alice", "bob"] });
  const it = await channels(dm("d1", 1), dm("d2", 2));
  assert.deepEqual(it.channels.directs.value.map(({ id }) => id), ["d2", "d1"]);
  it.channels.count("d1", [message(1, { channelId: "d1" })]);
  assert.deepEqual(it.channels.directs.value.map(({ id }) => id), ["d1", "d2"]);
});

test("a direct conversation is called by who else is in it, and strangers are asked for", async () => {
  const it = await channels();
  const dm = channel("d1", { kind: "dm", name: null, userIds: ["alice", "bob", "carol"] });
  assert.equal(it.channels.title(dm), "Bob");
  assert.deepEqual(it.needed, ["bob", "carol"]);
  assert.equal(it.channels.title(channel("d2", { kind: "dm", name: null, userIds: ["alice"] })), "Alice");
  assert.equal(it.channels.title(channel("general")), "general");
});

test("what calls one is counted over all channels: mentions, and every direct message", async () => {
  const it = await channels(
    channel("general", { unread: 9, mentions: 2 }), channel("d1", { kind: "dm", name: null, unread: 3, mentions: 1 }),
  );
  assert.deepEqual([it.channels.totalMentions.value, it.channels.anyUnread.value], [5, true]);
});

test("a channel that is gone from the state is gone here", async () => {
  const it = await channels(channel("general"), channel("secret", { kind: "private" }));
  it.channels.replace([channel("general")]);
  assert.deepEqual([it.listed(), it.channels.get("secret")], [["general"], null]);
});

test("a new channel appears with nothing read or unread in it", async () => {
  const it = await channels();
  it.take("channel.created", { channel: shape("new") });
  assert.deepEqual(it.listed(), ["general", "new"]);
  assert.deepEqual(it.of("new", "joined", "unread", "mentions", "lastReadId"), [true, 0, 0, null]);
  await it.clock.pass(SOON);
  assert.deepEqual(it.server.asked, []);
});

test("one that has been there before one sees it may hold unread messages: asked for", async () => {
  const it = await channels();
  it.take("channel.created", { channel: shape("secret", { kind: "private", seq: 7 }) });
  await it.clock.pass(SOON);
  await it.server.answer(
    "channel.list",
    { channels: [channel("secret", { kind: "private", seq: 7, unread: 6, mentions: 1 })] },
  );
  assert.deepEqual(it.counts("secret"), [6, 1]);
});

test("a change of name, topic or archive keeps one's own standing and place", async () => {
  const it = await channels(channel("general", { seq: 10, unread: 3, mentions: 1, lastReadId: "m7" }));
  it.take("channel.updated", { channel: shape("general", { topic: "new", archivedAt: 9, seq: 12 }) });
  assert.deepEqual(
    it.of("general", "topic", "archivedAt", "unread", "mentions", "lastReadId", "seq"),
    ["new", 9, 3, 1, "m7", 10],
  );
});

test("a deleted channel, or one that one lost sight of, is gone", async () => {
  const it = await channels(channel("general"), channel("secret", { kind: "private" }));
  it.take("channel.deleted", { channel: shape("secret") });
  it.take("channel.deleted", { channel: shape("never known") });
  assert.deepEqual([it.listed(), it.channels.peek("secret")], [["general"], null]);
});

test("whoever reads a channel hears when it goes and when it comes", async () => {
  const it = await channels();
  assert.equal(it.channels.get("new"), null);
  it.take("channel.created", { channel: shape("new") });
  assert.equal(it.channels.get("new").id, "new");
});

test("members are counted as they come and go", async () => {
  const it = await channels(channel("general", { memberCount: 4 }));
  it.take("channel.memberAdded", { channelId: "general", userId: "eve" });
  it.take("channel.memberRemoved", { channelId: "general", userId: "bob" });
  it.take("channel.memberRemoved", { channelId: "general", userId: "eve" });
  it.take("channel.memberAdded", { channelId: "unknown", userId: "eve" });
  assert.deepEqual(it.of("general", "memberCount"), [3]);
});

test("a member whom the last answer may have counted already is asked for again", async () => {
  const it = await channels(channel("general", { memberCount: 4 }));
  it.channels.replace([channel("general", { memberCount: 5 })]);
  it.take("channel.memberAdded", { channelId: "general", userId: "eve" });
  await it.clock.pass(SOON);
  await it.server.answer("channel.list", { channels: [channel("general", { memberCount: 5 })] });
  assert.deepEqual(it.of("general", "memberCount"), [5]);
});

test("who leaves hears nothing of it any more, and has nothing unread there", async () => {
  const it = await channels(channel("general", { seq: 10, unread: 3, mentions: 1 }));
  it.take("channel.memberRemoved", { channelId: "general", userId: "alice" });
  assert.deepEqual(it.of("general", "joined", "unread", "mentions", "memberCount"), [false, 0, 0, 3]);
  assert.deepEqual(it.listed(), []);
});

test("who joins, here or elsewhere, is told what stands there", async () => {
  const it = await channels(channel("general", { seq: 10, joined: false }));
  it.take("channel.memberAdded", { channelId: "general", userId: "alice" });
  assert.deepEqual([it.joined, it.of("general", "joined", "memberCount")], [["general"], [true, 5]]);
  await it.server.answer(
    "channel.list",
    { channels: [channel("general", { seq: 14, unread: 4, mentions: 2, memberCount: 5 })] },
  );
  assert.deepEqual([it.counts(), it.of("general", "seq")], [[4, 2], [10]]);
});

test("joining is done when one's standing is known", async () => {
  const it = await channels(channel("general", { seq: 10, joined: false }));
  let done = false;
  it.channels.join("general").then(() => (done = true));
  await it.server.answer("channel.join");
  assert.equal(done, false);
  await it.server.answer("channel.list", { channels: [channel("general", { seq: 12, unread: 2, joined: true })] });
  assert.deepEqual([done, it.joined, it.of("general", "joined", "unread", "seq")], [true, ["general"], [true, 2, 12]]);
});

test("new messages count", async () => {
  const it = await channels(channel("general", { seq: 10, unread: 1 }));
  it.channels.count("general", [message(11), message(12, { mentions: ["alice"] })]);
  it.channels.count("unknown", [message(11)]);
  assert.deepEqual([it.counts(), it.channels.anyUnread.value], [[3, 1], true]);
});

test("a read marker that moves leaves what is behind it, whatever the server counted in between", async () => {
  const it = await channels(channel("general", { seq: 10, unread: 4 }));
  it.channels.count("general", [message(11), message(12)]);
  it.take("read.updated", read("m11", 0, 0));
  assert.deepEqual([it.counts(), it.of("general", "lastReadId")], [[1, 0], ["m11"]]);
  it.take("read.updated", { ...read("m9"), channelId: "unknown" });
  await it.clock.pass(SOON);
  assert.deepEqual(it.server.asked, []);
});

test("a marker at a message that is loaded is known too", async () => {
  const it = await channels(channel("general", { seq: 10, unread: 4 }));
  it.seqs.m10 = 10;
  it.take("read.updated", read("m10", 7, 7));
  assert.deepEqual(it.counts(), [0, 0]);
});

test("a marker among older messages takes the server's numbers, and asks which of the new ones they hold", async () => {
  const it = await channels(channel("general", { seq: 10, unread: 6 }));
  it.channels.count("general", [message(11)]);
  it.take("read.updated", read("m8", 3, 0));
  assert.deepEqual(it.counts(), [3, 0]);
  await it.clock.pass(SOON);
  await it.server.answer("channel.list", { channels: [channel("general", { seq: 11, unread: 4, lastReadId: "m8" })] });
  assert.deepEqual(it.counts(), [4, 0]);
});

test("a reading that the state knew already changes nothing", async () => {
  const it = await channels(channel("general", { seq: 10, unread: 1, lastReadId: "m9" }));
  it.take("read.updated", read("m9", 0, 0));
  assert.deepEqual(it.counts(), [1, 0]);
});

test("an unread message that is deleted is not counted any more", async () => {
  const it = await channels(channel("general", { seq: 10 }));
  it.channels.count("general", [message(11, { mentions: ["alice"] }), message(12)]);
  it.channels.recounted("general", [message(11, { changedSeq: 13, deletedAt: 1 })]);
  assert.deepEqual(it.counts(), [1, 0]);
  await it.clock.pass(SOON);
  assert.deepEqual(it.server.asked, []);
});

test("a change to an older message while something is unread is asked about once, however many there are", async () => {
  const it = await channels(channel("general", { seq: 10, unread: 3 }));
  for (const seq of [4, 5, 6]) it.channels.recounted("general", [message(seq, { changedSeq: 20, deletedAt: 1 })]);
  await it.clock.pass(SOON);
  assert.deepEqual(it.server.waiting, ["channel.list"]);
  await it.server.answer("channel.list", { channels: [channel("general", { seq: 13, unread: 1 })] });
  assert.deepEqual(it.counts(), [1, 0]);
});

test("a change to an older message while nothing is unread is no question, unless it begins to name me", async () => {
  const it = await channels();
  it.channels.recounted("general", [message(4, { changedSeq: 11, deletedAt: 1 })]);
  it.channels.recounted("unknown", [message(4)]);
  await it.clock.pass(SOON);
  assert.deepEqual(it.server.waiting, []);
  it.channels.recounted("general", [message(4, { changedSeq: 12, threadId: "m1", mentions: ["alice"] })]);
  await it.clock.pass(SOON);
  assert.deepEqual(it.server.waiting, ["channel.list"]);
});

test("the more people there are, the longer they spread their questions", async () => {
  const it = await channels(channel("general", { memberCount: 10_000, unread: 1 }));
  it.channels.recount();
  await it.clock.pass(100_000);
  assert.deepEqual(it.server.waiting, []);
  await it.clock.pass(500);
  assert.deepEqual(it.server.waiting, ["channel.list"]);
});

test("numbers that cross a message on the wire count it once", async () => {
  const it = await channels(channel("general", { seq: 10, unread: 1 }));
  it.channels.refresh();
  it.channels.count("general", [message(11)]);
  it.channels.count("general", [message(12)]);
  await it.server.answer("channel.list", { channels: [channel("general", { seq: 11, unread: 2 })] });
  assert.deepEqual(it.counts(), [3, 0]);
  it.channels.refresh();
  await it.server.answer("channel.list", { channels: [channel("general", { seq: 14, unread: 5 })] });
  for (const seq of [13, 14, 15]) it.channels.count("general", [message(seq)]);
  assert.deepEqual(it.counts(), [6, 0]);
});

test("an answer that is older than an event does not undo it, and is asked for again", async () => {
  const it = await channels(channel("general", { seq: 10 }), channel("secret", { kind: "private" }));
  it.channels.refresh();
  it.take("channel.updated", { channel: shape("general", { topic: "new" }) });
  it.take("channel.deleted", { channel: shape("secret", { kind: "private" }) });
  it.take("read.updated", read("m10"));
  await it.server.answer(
    "channel.list",
    { channels: [channel("general", { seq: 10, unread: 4 }), channel("secret", { kind: "private" })] },
  );
  assert.deepEqual(it.of("general", "topic", "unread", "lastReadId"), ["new", 0, "m10"]);
  assert.equal(it.channels.peek("secret"), null);
  await it.clock.pass(SOON);
  assert.deepEqual(it.server.waiting, ["channel.list"]);
});

test("a question that is lost is not the reader's business", async () => {
  const it = await channels(channel("general", { unread: 1 }));
  it.channels.recount();
  await it.clock.pass(SOON);
  await it.server.refuse("channel.list", "lost");
  it.channels.recount();
  await it.clock.pass(SOON);
  assert.deepEqual(it.server.waiting, ["channel.list"]);
});

test("what is marked unread by hand stays so, whatever the server counts, until it is looked at again", async () => {
  const it = await channels(channel("general", { seq: 10, unread: 1 }));
  it.channels.markUnread("general", { unread: 2, afterId: "m8" });
  it.channels.markUnread("unknown", { unread: 2, afterId: "m8" });
  assert.deepEqual(it.counts(), [2, 0]);
  it.channels.count("general", [message(11)]);
  assert.deepEqual(it.counts(), [3, 0]);
  it.channels.recount();
  await it.clock.pass(SOON);
  await it.server.answer("channel.list", { channels: [channel("general", { seq: 11, unread: 2 })] });
  assert.deepEqual(it.counts(), [3, 0]);
  it.channels.replace([channel("general", { seq: 12, unread: 3 })]);
  assert.deepEqual(it.counts(), [4, 0]);
  assert.equal(it.channels.unmark("general").afterId, "m8");
  assert.deepEqual(it.counts(), [3, 0]);
  assert.equal(it.channels.unmark("general"), undefined);
});

test("a reading, wherever it is done, ends the mark; so does leaving", async () => {
  const it = await channels(channel("general", { seq: 10, lastReadId: "m10" }));
  it.channels.markUnread("general", { unread: 2, afterId: "m8" });
  it.channels.count("general", [message(11)]);
  it.channels.take({ type: "read.updated", payload: { channelId: "general", messageId: "m11", unread: 0, mentions: 0 } });
  assert.deepEqual(it.counts(), [0, 0]);
  it.channels.markUnread("general", { unread: 2, afterId: "m9" });
  it.channels.take({ type: "channel.memberRemoved", payload: { channelId: "general", userId: "alice" } });
  assert.deepEqual(it.counts(), [0, 0]);
});

test("a channel one makes is there with the reply, and once", async () => {
  const it = await channels();
  const made = it.channels.create({ name: "new", members: ["bob"], kind: "private" });
  assert.deepEqual(it.server.payload("channel.create"), { name: "new", kind: "private", members: ["bob"] });
  await it.server.answer("channel.create", { channel: channel("new", { kind: "private" }) });
  assert.equal((await made).id, "new");
  it.take("channel.created", { channel: shape("new", { kind: "private" }) });
  assert.deepEqual(it.listed(), ["general", "new"]);
});

test("a message that overtakes the reply to its channel's making is counted", async () => {
  const it = await channels();
  const made = it.channels.openDirect(["bob"]);
  it.take("channel.created", { channel: shape("d1", { kind: "dm", name: null }) });
  it.channels.change("d1", { seq: 1 });
  it.channels.count("d1", [message(1, { channelId: "d1" })]);
  await it.server.answer("dm.open", { channel: channel("d1", { kind: "dm", name: null }) });
  assert.deepEqual([(await made).unread, it.of("d1", "unread", "seq")], [1, [1, 1]]);
});

test("a reply to a change is older than the event of the next change", async () => {
  const it = await channels();
  const asked = it.channels.update("general", { topic: "mine" });
  it.take("channel.updated", { channel: shape("general", { topic: "mine" }) });
  it.take("channel.updated", { channel: shape("general", { topic: "theirs" }) });
  await it.server.answer("channel.update", { channel: channel("general", { topic: "mine" }) });
  assert.equal((await asked).topic, "theirs");
});

test("requests are named as the contract names them, and refusals reach who asked", async () => {
  const it = await channels();
  it.channels.leave("general");
  it.channels.archive("general", true);
  it.channels.addMember("general", "eve");
  it.channels.removeMember("general", "eve");
  it.channels.members("general");
  assert.deepEqual(it.server.asked, [
    ["channel.leave", { channelId: "general" }],
    ["channel.update", { channelId: "general", archived: true }],
    ["channel.addMember", { channelId: "general", userId: "eve" }],
    ["channel.removeMember", { channelId: "general", userId: "eve" }],
    ["channel.members", { channelId: "general", offset: 0, limit: 50 }],
  ]);
  const asked = it.channels.remove("general");
  await it.server.refuse("channel.delete", "conflict");
  await assert.rejects(asked, { code: "conflict" });
  assert.deepEqual(it.listed(), ["general"]);
});

test("browsing shows what one is not in too, but no direct conversations", async () => {
  const it = await channels();
  const asked = it.channels.browse();
  const rows = [channel("z"), channel("left", { joined: false }), channel("d1", { kind: "dm", name: null })];
  await it.server.answer("channel.list", { channels: rows });
  assert.deepEqual((await asked).map(({ id }) => id), ["left", "z"]);
});

test("stopped, it leaves nothing running", async () => {
  const it = await channels(channel("general", { unread: 1 }));
  it.channels.recount();
  it.channels.stop();
  await settled();
  assert.equal(it.clock.waiting, 0);
});
