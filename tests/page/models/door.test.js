// Coming in and going out: what is shown, what is asked, what is remembered. A clock that stands, a server that is a table.
import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "../../../static/vendor/signals-core.js";
import { Door } from "../../../static/models/door.js";
import { Refused } from "../../../static/models/errors.js";
import { ManualClock, settled } from "./manual_clock.js";

const CONFIG = { server: { name: "Lanternworks" }, auth: { mode: "password" } };
const ALICE = { id: "u1", userName: "alice", email: "alice@example.com" };
const nobody = new Refused({ code: "unauthenticated" });

/** A server that answers each path with a value, or refuses with an error. */
class TableHttp {
  asked = [];

  constructor(answers) {
    this.answers = answers;
  }

  get = (path) => this.#answer(path);
  post = (path, body) => this.#answer(path, body);

  async #answer(path, body) {
    this.asked.push([path, body]);
    const answer = this.answers[path];
    if (answer instanceof Error) throw answer;
    return answer;
  }
}

class TestChat {
  started = false;
  requests = [];
  connection = { settled: async () => void (this.isConnected = true) };

  constructor(user, hooks) {
    this.me = signal(user);
    this.hooks = hooks;
  }

  start() {
    this.started = true;
  }

  stop() {
    this.started = false;
  }

  async ask(type, payload) {
    assert.ok(this.isConnected, "asked before there was a connection");
    this.requests.push([type, payload]);
  }
}

function doorTo(answers, { link = null } = {}) {
  const http = new TableHttp({ "/config.json": CONFIG, ...answers });
  const clock = new ManualClock();
  const door = new Door({ http, clock, link, open: (user, hooks) => new TestChat(user, hooks) });
  return { door, http, clock };
}

test("who has a session is inside without a form", async () => {
  const { door } = doorTo({ "/auth/me": { user: ALICE } });
  await door.start();
  assert.equal(door.phase.value, "inside");
  assert.equal(door.chat.value.me.value, ALICE);
  assert.equal(door.chat.value.started, true);
});

test("who has none gets the form, and no sentence", async () => {
  const { door } = doorTo({ "/auth/me": nobody });
  await door.start();
  assert.equal(door.phase.value, "sign-in");
  assert.equal(door.notice.value, null);
  assert.equal(door.config.value, CONFIG);
});

test("a restricted session is told by /auth/me, and opens at the hello without restriction", async () => {
  const { door } = doorTo({ "/auth/me": { user: ALICE, restricted: "password_change" } });
  await door.start();
  assert.equal(door.phase.value, "restricted");
  door.chat.value.hooks.restricted("password_change");
  assert.equal(door.phase.value, "restricted");
  door.chat.value.hooks.restricted(null);
  assert.equal(door.phase.value, "inside");
});

test("a server that does not answer is asked again, less and less often", async () => {
  const { door, http, clock } = doorTo({ "/auth/me": new Refused({ code: "offline" }) });
  await door.start();
  assert.equal(door.phase.value, "starting");
  assert.deepEqual(door.trouble.value, { key: "unreachable", seconds: 1 });
  await clock.pass(1000);
  assert.deepEqual(door.trouble.value, { key: "unreachable", seconds: 2 });
  http.answers["/auth/me"] = nobody;
  await clock.pass(1000);
  assert.deepEqual(door.trouble.value, { key: "unreachable", seconds: 1 });
  await clock.pass(1000);
  assert.equal(door.phase.value, "sign-in");
  assert.equal(door.trouble.value, null);
});

test("a full server says itself how long to wait", async () => {
  const { door, clock, http } = doorTo({ "/auth/me": new Refused({ code: "unavailable", retryAfterMs: 7000 }) });
  await door.start();
  assert.deepEqual(door.trouble.value, { key: "full", seconds: 7 });
  http.answers["/auth/me"] = nobody;
  await clock.pass(6999);
  assert.equal(door.phase.value, "starting");
  await clock.pass(1);
  assert.equal(door.phase.value, "sign-in");
});

test("trying at once leaves no second try behind", async () => {
  const { door, http, clock } = doorTo({ "/auth/me": new Refused({ code: "offline" }) });
  await door.start();
  http.answers["/auth/me"] = nobody;
  await door.start();
  const asked = http.asked.length;
  await clock.pass(60_000);
  assert.equal(http.asked.length, asked);
});

