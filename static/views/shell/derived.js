// A value computed from signals inside a component, so that it is rendered again only when the value changes. No state.
import { computed, useMemo } from "../../lib/ui.js";

/** `inputs` are what `read` uses besides signals. */
export function useDerived(read, inputs) {
  return useMemo(() => computed(read), inputs).value;
}

/** The same for a list: equal members are the same list. */
export function useDerivedList(read, inputs) {
  const list = useMemo(() => {
    let last = [];
    return computed(() => {
      const now = read();
      if (now.length !== last.length || now.some((one, at) => one !== last[at])) last = now;
      return last;
    });
  }, inputs);
  return list.value;
}
