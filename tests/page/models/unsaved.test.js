// What is unsaved holds whoever leaves until he says that it may be lost; a Place in the admin panel heeds that.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Place } from "../../../static/models/place.js";
import { adminRoute, LIST } from "../../../static/models/route.js";
import { Unsaved } from "../../../static/models/unsaved.js";
import { signal } from "../../../static/vendor/signals-core.js";
import { settled } from "./manual_clock.js";

test("nothing held, nothing asked", async () => {
  const unsaved = new Unsaved();
  assert.equal(unsaved.isHeld, false);
  assert.equal(await unsaved.mayLeave(), true);
});

test("one no is enough, and what is saved asks no more", async () => {
  const unsaved = new Unsaved();
  const asked = [];
  const saved = unsaved.hold(async () => (asked.push("first"), false));
  unsaved.hold(async () => (asked.push("second"), true));
  assert.equal(await unsaved.mayLeave(), false);
  assert.deepEqual(asked, ["first"]);
  saved();
  assert.equal(await unsaved.mayLeave(), true);
  assert.deepEqual(asked, ["first", "second"]);
});

test("while the answer is awaited nobody is asked twice", async () => {
  const unsaved = new Unsaved();
  let answer;
  unsaved.hold(() => new Promise((resolve) => (answer = resolve)));
  const first = unsaved.mayLeave();
  assert.equal(await unsaved.mayLeave(), false);
  answer(true);
  assert.equal(await first, true);
});

const opened = () => ({ channelId: signal(null), threadId: signal(null), show() {}, closeThread() {} });

test("a page with unsaved changes stays until its reader agrees", async () => {
  const place = new Place(opened(), signal({ isAdmin: true }));
  const unsaved = new Unsaved();
  let may = false;
  place.holdBy(unsaved);
  place.go(adminRoute("settings"));
  unsaved.hold(async () => may);
  assert.equal(place.go(adminRoute("users")), false);
  await settled();
  assert.deepEqual(place.route.value, adminRoute("settings"));
  may = true;
  place.leaveAdmin();
  await settled();
  assert.deepEqual(place.route.value, LIST);
});

test("who is no administrator any more is not asked", () => {
  const me = signal({ isAdmin: true });
  const place = new Place(opened(), me);
  const unsaved = new Unsaved();
  place.holdBy(unsaved);
  place.go(adminRoute("settings"));
  unsaved.hold(async () => assert.fail("asked"));
  me.value = { isAdmin: false };
  place.leaveAdmin();
  assert.deepEqual(place.route.value, LIST);
});
