// Finding an entry by typing the beginning of its name.

const PAUSE_MS = 600;

export class TypeAhead {
  #typed = "";
  #at = 0;

  /** The entry that begins with what was typed, from the one after the focused on; null when the key was no letter. */
  find(event, entries) {
    if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey) return null;
    this.#typed = event.timeStamp - this.#at > PAUSE_MS ? event.key : this.#typed + event.key;
    this.#at = event.timeStamp;
    const from = entries.indexOf(event.target.ownerDocument.activeElement) + (this.#typed.length > 1 ? 0 : 1);
    const order = [...entries.slice(from), ...entries.slice(0, from)];
    const start = this.#typed.toLocaleLowerCase();
    return order.find((entry) => entry.textContent.trim().toLocaleLowerCase().startsWith(start)) ?? null;
  }
}
