// Which emoji the picker shows, in sections with a heading each: the recently used and the groups, or what was found.
import { GROUPS } from "./emoji_index.js";

const MOST_FOUND = 96;
const RECENT_SHOWN = 16;

/** [{key, entries}]; a search has one section "found", or none. */
export function sectionsOf(index, query, recent) {
  if (query.trim()) {
    const entries = index.search(query, { limit: MOST_FOUND, recent });
    return entries.length ? [{ key: "found", entries }] : [];
  }
  const used = recent.slice(0, RECENT_SHOWN).map((sign) => index.of(sign) ?? madeUp(sign));
  const groups = GROUPS.map(({ key, from }) => ({ key, entries: index.group(from) }));
  return used.length ? [{ key: "recent", entries: used }, ...groups] : groups;
}

/** A reaction may be anything of up to 32 characters. */
function madeUp(sign) {
  return { sign, label: sign, names: [sign], group: null, tags: [] };
}
