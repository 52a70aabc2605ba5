// Puts a replacement into a text box the way a key stroke would: undo takes it back, and the box says `input`.
// What is replaced by what is formatting.js's and offers.js's.

/** `replacement` {from, to, insert, start, end}; the box has the focus and start to end selected afterwards. */
export function replaceIn(box, { from, to, insert, start, end }) {
  box.focus();
  box.setSelectionRange(from, to);
  if (from !== to || insert) put(box, from, to, insert);
  box.setSelectionRange(start, end);
  box.dispatchEvent(new Event("caret"));
}

/** Deprecated or not, this is the only way into the undo history of a text box. */
function put(box, from, to, insert) {
  const command = insert ? "insertText" : "delete";
  if (box.ownerDocument.execCommand(command, false, insert)) return;
  box.setRangeText(insert, from, to, "end");
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** Types `text` at the caret, in place of what is selected. */
export function insertIn(box, text) {
  const { selectionStart: from, selectionEnd: to } = box;
  replaceIn(box, { from, to, insert: text, start: from + text.length, end: from + text.length });
}
