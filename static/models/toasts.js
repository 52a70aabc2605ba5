// The results of deeds, told in passing: at most three, six seconds each, errors until they are dismissed.
import { signal } from "../vendor/signals-core.js";
import { t } from "../lib/text.js";
import { GIVEN_UP } from "./errors.js";
import { refusalText } from "./refusals.js";

const LIFE_MS = 6000;
const LEAVING_MS = 120; // the style sheet fades it meanwhile
const MOST = 3;

export class Toasts {
  #clock;
  #announcer;
  #reload;
  #last = 0;
  #timers = new Map(); // id -> cancel
  #isHeld = false;

  /** `reload` loads the page anew: the one answer to a server of another version. */
  constructor({ clock, announcer = null, reload = () => {} }) {
    this.list = signal([]);
    this.#clock = clock;
    this.#announcer = announcer;
    this.#reload = reload;
  }

  /** `action` is {label, run}; the toast is gone once it was used. Returns the toast's id. */
  show({ text, error = false, action = null, code = null }) {
    const toast = { id: ++this.#last, text, error, action, code, leaving: false };
    const kept = this.list.peek().filter((other) => !(other.text === text && other.error === error));
    for (const { id } of this.list.peek()) if (!kept.some((other) => other.id === id)) this.#forget(id);
    for (const { id } of kept.slice(0, Math.max(0, kept.length + 1 - MOST))) this.#forget(id);
    this.list.value = [...kept.slice(-(MOST - 1)), toast];
    this.#start(toast);
    if (error) this.#announcer?.warn(text);
    else this.#announcer?.say(text);
    return toast.id;
  }

  /** A refused request in words. */
  refused(refused) {
    if (refused.code === GIVEN_UP) return null;
    const action = refused.code === "unknown_type" ? { label: t("common.reload"), run: this.#reload } : null;
    return this.show({ text: refusalText(refused), error: true, action, code: refused.code });
  }

  dismiss(id) {
    this.#forget(id);
    this.list.value = this.list.peek().map((toast) => (toast.id === id ? { ...toast, leaving: true } : toast));
    this.#timers.set(id, this.#clock.after(LEAVING_MS, () => this.#remove(id)));
  }

  /** While the reader points at them or is among them, none goes by itself; afterwards each has its full time again. */
  hold(isHeld) {
    if (this.#isHeld === isHeld) return;
    this.#isHeld = isHeld;
    for (const toast of this.list.peek()) {
      if (toast.leaving) continue;
      this.#forget(toast.id);
      this.#start(toast);
    }
  }

  #start({ id, error }) {
    if (!error && !this.#isHeld) this.#timers.set(id, this.#clock.after(LIFE_MS, () => this.dismiss(id)));
  }

  #forget(id) {
    this.#timers.get(id)?.();
    this.#timers.delete(id);
  }

  #remove(id) {
    this.#forget(id);
    this.list.value = this.list.peek().filter((toast) => toast.id !== id);
    if (!this.list.peek().length) this.#isHeld = false; // what was under the pointer is gone: no leave event comes
  }
}
