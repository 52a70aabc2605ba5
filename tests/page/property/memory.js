// What models need of a browser, without one that others share: a storage, and a clock whose hours pass in minutes.

export class Memory {
  #kept = new Map();
  get = (key) => JSON.parse(this.#kept.get(key) ?? "null");
  set = (key, value) => void this.#kept.set(key, JSON.stringify(value));
  remove = (key) => void this.#kept.delete(key);
  keys = (prefix = "") => [...this.#kept.keys()].filter((key) => key.startsWith(prefix)).sort();
}

const FASTER = 8; // waits of half a minute are a few seconds
const began = Date.now();

export const clock = {
  now: () => began + Math.round(performance.now() * FASTER),
  after(ms, deed) {
    const timer = setTimeout(deed, ms / FASTER);
    return () => clearTimeout(timer);
  },
};
