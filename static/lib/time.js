// Times as the reader reads them: own zone, own clock. No words but those of lib/text.js, and no ticking.
import { t } from "./text.js";

const DAY_MS = 86_400_000;

// The sentences are English, so are the months; of the reader's own language only the clock (12 or 24 hours) is kept.
const own = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions();
const locale = own.locale.startsWith("en") ? own.locale : "en-GB";
const has24Hours = own.hourCycle === "h23" || own.hourCycle === "h24"; // 09:41, but 9:41 AM
const clockOptions = { hour: has24Hours ? "2-digit" : "numeric", minute: "2-digit", hourCycle: own.hourCycle };

// Making a formatter costs as much as a thousand uses of it.
const format = (options) => new Intl.DateTimeFormat(locale, options);
const clock = format(clockOptions);
const weekday = format({ weekday: "long", day: "numeric", month: "long" });
const weekdayAndYear = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const date = format({ day: "numeric", month: "short" });
const dateAndYear = format({ day: "numeric", month: "short", year: "numeric" });
const full = format({ dateStyle: "full", timeStyle: "short", hourCycle: own.hourCycle });

/** Midnight at the beginning of the reader's day in which `at` lies. */
export function startOfDay(at) {
  return new Date(at).setHours(0, 0, 0, 0);
}

export function sameDay(one, other) {
  return startOfDay(one) === startOfDay(other);
}

/** "09:41" */
export function clockTime(at) {
  return clock.format(at);
}

/** "Today", "Yesterday", "Monday, 3 March", and with the year when it is another one. */
export function dayName(at, now = Date.now()) {
  return nearDay(at, now) ?? (sameYear(at, now) ? weekday : weekdayAndYear).format(at);
}

/** "09:41" for today, "Yesterday, 22:47", "1 Mar, 03:12", "1 Mar 2024, 03:12". */
export function shortTime(at, now = Date.now()) {
  if (sameDay(at, now)) return clockTime(at);
  const day = nearDay(at, now) ?? (sameYear(at, now) ? date : dateAndYear).format(at);
  return t("time.dayAndClock", { day, clock: clockTime(at) });
}

/** "1 Mar", "1 Mar 2024" */
export function shortDate(at, now = Date.now()) {
  return (sameYear(at, now) ? date : dateAndYear).format(at);
}

/** "Monday, 3 March 2025 at 09:41" */
export function fullTime(at) {
  return full.format(at);
}

function nearDay(at, now) {
  // Half a day is added because days with a clock change have 23 or 25 hours.
  const days = Math.floor((startOfDay(now) - startOfDay(at) + DAY_MS / 2) / DAY_MS);
  if (days === 0) return t("time.today");
  return days === 1 ? t("time.yesterday") : null;
}

function sameYear(one, other) {
  return new Date(one).getFullYear() === new Date(other).getFullYear();
}
