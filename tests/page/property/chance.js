// Chance that a seed repeats. What is decided by it is the caller's.

export class Chance {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** 0 to below 1 (mulberry32). */
  next = () => {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };

  /** True about that often. */
  happens(share) {
    return this.next() < share;
  }

  between(from, to) {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** One of them, or undefined of none. */
  of(many) {
    return many[Math.floor(this.next() * many.length)];
  }
}
