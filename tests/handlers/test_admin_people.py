"""Accounts from their making to their end: listed, locked, removed, added again (the rows of the three guides)."""

import json
from typing import Any

import pytest

from tests.client import Client
from tests.handlers import general, history, open_room, say
from tests.http.signing import Configured, log_in, post, said
from tests.serving import ADMIN_EMAIL, ADMIN_PASSWORD, Running
from tests.tokens import make_bot, make_token, make_webhook
from tests.tokens import post as post_by_webhook

PASSWORD = "a password for all"


async def add(admin: Client, name: str, **more: Any) -> dict[str, Any]:
    fields = {"userName": name, "email": f"{name}@example.com", "password": PASSWORD} | more
    return dict((await admin.ask("admin.addUser", **fields))["user"])


async def names(admin: Client, **wanted: Any) -> list[str]:
    return [user["userName"] for user in (await admin.ask("admin.listUsers", **wanted))["users"]]


async def sign_in(node: Running, name: str, password: str = PASSWORD) -> Client:
    return await (await node.sign_in_with_password(name, password)).connect()


# --- made ----------------------------------------------------------------------------------------------------------


async def test_M13_F07_F08_R04_a_new_account_works_at_once(configured: Configured) -> None:
    """By invitation only and without e-mail: the password that was handed over signs in, with the role that was set."""
    async with configured(auth={"authMode": "password", "isInviteRequired": True}) as node:
        admin = await sign_in(node, "admin", ADMIN_PASSWORD)
        await add(admin, "alice", role="admin")
        await add(admin, "bob")
        assert (await (await sign_in(node, "alice")).ask("admin.stats"))["admins"] == 2
        assert (await (await sign_in(node, "bob")).refused("admin.stats")).code == "forbidden"


async def test_RX01_R28_a_new_user_has_all_that_was_said_of_him(node: Running) -> None:
    """Every field at once; what is too long, no time zone, or unknown is refused by name and makes nobody."""
    admin = await node.admin()
    told = {
        "displayName": "Alice A.", "statusMessage": "new here", "bio": "Runs the shop.", "nickname": "Al",
        "timezone": "Europe/Berlin", "extension": "4711", "role": "admin",
    }  # fmt: skip
    user = await add(admin, "alice", verified=True, requirePasswordChange=True, **told)
    assert {name: user[name] for name in told} == told
    assert (user["emailVerified"], user["status"]) == (True, "pending")
    assert (await sign_in(node, "alice")).hello["restricted"] == "password_change"
    for field, value in {"bio": "x" * 1001, "timezone": "Mars/Olympus", "extension": "call", "custom": 1}.items():
        refusal = await admin.refused("admin.addUser", userName="bob", password=PASSWORD, **{field: value})
        assert (refusal.code, refusal.field) == ("invalid", field)
    assert await names(admin) == ["alice", "admin"]


async def test_R27_R28_R29_what_one_says_of_oneself_is_seen_by_others(node: Running) -> None:
    """Status, bio and nickname, set by an administrator; by the nickname others find him."""
    admin, bob = await node.admin(), await node.client("bob@example.com")
    alice = await add(admin, "alice")
    told = {"statusMessage": "on leave", "bio": "Runs the shop.", "nickname": "Ali Baba"}
    await admin.ask("admin.updateUser", userId=alice["id"], **told)
    heard = (await bob.expect("user.updated"))["payload"]["user"]
    assert {name: heard[name] for name in told} == told
    assert [user["id"] for user in (await bob.ask("user.find", query="ali ba"))["users"]] == [alice["id"]]
    refusal = await admin.refused("admin.updateUser", userId=alice["id"], bio="x" * 1001)
    assert (refusal.code, refusal.field) == ("invalid", "bio")


async def test_M31_who_signs_in_first_is_in_the_default_channel(node: Running) -> None:
    """Without invitations an unknown address becomes a regular user who reads and writes at once."""
    eve = await node.client("eve@example.com")
    assert eve.hello["user"]["role"] == "user"
    await say(eve, await general(eve), "hello all")


# --- listed --------------------------------------------------------------------------------------------------------


