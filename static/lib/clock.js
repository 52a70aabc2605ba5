// The real time, in the shape that models are handed. Tests have their own.

export const clock = {
  /** Epoch milliseconds. */
  now: () => Date.now(),
  /** Runs `deed` after `ms`; what it returns calls that off. */
  after(ms, deed) {
    const timer = setTimeout(deed, ms);
    return () => clearTimeout(timer);
  },
};
