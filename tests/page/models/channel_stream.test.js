// The order of a channel's events: none twice, none left out, none too early.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ChannelStream } from "../../../static/models/channel_stream.js";
import { Server, created, message, messages } from "./cast.js";
import { ManualClock, settled } from "./manual_clock.js";

/** A stream whose channel general stands at `seq`; `applied` are seqs, and ["fill", after, seq...] for an answer. */
function standing(seq) {
  const server = new Server();
  const clock = new ManualClock();
  const it = { server, clock, places: new Map([["general", seq]]), applied: [], late: [], holes: [] };
  it.stream = new ChannelStream({
    ask: server.ask,
    clock,
    place: (id) => it.places.get(id) ?? null,
    move: (id, to) => it.places.set(id, to),
    apply: (id, frame) => it.applied.push(frame.seq),
    fill: (id, answer, after) => it.applied.push(
      ["fill", after, answer.resync ? "resync" : answer.messages.map((one) => one.seq)],
    ),
    late: (id, frame) => it.late.push(frame.seq),
    holed: (id, holed) => it.holes.push(holed),
  });
  it.hear = (...seqs) => seqs.forEach((one) => it.stream.take(created(message(one))));
  it.answer = (from, to, more = {}) =>
    server.answer("message.changes", { messages: messages(from, to), seq: to, resync: false, ...more });
  return it;
}

/** One event that stands for every change from `after` + 1 to 9. */
function standsFor(after, changed) {
  return { type: "channel.changes", channelId: "general", seq: 9, payload: { after, messages: changed, resync: false } };
}

test("the next event is applied and moves the place", () => {
  const it = standing(4);
  it.hear(5, 6);
  assert.deepEqual([it.applied, it.places.get("general")], [[5, 6], 6]);
});

test("an event that came before is not applied, only shown to those who may have missed it", () => {
  const it = standing(4);
  it.hear(5, 5, 3);
  assert.deepEqual([it.applied, it.late], [[5], [5, 3]]);
});

test("events of a channel that one is not in are nobody's", () => {
  const it = standing(4);
  it.stream.take(created(message(1, { channelId: "secret" })));
  assert.deepEqual([it.applied, it.late, it.server.waiting], [[], [], []]);
});

test("a hole is filled by one question from where one stands", async () => {
  const it = standing(4);
  it.hear(7, 8);
  assert.deepEqual(it.server.asked, [["message.changes", { channelId: "general", after: 4 }]]);
  await it.answer(5, 8);
  assert.deepEqual([it.applied, it.places.get("general")], [[["fill", 4, [5, 6, 7, 8]]], 8]);
});

test("what came behind the hole and is not in the answer is applied after it, in order", async () => {
  const it = standing(4);
  it.hear(7, 9, 8, 7);
  await it.answer(5, 6);
  assert.deepEqual([it.applied, it.places.get("general")], [[["fill", 4, [5, 6]], 7, 8, 9], 9]);
  assert.deepEqual(it.server.waiting, []);
});

test("a hole behind the answer is asked for again", async () => {
  const it = standing(4);
  it.hear(7, 10);
  await it.answer(5, 7);
  assert.deepEqual(it.server.payload("message.changes"), { channelId: "general", after: 7 });
  await it.answer(8, 10);
  assert.deepEqual(it.applied, [["fill", 4, [5, 6, 7]], ["fill", 7, [8, 9, 10]]]);
});

test("while a hole is filled it is said so, and said again when it is closed", async () => {
  const it = standing(4);
  it.hear(6);
  assert.deepEqual(it.holes, [true]);
  await it.answer(5, 6);
  assert.deepEqual(it.holes, [true, false]);
});

test("each channel has its own hole", async () => {
  const it = standing(4);
  it.places.set("secret", 1);
  it.hear(6);
  it.stream.take(created(message(2, { channelId: "secret" })));
  assert.deepEqual(it.applied, [2]);
});

test("one event of the server's may stand for many", () => {
  const it = standing(4);
  it.stream.take(standsFor(3, messages(5, 9)));
  it.hear(10);
  assert.deepEqual([it.applied, it.places.get("general")], [[["fill", 4, [5, 6, 7, 8, 9]], 10], 10]);
});

test("one that begins behind where one stands leaves a hole before it", async () => {
  const it = standing(4);
  it.stream.take(standsFor(6, messages(7, 9)));
  await it.answer(5, 6);
  assert.deepEqual(it.applied, [["fill", 4, [5, 6]], ["fill", 6, [7, 8, 9]]]);
});

test("an erasure does not say what it changed, so it is asked for", async () => {
  const it = standing(4);
  it.stream.take({ type: "messages.erased", channelId: "general", seq: 5, payload: {} });
  await it.answer(2, 2, { seq: 5 });
  assert.deepEqual([it.applied, it.places.get("general")], [[["fill", 4, [2]]], 5]);
});

test("when more comes than is worth keeping all is fetched afresh", async () => {
  const it = standing(4);
  for (let seq = 6; seq <= 1100; seq += 1) it.hear(seq);
  await it.answer(5, 5, { seq: 1100 });
  assert.deepEqual(it.applied, [["fill", 4, "resync"]]);
});

test("an answer that came by another way meanwhile changes nothing, what came behind it does", async () => {
  const it = standing(4);
  it.hear(9);
  it.places.set("general", 8);
  await it.answer(5, 6);
  assert.deepEqual([it.applied, it.places.get("general")], [[9], 9]);
});

test("after a reset an answer on its way is nobody's", async () => {
  const it = standing(4);
  it.hear(7);
  it.stream.reset();
  it.places.set("general", 20);
  await it.answer(5, 7);
  it.hear(21);
  assert.deepEqual([it.applied, it.places.get("general"), it.holes], [[21], 21, [true, false]]);
});

test("refused, because the channel is not ours any more: the next event asks again", async () => {
  const it = standing(4);
  it.hear(7);
  await it.server.refuse("message.changes", "not_found");
  assert.deepEqual([it.applied, it.holes], [[], [true, false]]);
  it.hear(8);
  assert.deepEqual(it.server.waiting, ["message.changes"]);
});

test("lost with the connection: nothing is asked by itself, the resume does", async () => {
  const it = standing(4);
  it.hear(7);
  await it.server.refuse("message.changes", "lost");
  await it.clock.pass(60_000);
  assert.deepEqual([it.server.waiting, it.places.get("general")], [[], 4]);
});

test("refused for the moment: asked again when the server says, with all that came meanwhile behind it", async () => {
  const it = standing(4);
  it.hear(7);
  await it.server.refuse("message.changes", "rate_limited", { retryAfterMs: 900 });
  it.hear(8);
  await it.clock.pass(899);
  assert.deepEqual(it.server.waiting, []);
  await it.clock.pass(1);
  await it.answer(5, 7);
  assert.deepEqual(it.applied, [["fill", 4, [5, 6, 7]], 8]);
});

test("a reset calls the next try off", async () => {
  const it = standing(4);
  it.hear(7);
  await it.server.refuse("message.changes", "unavailable");
  it.stream.reset();
  await it.clock.pass(60_000);
  await settled();
  assert.deepEqual([it.server.waiting, it.clock.waiting], [[], 0]);
});

test("who joins has a hole up to now, asked for without an event", async () => {
  const it = standing(4);
  it.stream.mend("general");
  it.stream.mend("general");
  it.hear(9);
  assert.deepEqual(it.server.waiting, ["message.changes"]);
  await it.answer(5, 8);
  assert.deepEqual(it.applied, [["fill", 4, [5, 6, 7, 8]], 9]);
});
