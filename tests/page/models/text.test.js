// The table of sentences: filled in right, complete, and written by the rules of the house.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { hasText, t } from "../../../static/lib/text.js";

const folder = fileURLToPath(new URL("../../../static", import.meta.url));
const sources = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".js") && !path.startsWith("vendor"));

test("values are filled in, numbers with separators", () => {
  assert.equal(t("door.retry", { n: 12_345 }), "Trying again in 12,345 s.");
});

test("one and many are told apart", () => {
  assert.equal(t("announcer.many", { n: 1 }), "1 new message");
  assert.equal(t("announcer.many", { n: 4 }), "4 new messages");
});

test("what a value holds is not filled in again", () => {
  assert.equal(t("restricted.invitation", { name: "{name} {n}" }), "You are signed in as {name} {n}.");
});

test("right-to-left text cannot reorder the sentence around it", () => {
  assert.equal(t("restricted.invitation", { name: "נועה" }), "You are signed in as \u2068נועה\u2069.");
  assert.equal(t("restricted.invitation", { name: "a\u202eb" }), "You are signed in as \u2068a\u202eb\u2069.");
});

test("every key that the page names has a sentence", () => {
  for (const path of sources) {
    const code = readFileSync(`${folder}/${path}`, "utf8");
    for (const [, key] of code.matchAll(/\bt\(\s*"([^"]+)"/g)) assert.ok(hasText(key), `${path}: ${key}`);
  }
});

test("no sentence has an em dash or an exclamation mark", () => {
  const table = readFileSync(`${folder}/lib/text.js`, "utf8").split("const words")[1].split("\n};")[0];
  for (const line of table.split("\n").filter((line) => !line.trim().startsWith("//"))) assert.doesNotMatch(line, /—|!"|! /, line);
});
