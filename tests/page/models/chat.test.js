// The models together, as a page has them: the first state, what was missed, events, and what outlives a connection.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Chat } from "../../../static/models/chat.js";
import { FakeWebSocket, Memory, alice, bob, channel, eve, message, messages } from "./cast.js";
import { created, deleted, reacted, updated } from "./cast.js";
import { ManualClock, settled } from "./manual_clock.js";

/** alice's page, started; `socket` is its newest WebSocket. */
function page({ storage = new Memory(), firstChannel = null, version = "1" } = {}) {
  const clock = new ManualClock();
  const it = { clock, storage, sockets: [], heard: [], reloads: [], emitted: [] };
  let made = 0;
  it.chat = new Chat({
    user: alice,
    version,
    connect: () => it.sockets[it.sockets.push(new FakeWebSocket()) - 1],
    whoAmI: async () => ({ status: 0, retryAfterMs: null }),
    network: { online: () => true, onChange: () => {} },
    clock,
    random: () => 1,
    uuid: () => `c${++made}`,
    storage,
    preferences: {},
    firstChannel,
    hooks: {
      ended: (how) => it.heard.push(how),
      restricted: (kind) => it.heard.push(kind),
      reload: (to) => it.reloads.push(to) > 0,
    },
  });
  it.chat.start();
  Object.defineProperty(it, "socket", { get: () => it.sockets.at(-1) });
  it.asked = () => it.socket.sent.map(({ type }) => type);
  it.payload = (type) => it.socket.sent.findLast((frame) => frame.type === type).payload;
  it.reply = async (type, payload) => {
    it.socket.reply(type, payload);
    await settled();
  };
  it.say = async (...frames) => {
    for (const frame of frames) it.socket.say(frame);
    await settled();
  };
  it.hello = async (more) => {
    it.socket.hello({ user: alice, sessionId: "s1", limits: {}, serverVersion: "1", ...more });
    await settled();
  };
  it.lose = async () => {
    it.socket.end();
    await settled();
    await it.clock.pass(500);
  };
  it.seqs = (id = "general") => it.chat.timeline(id).messages.value.map(({ seq }) => seq);
  it.of = (...names) => names.map((name) => it.chat.channels.peek("general")[name]);
  return it;
}

const state = (...channels) => ({
  user: alice,
  users: [alice, bob, eve],
  usersComplete: true,
  channels,
  presence: [],
  settings: { name: "Lanternworks" },
});
const general = (more) => channel("general", { seq: 10, ...more });
const missed = (list, seq, resync = false) => ({ messages: list, seq, resync });

/** general is open with messages 1 to 10, and everything is long settled. */
async function reading(row = {}) {
  const it = page();
  await it.hello();
  await it.reply("sync", state(general(row), channel("secret", { kind: "private" })));
  it.chat.open.show("general");
  await it.reply("message.history", { messages: messages(1, 10), hasMore: false });
  await it.clock.pass(5000);
  return it;
}

/** The same after a loss: `resume` is asked, not answered. */
async function resuming(row) {
  const it = await reading(row);
  await it.lose();
  await it.hello();
  return it;
}

async function resumed(it, list, seq, more = {}) {
  await it.reply("resume", { channels: { general: missed(list, seq) }, sync: state(general({ seq, ...more })) });
}

test("the state and the last channel's messages are asked for together", async () => {
  const storage = new Memory();
  storage.set("last.alice", "general");
  const it = page({ storage });
  await it.hello();
  assert.deepEqual(it.asked(), ["sync", "message.history"]);
  assert.equal(it.payload("message.history").channelId, "general");
});

test("the channel that the address names goes before the last one", async () => {
  const storage = new Memory();
  storage.set("last.alice", "general");
  const it = page({ storage, firstChannel: "secret" });
  await it.hello();
  assert.equal(it.payload("message.history").channelId, "secret");
});

test("the state is people, channels, settings and oneself", async () => {
  const it = page();
  await it.hello();
  await it.reply("sync", { ...state(general()), user: { ...alice, isAdmin: true } });
  const { chat } = it;
  assert.deepEqual(
    [chat.me.value.isAdmin, chat.server.value.name, chat.people.complete.value],
    [true, "Lanternworks", true],
  );
  assert.deepEqual(
    [chat.channels.list.value.length, chat.connection.state.value, chat.sessionId.value],
    [1, "up", "s1"],
  );
});

