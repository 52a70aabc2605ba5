// Who is writing here. Seen at once; told to screen readers at most once in 10 s.
import { html, useMemo, useRef } from "../../lib/ui.js";
import { t, tParts } from "../../lib/text.js";
import { nameOf, PersonName } from "../parts/parts.js";
import { useChat } from "../context.js";

const TOLD_EVERY_MS = 10_000;
const NAMED = ["first", "second", "third"];
const KEYS = ["typing.one", "typing.two", "typing.three"];

export function TypingLine({ channelId }) {
  const { typing, people } = useChat();
  const ids = useMemo(() => typing.in(channelId), [typing, channelId]).value;
  people.need(ids);
  const users = ids.map((id) => people.get(id));
  const isTold = useTold(users.map(nameOf).join());
  return html`${ids.length > 0 && html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>`}
    <span class="clip typists" role="status" aria-live=${isTold ? "polite" : "off"}>${sentence(users)}</span>`;
}

function sentence(users) {
  if (!users.length) return null;
  if (users.length > KEYS.length) return t("typing.many");
  const names = users.map((user, at) => [NAMED[at], html`<strong><${PersonName} user=${user} /></strong>`]);
  return tParts(KEYS[users.length - 1], Object.fromEntries(names));
}

/** Whether this change is to be told: not in do not disturb, and not within 10 s of the last that was. */
function useTold(text) {
  const { clock, people, me } = useChat();
  const last = useRef({ text: "", at: -Infinity, isTold: false }).current;
  if (text === last.text) return last.isTold;
  const isDue = text !== "" && clock.now() - last.at >= TOLD_EVERY_MS && people.presence(me.value.id) !== "dnd";
  Object.assign(last, { text, isTold: isDue, at: isDue ? clock.now() : last.at });
  return isDue;
}
