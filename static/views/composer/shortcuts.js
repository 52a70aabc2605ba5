// The keys that format text, as they are pressed and as they are shown. What they do to the text is formatting.js's.

const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

function shown(...keys) {
  return isApple ? keys.map((key) => ({ Ctrl: "⌘", Shift: "⇧" })[key] ?? key).join("") : keys.join(" ");
}

/** In the order of the menu; `keys` is null for what has none. */
export const shortcuts = [
  { kind: "bold", key: "b", isShifted: false, keys: shown("Ctrl", "B") },
  { kind: "italic", key: "i", isShifted: false, keys: shown("Ctrl", "I") },
  { kind: "code", key: "c", isShifted: true, keys: shown("Ctrl", "Shift", "C") },
  { kind: "link", key: null, keys: null },
  { kind: "quote", key: null, keys: null },
  { kind: "list", key: null, keys: null },
];

/** The formatting that this key event asks for, or null. */
export function formatOf(event) {
  if ((isApple ? event.ctrlKey : event.metaKey) || !(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const pressed = event.key.toLowerCase();
  return shortcuts.find(({ key, isShifted }) => key === pressed && isShifted === event.shiftKey)?.kind ?? null;
}
