// Who and what is offered for an unfinished name.
import assert from "node:assert/strict";
import { test } from "node:test";
import { offersFor } from "../../../static/views/composer/offers.js";

const person = (id, userName, displayName) => ({ id, userName, displayName, nickname: null });
const people = [person("a", "aiko", "Aiko Tanaka"), person("b", "ben", "Ben"), person("t", "tomas.r", "Tomás Rivera")];
const general = { id: "g", name: "general", kind: "public" };

function mentions(query, { channel = general, memberIds = null, all = people } = {}) {
  const sources = { channel, memberIds, people: all, meId: "b" };
  return offersFor({ kind: "person", query }, sources).map((offer) => offer.insert);
}

test("everybody else is offered by user name, then the whole channel", () => {
  assert.deepEqual(mentions(""), ["@aiko", "@tomas.r", "@channel", "@here"]);
  assert.deepEqual(mentions("riv"), ["@tomas.r"]);
  assert.deepEqual(mentions("he"), ["@here"]);
});

test("who is in the channel comes first, who is not is marked", () => {
  assert.deepEqual(mentions("a", { memberIds: new Set(["t"]) }).slice(0, 2), ["@tomas.r", "@aiko"]);
  const offers = offersFor({ kind: "person", query: "aik" }, { channel: general, memberIds: new Set(["t"]), people, meId: "b" });
  assert.equal(offers[0].trail, "not in this channel");
});

test("a whole user name is offered first wherever its owner is", () => {
  const all = [...people, person("x", "ai", "Somebody else")];
  assert.equal(mentions("ai", { all, memberIds: new Set(["a"]) })[0], "@ai");
});

test("a direct conversation has no groups to call", () => {
  assert.deepEqual(mentions("", { channel: { id: "d", kind: "dm", name: null } }), ["@aiko", "@tomas.r"]);
});

test("the groups stay within the eight however many people there are", () => {
  const all = Array.from({ length: 50 }, (_, at) => person(`p${at}`, `p${at}`, `Person ${at}`));
  const offered = mentions("", { all });
  assert.equal(offered.length, 8);
  assert.deepEqual(offered.slice(-2), ["@channel", "@here"]);
});

test("channels are offered by name", () => {
  const channels = [general, { id: "f", name: "firmware", kind: "private", topic: "Beams" }];
  const offers = offersFor({ kind: "channel", query: "fi" }, { channels });
  assert.deepEqual(offers.map(({ insert, icon, note }) => [insert, icon, note]), [["#firmware", "lock", "Beams"]]);
});

test("before the names of the emoji are there, none is offered", () => {
  assert.deepEqual(offersFor({ kind: "emoji", query: "tada" }, { emoji: null, recent: [] }), []);
});
