// What calls the reader: his name and direct messages, and nothing while he looks or does not want to be disturbed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { badgeOf, callsFor, isWorthNotifying, plainLine, titleOf } from "../../../static/models/notifications.js";

const me = { id: "alice" };
const room = { id: "c1", kind: "public" };
const direct = { id: "d1", kind: "dm" };
const said = (more) => ({ author: { id: "bob" }, content: "hello", mentions: [], deletedAt: null, ...more });

test("a message calls whom it names, everybody by @channel and @here, and both sides of a direct conversation", () => {
  assert.equal(callsFor({ message: said(), channel: room, me }), false);
  assert.equal(callsFor({ message: said({ mentions: ["eve"] }), channel: room, me }), false);
  for (const target of ["alice", "@channel", "@here"]) {
    assert.equal(callsFor({ message: said({ mentions: [target] }), channel: room, me }), true, target);
  }
  assert.equal(callsFor({ message: said(), channel: direct, me }), true);
});

test("one's own words and what was deleted call nobody", () => {
  assert.equal(callsFor({ message: said({ author: { id: "alice" } }), channel: direct, me }), false);
  assert.equal(callsFor({ message: said({ deletedAt: 1 }), channel: direct, me }), false);
});

test("nothing is notified in do-not-disturb, without leave, or of what is being read", () => {
  const asked = { message: said(), channel: direct, me, presence: "online", isAllowed: true, isSeen: false };
  assert.equal(isWorthNotifying(asked), true);
  assert.equal(isWorthNotifying({ ...asked, presence: "away" }), true);
  assert.equal(isWorthNotifying({ ...asked, presence: "dnd" }), false);
  assert.equal(isWorthNotifying({ ...asked, isAllowed: false }), false);
  assert.equal(isWorthNotifying({ ...asked, isSeen: true }), false);
  assert.equal(isWorthNotifying({ ...asked, channel: room }), false);
});

test("the title counts what calls the reader and names the place", () => {
  assert.equal(titleOf({ count: 2, place: "firmware", server: "Lanternworks" }), "(2) firmware · Lanternworks");
  assert.equal(titleOf({ count: 0, place: "firmware", server: "Lanternworks" }), "firmware · Lanternworks");
  assert.equal(titleOf({ count: 0, place: "", server: "Lanternworks" }), "Lanternworks");
});

test("the icon shows a number for mentions and a dot for other unread messages", () => {
  assert.equal(badgeOf({ count: 3, anyUnread: true }), "3");
  assert.equal(badgeOf({ count: 100, anyUnread: true }), "99+");
  assert.equal(badgeOf({ count: 0, anyUnread: true }), "dot");
  assert.equal(badgeOf({ count: 0, anyUnread: false }), "");
});

test("a notification tells Markdown in one plain line of bounded length", () => {
  const written = "**Two** things:\n- `sign` the [image](https://a.example)\n> now";
  assert.equal(plainLine(written), "Two things: sign the image now");
  assert.equal(plainLine("```js\nlet a = 1;\n```"), "let a = 1;");
  assert.equal(plainLine("2 * 3 * 4 and snake_case_name"), "2 * 3 * 4 and snake_case_name");
  const long = plainLine("🔥".repeat(500));
  assert.equal([...long].length, 180);
  assert.ok(long.endsWith("🔥…"), "no emoji is cut in half");
});
