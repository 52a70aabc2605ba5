// A finger held on a message opens its sheet. The sheet is sheet.js.
import { swallowClick } from "../parts/swallow_click.js";

const HELD_MS = 450;
const MOVED_PX = 10;

/** Listens on the list; `onHeld(element)` gets the row's element. Returns what ends it. */
export function listenForHolding(list, onHeld) {
  const window = list.ownerDocument.defaultView;
  let start = null;
  let timer = null;
  const stop = () => {
    clearTimeout(timer);
    start = null;
  };
  const held = (row) => {
    start = null;
    list.ownerDocument.getSelection()?.removeAllRanges();
    window.addEventListener("pointerup", () => swallowClick(window), { capture: true, once: true });
    onHeld(row);
  };
  const listeners = {
    pointerdown: (event) => {
      stop();
      const row = event.target.closest("[role=article]");
      if (event.pointerType === "mouse" || !event.isPrimary || !row || event.target.closest("textarea")) return;
      start = { x: event.clientX, y: event.clientY };
      timer = setTimeout(() => held(row), HELD_MS);
    },
    pointermove: ({ clientX, clientY }) => {
      if (start && Math.hypot(clientX - start.x, clientY - start.y) > MOVED_PX) stop();
    },
    pointerup: stop,
    pointercancel: stop,
    contextmenu: (event) => event.pointerType === "touch" && event.preventDefault(), // the sheet is the menu
  };
  for (const [name, listener] of Object.entries(listeners)) list.addEventListener(name, listener);
  return () => {
    stop();
    for (const [name, listener] of Object.entries(listeners)) list.removeEventListener(name, listener);
  };
}