async def test_F13_F15_R06_rows_say_who_somebody_is_and_the_newest_stand_first(node: Running) -> None:
    """Names, address, role, status and time of creation; made in one moment, they are ordered by id."""
    admin = await node.admin()
    for name in ("carol", "alice", "bob"):
        await add(admin, name)
    rows = (await admin.ask("admin.listUsers"))["users"]
    assert [row["userName"] for row in rows] == ["bob", "alice", "carol", "admin"]
    assert [row["createdAt"] for row in rows] == sorted((row["createdAt"] for row in rows), reverse=True)
    shown = ("displayName", "email", "role", "isAdmin", "status")
    assert [rows[0][name] for name in shown] == ["bob", "bob@example.com", "user", False, "pending"]


async def test_R05_R08_R09_R10_R11_R49_everybody_stands_in_the_tabs_of_his_status(node: Running) -> None:
    """Pending until the first sign-in, then active, live; deactivated stays in All and comes back to where he was."""
    admin = await node.admin()
    await admin.ask("admin.watch", topics=["users"])
    user = await add(admin, "alice")

    async def tabs() -> dict[str, bool]:
        page = await admin.ask("admin.listUsers")
        found = {tab: "alice" in await names(admin, tab=tab) for tab in page["counts"]}
        assert page["counts"] == {tab: (await admin.ask("admin.listUsers", tab=tab))["total"] for tab in found}
        return {tab: is_there for tab, is_there in found.items() if is_there}

    assert (user["status"], await tabs()) == ("pending", {"all": True, "pending": True})
    await sign_in(node, "alice")
    await admin.expect("admin.userChanged", change="created")
    assert (await admin.expect("admin.userChanged", change="updated"))["payload"]["user"]["status"] == "active"
    assert await tabs() == {"all": True, "active": True}
    await admin.ask("admin.deactivateUser", userId=user["id"])
    assert await tabs() == {"all": True, "deactivated": True}
    await admin.ask("admin.activateUser", userId=user["id"])
    assert await tabs() == {"all": True, "active": True}


async def test_R12_R13_R14_RX03_the_list_is_searched_narrowed_down_and_sorted(node: Running) -> None:
    """By name, user name or address in any case, within a role and a tab; each column both ways; page by page."""
    admin = await node.admin()
    for name, more in {
        "alice": {"displayName": "Zoe"},
        "bob": {"displayName": "Yan", "role": "admin"},
        "carol": {"displayName": "Alina"},
    }.items():
        await add(admin, name, **more)
    assert set(await names(admin, search="ALI")) == {"alice", "carol"}
    assert await names(admin, search="bob@exam") == ["bob"]
    assert await names(admin, search="%") == []
    assert await names(admin, search="o", role="admin", tab="pending") == ["bob"]
    assert await names(admin, search="o", role="admin", tab="active") == ["admin"]
    orders = {"userName": "admin alice bob carol", "email": "admin alice bob carol", "name": "admin carol bob alice"}
    for sort, ordered in orders.items():
        assert await names(admin, sort=sort, order="asc") == ordered.split()
        assert await names(admin, sort=sort, order="desc") == ordered.split()[::-1]
    assert (await names(admin, sort="status", order="asc"))[0] == "admin"
    assert (await names(admin, sort="status", order="desc"))[-1] == "admin"
    pages = [await names(admin, sort="userName", order="asc", offset=offset, limit=2) for offset in (0, 2, 4)]
    assert pages == [["admin", "alice"], ["bob", "carol"], []]


# --- the password --------------------------------------------------------------------------------------------------


async def test_M18_F20_F21_a_reset_takes_effect_and_leaves_sessions_alone(node: Running) -> None:
    """Seven characters are refused; then the new password counts and the old does not; who is in stays in."""
    admin = await node.admin()
    user = await add(admin, "alice")
    alice = await sign_in(node, "alice")
    reset = {"userId": user["id"], "mode": "manual"}
    refusal = await admin.refused("admin.resetPassword", **reset, password="7 signs")
    assert (refusal.code, refusal.field) == ("invalid", "password")
    assert (await log_in(node, "alice", PASSWORD)).status_code == 200
    await admin.ask("admin.resetPassword", **reset, password="8 signs!")
    assert (await log_in(node, "alice", PASSWORD)).status_code == 401
    assert (await log_in(node, "alice", "8 signs!")).status_code == 200
    assert await alice.ask("ping") == {}


