// The rows of the message list: what stands where, and that little is made anew.
import assert from "node:assert/strict";
import test from "node:test";
import { Rows, keyOf } from "../../../static/views/stream/rows.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2025, 2, 3, 12);
const utcDay = (at) => at - (at % DAY);

let serial = 0;
function message(author, minutes, more = {}) {
  serial += 1;
  const id = more.id ?? `m${serial}`;
  return { id, seq: serial, author: { id: author }, createdAt: NOON + minutes * MINUTE, clientId: null, thread: null, ...more };
}
const entry = (clientId, minutes, more = {}) => ({ clientId, createdAt: NOON + minutes * MINUTE, state: "sending", ...more });
const rowsOf = (input, rows = new Rows(utcDay)) => rows.from({ meId: "maya", ...input });
const shape = (rows) => rows.map((row) => (row.kind === "message" ? (row.grouped ? "more" : "head") : row.kind)).join(" ");

test("the same author within five minutes is one group", () => {
  const messages = [message("aiko", 0), message("aiko", 4), message("aiko", 9), message("tomas", 9), message("aiko", 10)];
  assert.equal(shape(rowsOf({ messages })), "start day head more head head head");
});

test("each new day has its separator, and a group ends there", () => {
  const midnight = 12 * 60;
  const messages = [message("aiko", midnight - 1), message("aiko", midnight + 1), message("aiko", midnight + 2 + 24 * 60)];
  const rows = rowsOf({ messages });
  assert.equal(shape(rows), "start day head day head day head");
  assert.deepEqual(rows.filter((row) => row.kind === "day").map((row) => row.at), [0, 1, 2].map((n) => utcDay(NOON) + n * DAY));
  assert.ok(rows.slice(1).every((row) => row.day.kind === "day"));
  assert.equal(new Set(rows.map((row) => row.key)).size, rows.length);
});

test("days follow the reader's zone through a change of the clocks", () => {
  const zoned = (at) => utcDay(at + (at < NOON ? HOUR : 2 * HOUR)) - (at < NOON ? HOUR : 2 * HOUR);
  const messages = [message("aiko", -60), message("aiko", 9 * 60 + 59), message("aiko", 10 * 60)];
  assert.equal(shape(rowsOf({ messages }, new Rows(zoned))), "start day head head day head");
});

test("a server whose clock went back brings no day twice", () => {
  const messages = [message("aiko", 0), message("aiko", 24 * 60), message("aiko", 0), message("aiko", 24 * 60)];
  const rows = rowsOf({ messages });
  assert.equal(shape(rows), "start day head day head head head");
});

test("the unread line stands before the first message after the last one read, and breaks the group", () => {
  const messages = [message("aiko", 0), message("aiko", 1), message("aiko", 2)];
  const line = { afterId: messages[0].id, since: NOON };
  const rows = rowsOf({ messages, line });
  assert.equal(shape(rows), "start day head line head more");
  assert.equal(rows[3].since, NOON);
});

test("there is no unread line behind the last message, nor before what is not loaded", () => {
  const messages = [message("aiko", 0)];
  assert.equal(shape(rowsOf({ messages, line: { afterId: messages[0].id, since: null } })), "start day head");
  assert.equal(shape(rowsOf({ messages, line: { afterId: "elsewhere", since: null } })), "start day head");
  assert.equal(shape(rowsOf({ messages, hasOlder: true, line: { afterId: null, since: null } })), "older day head");
  assert.equal(shape(rowsOf({ messages, line: { afterId: null, since: null } })), "start day line head");
});

test("the line comes when the message it follows is loaded", () => {
  const rows = new Rows(utcDay);
  const [old, next] = [message("aiko", 0), message("aiko", 1)];
  const line = { afterId: old.id, since: null };
  assert.equal(shape(rowsOf({ messages: [next], line, hasOlder: true }, rows)), "older day head");
  assert.equal(shape(rowsOf({ messages: [old, next], line }, rows)), "start day head line head");
});

test("a tombstone keeps its place and its group", () => {
  const messages = [message("aiko", 0), message("aiko", 1, { deletedAt: NOON }), message("aiko", 2)];
  assert.equal(shape(rowsOf({ messages })), "start day head more more");
});

