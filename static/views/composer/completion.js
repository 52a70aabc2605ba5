// Completion in a text box: notices what is being named, asks for offers and takes one by key or pointer.
// What is offered is offers.js's, how it looks completion_list.js's.
import { useEffect, useId, useRef, useSignal } from "../../lib/ui.js";
import { useChat } from "../context.js";
import { loadEmoji } from "./emoji_source.js";
import { replaceIn } from "./replace.js";
import { closedNameAt, tokenAt } from "./token.js";
import { useOffers } from "./use_offers.js";

/**
 * For the text box of `boxRef` in `channel`: `offers` (empty while closed) with the `selected` place, `attributes` for
 * the box, `track()` to be called when text or caret changed, `typed(event)` on input, `onKeyDown(event)` that says
 * whether the key was used, `take(offer)`, `point(place)`, `close()`.
 */
export function useCompletion(boxRef, channel) {
  const chat = useChat();
  const id = useId();
  const token = useSignal(null);
  const selected = useSignal(0);
  const left = useRef(null); // where a name begins that the reader does not want completed
  const offers = useOffers(token.value, channel);
  const place = Math.min(selected.value, offers.length - 1);

  const track = () => {
    const { value, selectionStart, selectionEnd } = boxRef.current;
    const found = selectionStart === selectionEnd ? tokenAt(value, selectionStart) : null;
    if (found?.from !== left.current) left.current = null;
    const next = left.current === null ? found : null;
    if (same(next, token.peek())) return;
    token.value = next;
    selected.value = 0;
  };
  const close = () => (token.value = null);
  const put = ({ from }, insert) => {
    const box = boxRef.current;
    const to = box.selectionStart;
    const gap = box.value[to] === " " ? "" : " ";
    const end = from + insert.length + 1; // behind the space, whether it was there or not
    replaceIn(box, { from, to, insert: insert + gap, start: end, end });
  };
  const take = (offer) => {
    put(token.peek(), offer.insert);
    close();
    if (offer.sign) chat.settings.usedEmoji(offer.sign);
  };
  const leave = () => {
    left.current = token.peek().from;
    close();
  };
  const move = (by) => (selected.value = (place + by + offers.length) % offers.length);
  const takeChosen = () => take(offers[place]);
  const deeds = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: takeChosen, Tab: takeChosen, Escape: leave };

  const onKeyDown = (event) => {
    const hasModifier = event.shiftKey || event.ctrlKey || event.metaKey || event.altKey;
    if (!offers.length || hasModifier || !deeds[event.key]) return false;
    event.preventDefault();
    event.stopPropagation();
    deeds[event.key]();
    return true;
  };
  const typed = (event) => {
    track();
    if (event.data === ":") turnClosedName(boxRef.current, put);
  };
  useEffect(() => {
    const box = boxRef.current;
    box.addEventListener("caret", track);
    return () => box.removeEventListener("caret", track);
  }, []);
  const attributes = combobox(id, offers, place);
  const point = (at) => (selected.value = at);
  return { offers, selected: place, kind: token.value?.kind, id, attributes, track, typed, onKeyDown, take, point, close };
}

function same(one, other) {
  return one?.kind === other?.kind && one?.from === other?.from && one?.query === other?.query;
}

/** The box is a combobox only while it has a list: else it is the text box that readers of the page know. */
function combobox(id, offers, place) {
  if (!offers.length) return { "aria-autocomplete": "list" };
  return {
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
    "aria-expanded": "true",
    "aria-controls": id,
    "aria-activedescendant": `${id}-${place}`,
  };
}

/** ":tada:" typed out becomes the emoji; unknown names stay as they are. */
async function turnClosedName(box, put) {
  const { value, selectionStart } = box;
  const closed = closedNameAt(value, selectionStart);
  if (!closed) return;
  const index = await loadEmoji().catch(() => null);
  const found = index?.named(closed.query);
  if (found && box.isConnected && box.value === value && box.selectionStart === selectionStart) put(closed, found.sign);
}
