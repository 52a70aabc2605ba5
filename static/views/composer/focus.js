// Gives the focus to a composer: when a channel was opened, and for others who ask. Which keys lead here is the shell's.

const boxes = { main: null, thread: null };
const TOUCH = "(hover: none) and (pointer: coarse)";

/** Is the page used by finger only? Then a focused field opens the keyboard over half of it. */
export function isTouch() {
  return matchMedia(TOUCH).matches;
}

/** A composer's text box is on the page; returns what takes it off again. */
export function registerBox(place, box) {
  boxes[place] = box;
  return () => {
    if (boxes[place] === box) boxes[place] = null;
  };
}

/** Focuses the composer of the channel ("main") or of the thread; false where there is none to write in. */
export function focusComposer(place = "main") {
  boxes[place]?.focus();
  return boxes[place] !== null;
}

/**
 * The same after opening something: not on touch, where it would open the keyboard, and not out of a field in which
 * somebody is writing something else.
 */
export function focusAfterOpening(place) {
  const box = boxes[place];
  if (!box || isTouch()) return;
  const held = box.ownerDocument.activeElement;
  if (held?.matches("input, textarea, select") && !Object.values(boxes).includes(held)) return;
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}
