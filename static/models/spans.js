// Spans of time in few words: since when, until when. Which clock goes on is the view's matter.
import { t } from "../lib/text.js";
import { shortTime } from "../lib/time.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "now", "4 min ago", "3 h ago", and before today's last hours the time itself. */
export function agoText(at, now) {
  const passed = now - at;
  if (passed < MINUTE_MS) return t("directory.now");
  if (passed < HOUR_MS) return t("directory.ago.minutes", { n: Math.floor(passed / MINUTE_MS) });
  return passed < 12 * HOUR_MS ? t("directory.ago.hours", { n: Math.floor(passed / HOUR_MS) }) : shortTime(at, now);
}

/** "in 20 min", "in 12 h", "in 23 days" */
export function soonText(at, now) {
  const left = at - now;
  if (left <= 0) return t("directory.over");
  if (left < HOUR_MS) return t("directory.in.minutes", { n: Math.ceil(left / MINUTE_MS) });
  if (left < DAY_MS) return t("directory.in.hours", { n: Math.floor(left / HOUR_MS) });
  return t("directory.in.days", { n: Math.round(left / DAY_MS) }); // a fresh one of seven days has seven
}
