// A finger held on a message opens its sheet. The sheet is sheet.js.
const HELD_MS = 450;
const MOVED_PX = 10;

/** Listens on the list; `onHeld(element)` gets the row's element. Returns what ends it. */
export function listenForHolding(list, onHeld) {
  let start = null;
  let timer = null;
  let hasOpened = false;
  const stop = () => clearTimeout(timer);
  const listeners = {
    pointerdown: (event) => {
      stop();
      const row = event.target.closest("[role=article]");
      if (event.pointerType === "mouse" || !row || event.target.closest("textarea")) return;
      start = { x: event.clientX, y: event.clientY };
      hasOpened = false;
      timer = setTimeout(() => {
        hasOpened = true;
        list.ownerDocument.getSelection()?.removeAllRanges();
        onHeld(row);
      }, HELD_MS);
    },
    pointermove: (event) => start && Math.hypot(event.clientX - start.x, event.clientY - start.y) > MOVED_PX && stop(),
    pointerup: stop,
    pointercancel: stop,
    // The finger that opened the sheet must not press what is under it, nor bring up the browser's own menu.
    click: (event) => {
      if (!hasOpened) return;
      hasOpened = false;
      event.preventDefault();
      event.stopPropagation();
    },
    contextmenu: (event) => event.pointerType === "touch" && event.preventDefault(),
  };
  for (const [name, listener] of Object.entries(listeners)) list.addEventListener(name, listener, true);
  return () => {
    stop();
    for (const [name, listener] of Object.entries(listeners)) list.removeEventListener(name, listener, true);
  };
}
