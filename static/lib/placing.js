// Where a floating box goes beside what it belongs to: numbers only, no elements.

const GAP = 4;
const EDGE = 8;

/**
 * The left and top corner for a box of `size` beside `anchor` (a rectangle) inside `view`: below it, or above when there
 * is more room; `align` "start" or "end" says which edges line up. It never leaves the view.
 */
export function placeBeside(anchor, size, view, { align = "start", above = false } = {}) {
  const roomBelow = view.height - anchor.bottom - GAP - EDGE;
  const roomAbove = anchor.top - GAP - EDGE;
  const goesAbove = above ? roomAbove >= size.height || roomAbove > roomBelow : roomBelow < size.height && roomAbove > roomBelow;
  const top = goesAbove ? anchor.top - GAP - size.height : anchor.bottom + GAP;
  const left = align === "end" ? anchor.right - size.width : anchor.left;
  return { left: within(left, size.width, view.width), top: within(top, size.height, view.height) };
}

function within(start, length, whole) {
  return Math.max(EDGE, Math.min(start, whole - EDGE - length));
}
