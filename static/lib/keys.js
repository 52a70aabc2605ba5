// Keyboard combinations: written "Mod+Shift+K", matched against an event, and named as on the reader's key caps.
// "Mod" is Ctrl, and Command on Apple's machines. What a combination does is not known here.
import { t } from "./text.js";

const isApple = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? "");

/** Does this event press this combination, and nothing more? */
export function presses(event, combination, { apple = isApple } = {}) {
  const { key, modifiers } = parsed(combination);
  if (!isKey(event, key)) return false;
  const wants = (name) => modifiers.includes(name);
  // A character that is written with Shift says so itself.
  const shiftFits = isCharacter(key) && !isLetter(key) ? true : event.shiftKey === wants("Shift");
  return (
    shiftFits &&
    event.altKey === wants("Alt") &&
    event.ctrlKey === (wants("Mod") && !apple) &&
    event.metaKey === (wants("Mod") && apple)
  );
}

/** The key caps of a combination, in order: ["Ctrl", "K"]. */
export function caps(combination, { apple = isApple } = {}) {
  const { key, modifiers } = parsed(combination);
  const named = modifiers.map((name) => t(`key.${apple && name !== "Shift" ? `apple.${name}` : name}`));
  return [...named, key.length > 1 ? t(`key.${key}`) : key.toUpperCase()];
}

/** The same as `aria-keyshortcuts` wants it. */
export function ariaShortcut(combination, { apple = isApple } = {}) {
  return combination.replace("Mod", apple ? "Meta" : "Control");
}

/** Would this combination write a character? Then it is none while somebody writes. */
export function writes(combination) {
  const { key, modifiers } = parsed(combination);
  return isCharacter(key) && !modifiers.includes("Mod") && !modifiers.includes("Alt");
}

/** Does somebody write in this element? */
export function isWriting(element) {
  if (element?.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element?.tagName ?? "")) return true;
  return element?.tagName === "INPUT" && !/^(checkbox|radio|button|submit|reset|range|file)$/.test(element.type);
}

function parsed(combination) {
  const parts = combination.split("+");
  return { key: parts.at(-1), modifiers: parts.slice(0, -1) };
}

const isCharacter = (key) => key.length === 1;
const isLetter = (key) => /^[a-z]$/i.test(key);

function isKey(event, key) {
  if (event.key.toLowerCase() === key.toLowerCase()) return true;
  // A Cyrillic or Greek layout writes another letter with the key that carries the Latin one.
  return isLetter(key) && !/^[a-z]$/i.test(event.key) && event.code === `Key${key.toUpperCase()}`;
}