async def test_F32_a_password_that_nobody_knows_and_no_sessions_lock_out_and_keep_everything(node: Running) -> None:
    """The two steps by hand; what was written and the account itself are as they were."""
    admin = await node.admin()
    user = await add(admin, "alice")
    alice = await sign_in(node, "alice")
    room = await general(alice)
    await say(alice, room)
    before = await history(admin, room)
    await admin.ask("admin.resetPassword", userId=user["id"], mode="manual", password="known to nobody")
    assert await admin.ask("admin.revokeUserSessions", userId=user["id"]) == {"revoked": 1, "tokens": 0}
    assert (await alice.ended()).code == 4502
    assert said(await log_in(node, "alice", PASSWORD)) == (401, "unauthenticated")
    assert await history(admin, room) == before
    assert (await admin.ask("admin.getUser", userId=user["id"]))["user"]["status"] == "active"


# --- deactivated ---------------------------------------------------------------------------------------------------


async def test_R48_R50_RX04_deactivation_deletes_nothing_and_activation_gives_it_back(node: Running) -> None:
    """No sign-in meanwhile; messages, rooms of his alone, conversations and password are there as before."""
    admin, bob = await node.admin(), await node.client("bob@example.com")
    user = await add(admin, "alice", bio="Runs the shop.")
    alice = await sign_in(node, "alice")
    alone = (await open_room(alice, "hers alone", "private"))["id"]
    direct = (await alice.ask("dm.open", userIds=[bob.user_id]))["channel"]["id"]
    for room in (alone, direct):
        await say(alice, room, "kept")
    before = [await history(alice, room) for room in (alone, direct)]
    await admin.ask("admin.deactivateUser", userId=user["id"])
    assert (await alice.ended()).code == 4504
    assert said(await log_in(node, "alice", PASSWORD)) == (403, "account_deactivated")
    assert await history(bob, direct) == before[1]
    await admin.ask("admin.activateUser", userId=user["id"])
    back = await sign_in(node, "alice")
    assert [await history(back, room) for room in (alone, direct)] == before
    assert back.hello["user"]["bio"] == "Runs the shop."


# --- removed, and added again --------------------------------------------------------------------------------------


async def test_M20_F24_F26_who_is_removed_is_out_on_every_device(node: Running) -> None:
    """Both sockets end with the reason, the tokens of both sign-ins are worth nothing, and nothing reaches him."""
    admin = await node.admin()
    user = await add(admin, "alice")
    people = [await node.sign_in_with_password("alice", PASSWORD) for _ in range(2)]
    sockets = [await person.connect() for person in people]
    script = (await make_token(sockets[0]))["token"]
    assert (await admin.ask("admin.removeUser", userId=user["id"]))["closedSockets"] == 2
    await say(admin, await general(admin), "is alice here?")
    for person, socket in zip(people, sockets, strict=True):
        ending = await socket.ended()
        assert (ending.code, (ending.bye or {})["reason"]) == (4503, "account_removed")
        assert "is alice here?" not in json.dumps(socket.heard)
        assert (await person.get("/auth/me")).status_code == 401
    answer = await node.http.post(node.url + "/api/ping", headers={"Authorization": f"Bearer {script}"})
    assert answer.status_code == 401


