// Setting up two-step sign-in against a server that is a table.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Enrolment, grouped } from "../../../static/models/enrolment.js";
import { Refused } from "../../../static/models/errors.js";

function enrolmentWith(answers) {
  const asked = [];
  const ask = async (type, payload) => {
    asked.push([type, payload]);
    if (answers[type] instanceof Error) throw answers[type];
    return answers[type];
  };
  return { enrolment: new Enrolment({ ask }), asked };
}

const BEGUN = { secret: "JBSWY3DPEHPK3PXP", uri: "otpauth://totp/x", picture: "data:image/svg+xml;base64,AA" };

test("the secret is asked for once, however often the connection comes back", async () => {
  const { enrolment, asked } = enrolmentWith({ "totp.begin": BEGUN });
  await Promise.all([enrolment.begin(), enrolment.begin()]);
  await enrolment.begin();
  assert.deepEqual(asked, [["totp.begin", {}]]);
  assert.deepEqual(enrolment.begun.value, { secret: BEGUN.secret, picture: BEGUN.picture });
});

test("a refused secret is told, and asked for again when wanted", async () => {
  const answers = { "totp.begin": new Refused({ code: "lost" }) };
  const { enrolment } = enrolmentWith(answers);
  await enrolment.begin();
  assert.equal(enrolment.error.value.code, "lost");
  answers["totp.begin"] = BEGUN;
  await enrolment.begin();
  assert.equal(enrolment.error.value, null);
  assert.equal(enrolment.begun.value.secret, BEGUN.secret);
});

test("a right code shows the recovery codes, a wrong one none", async () => {
  const answers = { "totp.confirm": new Refused({ code: "invalid", field: "code" }) };
  const { enrolment, asked } = enrolmentWith(answers);
  await assert.rejects(enrolment.confirm("000000"), (refused) => refused.field === "code");
  assert.equal(enrolment.codes.value, null);
  answers["totp.confirm"] = { recoveryCodes: ["7kqm-29xw"] };
  await enrolment.confirm("123456");
  assert.deepEqual(enrolment.codes.value, ["7kqm-29xw"]);
  assert.deepEqual(asked.at(-1), ["totp.confirm", { code: "123456" }]);
});

test("a secret is shown in groups of four", () => {
  assert.equal(grouped("JBSWY3DPEHPK3PXP"), "JBSW Y3DP EHPK 3PXP");
  assert.equal(grouped("ABCDE"), "ABCD E");
});
