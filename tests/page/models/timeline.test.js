// The loaded stretch of a channel or thread: unbroken, in order, and of each message the youngest state.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Timeline } from "../../../static/models/timeline.js";
import { Server, alice, bob, created, deleted, message, messages, reacted, updated } from "./cast.js";
import { settled } from "./manual_clock.js";

function empty(more) {
  const server = new Server();
  const timeline = new Timeline({ ask: server.ask, channelId: "general", ...more });
  const page = (from, to, hasMore = false) => server.answer(
    "message.history",
    { messages: messages(from, to), hasMore },
  );
  return { server, timeline, page, seqs: () => timeline.messages.value.map(({ seq }) => seq) };
}

/** With the messages from `from` to `to` loaded, and older ones if `hasOlder`. */
async function loaded(from, to, hasOlder = false) {
  const it = empty();
  it.timeline.load();
  await it.page(from, to, hasOlder);
  return it;
}

/** Reading far back: 10 to 20 are loaded, there is more on both sides. */
async function farBack() {
  const it = empty();
  it.timeline.loadAround("m15");
  await it.page(10, 14, true);
  await it.page(15, 20, true);
  return it;
}

const upTo = (to) => Array.from({ length: to }, (_, index) => index + 1);
const range = (from, to) => upTo(to).slice(from - 1);

test("the newest page is asked for once, however often it is wanted", async () => {
  const it = empty();
  it.timeline.load();
  it.timeline.load();
  assert.deepEqual(it.server.asked, [["message.history", { channelId: "general", limit: 100 }]]);
  assert.equal(it.timeline.loading.value, "first");
  await it.page(1, 3);
  await it.timeline.load();
  assert.deepEqual([it.seqs(), it.timeline.loading.value, it.timeline.loaded.value], [[1, 2, 3], null, true]);
  assert.equal(it.server.asked.length, 1);
});

test("a page may be wanted longer, as long as pages may be", () => {
  for (const [wanted, limit] of [[10, 100], [150, 150], [1000, 200]]) {
    const it = empty();
    it.timeline.load(wanted);
    assert.equal(it.server.payload("message.history").limit, limit);
  }
});

test("whether there is more on either side is known", async () => {
  const all = await loaded(1, 3);
  assert.deepEqual([all.timeline.hasOlder.value, all.timeline.hasNewer.value], [false, false]);
  const some = await loaded(5, 9, true);
  assert.deepEqual([some.timeline.hasOlder.value, some.timeline.hasNewer.value], [true, false]);
});

test("before anything is loaded events change nothing", () => {
  const it = empty();
  it.timeline.take(created(message(1)));
  assert.deepEqual(it.seqs(), []);
});

test("messages stand in the order of seq, in whatever order they come", async () => {
  const it = await loaded(1, 2);
  it.timeline.absorb([message(5)]); // one's own, answered before the events of the others came
  it.timeline.take(created(message(3)));
  it.timeline.take(created(message(4)));
  assert.deepEqual(it.seqs(), [1, 2, 3, 4, 5]);
});

test("no message stands there twice", async () => {
  const it = await loaded(1, 2);
  it.timeline.take(created(message(3)));
  it.timeline.take(created(message(3)));
  it.timeline.absorb([message(3), message(2)]);
  assert.deepEqual(it.seqs(), [1, 2, 3]);
});

test("of two states of a message the younger stays, whichever comes first", async () => {
  const it = await loaded(1, 2);
  it.timeline.take(updated(message(1, { changedSeq: 4, content: "later" })));
  it.timeline.take(updated(message(1, { changedSeq: 3, content: "earlier" })));
  it.timeline.absorb([message(1)]);
  assert.equal(it.timeline.find("m1").content, "later");
});

test("a deleted message stays as a tombstone, and reactions to it come too late", async () => {
  const it = await loaded(1, 2);
  it.timeline.take(deleted(message(1), 3));
  it.timeline.take(reacted("m1", 4));
  assert.deepEqual([it.seqs(), it.timeline.find("m1").content, it.timeline.find("m1").reactions], [[1, 2], "", {}]);
});

