// What bold, italic, code, quote, list and link do to a text and its selection, as one replacement each.
// Touches no text box: replace.js puts a replacement in, so that one undo takes it back.

const MARKERS = { bold: "**", italic: "_" };
const PREFIXES = { quote: "> ", list: "- " };

/**
 * The replacement {from, to, insert, start, end} of `text` for a selection: text[from, to] becomes `insert`,
 * then start to end is selected. The same again takes the formatting back.
 */
export function format(kind, text, start, end) {
  if (kind in MARKERS) return wrap(text, start, end, MARKERS[kind]);
  if (kind in PREFIXES) return prefix(text, start, end, PREFIXES[kind]);
  return kind === "code" ? code(text, start, end) : link(text, start, end);
}

function wrap(text, start, end, marker) {
  [start, end] = withoutEdges(text, start, end);
  const size = marker.length;
  const inner = text.slice(start, end);
  if (standsAround(text, start, end, marker)) {
    return { from: start - size, to: end + size, insert: inner, start: start - size, end: end - size };
  }
  if (inner.length > 2 * size && standsAround(text, start + size, end - size, marker)) {
    return { from: start, to: end, insert: inner.slice(size, -size), start, end: end - 2 * size };
  }
  return { from: start, to: end, insert: marker + inner + marker, start: start + size, end: end + size };
}

/** White space at the edges stays outside: `**word **` is not bold. */
function withoutEdges(text, start, end) {
  const inner = text.slice(start, end);
  if (!inner.trim()) return [start, end];
  return [end - inner.trimStart().length, start + inner.trimEnd().length];
}

function standsAround(text, start, end, marker) {
  const before = text.slice(0, start);
  const after = text.slice(end);
  return before.endsWith(marker) && after.startsWith(marker) && !isLonger(before, after, marker);
}

/** `***` holds `**` and `*`, but "`" inside "```" is another thing: a longer run of the sign is not this marker. */
function isLonger(before, after, marker) {
  return before.at(-1 - marker.length) === marker[0] && after.at(marker.length) === marker[0];
}

function code(text, start, end) {
  const inner = text.slice(start, end);
  if (inner.includes("\n")) return fence(text, start, end);
  if (!inner.includes("`")) return wrap(text, start, end, "`");
  const ticks = "`".repeat(longestRun(inner) + 1);
  return { from: start, to: end, insert: `${ticks} ${inner} ${ticks}`, start, end: end + 2 * ticks.length + 2 };
}

/** Lines of code in a fence that no run of backticks within them can close. */
function fence(text, start, end) {
  const inner = text.slice(start, end);
  const ticks = "`".repeat(Math.max(3, longestRun(inner) + 1));
  const open = `${atLineStart(text, start) ? "" : "\n"}${ticks}\n`;
  const close = `${inner.endsWith("\n") ? "" : "\n"}${ticks}${end === text.length || text[end] === "\n" ? "" : "\n"}`;
  return { from: start, to: end, insert: open + inner + close, start: start + open.length, end: end + open.length };
}

function longestRun(text) {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

function prefix(text, start, end, mark) {
  const from = text.slice(0, start).lastIndexOf("\n") + 1;
  const next = text.indexOf("\n", Math.max(end - 1, start));
  const to = next === -1 ? text.length : next;
  const lines = text.slice(from, to).split("\n");
  const isOn = lines.every((line) => line.startsWith(mark));
  const insert = lines.map((line) => (isOn ? line.slice(mark.length) : mark + line)).join("\n");
  if (start !== end) return { from, to, insert, start: from, end: from + insert.length };
  const caret = Math.max(from, start + (isOn ? -mark.length : mark.length));
  return { from, to, insert, start: caret, end: caret };
}

const ADDRESS = /^https?:\/\/\S+$/i;

/** Selected words become the link's text and the address is to be typed; of a selected address, the text. */
function link(text, start, end) {
  const inner = text.slice(start, end);
  if (ADDRESS.test(inner)) return { from: start, to: end, insert: `[](${inner})`, start: start + 1, end: start + 1 };
  const address = start + inner.length + 3;
  return inner
    ? { from: start, to: end, insert: `[${inner}](https://)`, start: address, end: address + 8 }
    : { from: start, to: end, insert: "[](https://)", start: start + 1, end: start + 1 };
}

function atLineStart(text, at) {
  return at === 0 || text[at - 1] === "\n";
}
