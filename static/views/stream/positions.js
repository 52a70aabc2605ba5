// Tells screen readers which message of how many this is: only a part of them is in the document. Set on the elements, so
// that one new message does not draw all others again.

/** Of all `rows` those from `first` on are in `element`; `isWhole` when nothing is left to load. */
export function tellPositions(element, rows, first, isWhole) {
  let before = 0;
  for (let index = 0; index < first; index += 1) if (rows[index].kind === "message") before += 1;
  let size = -1; // unknown
  if (isWhole) {
    size = before;
    for (let index = first; index < rows.length; index += 1) if (rows[index].kind === "message") size += 1;
  }
  let place = before;
  for (const article of element.querySelectorAll("[role=article]")) {
    place += 1;
    set(article, "aria-posinset", place);
    set(article, "aria-setsize", size);
  }
}

function set(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}