test("reactions are a set per emoji, and one that is applied already changes nothing", async () => {
  const it = await loaded(1, 1);
  it.timeline.take(reacted("m1", 2));
  it.timeline.take(reacted("m1", 3, { by: alice }));
  it.timeline.take(reacted("m1", 2, { on: false }));
  assert.deepEqual(it.timeline.find("m1").reactions, { "👍": ["bob", "alice"] });
  it.timeline.take(reacted("m1", 4, { on: false }));
  it.timeline.take(reacted("m1", 5, { by: alice, on: false }));
  assert.deepEqual(it.timeline.find("m1").reactions, {});
});

test("a page that is older than the events that came meanwhile does not undo them", async () => {
  const it = empty();
  it.timeline.load();
  it.timeline.take(updated(message(2, { changedSeq: 4, content: "edited" })));
  it.timeline.take(created(message(5)));
  it.timeline.take(reacted("m1", 6));
  it.timeline.take(deleted(message(3), 7));
  await it.page(1, 3);
  assert.deepEqual(it.seqs(), [1, 2, 3, 5]);
  assert.deepEqual(it.timeline.messages.value.map(({ changedSeq }) => changedSeq), [6, 4, 7, 5]);
});

test("a page that is younger than the events that came meanwhile is not set back by them", async () => {
  const it = empty();
  it.timeline.load();
  it.timeline.take(created(message(2)));
  it.timeline.take(reacted("m2", 3));
  const reactions = { "👍": ["bob", "alice"] };
  await it.server.answer(
    "message.history",
    { messages: [message(1), message(2, { changedSeq: 4, reactions })], hasMore: false },
  );
  assert.deepEqual(it.timeline.find("m2").reactions, reactions);
});

test("older pages are set before what is there, until there are none", async () => {
  const it = await loaded(11, 12, true);
  it.timeline.loadOlder();
  it.timeline.loadOlder();
  assert.deepEqual(
    it.server.asked.slice(1),
    [["message.history", { channelId: "general", before: "m11", limit: 100 }]],
  );
  assert.equal(it.timeline.loading.value, "older");
  await it.page(1, 10);
  assert.deepEqual([it.seqs(), it.timeline.hasOlder.value], [upTo(12), false]);
  await it.timeline.loadOlder();
  assert.equal(it.server.asked.length, 2);
});

test("a change to an older message that is not loaded does not tear the stretch, even while a page comes", async () => {
  const it = await loaded(11, 12, true);
  const old = updated(message(2, { changedSeq: 13, content: "edited" }));
  it.timeline.take(old);
  it.timeline.loadOlder();
  it.timeline.take({ ...old, seq: 14, payload: { message: message(2, { changedSeq: 14 }) } });
  assert.deepEqual(it.seqs(), [11, 12]);
  await it.page(6, 10, true);
  assert.deepEqual(it.seqs(), range(6, 12));
  it.timeline.loadOlder();
  assert.equal(it.server.payload("message.history").before, "m6");
});

test("far back, what is new does not follow what is loaded, even while a newer page comes", async () => {
  const it = await farBack();
  it.timeline.take(created(message(40)));
  it.timeline.loadNewer();
  assert.equal(it.timeline.loading.value, "newer");
  it.timeline.take(created(message(41)));
  assert.deepEqual(it.seqs(), range(10, 20));
  await it.page(21, 30, true);
  assert.deepEqual([it.seqs(), it.timeline.hasNewer.value], [range(10, 30), true]);
  it.timeline.loadNewer();
  assert.equal(it.server.payload("message.history").after, "m30");
});

test("the last newer page joins what came while it was on its way", async () => {
  const it = await farBack();
  it.timeline.loadNewer();
  it.timeline.take(created(message(23)));
  await it.page(21, 22);
  assert.deepEqual([it.seqs(), it.timeline.hasNewer.value], [range(10, 23), false]);
  it.timeline.take(created(message(24)));
  assert.equal(it.seqs().at(-1), 24);
});

