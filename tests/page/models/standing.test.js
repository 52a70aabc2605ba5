// Unread messages and mentions: the server's numbers of one moment and what came after, each message counted once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Standing } from "../../../static/models/standing.js";
import { alice, message } from "./cast.js";

const at = (seq, unread = 0, mentions = 0) => new Standing({ me: "alice", seq, unread, mentions });
const numbers = (standing) => [standing.counts.unread, standing.counts.mentions];

test("what comes after the server's numbers is added to them", () => {
  const standing = at(5, 2, 1);
  standing.add(message(6));
  standing.add(message(7, { mentions: ["alice"] }));
  assert.deepEqual(numbers(standing), [4, 2]);
});

test("one's own words, tombstones and replies are not unread; a reply may name me", () => {
  const standing = at(5);
  standing.add(message(6, { by: alice, mentions: ["alice", "@channel"] }));
  standing.add(message(7, { deletedAt: 1 }));
  standing.add(message(8, { threadId: "m1" }));
  assert.deepEqual(numbers(standing), [0, 0]);
  standing.add(message(9, { threadId: "m1", mentions: ["@here"] }));
  assert.deepEqual(numbers(standing), [0, 1]);
});

test("a message that the server's numbers know already is not counted again", () => {
  const standing = at(5, 1);
  standing.add(message(5));
  assert.deepEqual(numbers(standing), [1, 0]);
});

test("a message counts once, however often it comes", () => {
  const standing = at(5);
  standing.add(message(6));
  standing.add(message(6));
  assert.deepEqual(numbers(standing), [1, 0]);
});

test("younger numbers of the server's take the place of what they know, and of nothing else", () => {
  const standing = at(5);
  for (const seq of [6, 7, 8]) standing.add(message(seq));
  standing.settle({ seq: 7, unread: 10, mentions: 3 });
  assert.deepEqual(numbers(standing), [11, 3]);
  standing.add(message(7));
  assert.deepEqual(numbers(standing), [11, 3]);
});

test("numbers of the server's that are ahead of the events are not counted again by them", () => {
  const standing = at(5);
  standing.settle({ seq: 7, unread: 2, mentions: 0 });
  for (const seq of [6, 7, 8]) standing.add(message(seq));
  assert.deepEqual(numbers(standing), [3, 0]);
});

test("numbers of an earlier moment say nothing new", () => {
  const standing = at(5, 2);
  standing.settle({ seq: 4, unread: 9, mentions: 9 });
  assert.deepEqual(numbers(standing), [2, 0]);
});

test("a message known one by one may be deleted, or begin and cease to name me", () => {
  const standing = at(5);
  standing.add(message(6));
  standing.add(message(7));
  assert.ok(standing.changed(message(6, { deletedAt: 1 })));
  assert.ok(standing.changed(message(7, { mentions: ["alice"] })));
  assert.deepEqual(numbers(standing), [1, 1]);
  assert.ok(standing.changed(message(7)));
  assert.deepEqual(numbers(standing), [1, 0]);
});

test("of a message within the server's numbers it is not known whether it was counted", () => {
  const standing = at(5, 2);
  assert.equal(standing.changed(message(4, { deletedAt: 1 })), false);
  assert.deepEqual(numbers(standing), [2, 0]);
});

test("reading up to a message leaves what came behind it", () => {
  const standing = at(5, 2, 2);
  for (const seq of [6, 7, 8]) standing.add(message(seq, { mentions: ["alice"] }));
  assert.equal(standing.seqOf("m7"), 7);
  assert.ok(standing.readUpTo(7));
  assert.deepEqual(numbers(standing), [1, 1]);
  assert.equal(standing.seqOf("m7"), null);
});

test("reading up to a message within the server's numbers: only the server knows what is left", () => {
  const standing = at(5, 4);
  assert.equal(standing.readUpTo(3), false);
  assert.equal(standing.told({ unread: 2, mentions: 1 }), false);
  assert.deepEqual(numbers(standing), [2, 1]);
});

test("when the server says that nothing was left, what is there was written after that", () => {
  const standing = at(5, 4, 1);
  assert.equal(standing.told({ unread: 0, mentions: 0 }), true);
  assert.deepEqual(numbers(standing), [0, 0]);
  standing.add(message(6));
  assert.equal(standing.told({ unread: 0, mentions: 0 }), false);
  assert.deepEqual(numbers(standing), [1, 0]);
});

test("a channel that nobody reads for long is counted right, without remembering every message", () => {
  const standing = at(0);
  for (let seq = 1; seq <= 2000; seq += 1) standing.add(message(seq));
  assert.deepEqual(numbers(standing), [2000, 0]);
  assert.equal(standing.changed(message(1, { deletedAt: 1 })), false);
  assert.equal(standing.changed(message(2000, { deletedAt: 1 })), true);
  assert.deepEqual(numbers(standing), [1999, 0]);
});
