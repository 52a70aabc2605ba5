// What a browser remembers, also when it can remember nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Store, storageArea } from "../../../static/lib/storage.js";
import { Area } from "./area.js";

test("values come back as they were, under the prefix", () => {
  const area = new Area();
  new Store(area).set("a", { text: "ä", n: [1, null] });
  assert.deepEqual(new Store(area).get("a"), { text: "ä", n: [1, null] });
  assert.equal(area.key(0), "chatd.a");
});

test("what is not there, or is no JSON, is null", () => {
  const store = new Store(new Area({ "chatd.broken": "{" }));
  assert.equal(store.get("nothing"), null);
  assert.equal(store.get("broken"), null);
});

test("keys are found by their beginning, without other people's", () => {
  const store = new Store(new Area({ "other.draft.1": "1", "chatd.draft.2": "1", "chatd.draft.1": "1", "chatd.theme": "dark" }));
  assert.deepEqual(store.keys("draft."), ["draft.1", "draft.2"]);
});

test("without a storage everything lasts as long as the page", () => {
  const store = new Store(null);
  store.set("a", 1);
  assert.equal(store.get("a"), 1);
  assert.deepEqual(store.keys(), ["a"]);
  store.remove("a");
  assert.equal(store.get("a"), null);
});

test("a full storage loses nothing of this page, and the newest value counts", () => {
  const area = new Area({}, { most: 10 });
  const store = new Store(area);
  store.set("a", "short");
  store.set("a", "longer than there is room for");
  assert.equal(store.get("a"), "longer than there is room for");
  store.set("a", "again");
  assert.equal(store.get("a"), "again");
  assert.equal(area.getItem("chatd.a"), '"again"');
});

test("a part has keys of its own", () => {
  const area = new Area();
  new Store(area).part("u1").set("draft", "hello");
  assert.equal(new Store(area).part("u2").get("draft"), null);
  assert.equal(new Store(area).get("u1.draft"), "hello");
});

test("a browser that forbids the storage is no reason to fail", () => {
  const window = Object.defineProperty({}, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } });
  assert.equal(storageArea(window, "localStorage"), null);
});
