// What a link in a letter opens, and what is no link.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseLink } from "../../../static/models/link.js";

test("each kind of link names what it opens and carries its secret", () => {
  for (const kind of ["password", "verify", "join"]) {
    assert.deepEqual(parseLink(`#/${kind}/aB3_-x`), { kind, token: "aB3_-x" });
  }
});

test("places of the chat are no links, and neither is anything that the server never made", () => {
  const others = ["", "#", "#/", "#/c/1", "#/password", "#/password/", "#/password/a/b", "#/password/a%20b", "#/reset/a", "#/constructor/a"];
  for (const hash of [...others, `#/password/${"a".repeat(129)}`]) assert.equal(parseLink(hash), null, hash);
});
