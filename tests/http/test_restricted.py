"""Passwords that must be changed, and what a password must be on every path."""

import pytest

from tests.client import Person
from tests.http.signing import Configured, add, log_in, post, said
from tests.serving import ADMIN_EMAIL, Running

# --- having to change the password -----------------------------------------------------------------------------------


async def restricted(node: Running) -> Person:
    """alice, who must change the password that she was given."""
    await add(node, userName="alice", requirePasswordChange=True)
    return await node.sign_in_with_password("alice", "alice's password")


async def test_F39_R35_a_restricted_session_gets_nothing_but_the_way_out(node: Running) -> None:
    """Until the password is changed only the listed calls are answered, on both roads."""
    alice = await restricted(node)
    socket = await alice.connect()
    assert socket.hello["restricted"] == "password_change"
    assert await socket.ask("ping") == {}
    for type in ("sync", "message", "session.list", "me.leaveServer", "admin.stats"):
        assert (await socket.refused(type)).code == "restricted"
        assert said(await alice.post(f"/api/{type}")) == (403, "restricted")
    assert (await alice.get("/auth/me")).json()["restricted"] == "password_change"
    assert said(await alice.get("/auth/sessions")) == (403, "restricted")
    assert said(await alice.delete("/auth/sessions")) == (403, "restricted")
    assert (await post(node, "/auth/refresh", refreshToken=alice.refresh_token)).status_code == 200
    assert (await alice.post("/api/ping")).json() == {}


async def test_a_restricted_session_hears_nothing(node: Running) -> None:
    """No event reaches it, of whatever kind."""
    alice, bob = await (await restricted(node)).connect(), await node.client("bob@example.com")
    (general,) = (await bob.ask("channel.list"))["channels"]
    await bob.ask("message", channelId=general["id"], content="hello @alice")
    await bob.ask("me.update", bio="new")
    await bob.expect("user.updated")
    assert await alice.drain_events() == []


async def test_F39_R35_changing_the_password_lifts_the_restriction(node: Running) -> None:
    """Every socket of the person gets a new `hello` and hears everything from then on."""
    alice = await restricted(node)
    here, there = await alice.connect(), await alice.connect()
    await here.ask("me.changePassword", currentPassword="alice's password", newPassword="my own password")
    for socket in (here, there):
        assert (await socket.expect("hello"))["payload"]["restricted"] is None
    bob = await node.client("bob@example.com")
    (general,) = (await bob.ask("channel.list"))["channels"]
    await bob.ask("message", channelId=general["id"], content="hello")
    for socket in (here, there):
        await socket.expect("message.created")
    assert (await log_in(node, "alice", "alice's password")).status_code == 401
    again = await node.sign_in_with_password("alice", "my own password")
    assert (await again.get("/auth/me")).json().keys() == {"user"}


async def test_R35_the_restriction_stays_while_the_password_does(node: Running) -> None:
    """The same password again, a weak one or a wrong current one lifts nothing."""
    socket = await (await restricted(node)).connect()
    given = "alice's password"
    same = await socket.refused("me.changePassword", currentPassword=given, newPassword=given)
    weak = await socket.refused("me.changePassword", currentPassword=given, newPassword="short")
    wrong = await socket.refused("me.changePassword", currentPassword="no", newPassword="my own password")
    assert [(one.code, one.field) for one in (same, weak)] == [("invalid", "newPassword")] * 2
    assert (wrong.code, wrong.field) == ("forbidden", "currentPassword")
    assert (await socket.refused("sync")).code == "restricted"


async def test_a_restricted_session_may_sign_out(node: Running) -> None:
    """By the socket and over HTTP."""
    alice = await restricted(node)
    socket = await alice.connect()
    await socket.ask("session.signOut")
    assert (await socket.ended()).code == 4500
    again = await node.sign_in_with_password("alice", "alice's password")
    assert (await again.post("/auth/logout")).status_code == 200
    assert (await again.get("/auth/me")).status_code == 401


async def test_F21_R35_require_change_binds_the_next_sign_in_only(node: Running) -> None:
    """A reset that demands a new password leaves open sessions free."""
    user = await add(node, userName="alice")
    alice = await node.sign_in_with_password("alice", "alice's password")
    admin = await node.admin()
    reset = {"mode": "manual", "password": "given password", "requireChange": True}
    await admin.ask("admin.resetPassword", userId=user["id"], **reset)
    assert "restricted" not in (await alice.get("/auth/me")).json()
    again = await node.sign_in_with_password("alice", "given password")
    assert (await again.get("/auth/me")).json()["restricted"] == "password_change"


async def test_RX10_changing_the_password_can_end_the_other_sessions(node: Running) -> None:
    """With `signOutOthers` the other devices are cut with 4502 `self`, the asking one stays; without it all stay."""
    await add(node, userName="alice")
    here, there = [await (await node.sign_in_with_password("alice", "alice's password")).connect() for _ in range(2)]
    await here.ask("me.changePassword", currentPassword="alice's password", newPassword="my own password")
    assert await there.ask("ping") == {}
    change = {"currentPassword": "my own password", "newPassword": "my other password"}
    await here.ask("me.changePassword", **change, signOutOthers=True)
    ending = await there.ended()
    assert (ending.code, (ending.bye or {})["by"]) == (4502, "self")
    assert await here.ask("ping") == {}


# --- the password policy on every path -------------------------------------------------------------------------------


STRICT = {"minLength": 10, "maxRepeat": 2, "lower": True, "upper": True, "digit": True, "special": True}
BROKEN = {
    "too short": "Ab1!short",
    "no lower": "ABCDEFG12!",
    "no upper": "abcdefg12!",
    "no digit": "abcdefgHI!",
    "no special": "abcdefgHI1",
    "repeats": "aaabcdEF1!",
    "73 bytes": "Ab1!" + "xy" * 34 + "z",
    "37 characters of two bytes": "Ab1!" + "üä" * 18,
}


@pytest.mark.parametrize("password", BROKEN.values(), ids=BROKEN)
async def test_F06_R24_R34_RX12_one_policy_on_every_path(configured: Configured, password: str) -> None:
    """Registering, adding, resetting and changing refuse the same passwords, naming the field."""
    policy, first = {"passwordPolicy": STRICT}, {"initialUser": {"email": ADMIN_EMAIL, "password": "Ab1!abab12"}}
    async with configured(auth=policy, chat=first) as node:
        answer = await post(node, "/auth/register", email="eve@example.com", password=password)
        assert (*said(answer), answer.json()["field"]) == (400, "invalid", "password")
        admin = await node.admin()
        for type, field, payload in (
            ("admin.addUser", "password", {"userName": "alice", "password": password}),
            ("admin.resetPassword", "password", {"userId": admin.user_id, "mode": "manual", "password": password}),
            ("me.changePassword", "newPassword", {"currentPassword": "Ab1!abab12", "newPassword": password}),
        ):
            refusal = await admin.refused(type, **payload)
            assert (type, refusal.code, refusal.field) == (type, "invalid", field)


async def test_seventy_two_bytes_are_a_password(node: Running) -> None:
    """bcrypt's limit is allowed, and every byte of it counts."""
    password = "ü" * 36
    await add(node, userName="alice", password=password)
    assert (await log_in(node, "alice", password)).status_code == 200
    for close in ("ü" * 35 + "u", password + "x", "ü" * 35):
        assert (await log_in(node, "alice", close)).status_code == 401
