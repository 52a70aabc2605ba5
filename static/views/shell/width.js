// How the page is laid out now: is this a phone's width, and does somebody point with a finger? Breakpoints are UI.md's.
import { signal } from "../../lib/ui.js";

export const isNarrow = watched("(max-width: 719px)");
export const isTouch = watched("(pointer: coarse)");

function watched(query) {
  const list = window.matchMedia(query);
  const state = signal(list.matches);
  list.addEventListener("change", () => (state.value = list.matches));
  return state;
}
