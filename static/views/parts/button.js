// Buttons: with words, with an icon only. What they do is handed in.
import { html } from "../../lib/ui.js";
import { Icon } from "./icon.js";

/**
 * `busy` keeps the button where it is and ignores clicks; `disabledReason` does too, and says why.
 * Neither takes the focus away, as `disabled` would.
 */
export function Button({ kind = "", small = false, busy = false, icon, disabledReason, onClick, class: extra = "", children, ...rest }) {
  const isIdle = busy || Boolean(disabledReason);
  return html`<button
    type="button"
    class=${`btn ${kind} ${small ? "small" : ""} ${extra}`}
    aria-busy=${busy || undefined}
    aria-disabled=${disabledReason ? "true" : undefined}
    title=${disabledReason || undefined}
    ...${rest}
    onClick=${(event) => (isIdle ? event.preventDefault() : onClick?.(event))}
  >${icon && html`<${Icon} name=${icon} small />`}${children}</button>`;
}

/** `label` is its name and its tooltip. */
export function IconButton({ icon, label, small = false, pressed, expanded, haspopup, disabledReason, onClick, class: extra = "", children, ...rest }) {
  return html`<button
    type="button"
    class=${`icon-btn ${small ? "small" : ""} ${extra}`}
    aria-label=${label}
    title=${disabledReason || label}
    aria-pressed=${asWord(pressed)}
    aria-expanded=${asWord(expanded)}
    aria-haspopup=${haspopup}
    aria-disabled=${disabledReason ? "true" : undefined}
    ...${rest}
    onClick=${(event) => (disabledReason ? event.preventDefault() : onClick?.(event))}
  ><${Icon} name=${icon} />${children}</button>`;
}

/** ARIA wants the words "true" and "false"; no attribute where there is no such state. */
export function asWord(flag) {
  return flag === undefined ? undefined : String(Boolean(flag));
}
