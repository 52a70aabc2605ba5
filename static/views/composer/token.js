// Which unfinished @name, #channel or :emoji: stands before the caret. What is offered for it is offers.js.

const NAME = "[\\p{L}\\p{N}\\p{M}._-]";
const KINDS = [
  // An address (ann@example.com) and a path hold no mention: the server's rule for what may stand before the @.
  { kind: "person", pattern: new RegExp(`(?<![\\p{L}\\p{N}_.@/-])@(${NAME}{0,50})$`, "u") },
  { kind: "channel", pattern: new RegExp(`(?<![^\\s([{"'])#(${NAME}{0,80})$`, "u") },
  // Two signs at least, after a break: neither 10:30 nor a plain :) opens a list.
  { kind: "emoji", pattern: /(?<![^\s([{"'\p{Extended_Pictographic}\ufe0f\u200d]):([a-z0-9_+-]{2,40})$/iu },
];
const LONGEST = 82;

/** {kind, from, query} of what is being named at the caret, or null; never inside code. */
export function tokenAt(text, caret) {
  if (isInCode(text.slice(0, caret))) return null;
  // A lookbehind needs one sign more than the longest name; the rest of a long text is not looked at.
  const near = text.slice(Math.max(0, caret - LONGEST), caret);
  for (const { kind, pattern } of KINDS) {
    const found = pattern.exec(near);
    if (found) return { kind, from: caret - found[1].length - 1, query: found[1] };
  }
  return null;
}

/** The emoji name just closed by a second colon, {from, query}, or null: ":tada:" turns without a list. */
export function closedNameAt(text, caret) {
  if (text[caret - 1] !== ":") return null;
  const token = tokenAt(text, caret - 1);
  return token?.kind === "emoji" ? { from: token.from, query: token.query } : null;
}

function isInCode(before) {
  const fences = before.match(/^ {0,3}(`{3,}|~{3,})/gm) ?? [];
  if (fences.length % 2) return true;
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return (line.match(/`/g) ?? []).length % 2 === 1;
}
