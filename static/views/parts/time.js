// A time in the page, in the reader's zone, with the full date as its tooltip. Formats are lib/time.js's.
import { html, signal } from "../../lib/ui.js";
import { clockTime, dayName, fullTime, shortDate, shortTime, startOfDay } from "../../lib/time.js";

const LOOK_MS = 30_000;

// "Today" becomes "Yesterday" while the page is open, also after the machine slept: looked at, not waited for.
const today = signal(startOfDay(Date.now()));
setInterval(() => (today.value = startOfDay(Date.now())), LOOK_MS);

const forms = {
  clock: clockTime,
  short: (at) => shortTime(at),
  day: (at) => dayName(at),
  date: (at) => shortDate(at),
  full: fullTime,
};

/**
 * `form`: "clock" 09:41 · "short" 09:41, or Yesterday, 22:47, or 1 Mar, 03:12 · "day" Today, or Monday, 3 March ·
 * "date" 1 Mar · "full" everything.
 */
export function Time({ at, form = "short", class: extra }) {
  today.value; // read, so that this is rendered again at midnight
  return html`<time class=${extra} datetime=${new Date(at).toISOString()} title=${fullTime(at)}>${forms[form](at)}</time>`;
}
