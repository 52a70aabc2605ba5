// A little colour for code in messages: comments, strings, numbers and the words most languages share. Not a parser: one
// pass with one pattern, so that no text takes longer than its length.
import { escapeHtml } from "../../lib/escape.js";

const STRINGS = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`;
const NUMBER = String.raw`\b(?:0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)\b`;
const WORD = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;

const SLASHES = String.raw`\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)`;
const HASH = String.raw`(?<![^\s])#[^\n]*`;
const DASHES = String.raw`--[^\n]*|\/\*[^]*?(?:\*\/|$)`;

const words = (text) => new Set(text.split(" "));

const C_WORDS = words(
  "abstract any as async await bool boolean break byte case catch chan char class const constexpr continue debugger default " +
    "defer delete do double else enum export extends extern false final finally float fn for from func function go goto if " +
    "impl implements import in inline instanceof int interface let long loop map match mod module mut namespace new nil null " +
    "nullptr of operator override package private protected pub public range ref return select self short signed sizeof " +
    "static string struct super switch template this throw throws trait true try type typedef typename typeof undefined " +
    "union unsafe unsigned use using val var virtual void volatile when where while with yield",
);
const SCRIPT_WORDS = words(
  "and as assert async await begin break case class continue def del do done elif else elsif end ensure esac except export " +
    "False false fi finally for from function global if import in is lambda local match module next nil None none nonlocal " +
    "not null or pass raise redo rescue return self super then True true try undef unless until when while with yield",
);
const SQL_WORDS = words(
  "add all alter and as asc begin between by case check column commit constraint create default delete desc distinct drop " +
    "else end exists foreign from full group having if in index inner insert into is join key left like limit not null " +
    "offset on or order outer primary references returning right rollback select set table then transaction trigger union " +
    "unique update using values view when where with",
);

const FAMILIES = [
  {
    names: "c h cpp c++ cc hpp cs csharp java js javascript jsx mjs ts typescript tsx go golang rust rs swift kotlin kt php scala dart zig json jsonc css scss less arduino glsl proto",
    comment: SLASHES,
    strings: `${STRINGS}|\`(?:[^\`\\\\]|\\\\.)*\``,
    words: C_WORDS,
  },
  {
    names: "py python rb ruby sh bash zsh shell console yaml yml toml ini conf make makefile dockerfile perl pl r nix elixir ex",
    comment: HASH,
    strings: String.raw`"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|${STRINGS}`,
    words: SCRIPT_WORDS,
  },
  { names: "sql psql sqlite mysql lua haskell hs", comment: DASHES, strings: STRINGS, words: SQL_WORDS, anyCase: true },
];

const byName = new Map(
  FAMILIES.flatMap((family) => {
    const source = `(?<c>${family.comment})|(?<st>${family.strings})|(?<nr>${NUMBER})|(?<word>${WORD})`;
    const known = { ...family, pattern: new RegExp(source, "gu") };
    return family.names.split(" ").map((name) => [name, known]);
  }),
);

/** The code as HTML: escaped, with `<span class="k|st|nr|c">` around what has a colour. An unknown language has none. */
export function highlight(code, language) {
  const family = byName.get(language.toLowerCase());
  if (!family) return escapeHtml(code);
  let html = "";
  let at = 0;
  for (const found of code.matchAll(family.pattern)) {
    const kind = kindOf(found.groups, family);
    if (!kind) continue;
    html += `${escapeHtml(code.slice(at, found.index))}<span class="${kind}">${escapeHtml(found[0])}</span>`;
    at = found.index + found[0].length;
  }
  return html + escapeHtml(code.slice(at));
}

function kindOf(groups, family) {
  if (groups.word === undefined) return groups.c !== undefined ? "c" : groups.st !== undefined ? "st" : "nr";
  return family.words.has(family.anyCase ? groups.word.toLowerCase() : groups.word) ? "k" : null;
}
