// Walking a list of controls with the arrow keys, where only one of them is a tab stop. Lists that are virtual walk themselves.

/**
 * Moves the focus among `controls` when the key of `event` asks for it, and returns the control it went to, else null.
 * Arrows wrap around; Home and End go to the ends. `sideways` listens to left and right as well.
 */
export function walk(event, controls, { sideways = false } = {}) {
  const list = [...controls];
  if (!list.length || event.altKey || event.ctrlKey || event.metaKey) return null;
  const target = list[place(event.key, list.indexOf(event.target.ownerDocument.activeElement), list.length, sideways)];
  if (!target) return null;
  event.preventDefault();
  target.focus();
  return target;
}

function place(key, at, length, sideways) {
  if (key === "Home") return 0;
  if (key === "End") return length - 1;
  if (key === "ArrowDown" || (sideways && key === "ArrowRight")) return (at + 1) % length;
  if (key === "ArrowUp" || (sideways && key === "ArrowLeft")) return at < 1 ? length - 1 : at - 1;
  return -1;
}
