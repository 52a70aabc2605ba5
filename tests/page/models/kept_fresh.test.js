// What is asked for again and again: only the last answer counts, and a refusal ends nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../../../static/models/errors.js";
import { KeptFresh } from "../../../static/models/kept_fresh.js";
import { ManualClock, settled } from "./manual_clock.js";

function cast() {
  const clock = new ManualClock();
  const asked = [];
  const shown = [];
  const look = () => new Promise((resolve, reject) => asked.push({ resolve, reject }));
  const fresh = new KeptFresh({ look, show: (found) => shown.push(found), clock, everyMs: 1000 });
  return { clock, asked, shown, fresh };
}

test("an answer that another look has overtaken is not shown", async () => {
  const { asked, shown, fresh } = cast();
  fresh.open();
  fresh.open();
  asked[1].resolve("new");
  asked[0].resolve("old");
  await settled();
  assert.deepEqual(shown, ["new"]);
});

test("it asks on after a refusal, and stops when it is closed", async () => {
  const { clock, asked, fresh } = cast();
  fresh.open();
  asked[0].reject(new Refused({ code: "internal", message: "No." }));
  await settled();
  assert.equal(fresh.error.value.code, "internal");
  await clock.pass(1000);
  assert.equal(asked.length, 2);
  fresh.close();
  asked[1].resolve("late");
  await clock.pass(5000);
  assert.deepEqual([asked.length, clock.waiting], [2, 0]);
});
