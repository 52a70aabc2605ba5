// How long a result is shown, how many at once, and what makes one stay.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Toasts } from "../../../static/models/toasts.js";
import { ManualClock } from "./manual_clock.js";

function made() {
  const clock = new ManualClock();
  const said = [];
  const announcer = { say: (text) => said.push(text), warn: (text) => said.push(`! ${text}`) };
  return { clock, said, toasts: new Toasts({ clock, announcer, reload: () => said.push("reloaded") }) };
}
const texts = (toasts) => toasts.list.value.map(({ text }) => text);

test("a toast goes after six seconds", async () => {
  const { toasts, clock } = made();
  toasts.show({ text: "Saved." });
  await clock.pass(5999);
  assert.deepEqual(texts(toasts), ["Saved."]);
  await clock.pass(200);
  assert.deepEqual(texts(toasts), []);
});

test("an error stays until it is dismissed", async () => {
  const { toasts, clock } = made();
  const id = toasts.show({ text: "No.", error: true });
  await clock.pass(3_600_000);
  assert.deepEqual(texts(toasts), ["No."]);
  toasts.dismiss(id);
  await clock.pass(200);
  assert.deepEqual(texts(toasts), []);
});

test("there are never more than three, the newest last", () => {
  const { toasts } = made();
  for (const text of ["1", "2", "3", "4"]) toasts.show({ text });
  assert.deepEqual(texts(toasts), ["2", "3", "4"]);
});

test("the same again takes the place of the first", async () => {
  const { toasts, clock } = made();
  toasts.show({ text: "Saved." });
  await clock.pass(5000);
  toasts.show({ text: "Saved." });
  assert.deepEqual(texts(toasts), ["Saved."]);
  await clock.pass(5000);
  assert.deepEqual(texts(toasts), ["Saved."]);
});

test("while it is pointed at, it stays; afterwards it has its time again", async () => {
  const { toasts, clock } = made();
  toasts.show({ text: "Saved." });
  await clock.pass(5000);
  toasts.hold(true);
  await clock.pass(60_000);
  assert.deepEqual(texts(toasts), ["Saved."]);
  toasts.hold(false);
  await clock.pass(5900);
  assert.deepEqual(texts(toasts), ["Saved."]);
  await clock.pass(300);
  assert.deepEqual(texts(toasts), []);
});

test("the last one dismissed under the pointer does not hold those that come later", async () => {
  const { toasts, clock } = made();
  const id = toasts.show({ text: "One." });
  toasts.hold(true);
  toasts.dismiss(id);
  await clock.pass(200);
  toasts.show({ text: "Two." });
  await clock.pass(6200);
  assert.deepEqual(texts(toasts), []);
});

test("nothing waits for a toast that is gone", async () => {
  const { toasts, clock } = made();
  for (const text of ["1", "2", "3", "4", "5"]) toasts.dismiss(toasts.show({ text }));
  await clock.pass(10_000);
  assert.equal(clock.waiting, 0);
  assert.deepEqual(texts(toasts), []);
});

test("each is read out, errors at once", () => {
  const { toasts, said } = made();
  toasts.show({ text: "Saved." });
  toasts.refused({ code: "last_admin", message: "" });
  assert.deepEqual(said, ["Saved.", "! This is the last administrator. Make somebody else an administrator first."]);
});

test("a server of another version is answered by loading the page anew", () => {
  const { toasts, said } = made();
  toasts.refused({ code: "unknown_type", message: "" });
  assert.equal(toasts.list.value[0].action.label, "Reload");
  toasts.list.value[0].action.run();
  assert.equal(said.at(-1), "reloaded");
});
