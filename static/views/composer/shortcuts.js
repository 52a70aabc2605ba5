// The formatting that the composer offers, in the order of its menu, and the keys for it. What it does to the text is
// formatting.js's.
import { caps, presses } from "../../lib/keys.js";

const COMBINATIONS = { bold: "Mod+B", italic: "Mod+I", code: "Mod+Shift+C", link: null, quote: null, list: null };

export const formats = Object.entries(COMBINATIONS).map(([kind, combination]) => ({
  kind,
  keys: combination && caps(combination).join(" "),
}));

/** The formatting that this key event asks for, or null. */
export function formatOf(event) {
  const found = Object.entries(COMBINATIONS).find(([, combination]) => combination && presses(event, combination));
  return found?.[0] ?? null;
}
