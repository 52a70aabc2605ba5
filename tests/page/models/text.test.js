// Sentences are filled in right. Whether the table is complete is test_text.py's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { t } from "../../../static/lib/text.js";

test("values are filled in, numbers with separators", () => {
  assert.equal(t("door.retry", { n: 12_345 }), "Trying again in 12,345 s.");
});

test("one and many are told apart", () => {
  assert.equal(t("announcer.many", { n: 1 }), "1 new message");
  assert.equal(t("announcer.many", { n: 4 }), "4 new messages");
});

test("what a value holds is not filled in again", () => {
  assert.equal(t("channel.leavePrivate.title", { name: "{name} {n}" }), "Leave {name} {n}?");
});

test("right-to-left text cannot reorder the sentence around it", () => {
  assert.equal(t("channel.leavePrivate.title", { name: "נועה" }), "Leave \u2068נועה\u2069?");
  assert.equal(t("channel.leavePrivate.title", { name: "a\u202eb" }), "Leave \u2068a\u202eb\u2069?");
});