test("events that come before the state are applied on top of it, unless it knows them", async () => {
  const it = page();
  await it.hello();
  await it.say(
    created(message(10)),
    created(message(11)),
    { type: "typing", payload: { channelId: "general", userId: "bob" } },
  );
  await it.reply("sync", state(general({ seq: 10, unread: 4 })));
  assert.deepEqual([it.of("seq", "unread"), it.chat.typing.in("general").value], [[11, 5], ["bob"]]);
});

test("a page that was asked for with the state may be older than it: the events in between complete it", async () => {
  const it = page({ firstChannel: "general" });
  await it.hello();
  await it.say(created(message(9)));
  await it.reply("message.history", { messages: messages(1, 8), hasMore: false });
  await it.say(reacted("m3", 10));
  await it.reply("sync", state(general({ seq: 12, unread: 7 })));
  await it.say(updated(message(2, { changedSeq: 11, content: "edited" })), created(message(12)));
  assert.deepEqual([it.seqs(), it.of("unread")], [[1, 2, 3, 4, 5, 6, 7, 8, 9, 12], [7]]);
  const timeline = it.chat.timeline("general");
  assert.deepEqual([timeline.find("m3").reactions, timeline.find("m2").content], [{ "👍": ["bob"] }, "edited"]);
});

test("an erasure between such a page and the state makes the page be asked for again", async () => {
  const it = page({ firstChannel: "general" });
  await it.hello();
  await it.say({ type: "messages.erased", payload: { userId: "eve", erasure: "delete", channels: { general: 10 } } });
  await it.reply("message.history", { messages: messages(1, 9), hasMore: false });
  await it.reply("sync", state(general({ seq: 10 })));
  assert.equal(it.asked().filter((type) => type === "message.history").length, 2);
});

test("doubtful numbers of what came before the state are asked for again", async () => {
  const it = page();
  await it.hello();
  await it.say({ type: "channel.memberAdded", payload: { channelId: "general", userId: "eve" } });
  await it.reply("sync", state(general({ memberCount: 4 })));
  await it.clock.pass(3100);
  await it.reply("channel.list", { channels: [general({ memberCount: 4 })] });
  assert.deepEqual(it.of("memberCount"), [4]);
});

test("a message is in the list, in the counts and with who listens", async () => {
  const it = await reading();
  it.chat.on("message.created", ({ message: one }, frame) => it.emitted.push(one.id, frame.seq, it.of("unread")[0]));
  await it.say({ type: "typing", payload: { channelId: "general", userId: "bob" } });
  assert.deepEqual(it.chat.typing.in("general").value, ["bob"]);
  await it.say(created(message(11)));
  assert.deepEqual([it.seqs().at(-1), it.of("seq", "unread"), it.emitted], [11, [11, 1], ["m11", 11, 1]]);
  assert.deepEqual(it.chat.typing.in("general").value, []);
});

test("who listens no more is not called", async () => {
  const it = await reading();
  const stop = it.chat.on("message.created", () => it.emitted.push("called"));
  stop();
  await it.say(created(message(11)));
  assert.deepEqual(it.emitted, []);
});

test("a hole is filled, and what was missed counts once", async () => {
  const it = await reading();
  await it.say(created(message(13)));
  assert.equal(it.chat.timeline("general").gap.value, true);
  await it.reply("message.changes", missed([message(11), message(12)], 12));
  await it.say(created(message(13)));
  assert.deepEqual([it.seqs().slice(-3), it.of("seq", "unread")], [[11, 12, 13], [13, 3]]);
  assert.equal(it.chat.timeline("general").gap.value, false);
});

test("a hole in a channel that is not loaded is filled for its numbers", async () => {
  const it = await reading();
  await it.say({ ...created(message(2, { channelId: "secret", mentions: ["alice"] })) });
  await it.reply("message.changes", missed([1, 2].map((seq) => message(seq, { channelId: "secret" })), 2));
  assert.equal(it.chat.channels.peek("secret").unread, 2);
});

