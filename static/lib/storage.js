// What this browser remembers: JSON values under a prefix. Works on, in memory, when the storage is missing or full.
// What is remembered is not known here.

export class Store {
  #area;
  #prefix;
  #memory = new Map(); // full key -> text; what could not be written, or null for what could not be removed

  /** `area` is a Web Storage, or null where there is none. */
  constructor(area, prefix = "chatd.") {
    this.#area = area;
    this.#prefix = prefix;
  }

  /** The value, or null when there is none or it cannot be read. */
  get(key) {
    try {
      return JSON.parse(this.getText(key));
    } catch {
      return null; // somebody else wrote here
    }
  }

  set(key, value) {
    this.setText(key, JSON.stringify(value));
  }

  getText(key) {
    const name = this.#prefix + key;
    if (this.#memory.has(name)) return this.#memory.get(name);
    return this.#attempt(() => this.#area.getItem(name)) ?? null;
  }

  setText(key, text) {
    const name = this.#prefix + key;
    const kept = this.#attempt(() => {
      this.#area.setItem(name, text);
      return true;
    });
    if (kept) this.#memory.delete(name);
    else this.#memory.set(name, text);
  }

  remove(key) {
    const name = this.#prefix + key;
    this.#memory.delete(name);
    this.#attempt(() => this.#area.removeItem(name));
  }

  /** The keys that begin with `prefix`, in order. */
  keys(prefix = "") {
    const start = this.#prefix + prefix;
    const stored = this.#attempt(() => Array.from({ length: this.#area.length }, (_, at) => this.#area.key(at))) ?? [];
    const names = new Set([...stored, ...this.#memory.keys()].filter((name) => name.startsWith(start)));
    return [...names].sort().map((name) => name.slice(this.#prefix.length));
  }

  /** The same storage with a longer prefix: one person's own part. */
  part(name) {
    const part = new Store(this.#area, `${this.#prefix}${name}.`);
    part.#memory = this.#memory;
    return part;
  }

  #attempt(deed) {
    if (!this.#area) return undefined;
    try {
      return deed();
    } catch {
      return undefined; // full, or forbidden by the browser's settings
    }
  }
}

/** "localStorage" or "sessionStorage" of a window, or null where it is switched off: asking for it may throw. */
export function storageArea(window, name) {
  try {
    return window[name];
  } catch {
    return null;
  }
}
