// What can be said of one message: who reacted how, and whom it calls.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hasReacted, names, withReaction } from "../../../static/models/message.js";
import { message } from "./cast.js";

const reacted = (reactions) => message(1, { reactions });

test("each person reacts once with an emoji", () => {
  const one = withReaction(reacted({}), "👍", "alice", true);
  assert.deepEqual(one.reactions, { "👍": ["alice"] });
  assert.deepEqual(withReaction(one, "👍", "alice", true).reactions, { "👍": ["alice"] });
});

test("an emoji that nobody uses any more is not there", () => {
  assert.deepEqual(
    withReaction(reacted({ "👍": ["alice"], "🎉": ["bob"] }), "👍", "alice", false).reactions,
    { "🎉": ["bob"] },
  );
  assert.deepEqual(withReaction(reacted({}), "👍", "alice", false).reactions, {});
});

test("an emoji keeps its place among the others while anybody uses it", () => {
  const before = reacted({ "👍": ["alice", "bob"], "🎉": ["bob"] });
  assert.deepEqual(Object.keys(withReaction(before, "👍", "alice", false).reactions), ["👍", "🎉"]);
  assert.deepEqual(Object.keys(withReaction(before, "👍", "eve", true).reactions), ["👍", "🎉"]);
});

test("the message itself is not changed", () => {
  const before = reacted({ "👍": ["bob"] });
  withReaction(before, "👍", "alice", true);
  assert.deepEqual(before.reactions, { "👍": ["bob"] });
});

test("a word that objects have from birth is a reaction like any other", () => {
  for (const word of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
    assert.equal(hasReacted(reacted({}), word, "alice"), false);
    assert.deepEqual(Object.entries(withReaction(reacted({}), word, "alice", false).reactions), []);
    const one = withReaction(reacted({}), word, "alice", true);
    assert.ok(hasReacted(one, word, "alice"), word);
    assert.deepEqual(Object.entries(one.reactions), [[word, ["alice"]]]);
    assert.deepEqual(Object.entries(withReaction(one, word, "alice", false).reactions), []);
  }
});

test("a message calls those it names, and everybody by @channel and @here", () => {
  assert.ok(names(message(1, { mentions: ["bob", "alice"] }), "alice"));
  assert.ok(names(message(1, { mentions: ["@channel"] }), "alice"));
  assert.ok(names(message(1, { mentions: ["@here"] }), "alice"));
  assert.ok(!names(message(1, { mentions: ["bob"] }), "alice"));
});
