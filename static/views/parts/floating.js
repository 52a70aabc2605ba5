// What menus and popovers share: a box in the browser's top layer beside its anchor, gone on a press elsewhere.
// On phones the style sheet turns it into a sheet at the lower edge.
import { useLayoutEffect } from "../../lib/ui.js";
import { placeBeside } from "../../lib/placing.js";
import { swallowClick } from "./swallow_click.js";

const PHONE = "(max-width: 719px)";

/**
 * Shows the element of `ref` (which has `popover="manual"`) beside `anchor`, an element or anything with
 * `getBoundingClientRect()`, and keeps it there. `onAway` is called when the reader presses or scrolls elsewhere.
 */
export function useFloating(ref, anchor, onAway, options) {
  useLayoutEffect(() => {
    const box = ref.current;
    const window = box.ownerDocument.defaultView;
    box.showPopover();
    const move = () => place(box, anchor, window, options);
    move();
    const sizes = new ResizeObserver(move);
    sizes.observe(box);
    window.addEventListener("resize", move);
    const onPress = (event) => {
      if (box.contains(event.target) || (anchor.contains?.(event.target) ?? false)) return;
      if (window.matchMedia(PHONE).matches) swallowClick(window); // a tap beside a sheet only closes it
      onAway();
    };
    window.addEventListener("pointerdown", onPress, true);
    return () => {
      sizes.disconnect();
      window.removeEventListener("resize", move);
      window.removeEventListener("pointerdown", onPress, true);
      if (box.isConnected) box.hidePopover();
    };
  }, []);
}

function place(box, anchor, window, options) {
  const view = { width: window.document.documentElement.clientWidth, height: window.innerHeight };
  const size = { width: box.offsetWidth, height: box.offsetHeight };
  const { left, top } = placeBeside(anchor.getBoundingClientRect(), size, view, options);
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}
