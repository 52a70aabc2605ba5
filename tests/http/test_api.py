"""Requests over HTTP: refusals with their status, in their order, rate limits, and what only administrators may."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from chatd.dispatch.registry import REGISTRY
from chatd.dispatch.resources import RESOURCES
from tests.client import Client, Person
from tests.serving import ADMIN_EMAIL, Running

Configured = Callable[..., AbstractAsyncContextManager[Running]]
ADMIN_ONLY = "Admin access required"


def said(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def bearer(person: Person) -> dict[str, str]:
    return {"Authorization": f"Bearer {person.access_token}"}


def limited(per_minute: int) -> dict[str, Any]:
    return {"rateLimit": {"enabled": True, "requestsPerMinute": per_minute}}


def audit_log(tmp_path: Path) -> list[tuple[str, str | None, str | None, dict[str, Any]]]:
    """(action, actor, target, detail) of every row."""
    with closing(sqlite3.connect(tmp_path / "data" / "chatd.db")) as database:
        rows = database.execute("SELECT action, actor_id, target_id, detail FROM audit_log ORDER BY rowid").fetchall()
    return [(action, actor, target, json.loads(detail)) for action, actor, target, detail in rows]


# --- status codes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/no/such/path", 404, "not_found"),
        ("POST", "/auth/no-such", 404, "not_found"),
        ("GET", "/static/0.0.0/x.js", 404, "not_found"),
        ("GET", "/auth/password-login", 405, "invalid"),
        ("PUT", "/auth/me", 405, "invalid"),
        ("GET", "/api/ping", 405, "invalid"),
        ("POST", "/config.json", 405, "invalid"),
        ("GET", "/ws", 400, "invalid"),
        ("POST", "/api/ping", 401, "unauthenticated"),
        ("POST", "/api/no.such", 401, "unauthenticated"),
        ("DELETE", "/auth/sessions", 401, "unauthenticated"),
        ("GET", "/auth/me", 401, "unauthenticated"),
    ],
)
async def test_FX09_every_refusal_is_json(node: Running, method: str, path: str, status: int, code: str) -> None:
    """A status, a code for programs and a sentence for people, whatever refused it."""
    answer = await node.http.request(method, node.url + path)
    assert said(answer) == (status, code)
    assert answer.headers["content-type"] == "application/json"
    assert set(answer.json()) == {"error", "code"}
    assert ("www-authenticate" in answer.headers) is (status == 401)
    assert ("allow" in answer.headers) is (status == 405)


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_only_json_is_taken(node: Running, media_type: str) -> None:
    """A body of another media type is 415 `invalid`: a foreign page's form cannot speak to the API."""
    alice = await node.sign_in()
    for path, headers in (("/api/ping", bearer(alice)), ("/auth/password-login", {})):
        answer = await node.http.post(node.url + path, content=b"{}", headers=headers | {"Content-Type": media_type})
        assert said(answer) == (415, "invalid")


async def test_json_may_name_its_charset_and_no_body_needs_no_type(node: Running) -> None:
    """`application/json; charset=utf-8` is JSON, and nothing at all is `{}`."""
    alice = await node.sign_in()
    headers = bearer(alice) | {"Content-Type": "Application/JSON; charset=utf-8"}
    assert (await node.http.post(node.url + "/api/ping", content=b"{}", headers=headers)).status_code == 200
    assert (await node.http.post(node.url + "/api/ping", headers=bearer(alice))).json() == {}


@pytest.mark.parametrize("body", [b"{", b"[]", b'"text"', b"null", b"\xff", b'{"query":"\\u0000"}', b'{"query":NaN}'])
async def test_what_is_not_a_json_object_is_invalid(node: Running, body: bytes) -> None:
    """400 `invalid`, and the server is as before."""
    alice = await node.sign_in()
    headers = bearer(alice) | {"Content-Type": "application/json"}
    assert said(await node.http.post(node.url + "/api/user.find", content=body, headers=headers)) == (400, "invalid")
    assert (await alice.post("/api/ping")).status_code == 200


async def chunks(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 1024):
        yield b" " * 1024