test("a hole that is too large: all is fetched afresh, the numbers too", async () => {
  const it = await reading();
  await it.say(created(message(900)));
  await it.reply("message.changes", missed([], 900, true));
  await it.reply("message.history", { messages: messages(801, 900), hasMore: true });
  await it.reply("channel.list", { channels: [general({ seq: 900, unread: 77 })] });
  assert.deepEqual([it.seqs()[0], it.of("seq", "unread")], [801, [900, 77]]);
});

test("a message that was unread and is deleted is not unread any more", async () => {
  const it = await reading();
  await it.say(created(message(11)), created(message(12)), deleted(message(11), 13));
  assert.deepEqual(it.of("unread"), [1]);
});

test("a message in a channel and its reply in a thread that is open reach both lists", async () => {
  const it = await reading();
  it.chat.open.showThread("m3");
  const thread = it.chat.thread("m3");
  thread.load();
  await it.reply("thread.history", { messages: [], hasMore: false });
  const count = { replyCount: 1, lastReplyAt: 9, participants: ["bob"] };
  await it.say(created(message(11, { threadId: "m3" }), { id: "m3", thread: count }));
  assert.deepEqual([thread.messages.value.length, thread.root.value.thread, it.of("unread")], [1, count, [0]]);
});

test("an erasure is asked about where it is shown or something is unread, and nowhere else", async () => {
  const it = page();
  await it.hello();
  const rows = [
    general(),
    channel("shown"),
    channel("unread", { unread: 1 }),
    channel("quiet", { seq: 4 }),
    channel("behind", { seq: 1 }),
  ];
  await it.reply("sync", state(...rows));
  it.chat.open.show("shown");
  await it.reply("message.history", { messages: [], hasMore: false });
  const channels = { general: 10, shown: 1, unread: 1, quiet: 5, behind: 9, unknown: 3 };
  await it.say({ type: "messages.erased", payload: { userId: "eve", erasure: "delete", channels } });
  const changes = it.socket.sent.filter(({ type }) => type === "message.changes").map(
    ({ payload }) => payload.channelId,
  );
  assert.deepEqual(changes, ["shown", "unread", "behind"]);
  assert.equal(it.chat.channels.peek("quiet").seq, 5);
});

test("an erasure leaves tombstones of what is loaded", async () => {
  const it = await reading();
  await it.say({ type: "messages.erased", payload: { userId: "bob", erasure: "delete", channels: { general: 11 } } });
  await it.reply("message.changes", missed([message(4, { changedSeq: 11, content: "", deletedAt: 9 })], 11));
  assert.deepEqual([it.chat.timeline("general").find("m4").deletedAt, it.of("seq")], [9, [11]]);
});

test("what was missed without a connection is applied, and what is loaded is not asked for again", async () => {
  const it = await resuming();
  assert.deepEqual([it.asked(), it.payload("resume")], [["resume"], { channels: { general: 10 } }]);
  await resumed(it, [message(2, { changedSeq: 11, content: "edited" }), message(12)], 12, { unread: 1 });
  assert.deepEqual([it.chat.timeline("general").find("m2").content, it.seqs().at(-1)], ["edited", 12]);
  assert.deepEqual([it.of("seq", "unread"), it.asked()], [[12, 1], ["resume"]]);
});

test("events that come before what was missed wait for it, and those it knows are not counted", async () => {
  const it = await resuming();
  await it.say(created(message(12)), created(message(13)));
  assert.equal(it.seqs().at(-1), 10);
  await resumed(it, [message(11), message(12)], 12, { unread: 2 });
  assert.deepEqual([it.seqs().slice(-3), it.of("unread")], [[11, 12, 13], [3]]);
});

test("missed too much: what is loaded is fetched afresh", async () => {
  const it = await resuming();
  await it.reply(
    "resume",
    { channels: { general: missed([], 900, true) }, sync: state(general({ seq: 900, unread: 60 })) },
  );
  await it.reply("message.history", { messages: messages(801, 900), hasMore: true });
  await it.say(created(message(901)));
  assert.deepEqual([it.seqs()[0], it.seqs().at(-1), it.of("unread")], [801, 901, [61]]);
});

