// How the page is laid out now: one screen at a time, as on a phone, or columns. The breakpoints are the style sheet's.
import { signal } from "../../lib/ui.js";

const list = window.matchMedia("(max-width: 719px)");

export const isNarrow = signal(list.matches);
list.addEventListener("change", () => (isNarrow.value = list.matches));