async def test_a_body_is_as_long_as_a_frame_at_most(node: Running) -> None:
    """65,536 bytes are read, one more is 413, announced or not."""
    alice = await node.sign_in()
    headers, url = bearer(alice) | {"Content-Type": "application/json"}, node.url + "/api/ping"
    fits = b"{" + b" " * 65_534 + b"}"
    assert (await node.http.post(url, content=fits, headers=headers)).status_code == 200
    assert said(await node.http.post(url, content=fits + b" ", headers=headers)) == (413, "too_large")
    assert said(await node.http.post(url, content=chunks(70_000), headers=headers)) == (413, "too_large")
    assert (await alice.post("/api/ping")).status_code == 200


async def test_too_long_content_is_413(node: Running) -> None:
    """A message over `maxContentLength` code points is `too_large`; at the limit it is sent."""
    alice = await node.sign_in()
    (general,) = (await alice.post("/api/channel.list")).json()["channels"]
    for length, status in ((4000, 200), (4001, 413)):
        answer = await alice.post("/api/message", {"channelId": general["id"], "content": "😀" * length})
        assert answer.status_code == status


async def test_FX09_refusals_name_the_field(node: Running) -> None:
    """`invalid` says which field, and never repeats what was sent."""
    alice = await node.sign_in()
    for body, field in (({}, "query"), ({"query": "a", "limit": "5"}, "limit"), ({"query": 5}, "query")):
        answer = await alice.post("/api/user.find", body)
        assert (*said(answer), answer.json()["field"]) == (400, "invalid", field)
    assert "hunter2" not in (await alice.post("/api/me.changePassword", {"currentPassword": ["hunter2"]})).text


async def test_openapi_describes_every_request(node: Running) -> None:
    """The reference for machines is public and holds each type of the registry."""
    document = (await node.http.get(node.url + "/api/openapi.json")).json()
    files = {"/exports/{token}", "/pictures/{id}", "/api/users/{id}/picture"}
    resources = {resource.path for resource in RESOURCES} | {"/webhooks/{id}/messages"} | files
    assert set(document["paths"]) == {f"/api/{type}" for type in REGISTRY} | resources
    assert document["openapi"] == "3.1.0"


# --- the order of refusals -----------------------------------------------------------------------------------------


async def test_the_order_of_refusals(configured: Configured) -> None:
    """Envelope, unknown type, rate limit, restriction, role, payload: the first that applies is the one told."""
    async with configured(server=limited(60)) as node:
        admin = await node.sign_in(ADMIN_EMAIL)
        given = {"userName": "alice", "password": "a given password", "requirePasswordChange": True}
        await admin.post("/api/admin.addUser", given)
        alice = await (await node.sign_in_with_password("alice", "a given password")).connect()
        eve = await node.client("eve@example.com")
        assert (await alice.refused("admin.addUser", nonsense=1)).code == "restricted"
        assert (await eve.refused("admin.addUser", nonsense=1)).code == "forbidden"
        for _ in range(12):
            reply = await alice.start("sync")
        assert (await reply)["error"]["code"] == "rate_limited"
        assert (await alice.refused("no.such")).code == "unknown_type"
        await alice.send('{"type":"no.such","id":"x","extra":1}')
        assert (await alice.expect("reply"))["error"]["code"] == "invalid"


# --- rate limits ---------------------------------------------------------------------------------------------------


async def flood(socket: Client, times: int) -> list[str]:
    """The outcome of each of so many pings sent at once."""
    replies = [await socket.start("ping") for _ in range(times)]
    return [("ok" if reply["ok"] else reply["error"]["code"]) for reply in await asyncio.gather(*replies)]


async def test_a_session_has_a_burst_of_a_tenth(configured: Configured) -> None:
    """Of 40 a minute four at once, upgrades among them; after `retryAfterMs` one more. Another session has its own."""
    async with configured(server=limited(40)) as node:
        node.clock.stand_still()
        alice, again = await node.sign_in(), await node.sign_in()
        here, there = await alice.connect(), await alice.connect()
        assert await flood(here, 4) == ["ok", "ok", "rate_limited", "rate_limited"]
        refusal = await here.refused("ping")
        assert 0 < refusal.error["retryAfterMs"] <= 1501
        assert await flood(there, 1) == ["rate_limited"]
        assert await flood(await again.connect(), 4) == ["ok", "ok", "ok", "rate_limited"]
        node.clock.advance(refusal.error["retryAfterMs"] / 1000)
        assert await here.ask("ping") == {}


