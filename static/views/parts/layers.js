// Which modal dialog is on top. Everything outside of it is inert, so what must stay usable and audible (menus, toasts,
// live regions) is rendered inside it. What those are is floats.js's.
import { signal, useLayoutEffect, useRef } from "../../lib/ui.js";

const layers = signal([]);

/** Called by each modal dialog: true while no other lies over it. */
export function useTopLayer() {
  const own = useRef({}).current;
  useLayoutEffect(() => {
    layers.value = [...layers.peek(), own];
    return () => (layers.value = layers.peek().filter((layer) => layer !== own));
  }, []);
  return layers.value.at(-1) === own;
}

/** Is there no modal dialog at all? */
export function useGroundLayer() {
  return layers.value.length === 0;
}

/** The same, for those who only ask now: a key that a dialog should not let through. */
export function isDialogOpen() {
  return layers.peek().length > 0;
}
