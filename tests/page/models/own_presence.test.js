// How one wants to be seen outlives the connection, goes back when refused, and follows one's other windows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { OwnPresence } from "../../../static/models/own_presence.js";
import { signal } from "../../../static/vendor/signals-core.js";

class Storage {
  kept = new Map();
  get(key) { return this.kept.get(key) ?? null; }
  set(key, value) { this.kept.set(key, value); }
  remove(key) { this.kept.delete(key); }
}

/** A server that takes every status and shows it, unless it is told to refuse. */
function scene(storage = new Storage()) {
  const state = signal("up");
  const seen = signal("online");
  const told = [];
  const server = { refuses: null };
  const ask = async (type, { status }) => {
    told.push(status);
    await null;
    if (server.refuses) throw server.refuses;
    seen.value = status;
  };
  const people = { presence: () => seen.value };
  const presence = new OwnPresence({ ask, connection: { state }, people, me: signal({ id: "alice" }), storage });
  return { presence, state, seen, told, server, storage };
}

test("a choice is told and kept", async () => {
  const { presence, told, storage } = scene();
  await presence.choose("dnd");
  assert.deepEqual(told, ["dnd"]);
  assert.equal(presence.chosen.value, "dnd");
  assert.equal(storage.get("presence.alice"), "dnd");
});

test("after a loss in which the server forgot, it is told again", async () => {
  const { presence, state, seen, told } = scene();
  await presence.choose("dnd");
  state.value = "down";
  seen.value = "online"; // what `sync` says after the loss
  state.value = "up";
  await null;
  assert.deepEqual(told, ["dnd", "dnd"]);
  assert.equal(presence.chosen.value, "dnd");
});

test("a reload keeps it too", async () => {
  const storage = new Storage();
  storage.set("presence.alice", "away");
  const { presence, told } = scene(storage);
  await null;
  assert.equal(presence.chosen.value, "away");
  assert.deepEqual(told, ["away"]);
});

test("nothing is told while the server shows what was chosen", () => {
  assert.deepEqual(scene().told, []);
});

test("a refused choice goes back", async () => {
  const { presence, server } = scene();
  server.refuses = new Error("no");
  await assert.rejects(presence.choose("dnd"));
  assert.equal(presence.chosen.value, "online");
});

test("a choice made in another window is taken over; being offline is no choice", async () => {
  const { presence, seen } = scene();
  seen.value = "away";
  assert.equal(presence.chosen.value, "away");
  seen.value = "offline";
  assert.equal(presence.chosen.value, "away");
});

test("what is stored by somebody else is no status", () => {
  const storage = new Storage();
  storage.set("presence.alice", { x: 1 });
  assert.equal(scene(storage).presence.chosen.value, "online");
});
