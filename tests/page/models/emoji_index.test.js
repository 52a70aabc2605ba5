// Emoji by name and search, over the data that the page has.
import assert from "node:assert/strict";
import { test } from "node:test";
import { emoji } from "../../../static/vendor/emoji.js";
import { EmojiIndex, GROUPS } from "../../../static/views/composer/emoji_index.js";

const index = new EmojiIndex(emoji);
const signs = (query, options) => index.search(query, options).map((entry) => entry.sign);

test("a short name finds its emoji, whatever the case", () => {
  assert.equal(index.named("tada").sign, "🎉");
  assert.equal(index.named("TADA").sign, "🎉");
  assert.equal(index.named("no_such_name"), null);
});

test("an emoji is found with and without the mark that asks for a picture", () => {
  assert.equal(index.of("❤️"), index.of("❤"));
  assert.equal(index.of("party"), null);
});

test("the exact name comes first, then names that begin so, then labels and tags", () => {
  assert.equal(signs("heart")[0], "❤️");
  assert.equal(signs(":tada:")[0], "🎉");
  const smile = signs("smile");
  assert.ok(smile.indexOf("😄") < smile.indexOf("😃"), "named so before tagged so");
});

test("several words all have to fit", () => {
  assert.ok(signs("red heart").includes("❤️"));
  assert.deepEqual(signs("tada xylophone"), []);
  assert.deepEqual(signs("  "), []);
});

test("among equals the recently used comes first", () => {
  const usual = signs("gri", { limit: 3 });
  assert.equal(signs("gri", { limit: 3, recent: [usual[2]] })[0], usual[2]);
});

test("every emoji of the data is in a group that the picker shows", () => {
  const shown = GROUPS.flatMap(({ from }) => index.group(from));
  assert.equal(shown.length, index.all.length);
});

test("of several short names the one that was typed is told, the closest first", () => {
  const found = index.search("tad");
  assert.deepEqual([found[0].sign, found[0].name], ["🎉", "tada"]);
});
