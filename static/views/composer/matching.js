// How well a typed beginning fits a name, the same for people, channels and emoji. Knows no list and no view.

/** The form in which names are compared: no case, no accents, so that "tomas" finds Tomás. */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * How well a folded query fits a name: 0 the whole name, 1 its beginning, 2 the beginning of a later word,
 * 3 anywhere in it; null not at all.
 */
export function fit(query, name) {
  const folded = fold(name);
  const at = folded.indexOf(query);
  if (at === -1) return null;
  if (at === 0) return folded.length === query.length ? 0 : 1;
  return folded.split(/[\s._-]+/).some((word) => word.startsWith(query)) ? 2 : 3;
}

/** The best fit of several names of one thing, or null. */
export function bestFit(query, names) {
  return names.reduce((best, name) => {
    const found = name ? fit(query, name) : null;
    return found === null || (best !== null && best <= found) ? best : found;
  }, null);
}

/** The items that fit, best first, among equals in the order given; `namesOf(item)` are the names one may type. */
export function ranked(query, items, namesOf, limit) {
  const folded = fold(query);
  return items
    .map((item, place) => ({ item, place, rank: folded ? bestFit(folded, namesOf(item)) : 0 }))
    .filter((found) => found.rank !== null)
    .sort((one, other) => one.rank - other.rank || one.place - other.place)
    .slice(0, limit)
    .map((found) => found.item);
}