test("lost again before the answer: asked again from the same place", async () => {
  const it = await resuming();
  await it.say(created(message(12)));
  await it.lose();
  await it.clock.pass(1000);
  await it.hello();
  assert.deepEqual(it.payload("resume"), { channels: { general: 10 } });
  await resumed(it, [message(11), message(12)], 12);
  assert.deepEqual(it.seqs().slice(-2), [11, 12]);
});

test("a page that was on its way when the connection went is asked for again", async () => {
  const it = page();
  await it.hello();
  await it.reply("sync", state(general()));
  it.chat.open.show("general");
  await it.lose();
  await it.hello();
  await it.reply("resume", { channels: {}, sync: state(general()) });
  await it.reply("message.history", { messages: messages(1, 10), hasMore: false });
  assert.equal(it.seqs().length, 10);
});

test("a gap that was being filled when the connection went is the resume's", async () => {
  const it = await reading();
  await it.say(created(message(12)));
  await it.lose();
  await it.hello();
  await resumed(it, [message(11), message(12)], 12);
  assert.deepEqual([it.seqs().slice(-2), it.chat.timeline("general").gap.value], [[11, 12], false]);
});

test("a channel that one was taken out of meanwhile is gone, and begins anew when one is back", async () => {
  const it = await reading();
  it.chat.open.show("secret");
  await it.reply("message.history", { messages: [message(1, { channelId: "secret" })], hasMore: false });
  await it.lose();
  await it.hello();
  await resumed(it, [], 10);
  assert.equal(it.chat.open.channel.value, null);
  await it.say(
    {
      type: "channel.created",
      payload: { channel: channel("secret", { kind: "private", seq: 5, joined: null, unread: null, mentions: null }) },
    },
    { type: "channel.memberAdded", payload: { channelId: "secret", userId: "alice" } },
  );
  await it.reply(
    "message.history",
    { messages: [1, 5].map((seq) => message(seq, { channelId: "secret" })), hasMore: false },
  );
  await it.reply("channel.list", { channels: [general(), channel("secret", { kind: "private", seq: 5, unread: 2 })] });
  assert.deepEqual([it.seqs("secret"), it.chat.channels.peek("secret").unread], [[1, 5], 2]);
});

test("who joins is shown what he did not hear, and then hears", async () => {
  const it = await reading({ joined: false });
  await it.say(created(message(11)));
  assert.equal(it.seqs().at(-1), 10);
  await it.say({ type: "channel.memberAdded", payload: { channelId: "general", userId: "alice" } });
  await it.say(created(message(14)));
  await it.reply("channel.list", { channels: [general({ seq: 14, unread: 3 })] });
  await it.reply("message.history", { messages: messages(1, 13), hasMore: false });
  await it.reply("message.changes", missed([11, 12, 13].map((seq) => message(seq)), 13));
  assert.deepEqual([it.seqs().slice(-4), it.of("seq", "unread")], [[11, 12, 13, 14], [14, 3]]);
});

test("a deleted channel is forgotten with its messages", async () => {
  const it = await reading();
  await it.say({ type: "channel.deleted", payload: { channel: channel("general") } });
  assert.deepEqual([it.chat.open.channel.value, it.seqs()], [null, []]);
});

test("messages written without a connection go out in order when what was missed is applied", async () => {
  const it = await reading();
  await it.lose();
  it.chat.outbox.send("general", "one");
  it.chat.outbox.send("general", "two");
  await it.hello();
  assert.deepEqual(it.asked(), ["resume"]);
  await resumed(it, [], 10);
  assert.equal(it.payload("message").content, "one");
  await it.reply("message", { message: message(11, { by: alice, clientId: "c1" }) });
  assert.equal(it.payload("message").content, "two");
  assert.deepEqual([it.seqs().at(-1), it.chat.outbox.entries.value.length], [11, 1]);
});

test("a message whose answer was lost is settled by what was missed, and not sent again", async () => {
  const it = await reading();
  it.chat.outbox.send("general", "one");
  await it.lose();
  await it.hello();
  await resumed(it, [message(11, { by: alice, clientId: "c1" })], 11);
  assert.deepEqual([it.asked(), it.chat.outbox.entries.value, it.seqs().at(-1)], [["resume"], [], 11]);
});

