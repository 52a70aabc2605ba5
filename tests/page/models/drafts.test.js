// What was written and not sent stays on this device, for whom it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { effect } from "../../../static/vendor/signals-core.js";
import { Drafts } from "../../../static/models/drafts.js";
import { Memory } from "./cast.js";

test("a draft is there again after a reload, for the same person only", () => {
  const storage = new Memory();
  const drafts = new Drafts({ storage, userId: "alice" });
  drafts.set("general", "half a thou");
  drafts.set("thread:m1", "and a reply");
  const later = new Drafts({ storage, userId: "alice" });
  assert.deepEqual(
    [later.get("general"), later.get("thread:m1"), later.has("general")],
    ["half a thou", "and a reply", true],
  );
  const bobs = new Drafts({ storage, userId: "bob" });
  assert.deepEqual([bobs.get("general"), bobs.has("general")], ["", false]);
});

test("nothing but white space is no draft, and nothing of it is kept", () => {
  const storage = new Memory();
  const drafts = new Drafts({ storage, userId: "alice" });
  drafts.set("general", " \n ");
  assert.equal(drafts.has("general"), false);
  drafts.set("general", "words");
  drafts.set("general", "");
  assert.deepEqual([drafts.has("general"), drafts.get("general"), storage.kept.size], [false, "", 0]);
});

test("white space around words is kept as it was written", () => {
  const drafts = new Drafts({ storage: new Memory(), userId: "alice" });
  drafts.set("general", "  code\n");
  assert.equal(drafts.get("general"), "  code\n");
});

test("the sidebar hears when a draft comes or goes, not at each key", () => {
  const drafts = new Drafts({ storage: new Memory(), userId: "alice" });
  const seen = [];
  effect(() => seen.push(drafts.has("general")));
  for (const text of ["h", "he", "hel", ""]) drafts.set("general", text);
  drafts.set("general", "");
  assert.deepEqual(seen, [false, true, false]);
});
