// What the formatting keys make of a text; [ and ] mark the selection, | the caret.
import assert from "node:assert/strict";
import { test } from "node:test";
import { format } from "../../../static/views/composer/formatting.js";

function after(kind, marked) {
  const start = marked.search(/[«|]/);
  const end = marked.includes("»") ? marked.indexOf("»") - 1 : start;
  const text = marked.replace(/[«»|]/g, "");
  const { from, to, insert, start: first, end: last } = format(kind, text, start, end);
  const made = text.slice(0, from) + insert + text.slice(to);
  return first === last
    ? `${made.slice(0, first)}|${made.slice(first)}`
    : `${made.slice(0, first)}«${made.slice(first, last)}»${made.slice(last)}`;
}

const cases = [
  ["bold", "a «word» b", "a **«word»** b"],
  ["bold", "a **«word»** b", "a «word» b"],
  ["bold", "a «**word**» b", "a «word» b"],
  ["bold", "a |b", "a **|**b"],
  ["bold", "a **|**b", "a |b"],
  ["bold", "a «word »b", "a **«word»** b"],
  ["italic", "«word»", "_«word»_"],
  ["italic", "_«word»_", "«word»"],
  ["italic", "**«word»**", "**_«word»_**"],
  ["code", "run «make»", "run `«make»`"],
  ["code", "run `«make»`", "run «make»"],
  ["code", "«a`b»", "«`` a`b ``»"],
  ["code", "see «one\ntwo» end", "see \n```\n«one\ntwo»\n```\n end"],
  ["code", "«a\n```\nb»", "````\n«a\n```\nb»\n````"],
  ["quote", "on|e\ntwo", "> on|e\ntwo"],
  ["quote", "> on|e", "on|e"],
  ["quote", "«one\ntwo»", "«> one\n> two»"],
  ["quote", "«> one\n> two»", "«one\ntwo»"],
  ["quote", "\n|", "\n> |"],
  ["quote", "|\none", "> |\none"],
  ["list", "«one\ntwo\n»three", "«- one\n- two»\nthree"],
  ["list", "- |", "|"],
  ["link", "see «this»", "see [this](«https://»)"],
  ["link", "«https://example.org/a»", "[|](https://example.org/a)"],
  ["link", "|", "[|](https://)"],
];

for (const [kind, before, expected] of cases) {
  test(`${kind}: ${JSON.stringify(before)} becomes ${JSON.stringify(expected)}`, () => {
    assert.equal(after(kind, before), expected);
  });
}
