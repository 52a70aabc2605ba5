// All emoji by name, group and search, over the rows of vendor/emoji.js, which emoji_source.js loads when first needed.

/** The groups in the order shown; `from` are the groups of the rows, `key` names the heading in lib/text.js. */
export const GROUPS = [
  { key: "faces", from: 0, sign: "🙂" },
  { key: "people", from: 1, sign: "👋" },
  { key: "nature", from: 3, sign: "🐻" },
  { key: "food", from: 4, sign: "🍎" },
  { key: "activities", from: 6, sign: "⚽" },
  { key: "travel", from: 5, sign: "🚲" },
  { key: "things", from: 7, sign: "💡" },
  { key: "signs", from: 8, sign: "💬" },
  { key: "flags", from: 9, sign: "🏁" },
];

const NOT_FOUND = 9;

export class EmojiIndex {
  #byName = new Map();
  #bySign = new Map();

  constructor(rows) {
    this.all = rows.map(([sign, label, names, group, tags]) => ({ sign, label, names, group, tags }));
    for (const entry of this.all) {
      this.#bySign.set(plain(entry.sign), entry);
      for (const name of entry.names) if (!this.#byName.has(name)) this.#byName.set(name, entry);
    }
  }

  /** The entry {sign, label, names, group, tags} of a short name as in ":tada:", or null. */
  named(name) {
    return this.#byName.get(name.toLowerCase()) ?? null;
  }

  /** The entry of an emoji as it stands in a text, or null: what people made up is not in it. */
  of(sign) {
    return this.#bySign.get(plain(sign)) ?? null;
  }

  group(from) {
    return this.all.filter((entry) => entry.group === from);
  }

  /**
   * Best first: by short name, then label, then tags; among equals the recently used, then short names. Each entry with
   * the `name` that fitted.
   */
  search(query, { limit = Infinity, recent = [] } = {}) {
    const words = query.toLowerCase().replace(/^:|:$/g, "").split(/[\s_]+/).filter(Boolean);
    if (!words.length) return [];
    const lately = (entry) => recent.indexOf(entry.sign) >>> 0;
    return this.all
      .map((entry, place) => ({ ...judged(words, entry), entry, place }))
      .filter((found) => found.rank < NOT_FOUND)
      .sort((a, b) => a.rank - b.rank || lately(a.entry) - lately(b.entry) || a.name.length - b.name.length || a.place - b.place)
      .slice(0, limit)
      .map(({ entry, name }) => ({ ...entry, name }));
  }
}

/** The sign without the mark that asks for a picture: texts have it or not. */
function plain(sign) {
  return sign.replaceAll("\ufe0f", "");
}

/** How well the words fit, and the short name that they fit. The closer to what was typed a name is, the shorter. */
function judged(words, entry) {
  const typed = words.join("_");
  if (entry.names.includes(typed)) return { rank: 0, name: typed };
  const begun = entry.names.find((name) => name.startsWith(typed));
  if (begun) return { rank: 1, name: begun };
  return { rank: Math.max(...words.map((word) => rankOfWord(word, entry))), name: entry.names[0] };
}

function rankOfWord(word, { names, label, tags }) {
  const begins = (text) => text.startsWith(word);
  if (names.some((name) => name.split("_").some(begins))) return 2;
  if (label.toLowerCase().split(/[\s-]+/).some(begins)) return 3;
  if (tags.some(begins)) return 4;
  return names.some((name) => name.includes(word)) ? 5 : NOT_FOUND;
}
