// How long ago, and how soon, in few letters; the full date is the tooltip. It goes on while one looks.
import { html, signal } from "../../../lib/ui.js";
import { t } from "../../../lib/text.js";
import { fullTime } from "../../../lib/time.js";
import { agoText, soonText } from "../../../models/spans.js";

const LOOK_MS = 15_000;
const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), LOOK_MS);

export function Ago({ at }) {
  return html`<time datetime=${new Date(at).toISOString()} title=${fullTime(at)}>${agoText(at, now.value)}</time>`;
}

export function Soon({ at }) {
  return html`<time datetime=${new Date(at).toISOString()} title=${fullTime(at)}>${soonText(at, now.value)}</time>`;
}
