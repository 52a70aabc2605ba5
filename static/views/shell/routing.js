// The address of the window and the Place, each following the other, so that back and forward do what the arrows do.
// Addresses themselves are models/route.js's.
import { effect, useEffect } from "../../lib/ui.js";
import { LIST, formatRoute, parentOf, parseRoute, routeOf } from "../../models/route.js";
import { homeOf } from "./channel_deeds.js";
import { isNarrow } from "./width.js";

export function useRouting(chat, place) {
  useEffect(() => {
    const address = new Address(place);
    const stops = [
      effect(() => address.write(place.route.value)),
      // Beside a list there is room for a conversation: the one that was open last.
      effect(() => {
        if (isNarrow.value || place.route.value.admin || chat.open.channelId.value !== null) return;
        const id = firstChannel(chat);
        if (id !== null) place.go(routeOf(id));
      }),
    ];
    return () => {
      address.stop();
      for (const stop of stops) stop();
    };
  }, [chat, place]);
}

function firstChannel(chat) {
  const { last } = chat.open;
  if (!chat.channels.synced.value) return last;
  return last !== null && chat.channels.get(last) ? last : (homeOf(chat)?.id ?? null);
}

class Address {
  #place;
  #isReturning = false;
  #before;

  constructor(place) {
    this.#place = place;
    this.#before = this.#now();
    place.go(parseRoute(location.hash));
    window.addEventListener("hashchange", this.#read);
  }

  stop() {
    window.removeEventListener("hashchange", this.#read);
  }

  /** The window went somewhere: a link, back, forward, or a step back that write() asked for. */
  #read = () => {
    const from = this.#before;
    this.#before = this.#now();
    if (this.#isReturning) {
      this.#isReturning = false;
      this.write(this.#place.route.peek()); // the reader may have gone on while the step was being made
    } else if (!/^(#\/|$)/.test(location.hash)) {
      this.#replace(formatRoute(this.#place.route.peek())); // an anchor inside a text is no place
    } else {
      if (history.state === null) history.replaceState({ from }, ""); // a followed link remembers where it stood
      if (!this.#place.go(parseRoute(location.hash))) this.write(this.#place.route.peek()); // he is being asked
    }
  };

  /** The reader went somewhere: a new entry of the history, unless it is the one he came from. */
  write(route) {
    const address = formatRoute(route);
    const now = this.#now();
    if (this.#isReturning || address === now) return;
    if (history.state?.from === address && isUp(now, address)) {
      this.#isReturning = true;
      history.back();
    } else if (isUp(now, address) || (now === formatRoute(LIST) && !isNarrow.peek())) {
      this.#replace(address);
    } else {
      history.pushState({ from: now }, "", address);
    }
    this.#before = this.#isReturning ? this.#before : this.#now();
  }

  #replace(address) {
    history.replaceState(history.state, "", address);
    this.#before = address;
  }

  #now() {
    return location.hash.startsWith("#/") ? location.hash : formatRoute(LIST);
  }
}

/** Does `address` lie on the way from `now` to the list? */
function isUp(now, address) {
  const route = parseRoute(now);
  const parent = parentOf(route);
  if (route.channelId === null && route.admin === null) return false;
  return [parent, LIST].some((place) => formatRoute(place) === address);
}
