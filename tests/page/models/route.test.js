// The address of a view: every route can be written and read again, and nothing that is typed by hand breaks the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIST, adminRoute, formatRoute, parentOf, parseRoute, routeOf, screenOf } from "../../../static/models/route.js";

test("a route survives being written into the address and read again", () => {
  const routes = [
    LIST,
    routeOf("c1"),
    routeOf("c1", { threadId: "m7" }),
    routeOf("c1", { members: true }),
    routeOf("a/b #%é", { threadId: "?&/ü" }),
    adminRoute(),
    adminRoute("users"),
    adminRoute("users", "u/1 é", "edit"),
  ];
  for (const route of routes) assert.deepEqual(parseRoute(formatRoute(route)), route);
});

test("an address nobody made is the list", () => {
  const strange = ["", "#", "#/", "#/x/1", "#/c/", "#/c/%", "#/c/a/t/", "#/c/a/t", "#/c/a/t/b/c", "#/admin/a/b/c/d", "#/c/a/z", "#box"];
  for (const hash of strange) assert.deepEqual(parseRoute(hash), LIST, hash);
  assert.deepEqual(parseRoute(`#/c/${"x".repeat(65)}`), LIST);
});

test("the back arrow leads from a panel to its channel and from a channel to the list", () => {
  assert.deepEqual(parentOf(routeOf("c1", { threadId: "m7" })), routeOf("c1"));
  assert.deepEqual(parentOf(routeOf("c1", { members: true })), routeOf("c1"));
  assert.deepEqual(parentOf(routeOf("c1")), LIST);
  assert.deepEqual(parentOf(adminRoute("users", "u1")), adminRoute("users"));
  assert.deepEqual(parentOf(adminRoute("users")), adminRoute());
  assert.deepEqual(parentOf(adminRoute()), LIST);
});

test("a phone shows one of three screens", () => {
  assert.equal(screenOf(LIST), "list");
  assert.equal(screenOf(routeOf("c1")), "conversation");
  assert.equal(screenOf(adminRoute()), "list");
  assert.equal(screenOf(adminRoute("users")), "conversation");
  assert.equal(screenOf(routeOf("c1", { members: true })), "panel");
  assert.equal(screenOf(routeOf("c1", { threadId: "m1" })), "panel");
});

test("a thread and the members are never open at once", () => {
  assert.equal(routeOf("c1", { threadId: "m1", members: true }).members, false);
});
