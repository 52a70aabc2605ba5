// A Web Storage for tests: holds text, and may be full. What stands in it is the test's.

export class Area {
  #items;

  constructor(items = {}, { most = Infinity } = {}) {
    this.#items = new Map(Object.entries(items));
    this.most = most;
  }

  get length() {
    return this.#items.size;
  }

  key(at) {
    return [...this.#items.keys()][at] ?? null;
  }

  getItem(name) {
    return this.#items.get(name) ?? null;
  }

  setItem(name, text) {
    if (text.length > this.most) throw new DOMException("full", "QuotaExceededError");
    this.#items.set(name, text);
  }

  removeItem(name) {
    this.#items.delete(name);
  }
}