test("what is not sent yet stands at the end, grouped with one's own", () => {
  const messages = [message("tomas", 0), message("maya", 1)];
  const pending = [entry("a", 2), entry("b", 3), entry("c", 12)];
  assert.equal(shape(rowsOf({ messages, pending })), "start day head head more more head");
  assert.equal(shape(rowsOf({ messages: [], pending })), "start day head more head");
});

test("an unsent message that has arrived is shown once, as the same row", () => {
  const rows = new Rows(utcDay);
  const before = rowsOf({ messages: [], pending: [entry("a", 0)] }, rows);
  const sent = message("maya", 0, { clientId: "a" });
  const after = rowsOf({ messages: [sent], pending: [entry("a", 0)] }, rows);
  assert.equal(shape(after), "start day head");
  assert.equal(before.at(-1).key, after.at(-1).key);
});

test("another's clientId is no key: he could pose as one's own unsent message", () => {
  assert.equal(keyOf(message("tomas", 0, { id: "m", clientId: "a" }), "maya"), "m");
});

test("a computer whose clock is behind does not bring back yesterday", () => {
  const messages = [message("tomas", 0)];
  assert.equal(shape(rowsOf({ messages, pending: [entry("a", -2 * 24 * 60)] })), "start day head head");
});

test("what is missing at an end has its row; what one wrote stands behind it", () => {
  const messages = [message("tomas", 0)];
  assert.equal(shape(rowsOf({ messages, hasOlder: true, gap: true })), "older day head gap");
  assert.equal(shape(rowsOf({ messages, hasNewer: true, pending: [entry("a", 1)] })), "start day head newer head");
});

test("a thread begins with its root; days are told only when they change", () => {
  const root = message("priya", 0, { thread: { replyCount: 2 } });
  const messages = [message("priya", 1), message("jonas", 24 * 60)];
  const rows = rowsOf({ root, messages });
  assert.equal(shape(rows), "head replies head day head");
  assert.ok(rows[0].isRoot);
  assert.equal(rows[1].count, 2);
  assert.equal(shape(rowsOf({ root, messages: [], pending: [entry("a", 1)] })), "head replies head");
});

test("one new message makes one new row", () => {
  const rows = new Rows(utcDay);
  const messages = Array.from({ length: 2000 }, (_, index) => message("aiko", index));
  const before = rowsOf({ messages }, rows);
  const after = rowsOf({ messages: [...messages, message("aiko", 2000)] }, rows);
  assert.equal(after.length, before.length + 1);
  assert.ok(before.every((row, index) => row === after[index]));
});

test("one changed message makes at most its own and the next row anew", () => {
  const rows = new Rows(utcDay);
  const messages = Array.from({ length: 2000 }, (_, index) => message("aiko", index));
  const before = rowsOf({ messages }, rows);
  const after = rowsOf({ messages: messages.with(1000, { ...messages[1000], content: "else" }) }, rows);
  assert.ok(after.filter((row, index) => row !== before[index]).length <= 2);
});

test("whatever comes in whatever order, the rows are those that a fresh look gives", () => {
  let seed = 42;
  const random = (below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  const rows = new Rows(utcDay);
  const all = Array.from({ length: 60 }, (_, index) => message(["aiko", "maya"][random(2)], index * random(200)));
  let shown = all.slice(20, 40);
  for (let turn = 0; turn < 500; turn += 1) {
    const at = random(shown.length + 1);
    const deed = random(5);
    const missing = all.filter((one) => !shown.some((other) => other.id === one.id));
    if (deed === 0 && missing.length) shown = [...shown, missing[random(missing.length)]].sort((a, b) => a.seq - b.seq);
    if (deed === 1 && shown.length > 5) shown = shown.toSpliced(Math.min(at, shown.length - 1), 1);
    if (deed === 2 && at < shown.length) shown = shown.with(at, { ...shown[at] });
    if (deed === 3) shown = [...missing.filter((one) => one.seq < (shown[0]?.seq ?? 0)).slice(-5), ...shown];
    const line = deed === 4 && shown[at] ? { afterId: shown[at].id, since: 1 } : null;
    const input = { messages: shown, line, hasOlder: random(2) === 0 };
    const found = rowsOf(input, rows);
    const plain = (row) => [row.kind, row.key, row.grouped, row.message, row.day?.at];
    assert.deepEqual(found.map(plain), rowsOf(input).map(plain));
  }
});
