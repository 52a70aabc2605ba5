// Who there is and who is here, from the state, from answers and from events.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lookOf } from "../../../static/models/looks.js";
import { People } from "../../../static/models/people.js";
import { effect } from "../../../static/vendor/signals-core.js";
import { Server, admin, alice, bob, eve, person } from "./cast.js";
import { settled } from "./manual_clock.js";

function people({ users = [alice, bob], usersComplete = true, presence = [] } = {}) {
  const server = new Server();
  const known = new People({ ask: server.ask });
  known.replace({ users, usersComplete, presence });
  return {
    server,
    people: known,
    listed: () => known.list.value.map(({ id }) => id),
    take: (type, payload) => known.take({ type, payload }),
  };
}

const here = (userId, status) => ({ userId, status, lastSeenAt: 1 });

test("people are listed by the names they show, without those who are deactivated", () => {
  const zoe = person("z1", { displayName: "Zoé" });
  const it = people({ users: [zoe, bob, person("gone", { status: "deactivated" }), alice] });
  assert.deepEqual(it.listed(), ["alice", "bob", "z1"]);
  assert.equal(it.people.get("gone").id, "gone");
  assert.equal(it.people.get("stranger"), null);
});

test("who is new, changes or goes is so at once", () => {
  const it = people();
  it.take("user.created", { user: eve });
  it.take("user.updated", { user: { ...bob, displayName: "Robert" } });
  assert.deepEqual([it.listed(), it.people.get("bob").displayName], [["alice", "eve", "bob"], "Robert"]);
  it.take("user.removed", { user: bob });
  assert.deepEqual(it.listed(), ["alice", "eve"]);
});

test("who was removed is known still, for the messages that name him, and is not here", () => {
  const it = people({ presence: [here("bob", "online")] });
  it.take("user.removed", { user: bob });
  it.take("user.removed", { user: person("never known") });
  assert.deepEqual(
    [it.people.get("bob").removed, it.people.presence("bob"), it.people.get("never known")],
    [true, "offline", null],
  );
});

test("presence is what was heard last, and offline without a word", () => {
  const it = people({ presence: [here("bob", "away")] });
  assert.deepEqual([it.people.presence("bob"), it.people.presence("eve")], ["away", "offline"]);
  it.take("presence.changed", { presence: [here("bob", "offline"), here("alice", "dnd")] });
  assert.deepEqual([it.people.presence("bob"), it.people.presence("alice")], ["offline", "dnd"]);
});

test("a new state replaces who is here, and all people if it has all", () => {
  const it = people({ users: [alice, bob, eve], presence: [here("bob", "online")] });
  it.people.replace({ users: [alice, bob], usersComplete: true, presence: [] });
  assert.deepEqual([it.listed(), it.people.presence("bob")], [["alice", "bob"], "offline"]);
  it.people.replace({ users: [admin], usersComplete: false, presence: [] });
  assert.deepEqual([it.listed(), it.people.complete.value], [["admin", "alice", "bob"], false]);
});

test("strangers that are wanted in one turn are asked for together, and once", async () => {
  const it = people();
  it.people.need(["eve", "bob"]);
  it.people.need(["carol", "eve"]);
  await settled();
  it.people.need(["eve"]);
  await settled();
  assert.deepEqual(it.server.asked, [["user.get", { userIds: ["eve", "carol"] }]]);
  await it.server.answer("user.get", { users: [eve] });
  assert.equal(it.people.get("eve").id, "eve");
});

test("whom the server does not know is not asked for again, until there is news of him", async () => {
  const it = people();
  it.people.need(["carol"]);
  await settled();
  await it.server.answer("user.get", { users: [] });
  it.people.need(["carol"]);
  await settled();
  assert.equal(it.server.asked.length, 1);
  it.take("user.created", { user: person("carol") });
  assert.ok(it.people.get("carol"));
});

test("more than a request holds are asked for in several", async () => {
  const it = people();
  const ids = Array.from({ length: 250 }, (_, index) => `u${index}`);
  it.people.need(ids);
  await settled();
  assert.equal(it.server.payload("user.get").userIds.length, 200);
  await it.server.answer("user.get", { users: [] });
  assert.deepEqual(it.server.payload("user.get").userIds, ids.slice(200));
});

test("without a connection strangers stay so, and are asked for when they are wanted again", async () => {
  const it = people();
  it.people.need(["eve"]);
  await settled();
  await it.server.refuse("user.get", "offline");
  it.people.need(["eve"]);
  await settled();
  assert.deepEqual(it.server.waiting, ["user.get"]);
});

test("an answer that is older than an event does not undo it", async () => {
  const it = people();
  it.people.need(["eve"]);
  await settled();
  it.take("user.updated", { user: { ...eve, displayName: "Evelyn" } });
  it.take("user.removed", { user: bob });
  await it.server.answer("user.get", { users: [eve] });
  it.people.add([bob]);
  assert.deepEqual([it.people.get("eve").displayName, it.listed()], ["Evelyn", ["alice", "eve"]]);
});

test("names are found here where all are known: by display name, user name and nickname", async () => {
  const umit = person("u7", { displayName: "Ümit", nickname: "Captain" });
  const it = people({ users: [alice, umit, person("bob2", { displayName: "Robert" })] });
  const found = async (query) => (await it.people.find(query)).map(({ id }) => id);
  assert.deepEqual(
    [await found("ALI"), await found("üm"), await found(" capt "), await found("bob")],
    [["alice"], ["u7"], ["u7"], ["bob2"]],
  );
  assert.deepEqual(await found("nobody"), []);
  assert.deepEqual(it.server.asked, []);
});

test("where not all are known the server is asked, and whom it finds is known then", async () => {
  const it = people({ usersComplete: false });
  const found = it.people.find(` ${"e".repeat(150)} `, 5);
  assert.deepEqual(it.server.payload("user.find"), { query: "e".repeat(100), limit: 5 });
  await it.server.answer("user.find", { users: [eve] });
  assert.deepEqual([(await found).map(({ id }) => id), it.people.get("eve").id], [["eve"], "eve"]);
});

test("an empty query is no question", async () => {
  const it = people({ usersComplete: false });
  assert.deepEqual((await it.people.find("  ", 1)).map(({ id }) => id), ["alice"]);
});

test("who looks like another by name is told apart, and the answer is quiet while it stays", () => {
  const it = people({ users: [alice, bob, eve] });
  let looked = 0;
  effect(() => (it.people.isTwin("alice"), (looked += 1)));
  assert.equal(it.people.isTwin("alice"), false);
  it.take("user.updated", { user: { ...bob, statusMessage: "tea" } });
  assert.equal(looked, 1);
  for (const name of ["аliсе", "ALICE", "Álice", "a1ice", "alice\u200d"]) {
    it.take("user.updated", { user: { ...eve, displayName: name } });
    const expected = lookOf(name) === lookOf(alice.displayName);
    assert.deepEqual([it.people.isTwin("alice"), it.people.isTwin(eve.id), it.people.isTwin("bob")], [expected, expected, false], name);
  }
  it.take("user.removed", { user: eve });
  assert.equal(it.people.isTwin("alice"), false);
});
