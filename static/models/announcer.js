// What screen readers are told: the texts of the two live regions. What is worth telling is decided by who calls.
import { signal } from "../vendor/signals-core.js";
import { t } from "../lib/text.js";

const GATHER_MS = 2000;
const SINGLY = 3;
const SAME_AGAIN = "\u00a0"; // a live region speaks when its text changes

export class Announcer {
  #clock;
  #isSilent;
  #arrived = [];

  /** `isSilent` says whether arrivals are kept to oneself: do not disturb. */
  constructor({ clock, isSilent = () => false }) {
    this.polite = signal("");
    this.alert = signal("");
    this.#clock = clock;
    this.#isSilent = isSilent;
  }

  /** When the reader pauses. */
  say(text) {
    this.polite.value = changed(this.polite.peek(), text);
  }

  /** At once: sending failed, the session is over. */
  warn(text) {
    this.alert.value = changed(this.alert.peek(), text);
  }

  /** A message arrived: the first three within two seconds are read, of more only the number. */
  arrived(line) {
    if (this.#isSilent()) return;
    if (!this.#arrived.length) this.#clock.after(GATHER_MS, () => this.#told());
    this.#arrived.push(line);
    if (this.#arrived.length <= SINGLY) this.say(line);
  }

  #told() {
    const n = this.#arrived.length;
    this.#arrived = [];
    if (n > SINGLY) this.say(t("announcer.many", { n }));
  }
}

function changed(before, text) {
  return before === text ? text + SAME_AGAIN : text;
}
