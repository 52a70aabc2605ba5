// What stands in a person's picture while there is none: two letters and one of eight hues, the same everywhere.

const HUES = 8;

/** "Maya Lindqvist" -> "ML", "maya" -> "M"; whole characters, also where one is several code points. At `most` 1 or 2. */
export function initials(name, most = 2) {
  const words = String(name ?? "").split(/[\s._-]+/u).map(firstLetter).filter(Boolean);
  const [first = "?", last = ""] = words.length > 1 ? [words[0], words.at(-1)] : words;
  return (most > 1 ? first + last : first).toLocaleUpperCase();
}

/** 0 to 7, from the id, so that a new name keeps the colour. */
export function hueOf(id) {
  let sum = 0;
  for (const character of String(id ?? "")) sum = (sum * 31 + character.codePointAt(0)) >>> 0;
  return sum % HUES;
}

const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function firstLetter(word) {
  for (const { segment } of characters.segment(word)) if (/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(segment)) return segment;
  return "";
}
