// Where the focus goes when a phone's screen changes under it: to the row of the list, for the composer and the panels
// take it themselves. Beside a list nothing is hidden, and the focus stays.
import { effect, useEffect } from "../../lib/ui.js";
import { screenOf } from "../../models/route.js";
import { isNarrow } from "./width.js";

export function useScreenFocus(place) {
  useEffect(() => {
    let before = place.route.peek();
    return effect(() => {
      const now = place.route.value;
      const cameFrom = before.channelId;
      before = now;
      if (!isNarrow.peek() || screenOf(now) !== "list" || cameFrom === null) return;
      requestAnimationFrame(() => focusRow(cameFrom));
    });
  }, [place]);
}

/** The row of the channel that was left. */
function focusRow(channelId) {
  const rows = [...document.querySelectorAll(".sidebar .link-row")];
  const row = rows.find(({ dataset }) => dataset.id === channelId) ?? rows[0];
  row?.focus();
}
