// How long a text is and whether it says anything, as the server judges it: in code points, nothing trimmed.
// What is done about a text that is too long is composer.js.

/** Unicode code points, not UTF-16 units: an emoji of one code point counts as one. */
export function countCodePoints(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

// What Python's str.isspace() holds for white space. JavaScript's \s differs: it lacks the separators and has U+FEFF.
const BLANK = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/u;

/** True for a text of white space only, which the server refuses. */
export function isBlank(text) {
  return BLANK.test(text);
}

/** How many code points a text has more than the limit; 0 when it fits. */
export function excess(text, limit) {
  // A code point has one or two UTF-16 units, so that most texts need no counting.
  return text.length <= limit ? 0 : Math.max(0, countCodePoints(text) - limit);
}
