// What is chosen for a device is there again, whatever somebody else left in the storage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Store } from "../../../static/lib/storage.js";
import { Preferences } from "../../../static/models/preferences.js";
import { Area } from "./area.js";

const on = (area) => new Preferences({ storage: new Store(area) });

test("without a choice: the system's theme, no notifications, letter keys on", () => {
  const { theme, notifications, sounds, letterKeys, recentEmoji } = on(new Area());
  assert.deepEqual([theme.value, notifications.value, sounds.value, letterKeys.value, recentEmoji.value], ["system", false, false, true, []]);
});

test("what is set is kept", () => {
  const area = new Area();
  const chosen = on(area);
  chosen.theme.value = "dark";
  chosen.letterKeys.value = false;
  chosen.usedEmoji("🎉");
  const again = on(area);
  assert.deepEqual([again.theme.value, again.letterKeys.value, again.recentEmoji.value], ["dark", false, ["🎉"]]);
});

test("the theme is stored as the script in the head reads it, and not at all for the system's", () => {
  const area = new Area();
  const { theme } = on(area);
  theme.value = "dark";
  assert.equal(area.getItem("chatd.theme"), "dark");
  theme.value = "system";
  assert.equal(area.getItem("chatd.theme"), null);
});

test("the emoji used last comes first, once", () => {
  const preferences = on(new Area());
  for (const emoji of ["👍", "🔥", "👍"]) preferences.usedEmoji(emoji);
  assert.deepEqual(preferences.recentEmoji.value, ["👍", "🔥"]);
});

test("only so many emoji are kept", () => {
  const preferences = on(new Area());
  for (let n = 0; n < 100; n += 1) preferences.usedEmoji(`e${n}`);
  assert.equal(preferences.recentEmoji.value.length, 24);
  assert.equal(preferences.recentEmoji.value[0], "e99");
});

test("nonsense in the storage is no choice", () => {
  const area = new Area({ "chatd.theme": "purple", "chatd.notifications": "yes", "chatd.letterKeys": "{", "chatd.recentEmoji": '{"a":1}' });
  const { theme, notifications, letterKeys, recentEmoji } = on(area);
  assert.deepEqual([theme.value, notifications.value, letterKeys.value, recentEmoji.value], ["system", false, true, []]);
});

test("what another tab chose is taken over", () => {
  const area = new Area();
  const here = on(area);
  on(area).theme.value = "light";
  here.reread();
  assert.equal(here.theme.value, "light");
});