test("trying while a try is under way: one of the two goes on, and one way in is opened", async () => {
  const { door, http, clock } = doorTo({ "/auth/me": new Refused({ code: "offline" }) });
  await Promise.all([door.start(), door.start()]);
  assert.equal(clock.waiting, 1);
  http.answers["/auth/me"] = { user: ALICE };
  await Promise.all([door.start(), door.start()]);
  const chat = door.chat.value;
  await clock.pass(60_000);
  assert.equal(door.chat.value, chat);
  assert.equal(clock.waiting, 0);
});

test("signing in sends what was typed, and the tokens of the answer are kept nowhere", async () => {
  const { door, http } = doorTo({ "/auth/me": nobody, "/auth/password-login": { accessToken: "secret" } });
  await door.start();
  http.answers["/auth/me"] = { user: ALICE };
  await door.login("alice", " spaces count ", true);
  assert.deepEqual(http.asked.at(-2), ["/auth/password-login", { login: "alice", password: " spaces count ", rememberMe: true }]);
  assert.equal(door.phase.value, "inside");
  assert.equal(JSON.stringify(door).includes("secret"), false);
});

test("a refused sign-in leaves everything as it is", async () => {
  const { door } = doorTo({ "/auth/me": nobody, "/auth/password-login": nobody });
  await door.start();
  await assert.rejects(door.login("alice", "wrong", false), { code: "unauthenticated" });
  assert.equal(door.phase.value, "sign-in");
  assert.equal(door.chat.value, null);
});

test("a browser that keeps no cookies is told apart from a wrong password", async () => {
  const { door } = doorTo({ "/auth/me": nobody, "/auth/password-login": {} });
  await door.start();
  await assert.rejects(door.login("alice", "right", false), { code: "cookies" });
  assert.equal(door.phase.value, "sign-in");
});

test("the password that was just typed need not be typed again to be changed, and is forgotten then", async () => {
  const { door, http } = doorTo({ "/auth/me": nobody, "/auth/password-login": {} });
  await door.start();
  http.answers["/auth/me"] = { user: ALICE, restricted: "password_change" };
  await door.login("alice", "given", false);
  assert.equal(door.knowsPassword, true);
  await door.changePassword(null, "my own");
  assert.deepEqual(door.chat.value.requests, [["me.changePassword", { currentPassword: "given", newPassword: "my own" }]]);
  assert.equal(door.knowsPassword, false);
});

test("a password is not kept where nothing needs it", async () => {
  const { door, http } = doorTo({ "/auth/me": nobody, "/auth/password-login": {} });
  await door.start();
  http.answers["/auth/me"] = { user: ALICE };
  await door.login("alice", "given", false);
  assert.equal(door.knowsPassword, false);
});

test("the end of a session leads to the form with its sentence and the name, and nothing of the chat is left", async () => {
  const { door } = doorTo({ "/auth/me": { user: ALICE } });
  await door.start();
  door.chat.value.hooks.ended({ code: 4502, by: "admin" });
  assert.equal(door.phase.value, "sign-in");
  assert.deepEqual(door.notice.value, { code: 4502, by: "admin" });
  assert.deepEqual(door.last.value, { form: null, login: "alice", email: "alice@example.com" });
  assert.equal(door.chat.value, null);
});

test("the sentence stays until one signs in again", async () => {
  const { door, http } = doorTo({ "/auth/me": { user: ALICE }, "/auth/password-login": {} });
  await door.start();
  door.chat.value.hooks.ended({ code: 4508, by: null });
  http.answers["/auth/password-login"] = nobody;
  await assert.rejects(door.login("alice", "wrong", false));
  assert.deepEqual(door.notice.value, { code: 4508, by: null });
  http.answers["/auth/password-login"] = {};
  await door.login("alice", "right", false);
  assert.equal(door.notice.value, null);
});

test("or until it is dismissed", async () => {
  const { door } = doorTo({ "/auth/me": { user: ALICE } });
  await door.start();
  door.chat.value.hooks.ended({ code: 4500, by: "self" });
  door.dismissNotice();
  assert.equal(door.notice.value, null);
});

test("the form after a session shows what the server says of itself now", async () => {
  const { door, http } = doorTo({ "/auth/me": { user: ALICE } });
  await door.start();
  http.answers["/config.json"] = { ...CONFIG, server: { name: "Renamed" } };
  door.chat.value.hooks.ended({ code: 4500, by: "self" });
  await settled();
  assert.equal(door.config.value.server.name, "Renamed");
});