async def test_M21_M23_F30_added_again_one_is_somebody_new(configured: Configured) -> None:
    """In between no sign-in; the new account has a new id and neither sessions, tokens, conversations nor the role."""
    async with configured(auth={"isInviteRequired": True}) as node:
        admin = await node.admin()
        old = await add(admin, "alice", role="admin")
        before = await node.sign_in_with_password("alice", PASSWORD)
        alice = await before.connect()
        token = (await make_token(alice))["token"]
        direct = (await alice.ask("dm.open", userIds=[admin.user_id]))["channel"]["id"]
        await admin.ask("admin.removeUser", userId=old["id"])
        assert said(await log_in(node, "alice", PASSWORD)) == (401, "unauthenticated")
        assert (await admin.refused("admin.activateUser", userId=old["id"])).code == "not_found"
        new = await add(admin, "alice")
        assert (new["id"] != old["id"], new["role"], new["counts"]["tokens"]) == (True, "user", 0)
        again = await sign_in(node, "alice")
        assert len((await again.ask("session.list"))["sessions"]) == 1
        assert direct not in json.dumps(await again.ask("sync"))
        assert (await again.refused("admin.stats")).code == "forbidden"
        for dead in (before.access_token, token):
            answer = await node.http.get(node.url + "/auth/me", headers={"Authorization": f"Bearer {dead}"})
            assert answer.status_code == 401


async def test_F30_a_removal_cannot_be_taken_back(node: Running) -> None:
    """Of a removed account every deed of an administrator finds nothing."""
    admin = await node.admin()
    user = await add(admin, "alice")
    await admin.ask("admin.removeUser", userId=user["id"], confirm="alice")
    for type, more in {
        "admin.getUser": {},
        "admin.activateUser": {},
        "admin.updateUser": {"displayName": "Back"},
        "admin.setRole": {"role": "user"},
        "admin.resetPassword": {"mode": "manual", "password": PASSWORD},
        "admin.removeUser": {},
    }.items():
        assert (await admin.refused(type, userId=user["id"], **more)).code == "not_found"


@pytest.mark.parametrize("erasure", ["keep", "unlink", "delete"])
async def test_M22_R51_RX05_messages_are_kept_unlinked_or_deleted(node: Running, erasure: str) -> None:
    """Kept they only bear the mark of a removed author; unlinked nobody's name; deleted they are empty places."""
    admin, bob = await node.admin(), await node.client("bob@example.com")
    user = await add(admin, "alice")
    alice = await sign_in(node, "alice")
    room = await general(alice)
    sent = [await say(alice, room, "one"), await say(alice, room, "two")]
    await admin.ask("admin.removeUser", userId=user["id"], messageErasure=erasure)
    now = await history(bob, room)
    assert [one["id"] for one in now] == [one["id"] for one in sent]
    assert {one["author"]["removed"] for one in now} == {True}
    if erasure == "keep":
        assert now == [one | {"author": one["author"] | {"removed": True}} for one in sent]
        assert await bob.refute("messages.erased") is None
        return
    event = (await bob.expect("messages.erased"))["payload"]
    assert (event["userId"], event["erasure"], set(event["channels"])) == (user["id"], erasure, {room})
    assert [one["content"] for one in now] == (["one", "two"] if erasure == "unlink" else ["", ""])
    assert ("alice" in json.dumps(now)) is (erasure == "delete")
    await bob.refute("messages.erased")


