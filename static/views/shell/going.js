// Going to a channel out of a dialog: it closes, and the focus goes to the composer. Closing it otherwise gives the
// focus back to what opened it.
import { focusAfterOpening } from "../composer/focus.js";
import { routeOf } from "../../models/route.js";

export function goFrom(close, place, channelId) {
  close();
  place.go(routeOf(channelId));
  // The dialog gives the focus back when it is taken off the page, and until then all outside of it is inert.
  requestAnimationFrame(() => focusAfterOpening("main"));
}