// --- the second step, links, what is read before it opens

test("a code goes with the password, and without one the door says so", async () => {
  const answers = { "/auth/me": nobody, "/auth/password-login": new Refused({ code: "totp_required" }) };
  const { door, http } = doorTo(answers);
  await door.start();
  await assert.rejects(door.login("alice", "secret", true), (refused) => refused.code === "totp_required");
  answers["/auth/password-login"] = {};
  answers["/auth/me"] = { user: ALICE };
  http.answers = { "/config.json": CONFIG, ...answers };
  await door.login("alice", "secret", true, "123456");
  const body = { login: "alice", password: "secret", rememberMe: true, totp: "123456" };
  assert.deepEqual(http.asked.findLast(([path]) => path === "/auth/password-login"), ["/auth/password-login", body]);
  assert.equal(door.phase.value, "inside");
});

test("a link is looked at before anything else, whoever is signed in", async () => {
  const { door } = doorTo({ "/auth/me": { user: ALICE } }, { link: { kind: "verify", token: "t1" } });
  await door.start();
  assert.equal(door.phase.value, "link");
  assert.equal(door.visitor.value, ALICE);
  assert.equal(door.chat.value, null);
});

test("a password chosen by a link signs in, and the link is forgotten", async () => {
  const link = { kind: "password", token: "t1" };
  const { door, http } = doorTo({ "/auth/me": nobody, "/auth/setup-password": {} }, { link });
  await door.start();
  http.answers["/auth/me"] = { user: ALICE };
  await door.setUpPassword("lantern", "123456");
  assert.deepEqual(http.asked.find(([path]) => path === "/auth/setup-password")[1], { token: "t1", password: "lantern", totp: "123456" });
  assert.equal(door.phase.value, "inside");
  assert.equal(door.link.value, null);
});

test("a link that is refused stays, so that another password may be tried", async () => {
  const refusal = new Refused({ code: "invalid", field: "password" });
  const { door } = doorTo({ "/auth/me": nobody, "/auth/setup-password": refusal }, { link: { kind: "password", token: "t1" } });
  await door.start();
  await assert.rejects(door.setUpPassword("short"));
  assert.equal(door.link.value.token, "t1");
  assert.equal(door.phase.value, "link");
});

test("who registers by a link sends its secret, who registers without sends none", async () => {
  for (const link of [{ kind: "join", token: "t1" }, null]) {
    const { door, http } = doorTo({ "/auth/me": nobody, "/auth/register": {} }, { link });
    await door.start();
    http.answers["/auth/me"] = { user: ALICE };
    await door.register({ email: "alice@example.com", password: "lantern" });
    const [, body] = http.asked.find(([path]) => path === "/auth/register");
    assert.equal(body.joinToken, link?.token);
  }
});

test("leaving a link leads to the form that was wanted, or inside", async () => {
  const { door, http } = doorTo({ "/auth/me": nobody }, { link: { kind: "password", token: "t1" } });
  await door.start();
  await door.leaveLink("forgot");
  assert.equal(door.phase.value, "sign-in");
  assert.equal(door.last.value.form, "forgot");
  http.answers["/auth/me"] = { user: ALICE };
  await door.leaveLink();
  assert.equal(door.phase.value, "inside");
});

test("a link that is followed inside ends what runs there first", async () => {
  const { door } = doorTo({ "/auth/me": { user: ALICE } });
  await door.start();
  const chat = door.chat.value;
  await door.openLink({ kind: "password", token: "t1" });
  assert.equal(chat.started, false);
  assert.equal(door.chat.value, null);
  assert.equal(door.phase.value, "link");
});

test("a lifted restriction opens nothing while something has to be read first", async () => {
  const { door } = doorTo({ "/auth/me": { user: ALICE, restricted: "totp_enrolment" } });
  await door.start();
  door.hold(true);
  door.chat.value.hooks.restricted(null);
  assert.equal(door.phase.value, "restricted");
  door.hold(false);
  assert.equal(door.phase.value, "inside");
});

test("what was held and came to nothing leaves the restriction", async () => {
  const { door } = doorTo({ "/auth/me": { user: ALICE, restricted: "totp_enrolment" } });
  await door.start();
  door.hold(true);
  door.hold(false);
  assert.equal(door.phase.value, "restricted");
});
