// Answers of the server, of something in between, and none at all.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Http } from "../../../static/lib/http.js";

const answering = (body, init) => new Http({ fetch: async () => new Response(typeof body === "string" ? body : JSON.stringify(body), init) });

test("an answer is its JSON", async () => {
  assert.deepEqual(await answering({ user: { id: "1" } }).get("/auth/me"), { user: { id: "1" } });
});

test("a body goes out as JSON, an answer is never taken from a cache", async () => {
  const asked = [];
  const http = new Http({ fetch: async (...request) => (asked.push(request), new Response("{}")) });
  await http.post("/auth/logout", { a: "ä" });
  const [path, { method, body, headers, cache }] = asked[0];
  assert.deepEqual([path, method, body, headers["Content-Type"], cache], ["/auth/logout", "POST", '{"a":"ä"}', "application/json", "no-store"]);
});

test("a refusal keeps everything the server said", async () => {
  const http = answering({ error: "Too many.", code: "rate_limited", retryAfterMs: 5000 }, { status: 429 });
  await assert.rejects(http.post("/x"), { name: "Refused", code: "rate_limited", message: "Too many.", retryAfterMs: 5000 });
  const field = answering({ error: "Taken", code: "conflict", field: "email" }, { status: 409 });
  await assert.rejects(field.post("/x"), { code: "conflict", field: "email" });
});

test("a proxy's own page becomes the code that comes closest", async () => {
  for (const [status, code] of [[401, "unauthenticated"], [502, "unavailable"], [503, "unavailable"], [404, "not_found"], [200, "unavailable"]]) {
    await assert.rejects(answering("<h1>proxy</h1>", { status }).get("/x"), { code }, String(status));
  }
});

test("a wait may come as a header", async () => {
  const http = answering("busy", { status: 503, headers: { "Retry-After": "7" } });
  await assert.rejects(http.get("/x"), { code: "unavailable", retryAfterMs: 7000 });
});

test("no network is no answer", async () => {
  const http = new Http({ fetch: async () => { throw new TypeError("Failed to fetch"); } });
  await assert.rejects(http.get("/x"), { code: "offline" });
});

test("a server that never answers is given up", async () => {
  const fetch = (_, { signal }) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  await assert.rejects(new Http({ fetch, timeoutMs: 5 }).get("/x"), { code: "lost" });
});
