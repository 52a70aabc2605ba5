// One more check: asked only where the server wants it, asked again when the proof was wrong, and ended with the deed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { GIVEN_UP, Refused } from "../../../static/models/errors.js";
import { proving } from "../../../static/models/step_up.js";

/** A server that wants the password "right", and a reader who gives these answers. */
function scene(...answers) {
  const sent = [];
  const shown = [];
  const question = { opened: 0, closed: 0 };
  const ask = async (type, payload) => {
    sent.push(payload);
    if (payload.proof?.password === "right") return { done: type };
    throw new Refused({ code: payload.free ? "conflict" : "step_up_required", message: "Wrong." });
  };
  const openQuestion = () => {
    question.opened += 1;
    return {
      answer: async (refused) => (shown.push(refused?.message ?? null), answers.shift()),
      close: () => (question.closed += 1),
    };
  };
  return { ask: proving(ask, openQuestion), sent, shown, question };
}

test("a deed is sent again with the proof, and nothing else in it is changed", async () => {
  const { ask, sent, question } = scene({ password: "right" });
  assert.deepEqual(await ask("deed", { userId: "u1" }), { done: "deed" });
  assert.deepEqual(sent, [{ userId: "u1" }, { userId: "u1", proof: { password: "right" } }]);
  assert.deepEqual(question, { opened: 1, closed: 1 });
});

test("a wrong proof is asked for again in the same question, which says what was wrong", async () => {
  const { ask, shown, question } = scene({ password: "no" }, { password: "right" });
  await ask("deed", {});
  assert.deepEqual(shown, [null, "Wrong."]);
  assert.deepEqual(question, { opened: 1, closed: 1 });
});

test("who gives up has done nothing, and is told so by a code of its own", async () => {
  const { ask, sent, question } = scene(null);
  await assert.rejects(ask("deed", {}), { code: GIVEN_UP });
  assert.equal(sent.length, 1);
  assert.deepEqual(question, { opened: 1, closed: 1 });
});

test("any other refusal is the caller's", async () => {
  const { ask, question } = scene();
  await assert.rejects(ask("deed", { free: true }), { code: "conflict" });
  assert.deepEqual(question, { opened: 0, closed: 0 });
});
