// Where the reader is: one route for list, channel, thread and members, and the order in which they are left.
import assert from "node:assert/strict";
import { test } from "node:test";
import { neighbour } from "../../../static/models/neighbours.js";
import { Place } from "../../../static/models/place.js";
import { LIST, adminRoute, routeOf } from "../../../static/models/route.js";
import { batch, signal } from "../../../static/vendor/signals-core.js";

/** The part of OpenChannel that a Place leads. */
function opened() {
  const channelId = signal(null);
  const threadId = signal(null);
  return {
    channelId,
    threadId,
    show: (id) => channelId.peek() !== id && batch(() => ((channelId.value = id), (threadId.value = null))),
    showThread: (id) => (threadId.value = id),
    closeThread: () => (threadId.value = null),
  };
}

const ADMIN = { isAdmin: true };
const placeOf = (open, me = signal(ADMIN)) => new Place(open, me);

test("the route follows what is open, whoever opened it", () => {
  const open = opened();
  const place = placeOf(open);
  assert.deepEqual(place.route.value, LIST);
  open.show("c1");
  open.showThread("m1");
  assert.deepEqual(place.route.value, routeOf("c1", { threadId: "m1" }));
});

test("going somewhere changes the route once, with no place in between", () => {
  const open = opened();
  const place = placeOf(open);
  const seen = [];
  place.route.subscribe((route) => seen.push(route));
  place.go(routeOf("c1", { threadId: "m1" }));
  place.go(routeOf("c2"));
  assert.deepEqual(seen, [LIST, routeOf("c1", { threadId: "m1" }), routeOf("c2")]);
});

test("leaving goes from the panel to the channel and from there to the list", () => {
  const place = placeOf(opened());
  place.go(routeOf("c1", { members: true }));
  place.leave();
  assert.deepEqual(place.route.value, routeOf("c1"));
  place.leave();
  assert.deepEqual(place.route.value, LIST);
});

test("members and a thread take turns, and another channel has neither", () => {
  const open = opened();
  const place = placeOf(open);
  place.go(routeOf("c1", { threadId: "m1" }));
  place.toggleMembers();
  assert.deepEqual(place.route.value, routeOf("c1", { members: true }));
  open.showThread("m2");
  assert.deepEqual(place.route.value, routeOf("c1", { threadId: "m2" }));
  place.go(routeOf("c1", { members: true }));
  open.show("c2");
  assert.deepEqual(place.route.value, routeOf("c2"));
});

test("closing says whether there was a panel to close", () => {
  const place = placeOf(opened());
  place.go(routeOf("c1", { members: true }));
  assert.equal(place.closePanel(), true);
  assert.equal(place.closePanel(), false);
  assert.deepEqual(place.route.value, routeOf("c1"));
});

test("the admin panel lies over the chat, which is there again when it is left", () => {
  const open = opened();
  const place = placeOf(open);
  place.go(routeOf("c1", { threadId: "m1" }));
  place.go(adminRoute("users", "u1"));
  assert.deepEqual(place.route.value, adminRoute("users", "u1"));
  assert.equal(open.channelId.value, "c1");
  assert.equal(place.closePanel(), true);
  assert.deepEqual(place.route.value, adminRoute("users"));
  assert.equal(place.closePanel(), false);
  place.leaveAdmin();
  assert.deepEqual(place.route.value, routeOf("c1", { threadId: "m1" }));
});

test("the admin panel goes with the role, and who has none never enters it", () => {
  const me = signal(ADMIN);
  const place = placeOf(opened(), me);
  place.go(adminRoute("users"));
  me.value = { isAdmin: false };
  assert.deepEqual(place.route.value, LIST);
  place.go(adminRoute("users"));
  me.value = ADMIN;
  assert.deepEqual(place.route.value, LIST);
});

test("the next channel is the next row, around the ends, and only among those wanted", () => {
  const rows = ["a", "b", "c", "d"].map((id) => ({ id, unread: id === "b" || id === "d" ? 1 : 0 }));
  const unread = (channel) => channel.unread > 0;
  assert.equal(neighbour(rows, "a", 1), "b");
  assert.equal(neighbour(rows, "a", -1), "d");
  assert.equal(neighbour(rows, "d", 1), "a");
  assert.equal(neighbour(rows, "b", 1, unread), "d");
  assert.equal(neighbour(rows, "d", 1, unread), "b");
  assert.equal(neighbour(rows, "b", -1, unread), "d");
});

test("without an open row the walk begins at the end it comes from; without another one it goes nowhere", () => {
  const rows = [{ id: "a" }, { id: "b" }];
  assert.equal(neighbour(rows, null, 1), "a");
  assert.equal(neighbour(rows, "elsewhere", -1), "b");
  assert.equal(neighbour([{ id: "a" }], "a", 1), null);
  assert.equal(neighbour([], null, 1), null);
});
