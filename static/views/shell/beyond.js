// Tells that rows with a badge stand above or below what is seen of the sidebar's lists, and brings the next one in
// sight. What has a badge is channel_row.js's.
import { html, useEffect, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { useChat } from "../context.js";
import { Icon } from "../parts/parts.js";

const NOTHING = { above: [], below: [] };

/** `lists` is a ref to the scrolling element. */
export function Beyond({ lists }) {
  const { above, below } = useOutOfSight(lists);
  return html`
    <${Pill} side="above" icon="up" rows=${above} next=${above.at(-1)} />
    <${Pill} side="below" icon="down" rows=${below} next=${below[0]} />
  `;
}

/** For the eye only: Alt Shift and an arrow go there by keyboard, and screen readers meet the rows themselves. */
function Pill({ side, icon, rows, next }) {
  if (!rows.length) return null;
  const show = () => next.scrollIntoView({ block: "center" });
  return html`<button type="button" class=${`beyond ${side}`} tabindex="-1" aria-hidden="true" onClick=${show}>
    <${Icon} name=${icon} small />${t(`shell.beyond.${side}`, { n: rows.length })}
  </button>`;
}

/** Looked at anew when the list scrolls, is resized, or something comes or is read. */
function useOutOfSight(lists) {
  const chat = useChat();
  const [found, setFound] = useState(NOTHING);
  const count = chat.channels.totalMentions.value;
  useEffect(() => {
    const frame = lists.current;
    let waiting = null;
    const look = () => {
      waiting = null;
      const now = outOfSight(frame);
      setFound((before) => (same(before, now) ? before : now));
    };
    const soon = () => (waiting ??= requestAnimationFrame(look));
    const sizes = new ResizeObserver(soon);
    sizes.observe(frame);
    frame.addEventListener("scroll", soon, { passive: true });
    soon();
    return () => {
      cancelAnimationFrame(waiting);
      sizes.disconnect();
      frame.removeEventListener("scroll", soon);
    };
  }, [count]);
  return found;
}

function outOfSight(frame) {
  const { top, bottom } = frame.getBoundingClientRect();
  const rows = [...frame.querySelectorAll(".badge")].map((badge) => badge.closest("li"));
  return {
    above: rows.filter((row) => row.getBoundingClientRect().bottom <= top),
    below: rows.filter((row) => row.getBoundingClientRect().top >= bottom),
  };
}

function same(one, other) {
  const equal = (a, b) => a.length === b.length && a.every((row, at) => row === b[at]);
  return equal(one.above, other.above) && equal(one.below, other.below);
}
