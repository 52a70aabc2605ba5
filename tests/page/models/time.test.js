// Times as a reader in his own zone reads them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clockTime, dayName, fullTime, sameDay, shortDate, shortTime, startOfDay } from "../../../static/lib/time.js";

const at = (...parts) => new Date(...parts).getTime(); // in the zone of whoever runs this
const now = at(2025, 2, 3, 15, 30);

test("a day begins at the reader's midnight", () => {
  assert.equal(startOfDay(now), at(2025, 2, 3));
  assert.equal(sameDay(at(2025, 2, 3, 0, 0), at(2025, 2, 3, 23, 59)), true);
  assert.equal(sameDay(at(2025, 2, 2, 23, 59), at(2025, 2, 3, 0, 0)), false);
});

test("near days have names", () => {
  assert.equal(dayName(at(2025, 2, 3, 0, 1), now), "Today");
  assert.equal(dayName(at(2025, 2, 2, 0, 1), now), "Yesterday");
  assert.match(dayName(at(2025, 2, 1), now), /Saturday/);
});

test("another year is told", () => {
  assert.doesNotMatch(dayName(at(2025, 0, 5), now), /2025/);
  assert.match(dayName(at(2024, 11, 31), now), /2024/);
  assert.match(shortDate(at(2024, 11, 31), now), /2024/);
});

test("a short time holds only what is needed", () => {
  assert.equal(shortTime(at(2025, 2, 3, 9, 41), now), clockTime(at(2025, 2, 3, 9, 41)));
  assert.equal(shortTime(at(2025, 2, 2, 22, 47), now), `Yesterday, ${clockTime(at(2025, 2, 2, 22, 47))}`);
  assert.match(shortTime(at(2025, 1, 1, 3, 12), now), /1.*, |, .*1/);
});

test("yesterday is yesterday across a change of the clocks too", () => {
  for (let day = 1; day <= 365; day += 1) {
    assert.equal(dayName(at(2025, 0, day, 23, 59), at(2025, 0, day + 1, 0, 1)), "Yesterday", String(day));
    assert.equal(dayName(at(2025, 0, day, 0, 0), at(2025, 0, day, 23, 59)), "Today", String(day));
  }
});

test("the full form has weekday, date and clock", () => {
  assert.match(fullTime(now), /Monday.*2025.*30/);
});
