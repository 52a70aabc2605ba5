// What screen readers are told, and how much of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Announcer } from "../../../static/models/announcer.js";
import { ManualClock } from "./manual_clock.js";

function heard(announcer) {
  const lines = [];
  announcer.polite.subscribe((text) => text && lines.push(text.trim()));
  return lines;
}

test("the same text twice is spoken twice", () => {
  const announcer = new Announcer({ clock: new ManualClock() });
  const lines = heard(announcer);
  announcer.say("12 users");
  announcer.say("12 users");
  announcer.say("12 users");
  assert.deepEqual(lines, ["12 users", "12 users", "12 users"]);
});

test("up to three messages within two seconds are read one by one", async () => {
  const clock = new ManualClock();
  const announcer = new Announcer({ clock });
  const lines = heard(announcer);
  for (const line of ["Aiko: a", "Aiko: b", "Sam: c"]) announcer.arrived(line);
  await clock.pass(2000);
  assert.deepEqual(lines, ["Aiko: a", "Aiko: b", "Sam: c"]);
});

test("of more only the number is told, and the next ones are read again", async () => {
  const clock = new ManualClock();
  const announcer = new Announcer({ clock });
  const lines = heard(announcer);
  for (const line of ["1", "2", "3", "4", "5"]) announcer.arrived(line);
  await clock.pass(2000);
  announcer.arrived("6");
  assert.deepEqual(lines, ["1", "2", "3", "5 new messages", "6"]);
});

test("do not disturb keeps arrivals quiet, not results", () => {
  const announcer = new Announcer({ clock: new ManualClock(), isSilent: () => true });
  const lines = heard(announcer);
  announcer.arrived("Aiko: a");
  announcer.say("Saved.");
  assert.deepEqual(lines, ["Saved."]);
});