test("one's own message, answered before the events of others, stands in its place when they come", async () => {
  const it = await reading();
  it.chat.outbox.send("general", "mine");
  await it.reply("message", { message: message(12, { by: alice, clientId: "c1" }) });
  await it.say(created(message(11)), created(message(12, { by: alice, clientId: "c1" })));
  assert.deepEqual([it.seqs().slice(-3), it.of("seq", "unread")], [[10, 11, 12], [12, 1]]);
});

test("a failure to send is told to who listens", async () => {
  const it = await reading();
  it.chat.on("failed", (entry) => it.emitted.push(entry.content));
  it.chat.outbox.send("general", "one");
  const { id } = it.socket.sent.at(-1);
  await it.say({ type: "reply", id, ok: false, error: { code: "forbidden", message: "Join first." } });
  assert.deepEqual(it.emitted, ["one"]);
});

test("a late answer makes the connection show that it is alive", async () => {
  const it = await reading();
  it.chat.outbox.send("general", "one");
  await it.clock.pass(10_000);
  assert.equal(it.asked().at(-1), "ping");
});

test("a restricted session asks for nothing, and sends nothing of what waits, until it is free", async () => {
  const storage = new Memory();
  storage.set(
    "unsent.alice.c1",
    { clientId: "c1", channelId: "general", threadId: null, content: "one", createdAt: 1, number: 1 },
  );
  const it = page({ storage });
  await it.hello({ restricted: "password_change" });
  assert.deepEqual([it.heard, it.asked()], [["password_change"], []]);
  it.chat.outbox.send("general", "two");
  assert.deepEqual(it.asked(), []);
  await it.hello({ restricted: null });
  await it.reply("sync", state(general()));
  assert.deepEqual([it.heard, it.asked()], [["password_change", null], ["sync", "message"]]);
});

test("a server of another version makes the page load itself anew, and nothing else", async () => {
  const it = page({ version: "1" });
  await it.hello({ serverVersion: "2" });
  assert.deepEqual([it.reloads, it.asked()], [["2"], []]);
});

test("changes of people, settings and oneself are there at once", async () => {
  const it = await reading();
  await it.say(
    { type: "user.updated", payload: { user: { ...alice, isAdmin: true } } },
    { type: "settings.updated", payload: { settings: { name: "Elsewhere" } } },
    { type: "presence.changed", payload: { presence: [{ userId: "bob", status: "online", lastSeenAt: 1 }] } },
  );
  assert.deepEqual(
    [it.chat.me.value.isAdmin, it.chat.server.value.name, it.chat.people.presence("bob")],
    [true, "Elsewhere", "online"],
  );
});

test("who comes, goes or is deactivated changes how many are in the public channels; a new name does not", async () => {
  for (const [type, user, isAsked] of [
    ["user.created", { ...eve, id: "new" }, true],
    ["user.removed", eve, true],
    ["user.updated", { ...eve, status: "deactivated" }, true],
    ["user.updated", { ...eve, displayName: "Evelyn" }, false],
  ]) {
    const it = await reading();
    await it.say({ type, payload: { user } });
    await it.clock.pass(3100);
    assert.equal(it.asked().includes("channel.list"), isAsked, type);
  }
});

test("an event of a kind that this page does not know is no matter", async () => {
  const it = await reading();
  await it.say({ type: "weather.changed", payload: {} }, created(message(11)));
  assert.equal(it.seqs().at(-1), 11);
});

test("the end of the session stops all, keeps what is unsent, and says why", async () => {
  const it = await reading();
  it.chat.outbox.send("general", "one");
  it.socket.bye(4503, { by: "admin" });
  await settled();
  assert.deepEqual([it.heard.at(-1), it.clock.waiting], [{ code: 4503, by: "admin" }, 0]);
  assert.deepEqual(it.storage.keys("unsent.alice."), ["unsent.alice.c1"]);
});

test("signing out asks the server, whose bye does the rest", async () => {
  const it = await reading();
  it.chat.signOut();
  assert.equal(it.asked().at(-1), "session.signOut");
});
