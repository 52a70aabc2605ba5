// Who is writing, for as long as that is likely; and telling the others, not at each key.
import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "../../../static/vendor/signals-core.js";
import { Typing } from "../../../static/models/typing.js";
import { Server, alice } from "./cast.js";
import { ManualClock } from "./manual_clock.js";

function typing() {
  const server = new Server();
  const clock = new ManualClock();
  const model = new Typing({ ask: server.ask, clock, me: signal(alice) });
  const take = (userId, channelId = "general") => model.take({ channelId, userId });
  return { server, clock, typing: model, take, there: (id = "general") => model.in(id).value };
}

test("who writes is shown in the order of beginning, per channel, and never oneself", () => {
  const it = typing();
  for (const id of ["bob", "alice", "eve", "bob"]) it.take(id);
  it.take("admin", "secret");
  assert.deepEqual([it.there(), it.there("secret")], [["bob", "eve"], ["admin"]]);
});

test("six seconds without a word end it, and each word begins them anew", async () => {
  const it = typing();
  it.take("bob");
  await it.clock.pass(5999);
  it.take("bob");
  await it.clock.pass(5999);
  assert.deepEqual(it.there(), ["bob"]);
  await it.clock.pass(1);
  assert.deepEqual(it.there(), []);
});

test("who sends has stopped writing", async () => {
  const it = typing();
  it.take("bob");
  it.take("eve");
  it.typing.stopped("general", "bob");
  it.typing.stopped("general", "bob");
  it.typing.stopped("secret", "eve");
  assert.deepEqual(it.there(), ["eve"]);
});

test("who writes again after sending is shown for the whole time", async () => {
  const it = typing();
  it.take("bob");
  await it.clock.pass(4000);
  it.typing.stopped("general", "bob");
  it.take("bob");
  await it.clock.pass(4000);
  assert.deepEqual(it.there(), ["bob"]);
});

test("one's own writing is told at most every three seconds, in each channel", async () => {
  const it = typing();
  it.typing.tell("general");
  it.typing.tell("general");
  it.typing.tell("secret");
  await it.clock.pass(2999);
  it.typing.tell("general");
  assert.deepEqual(it.server.asked, [["typing", { channelId: "general" }], ["typing", { channelId: "secret" }]]);
  await it.clock.pass(1);
  it.typing.tell("general");
  assert.equal(it.server.asked.length, 3);
});

test("after sending the next stroke is told at once", () => {
  const it = typing();
  it.typing.tell("general");
  it.typing.sent("general");
  it.typing.tell("general");
  assert.equal(it.server.asked.length, 2);
});

test("that it could not be told is not worth a word", async () => {
  const it = typing();
  it.typing.tell("general");
  await it.server.refuse("typing", "rate_limited");
  assert.deepEqual(it.there(), []);
});

test("a lost connection clears the line, and nothing runs on", () => {
  const it = typing();
  it.take("bob");
  it.typing.clear();
  assert.deepEqual([it.there(), it.clock.waiting], [[], 0]);
});
