// Which stretches are loaded and kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Timelines } from "../../../static/models/timelines.js";
import { Server, message } from "./cast.js";

function timelines() {
  const server = new Server();
  const kept = new Timelines({ ask: server.ask });
  const load = async (timeline, messages = []) => {
    timeline.load();
    await server.answer(timeline.rootId === null ? "message.history" : "thread.history", { messages, hasMore: false });
    return timeline;
  };
  return { server, timelines: kept, load };
}

test("a channel has one timeline, and a thread one", () => {
  const { timelines: kept } = timelines();
  assert.equal(kept.channel("general"), kept.channel("general"));
  assert.equal(kept.thread("m1", "general"), kept.thread("m1", "general"));
  assert.notEqual(kept.thread("m1", "general"), kept.thread("m2", "general"));
});

test("an event concerns the channel's timeline and those of its threads", () => {
  const { timelines: kept } = timelines();
  const [channel, thread] = [kept.channel("general"), kept.thread("m1", "general")];
  kept.thread("m9", "secret");
  assert.deepEqual(kept.of("general"), [channel, thread]);
  assert.deepEqual(kept.of("unknown"), []);
});

test("a thread knows its first message as the channel shows it", async () => {
  const it = timelines();
  const thread = it.timelines.thread("m1", "general");
  assert.equal(thread.root.value, null);
  await it.load(it.timelines.channel("general"), [message(1)]);
  assert.equal(thread.root.value.content, "text 1");
});

test("what is loaded, and be it only a thread, is asked for by a resume", async () => {
  const it = timelines();
  it.timelines.channel("empty");
  await it.load(it.timelines.channel("general"));
  await it.load(it.timelines.thread("m9", "secret"));
  assert.deepEqual(it.timelines.loaded().sort(), ["general", "secret"]);
});

test("the twenty channels looked at last are kept, with their threads", async () => {
  const it = timelines();
  const first = await it.load(it.timelines.channel("c0"));
  const thread = it.timelines.thread("m1", "c0");
  for (let index = 1; index < 20; index += 1) it.timelines.channel(`c${index}`);
  assert.equal(it.timelines.channel("c0"), first);
  it.timelines.channel("c20");
  assert.deepEqual([it.timelines.of("c1").length, it.timelines.of("c0")], [0, [first, thread]]);
});

test("what the reader may not see any more is forgotten", () => {
  const { timelines: kept } = timelines();
  kept.channel("general");
  kept.channel("secret");
  kept.thread("m9", "secret");
  kept.keepOnly((id) => id === "general");
  assert.deepEqual([kept.of("general").length, kept.of("secret")], [1, []]);
});
