// Addresses out of what somebody pasted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addressesIn } from "../../../static/models/addresses.js";

test("commas, semicolons, spaces and lines all separate, and each address comes once", () => {
  const text = " a@x.example, B@x.example;c@x.example\n\n<d@x.example> b@X.example ";
  assert.deepEqual(addressesIn(text), { good: ["a@x.example", "B@x.example", "c@x.example", "d@x.example"], bad: [] });
});

test("what is no address is kept as it was typed", () => {
  assert.deepEqual(addressesIn("kim@lantern, @x.example a@@b.example a@b.c"), {
    good: ["a@b.c"],
    bad: ["kim@lantern", "@x.example", "a@@b.example"],
  });
});

test("nothing is nothing", () => assert.deepEqual(addressesIn(" ,;\n"), { good: [], bad: [] }));
