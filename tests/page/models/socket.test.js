// Requests and replies over one WebSocket: each answer to whom it belongs, and nobody waits for one that never comes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Socket } from "../../../static/lib/socket.js";
import { FakeWebSocket } from "./cast.js";

function connected() {
  const ws = new FakeWebSocket();
  const frames = [];
  const closes = [];
  const socket = new Socket(ws, { onFrame: (frame) => frames.push(frame), onClose: (how) => closes.push(how) });
  ws.open();
  return { ws, socket, frames, closes };
}

test("a request is sent with its payload under an id of its own", () => {
  const { ws, socket } = connected();
  socket.request("ping");
  socket.request("read", { channelId: "general", messageId: "m1" });
  assert.deepEqual(ws.sent, [
    { type: "ping", id: "1", payload: {} },
    { type: "read", id: "2", payload: { channelId: "general", messageId: "m1" } },
  ]);
});

test("replies find their requests in whatever order they come", async () => {
  const { ws, socket } = connected();
  const first = socket.request("ping");
  const second = socket.request("sync");
  ws.say({ type: "reply", id: "2", ok: true, payload: { n: 2 } });
  ws.say({ type: "reply", id: "1", ok: true, payload: { n: 1 } });
  assert.deepEqual([await first, await second], [{ n: 1 }, { n: 2 }]);
});

test("a refusal rejects with its code, sentence, field and time to wait", async () => {
  const { ws, socket } = connected();
  const asked = socket.request("message");
  const error = { code: "rate_limited", message: "Slower.", field: "content", retryAfterMs: 700 };
  ws.say({ type: "reply", id: "1", ok: false, error });
  await assert.rejects(asked, { name: "Refused", ...error });
});

test("frames that are no replies are handed on in the order of arrival", () => {
  const { ws, frames } = connected();
  ws.say({ type: "hello" });
  ws.say({ type: "typing" });
  assert.deepEqual(frames, [{ type: "hello" }, { type: "typing" }]);
});

test("a reply that nobody asked for is nobody's", () => {
  const { ws, frames } = connected();
  ws.say({ type: "reply", id: "9", ok: true, payload: {} });
  ws.say({ type: "reply", id: null, ok: false, error: { code: "invalid", message: "?" } });
  assert.deepEqual(frames, []);
});

test("before the connection is open and after it is gone a request is refused as offline", async () => {
  const ws = new FakeWebSocket();
  const socket = new Socket(ws, { onFrame: () => {}, onClose: () => {} });
  await assert.rejects(socket.request("ping"), { code: "offline" });
  ws.open();
  ws.end();
  await assert.rejects(socket.request("ping"), { code: "offline" });
  assert.deepEqual(ws.sent, []);
});

test("what waited when the connection went is lost, before its owner hears of the close", async () => {
  const { ws, socket, closes } = connected();
  const asked = socket.request("message");
  ws.end(1006);
  assert.deepEqual(closes, [{ code: 1006, reason: "" }]);
  await assert.rejects(asked, { code: "lost" });
});

test("a socket that is dropped is closed, loses what waited, and hears nothing more", async () => {
  const { ws, socket, frames, closes } = connected();
  const asked = socket.request("message");
  socket.drop();
  ws.say({ type: "typing" });
  ws.end();
  assert.equal(ws.readyState, 3);
  await assert.rejects(asked, { code: "lost" });
  assert.deepEqual([frames, closes], [[], []]);
});

test("whoever drops it may hear of it at once", () => {
  const { socket } = connected();
  const heard = [];
  socket.drop(4000, (how) => heard.push(how));
  socket.drop(4001, (how) => heard.push(how));
  assert.deepEqual(heard, [{ code: 4000, reason: "" }]);
});

test("it can be seen whether anything came", () => {
  const { ws, socket } = connected();
  const before = socket.heardAt;
  assert.equal(socket.heardAt, before);
  ws.say({ type: "typing" });
  assert.notEqual(socket.heardAt, before);
});
