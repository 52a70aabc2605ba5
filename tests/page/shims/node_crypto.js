// node:crypto for a browser: as much of it as the tests in models/ use.

/** A whole number from `from` up to, not including, `to`. */
export function randomInt(from, to) {
  const [low, high] = to === undefined ? [0, from] : [from, to];
  return low + (crypto.getRandomValues(new Uint32Array(1))[0] % (high - low));
}
