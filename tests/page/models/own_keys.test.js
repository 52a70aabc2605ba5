// One's own tokens and bots: fresh while they are looked at, silent afterwards, and what was ended is gone at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../../../static/models/errors.js";
import { request } from "../../../static/models/frames.js";
import { OwnKeys } from "../../../static/models/own_keys.js";
import { ManualClock, settled } from "./manual_clock.js";

function cast() {
  const clock = new ManualClock();
  const server = {
    tokens: [{ id: "script", kind: "personal", userId: "me" }, { id: "first", kind: "bot", userId: "bot" }],
    bots: [{ id: "bot" }],
    asked: [],
    refusal: null,
  };
  const ask = async (type, payload) => {
    server.asked.push([type, payload]);
    if (server.refusal) throw server.refusal;
    if (type === request.tokenList) return { tokens: server.tokens };
    if (type === request.botList) return { bots: server.bots };
    return { token: "secret" };
  };
  return { clock, server, keys: new OwnKeys({ ask, clock }) };
}

const ids = (list) => list.map(({ id }) => id);

test("tokens of oneself and of bots are kept apart", async () => {
  const { keys } = cast();
  assert.equal(keys.tokens.value, null);
  await keys.open();
  assert.deepEqual([ids(keys.tokens.value), ids(keys.tokensOf("bot")), ids(keys.bots.value)], [["script"], ["first"], ["bot"]]);
});

test("what is made elsewhere appears, and nothing is asked once it is closed", async () => {
  const { clock, server, keys } = cast();
  await keys.open();
  server.tokens = [{ id: "new", kind: "personal", userId: "me" }, ...server.tokens];
  await clock.pass(10_000);
  assert.deepEqual(ids(keys.tokens.value), ["new", "script"]);
  keys.close();
  server.asked.length = 0;
  await clock.pass(60_000);
  assert.deepEqual(server.asked, []);
});

test("a token is made for oneself or for a bot", async () => {
  const { server, keys } = cast();
  await keys.make({ name: "mine", expiresAt: null });
  await keys.make({ name: "its", expiresAt: 5, botId: "bot" });
  const made = server.asked.filter(([type]) => type === request.tokenCreate).map(([, payload]) => payload);
  assert.deepEqual(made, [{ name: "mine", expiresAt: null }, { name: "its", expiresAt: 5, botId: "bot" }]);
});

test("a bot goes with its tokens at once; refused, it stays", async () => {
  const { server, keys } = cast();
  await keys.open();
  server.refusal = new Refused({ code: "offline" });
  await assert.rejects(keys.removeBot("bot"), Refused);
  assert.deepEqual(ids(keys.bots.value), ["bot"]);
  server.refusal = null;
  const gone = keys.removeBot("bot");
  await settled();
  await gone;
  assert.deepEqual(keys.tokensOf("other"), []);
  server.tokens = server.tokens.slice(0, 1);
  server.bots = [];
  await keys.open();
  assert.deepEqual([ids(keys.bots.value), ids(keys.all.value)], [[], ["script"]]);
});

test("a refusal keeps what was shown and says why", async () => {
  const { server, keys } = cast();
  await keys.open();
  server.refusal = new Refused({ code: "unavailable" });
  await keys.open();
  assert.deepEqual([keys.error.value, ids(keys.tokens.value)], [server.refusal, ["script"]]);
});
