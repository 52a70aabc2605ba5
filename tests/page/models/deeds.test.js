// What one does to messages: reactions at once, and back when refused; edits and deletions when they are answered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "../../../static/vendor/signals-core.js";
import { Deeds } from "../../../static/models/deeds.js";
import { Timeline } from "../../../static/models/timeline.js";
import { Server, alice, message, reacted } from "./cast.js";

async function deeds(first = message(1)) {
  const server = new Server();
  const timeline = new Timeline({ ask: server.ask, channelId: "general" });
  timeline.load();
  await server.answer("message.history", { messages: [first], hasMore: false });
  const it = { server, timeline, refusals: [], now: () => timeline.find("m1") };
  it.deeds = new Deeds({
    ask: server.ask,
    me: signal(alice),
    absorb: (messages) => timeline.absorb(messages),
    patch: ({ id }, change) => timeline.patch(id, change),
    restore: ({ id }) => timeline.restore(id),
    refused: ({ code }) => it.refusals.push(code),
  });
  return it;
}

test("a reaction is there before the server has it", async () => {
  const it = await deeds();
  it.deeds.react(it.now(), "👍");
  assert.deepEqual(it.now().reactions, { "👍": ["alice"] });
  assert.deepEqual(it.server.payload("reaction"), { messageId: "m1", reaction: "👍" });
});

test("the same again takes it back, and leaves the others'", async () => {
  const it = await deeds(message(1, { reactions: { "👍": ["bob", "alice"] } }));
  it.deeds.react(it.now(), "👍");
  assert.deepEqual(it.now().reactions, { "👍": ["bob"] });
  assert.deepEqual(it.server.payload("reaction"), { messageId: "m1", reaction: "👍", remove: true });
});

test("a reaction that is told by its event is there once", async () => {
  const it = await deeds();
  const reacting = it.deeds.react(it.now(), "👍");
  it.timeline.take(reacted("m1", 2, { by: alice }));
  await it.server.answer("reaction");
  await reacting;
  assert.deepEqual(it.now().reactions, { "👍": ["alice"] });
});

test("a refused reaction is taken back and said", async () => {
  const it = await deeds(message(1, { reactions: { "🎉": ["bob"] } }));
  const reacting = it.deeds.react(it.now(), "👍");
  await it.server.refuse("reaction", "conflict");
  await reacting;
  assert.deepEqual([it.now().reactions, it.refusals], [{ "🎉": ["bob"] }, ["conflict"]]);
});

test("a reaction whose answer is lost, but not the reaction, stays", async () => {
  const it = await deeds();
  const reacting = it.deeds.react(it.now(), "👍");
  it.timeline.take(reacted("m1", 2, { by: alice }));
  await it.server.refuse("reaction", "lost");
  await reacting;
  assert.deepEqual(it.now().reactions, { "👍": ["alice"] });
});

test("a refusal takes back one's own, and nothing that others did meanwhile", async () => {
  const it = await deeds();
  const reacting = it.deeds.react(it.now(), "👍");
  it.timeline.take(reacted("m1", 2));
  await it.server.refuse("reaction", "conflict");
  await reacting;
  assert.deepEqual(it.now().reactions, { "👍": ["bob"] });
});

test("an edit is there with its answer", async () => {
  const it = await deeds(message(1, { by: alice }));
  const editing = it.deeds.edit(it.now(), "better");
  assert.deepEqual(it.server.payload("message.edit"), { messageId: "m1", content: "better" });
  await it.server.answer("message.edit", { message: message(1, { by: alice, changedSeq: 2, content: "better" }) });
  assert.deepEqual([(await editing).content, it.now().content], ["better", "better"]);
});

test("a deletion leaves the tombstone of its answer", async () => {
  const it = await deeds(message(1, { by: alice }));
  const removing = it.deeds.remove(it.now());
  await it.server.answer(
    "message.delete",
    { message: message(1, { by: alice, changedSeq: 2, content: "", deletedAt: 9 }) },
  );
  await removing;
  assert.equal(it.now().deletedAt, 9);
});

test("refused edits and deletions are told to who asked, and change nothing", async () => {
  const it = await deeds();
  const editing = it.deeds.edit(it.now(), "better");
  const removing = it.deeds.remove(it.now());
  await it.server.refuse("message.edit", "forbidden");
  await it.server.refuse("message.delete", "forbidden");
  await assert.rejects(editing, { code: "forbidden" });
  await assert.rejects(removing, { code: "forbidden" });
  assert.deepEqual([it.now().content, it.now().deletedAt], ["text 1", null]);
});
