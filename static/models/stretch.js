// Messages in the order of `seq`, each once, with the server's states kept beside what is shown. Whether the stretch
// is unbroken, and where its messages come from, is timeline.js's.
import { signal } from "../vendor/signals-core.js";

export class Stretch {
  #states = new Map(); // message id -> the server's state

  constructor() {
    this.messages = signal([]);
  }

  /** The server's state, without what is shown before it is confirmed. */
  state(messageId) {
    return this.#states.get(messageId) ?? null;
  }

  find(messageId) {
    const state = this.state(messageId);
    return state && this.messages.peek()[placeOf(this.messages.peek(), state.seq)];
  }

  /** Adds messages, and puts those that are there into a new state. */
  put(changed) {
    if (!changed.length) return;
    for (const message of changed) this.#states.set(message.id, message);
    this.#show(changed);
  }

  /** These and no others. */
  replace(messages) {
    this.#states = new Map(messages.map((message) => [message.id, message]));
    this.messages.value = messages;
  }

  /** Shows a message otherwise, until the server tells of its next state or `restore` is called. */
  patch(messageId, change) {
    const shown = this.find(messageId);
    if (shown) this.#show([change(shown)]);
  }

  /** Shows the server's state again. */
  restore(messageId) {
    const state = this.state(messageId);
    if (state) this.#show([state]);
  }

  #show(changed) {
    const all = this.messages.peek().slice();
    for (const message of changed) {
      const at = placeOf(all, message.seq);
      if (all[at]?.id === message.id) all[at] = message;
      else all.splice(at, 0, message);
    }
    this.messages.value = all;
  }
}

/** Where a message with this `seq` stands or belongs. */
function placeOf(messages, seq) {
  let low = 0;
  let high = messages.length;
  if (!high || messages[high - 1].seq < seq) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle].seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