async def test_flooding_ends_the_socket(configured: Configured) -> None:
    """After 100 `rate_limited` replies within 10 s it is closed with 4003, and may come back."""
    async with configured(server=limited(10)) as node:
        alice = await node.sign_in()
        socket = await alice.connect()
        outcomes = await asyncio.gather(*[await socket.start("ping") for _ in range(101)], return_exceptions=True)
        ending = await socket.ended()
        assert (ending.code, ending.bye) == (4003, {"code": 4003, "reason": "flooding", "reconnect": True})
        refused = [one for one in outcomes if isinstance(one, dict) and not one["ok"]]
        assert len(refused) == 100
        node.clock.advance(6)
        await alice.connect()


async def test_refusals_far_apart_do_not_end_the_socket(configured: Configured) -> None:
    """99 refusals, ten seconds of peace, 99 more: the socket stays."""
    async with configured(server=limited(1)) as node:
        socket = await node.client()
        assert (await flood(socket, 99)).count("rate_limited") == 99
        node.clock.advance(10.1)
        assert set(await flood(socket, 99)) == {"rate_limited"}
        assert socket.is_open


async def test_http_is_limited_per_session(configured: Configured) -> None:
    """429 with `Retry-After` and `retryAfterMs`; another session of the same person has its own measure."""
    async with configured(server=limited(30)) as node:
        here, there = await node.sign_in(), await node.sign_in()
        node.clock.stand_still()
        answers = [await here.post("/api/ping") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert answers[3].json()["code"] == "rate_limited"
        assert 0 < answers[3].json()["retryAfterMs"] <= 2001
        assert answers[3].headers["retry-after"] in ("1", "2", "3")
        assert (await there.get("/auth/me")).status_code == 200
        node.clock.advance(answers[3].json()["retryAfterMs"] / 1000)
        assert (await here.post("/api/ping")).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/config.json"),
        ("GET", "/auth/me"),
        ("GET", "/api/openapi.json"),
        ("POST", "/api/ping"),
        ("POST", "/auth/refresh"),
        ("POST", "/auth/register"),
    ],
)
async def test_strangers_are_limited_per_address(configured: Configured, method: str, path: str) -> None:
    """Without a session the address is what counts; /health and /ready stay open to everybody."""
    async with configured(server=limited(20)) as node:
        node.clock.stand_still()
        answers = [(await node.http.request(method, node.url + path)).status_code for _ in range(3)]
        assert (answers[2], 429 in answers[:2]) == (429, False)
        for _ in range(4):
            assert (await node.http.get(node.url + "/health")).status_code == 200
            assert (await node.http.get(node.url + "/ready")).status_code == 200
            assert (await node.http.get(node.url + "/")).status_code == 200


async def test_without_rate_limits_nothing_is_refused(node: Running) -> None:
    """`rateLimit.enabled: false` lifts them on both roads."""
    alice = await node.sign_in()
    assert set(await flood(await alice.connect(), 300)) == {"ok"}
    assert {(await alice.post("/api/ping")).status_code for _ in range(70)} == {200}


# --- administrators only -------------------------------------------------------------------------------------------


async def test_M01_F45_what_users_try_is_refused_and_audited(node: Running, tmp_path: Path) -> None:
    """M01: `Admin access required` whatever the payload holds, nothing changed, and it is written down."""
    alice, admin = await node.sign_in(), await node.admin()
    socket = await alice.connect()
    for payload in ({"userId": admin.user_id}, {"userId": 5, "nonsense": []}, {}):
        answer = await alice.post("/api/admin.removeUser", payload)
        assert (*said(answer), answer.json()["error"]) == (403, "forbidden", ADMIN_ONLY)
        refusal = await socket.refused("admin.removeUser", **payload)
        assert (refusal.code, refusal.message, refusal.field) == ("forbidden", ADMIN_ONLY, None)
    assert await admin.ask("ping") == {}
    denied = [row for row in audit_log(tmp_path) if row[0] == "denied"]
    assert denied == [("denied", alice.id, alice.id, {"request": "admin.removeUser"})] * 6


