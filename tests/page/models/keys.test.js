// Combinations of keys: exactly what is written, on every machine and keyboard layout.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ariaShortcut, caps, isWriting, presses, writes } from "../../../static/lib/keys.js";

const pressed = (key, more = {}) => ({
  key, code: "", altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...more,
});
const pc = { apple: false };
const mac = { apple: true };

test("Mod is Ctrl, and Command on Apple's machines, and never both", () => {
  assert.ok(presses(pressed("k", { ctrlKey: true }), "Mod+K", pc));
  assert.ok(!presses(pressed("k", { metaKey: true }), "Mod+K", pc));
  assert.ok(presses(pressed("k", { metaKey: true }), "Mod+K", mac));
  assert.ok(!presses(pressed("k", { ctrlKey: true }), "Mod+K", mac));
  assert.ok(!presses(pressed("k"), "Mod+K", pc));
});

test("a modifier more is another combination", () => {
  assert.ok(!presses(pressed("K", { ctrlKey: true, shiftKey: true }), "Mod+K", pc));
  assert.ok(!presses(pressed("ArrowUp", { altKey: true, shiftKey: true }), "Alt+ArrowUp", pc));
  assert.ok(presses(pressed("ArrowUp", { altKey: true, shiftKey: true }), "Alt+Shift+ArrowUp", pc));
  assert.ok(!presses(pressed("k", { ctrlKey: true, altKey: true }), "Mod+K", pc), "AltGr writes a character");
});

test("a question mark is one however the layout writes it", () => {
  assert.ok(presses(pressed("?", { shiftKey: true }), "?", pc));
  assert.ok(presses(pressed("?"), "?", pc));
  assert.ok(!presses(pressed("?", { ctrlKey: true }), "?", pc));
});

test("a layout without Latin letters presses the key that carries the letter", () => {
  assert.ok(presses(pressed("л", { code: "KeyK", ctrlKey: true }), "Mod+K", pc));
  assert.ok(!presses(pressed("j", { code: "KeyK", ctrlKey: true }), "Mod+K", pc), "Dvorak's own letters win");
});

test("key caps are named as the machine names them", () => {
  assert.deepEqual(caps("Mod+K", pc), ["Ctrl", "K"]);
  assert.deepEqual(caps("Mod+K", mac), ["⌘", "K"]);
  assert.deepEqual(caps("Alt+Shift+ArrowDown", pc), ["Alt", "Shift", "↓"]);
  assert.deepEqual(caps("?", pc), ["?"]);
  assert.equal(ariaShortcut("Mod+K", pc), "Control+K");
  assert.equal(ariaShortcut("Mod+K", mac), "Meta+K");
});

test("only a combination that writes a character gives way to writing", () => {
  assert.ok(writes("?") && writes("R"));
  assert.ok(!writes("Mod+K") && !writes("Alt+ArrowUp") && !writes("F6") && !writes("Escape"));
  assert.ok(isWriting({ tagName: "TEXTAREA" }) && isWriting({ tagName: "INPUT", type: "text" }));
  assert.ok(!isWriting({ tagName: "INPUT", type: "checkbox" }) && !isWriting({ tagName: "BUTTON" }));
  assert.ok(!isWriting(null));
});
