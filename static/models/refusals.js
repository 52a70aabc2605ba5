// The sentence for a refused request (UI.md 6.3). Where it is shown is the view's matter.
import { hasText, t } from "../lib/text.js";

const MS = { second: 1000, minute: 60_000 };

// Codes whose server sentence names the thing better than a general one could.
const serverKnowsBetter = new Set(["invalid", "conflict", "too_large", "email_not_configured", "seat_limit", "forbidden", "unavailable"]);
// Answers that UI.md follows up with what to do.
const continued = {
  "Username already exists": "error.conflict.name",
  "Cannot delete yourself": "error.cannot_remove_self",
};

/** What the reader is told; never empty, never a code. */
export function refusalText(refused) {
  const { code, message } = refused;
  if (continued[message]) return t(continued[message], { message });
  if (code === "rate_limited" && message && refused.retryAfterMs >= MS.minute) return message; // it says of what, and when
  if (code === "rate_limited") return t("error.rate_limited", { n: waitIn(refused, MS.second) });
  if (message && serverKnowsBetter.has(code)) return message;
  return t(hasText(`error.${code}`) ? `error.${code}` : "error.internal");
}

/** The same at the door, where wrong passwords and too many of them have sentences of their own. */
export function signInRefusalText(refused, { dev = false } = {}) {
  const { code } = refused;
  if (code === "unauthenticated") return t(dev ? "door.wrong.dev" : "door.wrong");
  if (code === "rate_limited") return t("error.rate_limited.signIn", { n: waitIn(refused, MS.minute) });
  if (code === "unavailable") return t("door.failed.full", { n: waitIn(refused, MS.second) });
  if (code === "offline" || code === "lost") return t("door.failed.unreachable");
  return refusalText(refused);
}

/** Why the session is over: {lead, rest}; an unknown code reads like a session that ran out. */
export function endText({ code, by = null }) {
  const known = hasText(`ended.${code}.lead`) ? code : 4508;
  const precise = `ended.${known}.${by}.rest`;
  return { lead: t(`ended.${known}.lead`), rest: t(hasText(precise) ? precise : `ended.${known}.rest`) };
}

function waitIn({ retryAfterMs }, unitMs) {
  return Math.max(1, Math.ceil((retryAfterMs ?? unitMs) / unitMs));
}