async def test_MX02_administrative_deeds_are_audited(node: Running, tmp_path: Path) -> None:
    """Who did what to whom is written down with the deed, without any password."""
    admin = await node.admin()
    added = await admin.ask("admin.addUser", userName="alice", password="alice's password")
    user_id = added["user"]["id"]
    await admin.ask("admin.setRole", userId=user_id, role="admin")
    await admin.ask("admin.resetPassword", userId=user_id, mode="manual", password="given password")
    await admin.ask("admin.deactivateUser", userId=user_id)
    await admin.ask("admin.removeUser", userId=user_id)
    rows = [row for row in audit_log(tmp_path) if not row[0].startswith("signIn.")]
    deeds = ["user.added", "role.changed", "user.passwordReset", "user.deactivated", "user.removed"]
    assert [(row[0], row[1], row[2]) for row in rows] == [(deed, admin.user_id, user_id) for deed in deeds]
    assert "password'" not in str(rows)
    assert "given password" not in str(rows)


async def test_M24_F11_F19_R37_R38_a_promotion_holds_from_the_next_frame(node: Running) -> None:
    """M24: the open socket may do more at once, and after the demotion less."""
    alice, admin = await node.client(), await node.admin()
    await admin.ask("admin.setRole", userId=alice.user_id, role="admin")
    assert (await alice.ask("admin.stats"))["admins"] == 2
    await admin.ask("admin.setRole", userId=alice.user_id, role="user")
    assert (await alice.refused("admin.stats")).message == ADMIN_ONLY


async def test_M27_R38_MX01_the_last_administrator_stays(node: Running) -> None:
    """Neither demotion nor leaving takes him away; with a second one it does."""
    admin, alice = await node.admin(), await node.client()
    demotion = {"userId": admin.user_id, "role": "user"}
    leaving = {"password": "correct horse battery"}
    assert (await admin.refused("admin.setRole", **demotion)).code == "last_admin"
    assert (await admin.refused("me.leaveServer", **leaving)).code == "last_admin"
    await admin.ask("admin.setRole", userId=alice.user_id, role="admin")
    await admin.ask("me.leaveServer", **leaving)
    assert (await alice.refused("me.leaveServer")).code == "last_admin"


async def test_M27_administrators_leaving_at_once_leave_one(node: Running) -> None:
    """M27: of four administrators who leave at the same moment exactly one cannot."""
    admin = await node.admin()
    others = [await node.client(f"admin{number}@example.com") for number in range(3)]
    for other in others:
        await admin.ask("admin.setRole", userId=other.user_id, role="admin")
    leaving = [await other.start("me.leaveServer") for other in others]
    leaving.append(await admin.start("me.leaveServer", password="correct horse battery"))
    replies = await asyncio.gather(*leaving)
    assert [reply["error"]["code"] for reply in replies if not reply["ok"]] == ["last_admin"]


async def test_F29_MX01_nobody_removes_himself_as_administrator(node: Running) -> None:
    """F29: removing or deactivating oneself is `cannot_remove_self`, leaving is another deed."""
    admin = await node.sign_in(ADMIN_EMAIL)
    removal = await admin.post("/api/admin.removeUser", {"userId": admin.id})
    assert (*said(removal), removal.json()["error"]) == (403, "cannot_remove_self", "Cannot delete yourself")
    assert said(await admin.post("/api/admin.deactivateUser", {"userId": admin.id})) == (403, "cannot_remove_self")


async def test_F23_a_wrong_confirmation_removes_nobody(node: Running) -> None:
    """F23: `confirm` must be the user's name."""
    alice, admin = await node.client(), await node.admin()
    refusal = await admin.refused("admin.removeUser", userId=alice.user_id, confirm="alicia")
    assert (refusal.code, refusal.field) == ("invalid", "confirm")
    assert (await admin.ask("admin.removeUser", userId=alice.user_id, confirm="alice"))["closedSockets"] == 1


