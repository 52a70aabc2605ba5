// What an open admin panel wants to hear: told once for each change, again after a loss, and no more once it is closed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AdminWatch } from "../../../static/models/admin_watch.js";
import { signal } from "../../../static/vendor/signals-core.js";

function scene() {
  const told = [];
  const listeners = new Map();
  const state = signal("up");
  const watch = new AdminWatch({
    ask: async (type, { topics }) => void told.push(`${type} ${topics.join()}`),
    on: (name, deed) => (listeners.set(name, deed), () => listeners.delete(name)),
    state,
  });
  return { watch, told, state, emit: (name, payload) => listeners.get(name)?.(payload) };
}

test("the server hears of every change of what is wanted, and of no other", () => {
  const { watch, told } = scene();
  const users = watch.follow(["users"], () => {});
  const more = watch.follow(["stats", "users"], () => {});
  users();
  more();
  assert.deepEqual(told, ["admin.watch users", "admin.watch stats,users", "admin.watch "]);
});

test("events reach who follows them, and nobody else", () => {
  const { watch, emit } = scene();
  const heard = [];
  const stop = watch.follow(["users", "audit"], (payload, topic) => heard.push([topic, payload]));
  emit("admin.userChanged", 1);
  emit("admin.auditAdded", 2);
  emit("admin.stats", 3);
  stop();
  emit("admin.userChanged", 4);
  assert.deepEqual(heard, [["users", 1], ["audit", 2]]);
});

test("after a loss it is told again, for the new connection knows nothing", () => {
  const { watch, told, state } = scene();
  watch.follow(["audit"], () => {});
  state.value = "down";
  watch.follow(["stats"], () => {});
  state.value = "up";
  assert.deepEqual(told, ["admin.watch audit", "admin.watch audit,stats"]);
});

test("a closed panel wants nothing, also after the next connection", () => {
  const { watch, told, state } = scene();
  watch.follow(["audit"], () => {});
  watch.close();
  state.value = "down";
  state.value = "up";
  assert.deepEqual(told, ["admin.watch audit", "admin.watch "]);
});