test("what stands around a message takes the place of what is loaded", async () => {
  const it = await loaded(90, 99, true);
  it.timeline.loadAround("m50");
  await settled();
  assert.deepEqual(it.server.payload("message.history"), { channelId: "general", before: "m50", limit: 50 });
  await it.page(45, 49, true);
  assert.deepEqual(it.server.payload("message.history"), { channelId: "general", after: "m49", limit: 50 });
  await it.page(50, 55, true);
  assert.deepEqual([it.seqs(), it.timeline.hasOlder.value, it.timeline.hasNewer.value], [range(45, 55), true, true]);
});

test("the first message of all can be jumped to", async () => {
  const it = empty();
  it.timeline.loadAround("m1");
  await it.page(1, 0);
  await it.page(2, 4, true);
  assert.deepEqual(it.server.payload("message.history"), { channelId: "general", before: "m2", limit: 1 });
  await it.page(1, 1);
  assert.deepEqual([it.seqs(), it.timeline.hasOlder.value, it.timeline.hasNewer.value], [upTo(4), false, true]);
});

test("the only message of all can be jumped to", async () => {
  const it = empty();
  it.timeline.loadAround("m1");
  await it.page(1, 0);
  await it.page(1, 0);
  await it.page(1, 1);
  assert.deepEqual([it.seqs(), it.timeline.loaded.value, it.timeline.hasNewer.value], [[1], true, false]);
});

test("a jump does not wait for its turn: a page on its way is given up for it", async () => {
  const it = await loaded(90, 99, true);
  it.timeline.loadOlder();
  it.timeline.loadAround("m50");
  await it.page(80, 89, true);
  await it.page(49, 49, true);
  await it.page(50, 55, true);
  assert.deepEqual(it.seqs(), range(49, 55));
});

test("of two jumps the last one counts", async () => {
  const it = await loaded(90, 99, true);
  it.timeline.loadAround("m50");
  it.timeline.loadAround("m60");
  await settled();
  while (it.server.waiting.length) {
    const { before, after } = it.server.payload("message.history");
    const at = Number((before ?? after).slice(1));
    if (before) await it.page(at - 2, at - 1, true);
    else await it.page(at + 1, at + 3, true);
  }
  assert.deepEqual(it.seqs(), range(58, 62));
});

test("a refused page is told, not thrown, and what is shown stays", async () => {
  const it = await loaded(11, 12, true);
  const asked = it.timeline.loadOlder();
  await it.server.refuse("message.history", "unavailable");
  await asked;
  assert.deepEqual(
    [it.timeline.error.value.code, it.timeline.loading.value, it.seqs()],
    ["unavailable", null, [11, 12]],
  );
  it.timeline.loadOlder();
  assert.equal(it.timeline.error.value, null);
});

test("a mistake of our own is not taken for a refusal", async () => {
  const timeline = new Timeline({ ask: async () => ({}), channelId: "general" });
  await assert.rejects(timeline.load(), TypeError);
  assert.equal(timeline.loading.value, null);
});

test("what cannot be brought up to date is fetched afresh, and shown until then", async () => {
  const it = await loaded(1, 5);
  it.timeline.resync();
  await settled();
  assert.deepEqual(it.seqs(), upTo(5));
  it.timeline.take(created(message(803)));
  await it.page(700, 802, true);
  assert.deepEqual([it.seqs().at(0), it.seqs().at(-1), it.timeline.hasOlder.value], [700, 803, true]);
});

test("fetching afresh while a page is on its way leaves that page out", async () => {
  const it = await loaded(11, 20, true);
  it.timeline.loadOlder();
  it.timeline.resync();
  await it.page(1, 10);
  assert.deepEqual(it.seqs(), range(11, 20));
  await it.page(500, 502, true);
  assert.deepEqual(it.seqs(), [500, 501, 502]);
});

