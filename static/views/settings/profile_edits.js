// What was typed into the profile and not saved yet. It outlives a look at another section, not the Settings dialog.
import { signal } from "../../lib/ui.js";

/** field -> text, of the fields that were touched: all others follow the account. */
export const edits = signal({});

export function edit(name, text) {
  edits.value = { ...edits.peek(), [name]: text };
}

export function hasEdits() {
  return Object.keys(edits.peek()).length > 0;
}

export function forgetEdits() {
  edits.value = {};
}
