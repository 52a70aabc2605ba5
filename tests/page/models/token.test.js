// What is being named before the caret.
import assert from "node:assert/strict";
import { test } from "node:test";
import { closedNameAt, tokenAt } from "../../../static/views/composer/token.js";

const found = (text) => tokenAt(text, text.length);

test("an @ opens the people at once, with what follows as the query", () => {
  assert.deepEqual(found("hello @"), { kind: "person", from: 6, query: "" });
  assert.deepEqual(found("(@Tomás.r"), { kind: "person", from: 1, query: "Tomás.r" });
});

test("an address or a path is no mention", () => {
  for (const text of ["ann@", "ann@example.com", "see /@ann", "@@", "a.@b"]) assert.equal(found(text), null, text);
});

test("a # after a break names a channel, inside a word it does not", () => {
  assert.deepEqual(found("in #fir"), { kind: "channel", from: 3, query: "fir" });
  assert.equal(found("C#"), null);
  assert.equal(found("# "), null);
});

test("a name of an emoji needs two signs after a break: times and smileys open nothing", () => {
  assert.deepEqual(found(":ta"), { kind: "emoji", from: 0, query: "ta" });
  assert.deepEqual(found("🎉:ta"), { kind: "emoji", from: 2, query: "ta" });
  for (const text of ["10:30", "a:tada", ":)", ":D", "http://x"]) assert.equal(found(text), null, text);
});

test("inside code nothing is offered", () => {
  for (const text of ["`@ann", "```\n@ann", "~~~\ncode\n:tada"]) assert.equal(found(text), null, text);
  assert.equal(found("`code` @ann").query, "ann");
  assert.equal(found("```\ncode\n```\n@ann").query, "ann");
});

test("only what stands before the caret counts, also at the end of a very long text", () => {
  assert.equal(tokenAt("@ann and @bob", 3).query, "an");
  assert.deepEqual(found(`${"a".repeat(99999)} @ann`), { kind: "person", from: 100000, query: "ann" });
  assert.equal(found(`${"b".repeat(200)}@ann`), null);
});

test("a second colon closes an emoji's name", () => {
  assert.deepEqual(closedNameAt("so :tada:", 9), { from: 3, query: "tada" });
  assert.equal(closedNameAt("at 10:30:", 9), null);
  assert.equal(closedNameAt("`:tada:", 7), null);
});
