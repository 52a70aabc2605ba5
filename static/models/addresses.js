// E-mail addresses out of a pasted list, whatever separates them. Whether one exists is for the letter to find out.

/** `{good, bad}`: each address once, in the order given; what is no address is kept as it was typed. */
export function addressesIn(text) {
  const seen = new Set();
  const found = { good: [], bad: [] };
  for (const piece of text.split(/[\s,;<>"]+/)) {
    const key = piece.toLowerCase();
    if (piece === "" || seen.has(key)) continue;
    seen.add(key);
    found[/^[^@]+@[^@.]+(\.[^@.]+)+$/.test(piece) ? "good" : "bad"].push(piece);
  }
  return found;
}
