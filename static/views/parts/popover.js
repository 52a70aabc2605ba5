// A box beside a control, with anything in it: the emoji picker, a card. Lists of deeds are menu.js's.
import { html, useLayoutEffect, useRef } from "../../lib/ui.js";
import { useFloating } from "./floating.js";
import { firstOf, rememberFocus } from "./focus.js";

/**
 * Closes (by `onClose`) on Escape, on a press elsewhere and when the focus leaves; gives the focus back.
 * `align`: "start" or "end" of the anchor; `above` prefers the place over it.
 */
export function Popover({ anchor, onClose, label, align = "start", above = false, class: extra = "", children, ...rest }) {
  const ref = useRef(null);
  useFloating(ref, anchor, onClose, { align, above });
  useLayoutEffect(() => {
    const box = ref.current;
    const giveBack = rememberFocus(box.ownerDocument);
    (firstOf(box, "[data-autofocus]", "input, textarea", "button, a[href], [tabindex='0']") ?? box).focus();
    return () => box.contains(box.ownerDocument.activeElement) && giveBack();
  }, []);
  const onKeyDown = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };
  const onFocusOut = ({ relatedTarget }) => {
    if (relatedTarget && relatedTarget !== anchor && !ref.current?.contains(relatedTarget)) onClose();
  };
  return html`<div popover="manual" role="dialog" tabindex="-1" aria-label=${label} class=${`floating ${extra}`} ref=${ref} onKeyDown=${onKeyDown} onFocusOut=${onFocusOut} ...${rest}>${children}</div>`;
}
