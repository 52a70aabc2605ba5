// The regions of the page in their order, for F6: sidebar, bar, messages, composer, panel. The order of Tab is that of
// the document.
import { isReachable } from "../parts/parts.js";

const CONTROLS = "a[href], button, input, textarea, select, [tabindex='0']";

/** Each region, and what in it is entered first. */
const regions = [
  { root: "[data-region=sidebar]", entries: [".link-row[tabindex='0']"] },
  { root: "[data-region=bar]", entries: [".icon-btn"] },
  { root: "[data-region=main] [data-testid=stream]", entries: ["[role=article][tabindex='0']"] },
  { root: "[data-region=main] [data-testid=composer]", entries: ["textarea"] },
  { root: ".panel", entries: ["textarea", "input"] },
];

const left = new WeakMap(); // region's element -> what had the focus in it last

/** Goes `by` regions on, around, from the one that has the focus. */
export function walkRegions(by) {
  const there = regions.map(({ root, entries }) => ({ root: document.querySelector(root), entries })).filter(isShown);
  if (!there.length) return;
  const held = document.activeElement;
  const at = there.findIndex(({ root }) => root.contains(held));
  if (at >= 0) left.set(there[at].root, held);
  const start = at < 0 && by < 0 ? 0 : at;
  enter(there[(start + by + there.length) % there.length]);
}

function enter({ root, entries }) {
  const before = left.get(root);
  const entry =
    before && before !== root && root.contains(before) && isReachable(before) && !isStaleRow(before)
      ? before
      : [...entries, CONTROLS].flatMap((selector) => [...root.querySelectorAll(selector)]).find(isReachable);
  (entry ?? root).focus();
}

// A list with one tab stop may have moved it meanwhile.
const isStaleRow = (element) => element.getAttribute("tabindex") === "-1";

function isShown({ root }) {
  return root !== null && root.getClientRects().length > 0 && getComputedStyle(root).visibility === "visible";
}
