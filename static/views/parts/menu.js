// Menus: a list of deeds beside a control. One is open at a time; what the deeds do is handed in.
import { Fragment, html, signal, useId, useLayoutEffect, useRef } from "../../lib/ui.js";
import { useFloating } from "./floating.js";
import { Icon } from "./icon.js";
import { walk } from "./roving.js";
import { TypeAhead } from "./type_ahead.js";

const opened = signal(null);
let last = 0;

/**
 * `items`: {label, icon, mark, run, danger, disabledReason, checked, trail, keys} or "rule". `mark` is drawn in place of an
 * icon; `checked` makes it one of a few; `at: {x, y}` opens at the pointer. Returns `close`. Asked for again from the same
 * control, it closes.
 */
export function openMenu({ anchor, items, label, at, align = "start", above = false, onClose }) {
  const before = opened.peek();
  before?.close();
  if (before && before.anchor === anchor && !at) return () => {};
  const close = () => {
    if (opened.peek() !== menu) return;
    opened.value = null;
    onClose?.();
  };
  const menu = { id: ++last, anchor, items, label, at, options: { align, above }, close };
  opened.value = menu;
  return close;
}

export function closeMenu() {
  opened.peek()?.close();
}

export function MenuHost() {
  const menu = opened.value;
  return menu && html`<${Menu} key=${menu.id} ...${menu} />`;
}

function Menu({ anchor, items, label, at, options, close }) {
  const ref = useRef(null);
  const typed = useRef(new TypeAhead()).current;
  useFloating(ref, at ? pointAt(at) : anchor, close, options);
  useLayoutEffect(() => {
    anchor.setAttribute("aria-expanded", "true");
    entriesOf(ref.current)[0]?.focus();
    return () => {
      anchor.setAttribute("aria-expanded", "false");
      if (ref.current?.contains(ref.current.ownerDocument.activeElement)) anchor.focus();
    };
  }, []);
  const onKeyDown = (event) => {
    event.stopPropagation(); // a letter here is no command of the list behind
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      anchor.focus();
      return close();
    }
    const entries = entriesOf(ref.current);
    if (!walk(event, entries)) typed.find(event, entries)?.focus();
  };
  const pick = (item, event) => {
    if (item.disabledReason) return;
    anchor.focus(); // so that what the deed opens gives the focus back to the control
    close();
    item.run(event);
  };
  return html`<div popover="manual" class="menu floating" role="menu" aria-label=${label} ref=${ref} onKeyDown=${onKeyDown}>
    ${items.filter(Boolean).map((item, place) => html`<${Fragment} key=${place}>${item === "rule" ? html`<hr />` : html`<${Entry} item=${item} pick=${pick} />`}<//>`)}
  </div>`;
}

function Entry({ item, pick }) {
  const { label, icon, mark, danger, disabledReason, checked, trail, keys } = item;
  const reason = useId();
  return html`<button
    type="button" tabindex="-1" class=${danger ? "danger" : undefined}
    role=${checked === undefined ? "menuitem" : "menuitemradio"}
    aria-checked=${checked === undefined ? undefined : String(Boolean(checked))}
    aria-disabled=${disabledReason ? "true" : undefined}
    aria-describedby=${disabledReason ? reason : undefined}
    title=${disabledReason || undefined}
    onClick=${(event) => pick(item, event)}
  >
    ${mark}${icon && html`<${Icon} name=${icon} />`}<span class="menu-label">${label}</span>
    ${trail && html`<span class="trail">${trail}</span>`}${keys && html`<kbd aria-hidden="true">${keys}</kbd>`}
    ${checked && html`<${Icon} name="check" small class="trail" />`}
    ${disabledReason && html`<span class="vh" id=${reason}>${disabledReason}</span>`}
  </button>`;
}

function entriesOf(menu) {
  return [...menu.querySelectorAll("[role^=menuitem]")];
}

function pointAt({ x, y }) {
  return { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) };
}