test("fetching afresh twice at once ends with the last answer", async () => {
  const it = await loaded(1, 2);
  it.timeline.resync();
  it.timeline.resync();
  await settled();
  while (it.server.waiting.length) await it.page(it.server.asked.length * 10, it.server.asked.length * 10);
  assert.deepEqual(it.seqs(), [it.server.asked.length * 10]);
  assert.equal(it.timeline.loaded.value, true);
});

test("fetching afresh that fails leaves it to be loaded again", async () => {
  const it = await loaded(1, 2);
  it.timeline.resync();
  await settled();
  await it.server.refuse("message.history", "lost");
  assert.deepEqual([it.timeline.loaded.value, it.seqs()], [false, [1, 2]]);
  it.timeline.load();
  await it.page(3, 4);
  assert.deepEqual(it.seqs(), [3, 4]);
});

test("where nothing is loaded there is nothing to bring up to date", async () => {
  const it = empty();
  await it.timeline.resync();
  assert.deepEqual(it.server.asked, []);
});

test("who speaks while reading far back is brought to the present", async () => {
  const it = await farBack();
  it.timeline.toNewest();
  await settled();
  assert.equal(it.server.payload("message.history").after, undefined);
  await it.page(30, 40, true);
  assert.deepEqual([it.seqs(), it.timeline.hasNewer.value], [range(30, 40), false]);
});

test("replies of threads are not in the channel, but their number is at the root", async () => {
  const it = await loaded(1, 2);
  const thread = { replyCount: 1, lastReplyAt: 9, participants: ["bob"] };
  it.timeline.take(created(message(3, { threadId: "m1" }), { id: "m1", thread }));
  assert.deepEqual([it.seqs(), it.timeline.find("m1").thread, it.timeline.find("m1").changedSeq], [[1, 2], thread, 3]);
  it.timeline.take(created(message(3, { threadId: "m1" }), { id: "m1", thread: { ...thread, replyCount: 9 } }));
  assert.equal(it.timeline.find("m1").thread.replyCount, 1);
});

test("a thread holds its own replies only", async () => {
  const it = empty({ rootId: "m1" });
  it.timeline.load();
  assert.deepEqual(it.server.payload("thread.history"), { messageId: "m1", limit: 100 });
  await it.server.answer("thread.history", { messages: [], hasMore: false });
  it.timeline.take(created(message(3, { threadId: "m1" })));
  it.timeline.take(created(message(4, { threadId: "m2" })));
  it.timeline.take(created(message(5)));
  it.timeline.take(created(message(6, { threadId: "m1", channelId: "secret" })));
  assert.deepEqual(it.seqs(), [3]);
});

test("an empty channel takes its first message", async () => {
  const it = await loaded(1, 0);
  it.timeline.take(created(message(1)));
  assert.deepEqual(it.seqs(), [1]);
});

test("what is not confirmed is shown, and gone with the server's next state or when it is taken back", async () => {
  const it = await loaded(1, 2);
  it.timeline.patch("m1", (now) => ({ ...now, content: "mine" }));
  it.timeline.patch("m9", () => assert.fail("there is no such message"));
  assert.equal(it.timeline.find("m1").content, "mine");
  it.timeline.restore("m1");
  assert.equal(it.timeline.find("m1").content, "text 1");
  it.timeline.patch("m1", (now) => ({ ...now, content: "mine" }));
  it.timeline.take(updated(message(1, { changedSeq: 3, content: "theirs", author: { id: bob.id } })));
  assert.equal(it.timeline.find("m1").content, "theirs");
});

test("taking back goes to the server's state of now, not to that of when it was patched", async () => {
  const it = await loaded(1, 2);
  it.timeline.patch("m1", (now) => ({ ...now, reactions: { "👍": ["alice"] } }));
  it.timeline.take(reacted("m1", 3, { by: alice }));
  it.timeline.restore("m1");
  assert.deepEqual(it.timeline.find("m1").reactions, { "👍": ["alice"] });
});

test("the newest message is known", async () => {
  const it = await loaded(1, 2);
  assert.equal(it.timeline.newest.value.id, "m2");
  it.timeline.take(created(message(3)));
  assert.equal(it.timeline.newest.value.id, "m3");
});