# --- adding people -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("bo@example.com", "bo3"),
        ("x@example.com", "x23"),
        ("ad+min@example.com", "admin2"),
        ("o'brien+chat@example.com", "obrienchat"),
        ("ＡＮＮＡ@example.com", "ANNA"),
        ("system@example.com", "system2"),
        ("+++@example.com", "123"),
    ],
)
async def test_a_name_is_made_from_the_address(node: Running, email: str, name: str) -> None:
    """What a name may not hold is dropped, short ones are filled, reserved ones numbered."""
    admin = await node.admin()
    user = (await admin.ask("admin.addUser", email=email, password="a given password"))["user"]
    assert (user["userName"], user["displayName"], user["email"]) == (name, name, email)


async def test_names_made_from_addresses_are_unique(node: Running) -> None:
    """ann, then ann2, then ann3."""
    admin = await node.admin()
    names = []
    for place in ("a", "b", "c"):
        added = await admin.ask("admin.addUser", email=f"ann@{place}.example", password="a given password")
        names.append(added["user"]["userName"])
    assert names == ["ann", "ann2", "ann3"]


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({}, "invalid", "userName"),
        ({"userName": "bob", "password": None}, "invalid", "password"),
        ({"userName": "bo"}, "invalid", "userName"),
        ({"userName": "b" * 51}, "invalid", "userName"),
        ({"userName": "bob smith"}, "invalid", "userName"),
        ({"userName": "System"}, "invalid", "userName"),
        ({"userName": "ＡＤＭＩＮ"}, "invalid", "userName"),
        ({"userName": "Alice"}, "conflict", "userName"),
        ({"userName": "ａｌｉｃｅ"}, "conflict", "userName"),
        ({"userName": "bob", "email": "Alice@Example.com"}, "conflict", "email"),
        ({"userName": "bob", "email": "bob"}, "invalid", "email"),
        ({"userName": "bob", "role": "bot"}, "invalid", "role"),
        ({"userName": "bob", "sendWelcomeEmail": True}, "email_not_configured", None),
    ],
)
async def test_F03_F44_RX13_who_cannot_be_added(
    node: Running, body: dict[str, Any], code: str, field: str | None
) -> None:
    """Taken, reserved and impossible names and addresses are refused, and nobody is made."""
    await node.sign_in("alice@example.com")
    admin = await node.admin()
    refusal = await admin.refused("admin.addUser", **({"password": "a given password"} | body))
    assert (refusal.code, refusal.field) == (code, field)
    if field == "userName" and code == "conflict":
        assert refusal.message == "Username already exists"
    assert (await admin.ask("admin.listUsers"))["total"] == 2


async def test_F05_people_without_an_address_do_not_collide(node: Running) -> None:
    """F05: the address is optional."""
    admin = await node.admin()
    for name in ("alice", "bob"):
        added = await admin.ask("admin.addUser", userName=name, password="a given password")
        assert added["user"]["email"] is None


async def test_R02_RX15_seats_are_bounded(configured: Configured) -> None:
    """Over `server.maxSeats` nobody is added, registered or activated: `seat_limit`."""
    async with configured(server={"maxSeats": 2}) as node:
        alice, admin = await node.client(), await node.admin()
        new = {"userName": "bob", "password": "a given password"}
        assert (await admin.refused("admin.addUser", **new)).code == "seat_limit"
        register = {"email": "bob@example.com", "password": "bob's password"}
        assert said(await node.http.post(node.url + "/auth/register", json=register)) == (409, "seat_limit")
        await admin.ask("admin.deactivateUser", userId=alice.user_id)
        await admin.ask("admin.addUser", **new)
        assert (await admin.refused("admin.activateUser", userId=alice.user_id)).code == "seat_limit"


@pytest.mark.parametrize("path", ["/auth/me", "/api/ping", "/api/channel.list"])
async def test_what_is_said_to_one_person_is_kept_by_nobody(node: Running, path: str) -> None:
    """No browser and no proxy between may keep an answer that was meant for one session."""
    person = await node.sign_in()
    headers = {"Authorization": f"Bearer {person.access_token}"}
    method = "GET" if path == "/auth/me" else "POST"
    answer = await node.http.request(method, node.url + path, headers=headers)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