async def test_RX06_a_removal_of_a_bot_of_a_webhook_silences_it_and_owned_bots_go_along(node: Running) -> None:
    """What posts by itself ends with whose it is: the webhook with its bot, the bot with its owner."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    hook_id, secret = await make_webhook(admin, await general(admin))
    hook_bot = (await admin.ask("admin.listWebhooks"))["webhooks"][0]["botId"]
    await admin.ask("admin.removeUser", userId=hook_bot)
    assert (await post_by_webhook(node, hook_id, secret, content="still here")).status_code in (401, 404)
    bot_id, _ = await make_bot(alice)
    await admin.ask("admin.removeUser", userId=alice.user_id)
    assert (await admin.refused("admin.getUser", userId=bot_id)).code == "not_found"


async def test_M25_M26_RX06_who_leaves_needs_his_password_and_a_new_invitation(configured: Configured) -> None:
    """A wrong password leaves everything; then the account is gone, both devices are out, the messages remain."""
    async with configured(auth={"isInviteRequired": True}) as node:
        admin = await node.admin()
        await add(admin, "alice")
        here, there = await sign_in(node, "alice"), await sign_in(node, "alice")
        room = await general(here)
        sent = await say(here, room, "goodbye")
        assert (await here.refused("me.leaveServer", password="not mine")).code == "forbidden"
        assert (await here.refused("me.leaveServer")).code == "forbidden"
        await here.ask("me.leaveServer", password=PASSWORD)
        assert [(await one.ended()).code for one in (here, there)] == [4509, 4509]
        assert [one["id"] for one in await history(admin, room)] == [sent["id"]]
        assert said(await log_in(node, "alice", PASSWORD)) == (401, "unauthenticated")
        registering = await post(node, "/auth/register", email="alice@example.com", password=PASSWORD)
        assert said(registering) == (403, "registration_disabled")
        assert registering.json()["error"] == "Registration is disabled"


# --- sessions ------------------------------------------------------------------------------------------------------


async def test_M32_M33_the_oldest_session_makes_room(configured: Configured) -> None:
    """With three allowed the fourth sign-in ends the first and no other; its socket hears why, its token is dead."""
    async with configured(auth={"maxActiveSessions": 3}) as node:
        people, sockets = [], []
        for _ in range(4):
            people.append(await node.sign_in("alice@example.com"))
            node.clock.advance(0.01)
            sockets.append(await people[-1].connect())
        ending = await sockets[0].ended()
        assert (ending.code, (ending.bye or {})["reason"]) == (4501, "session_limit")
        assert [(await person.get("/auth/me")).status_code for person in people] == [401, 200, 200, 200]
        for socket in sockets[1:]:
            assert await socket.ask("ping") == {}


async def test_M32_no_limit_is_no_limit(node: Running) -> None:
    """With 0 as many as one likes."""
    people = [await node.sign_in("alice@example.com") for _ in range(12)]
    assert {(await person.get("/auth/me")).status_code for person in people} == {200}


async def test_F42_all_but_the_asking_session_end_with_one_request(node: Running) -> None:
    """Also the administrator's own other device; he himself goes on."""
    admin = await node.sign_in(ADMIN_EMAIL)
    asking = await admin.connect()
    others = [await node.client(email) for email in (ADMIN_EMAIL, "alice@example.com", "bob@example.com")]
    assert await asking.ask("admin.revokeAllSessions") == {"revoked": 3, "tokens": 0}
    assert [(await other.ended()).code for other in others] == [4502] * 3
    assert await asking.ask("ping") == {}


async def test_FX05_RX11_one_sees_his_own_devices(node: Running) -> None:
    """Where from, on what, since when, until when, the tabs, and which one is asking; signing out is for that one."""
    alice = await node.sign_in("alice@example.com")
    here, tab = await alice.connect(), await alice.connect()
    there = await node.client("alice@example.com")
    sessions = {session["id"]: session for session in (await here.ask("session.list"))["sessions"]}
    assert {id: (one["current"], one["sockets"]) for id, one in sessions.items()} == {
        here.session_id: (True, 2),
        there.session_id: (False, 1),
    }
    for one in sessions.values():
        assert one["createdAt"] <= one["lastActiveAt"] < one["expiresAt"]
        assert (one["ip"], bool(one["userAgent"])) == ("127.0.0.1", True)
    await here.ask("session.signOut")
    assert [(await socket.ended()).code for socket in (here, tab)] == [4500, 4500]
    assert await there.ask("ping") == {}


# --- the server's settings -----------------------------------------------------------------------------------------


async def test_M08_a_new_name_is_told_to_all_and_outlives_the_server(configured: Configured) -> None:
    """Every live client hears it, the sign-in page shows it, and the next start still knows it."""
    async with configured() as node:
        admin, alice = await node.admin(), await node.client()
        await admin.ask("admin.updateSettings", name="The Lighthouse")
        assert (await alice.expect("settings.updated"))["payload"]["settings"]["name"] == "The Lighthouse"
    async with configured() as node:
        assert (await node.http.get(node.url + "/config.json")).json()["server"]["name"] == "The Lighthouse"
        assert (await (await node.client()).ask("sync"))["settings"]["name"] == "The Lighthouse"
