// The form of a channel: what is wrong with it, counted as the server counts, and what has changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { changes, faults } from "../../../static/models/channel_form.js";

test("a name is needed and white space is none", () => {
  assert.deepEqual(faults({ name: "", topic: "" }), { name: "missing" });
  assert.deepEqual(faults({ name: " \u00a0", topic: "" }), { name: "missing" });
  assert.deepEqual(faults({ name: "firmware", topic: "" }), {});
});

test("lengths count code points, not the halves of an emoji", () => {
  assert.deepEqual(faults({ name: "🔥".repeat(80), topic: "🔥".repeat(250) }), {});
  assert.deepEqual(faults({ name: "x".repeat(81), topic: "x".repeat(251) }), { name: "long", topic: "long" });
});

test("only what differs is sent", () => {
  const channel = { name: "firmware", topic: "" };
  assert.deepEqual(changes({ name: "firmware", topic: "" }, channel), {});
  assert.deepEqual(changes({ name: "firmware", topic: "beams" }, channel), { topic: "beams" });
});
