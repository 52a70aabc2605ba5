// How the shell's views reach the Place of the signed-in page, and its links go there without a detour.
import { createContext, useContext } from "../../lib/ui.js";
import { routeOf } from "../../models/route.js";

export const PlaceContext = createContext(null);

export function usePlace() {
  return useContext(PlaceContext);
}

/** For links to a channel: a plain click opens it in this frame, any other one is the browser's (a new tab). */
export function followed(place, channelId) {
  return (event) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    place.go(routeOf(channelId));
  };
}
