// The emoji in groups of buttons, of which one is a tab stop. Nearly two thousand of them: moving among them touches the
// document only where it must, and draws nothing again.
import { html, useId, useLayoutEffect } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { step } from "./grid_steps.js";

const COLUMNS = 8;

/**
 * `shown` and `group` are signals that are told of the emoji in question and of the group at the top; `pick.current(sign)`
 * takes one, `onLeave()` gets the keys that lead out of the grid.
 */
export function EmojiGrid({ gridRef, sections, shown, group, pick, onLeave }) {
  const id = useId();
  useLayoutEffect(() => {
    gridRef.current.scrollTop = 0;
    const first = sections[0] ?? null;
    group.value = first?.key ?? null; // nothing is laid out before the popover is shown
    shown.value = first?.key === "found" ? first.entries[0] : null; // the one that Enter takes
  }, []);
  useLayoutEffect(() => {
    const grid = gridRef.current;
    const all = sections.flatMap(({ entries }) => entries);
    const sizes = sections.map(({ entries }) => entries.length);
    const ended = new AbortController();
    const listen = (name, deed) => grid.addEventListener(name, deed, { signal: ended.signal });
    const at = (event) => event.target.closest("[data-at]");
    const look = (event) => at(event) && (shown.value = all[at(event).dataset.at]);
    listen("click", (event) => at(event) && pick.current(all[at(event).dataset.at].sign));
    listen("pointerover", look);
    listen("focusin", (event) => (look(event), at(event) && makeTabStop(grid, at(event))));
    listen("keydown", (event) => at(event) && onKey(event, grid, sizes, onLeave));
    listen("scroll", () => (group.value = topGroup(grid)));
    return () => ended.abort();
  }, [sections]);
  let place = 0;
  return sections.map(({ key, entries }) => html`
    <section key=${key} data-group=${key} style=${{ "--rows": Math.ceil(entries.length / COLUMNS) }}>
      <h3 id=${`${id}-${key}`}>${t(`emoji.${key}`, { n: entries.length })}</h3>
      <div class="grid" role="group" aria-labelledby=${`${id}-${key}`}>
        ${entries.map(({ sign, label }) => html`<button
          type="button" key=${sign} data-at=${place} tabindex=${place++ ? "-1" : "0"} aria-label=${label}
        >${sign}</button>`)}
      </div>
    </section>`);
}

/** Moves the focus to the button that is the tab stop. False while there is none. */
export function enterGrid(grid) {
  const stop = grid.querySelector("[data-at][tabindex='0']");
  stop?.focus();
  return stop !== null;
}

/** False while the group is not drawn. */
export function showGroup(grid, key) {
  const section = grid.querySelector(`[data-group=${key}]`);
  if (section) grid.scrollTop = section.offsetTop;
  return section !== null;
}

function topGroup(grid) {
  const sections = [...grid.querySelectorAll("[data-group]")];
  return sections.findLast((section) => section.offsetTop <= grid.scrollTop + 8)?.dataset.group ?? null;
}

function makeTabStop(grid, button) {
  for (const old of grid.querySelectorAll("[data-at][tabindex='0']")) old.tabIndex = -1;
  button.tabIndex = 0;
}

function onKey(event, grid, sizes, onLeave) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { key, target } = event;
  if (key.length === 1 && key !== " ") return onLeave(); // the letter is typed into the search then
  const isRightToLeft = getComputedStyle(grid).direction === "rtl";
  const next = step(sizes, COLUMNS, Number(target.dataset.at), key, isRightToLeft);
  if (next === null && key !== "ArrowUp") return;
  event.preventDefault();
  if (next === null) return onLeave();
  grid.querySelector(`[data-at="${next}"]`).focus();
}
