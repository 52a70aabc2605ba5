"""Access tokens: what a script does with one, who makes and ends them, what one must not do."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pyotp
import pytest
from websockets.exceptions import InvalidStatus

from chatd.dispatch.registry import REGISTRY
from chatd.domain.rules import MAX_TOKENS_PER_USER
from chatd.services import revocation, tokens
from tests.client import Client
from tests.handlers import general, say
from tests.http.signing import Configured
from tests.serving import ADMIN_EMAIL, ADMIN_PASSWORD, Running
from tests.tokens import ask, audited, counts, make_bot, make_token

DAY = 24 * 3600


async def test_B3_9_a_token_does_what_its_person_may_on_both_roads(node: Running) -> None:
    """By header or subprotocol, over HTTP and socket; its messages are the person's."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    secret = (await make_token(alice))["token"]
    room = await general(alice)
    sent = (await ask(node, secret, "message", channelId=room, content="by a script")).json()["message"]
    assert sent["author"]["id"] == alice.user_id
    await bob.expect("message.created", message=sent)
    for way in ({"headers": {"Authorization": f"Bearer {secret}"}}, {"subprotocols": ["chatd.v1", f"bearer.{secret}"]}):
        script = await Client.open(node.url, **way)
        assert (script.user_id, script.hello["restricted"]) == (alice.user_id, None)
        await say(script, room, "over a socket")
        await bob.expect("message.created")
        await script.close()


async def test_a_token_is_shown_once_and_stored_hashed(node: Running, tmp_path: Path) -> None:
    """The secret begins with chatd_pat_, stands in no list and no table."""
    alice = await node.client("alice@example.com")
    made = await make_token(alice, "backup")
    secret = made.pop("token")
    assert secret.startswith("chatd_pat_") and len(secret) > 50
    assert (await alice.ask("token.list"))["tokens"] == [made]
    assert (made["kind"], made["name"], made["expiresAt"], made["uses"]) == ("personal", "backup", None, 0)
    with closing(sqlite3.connect(tmp_path / "data" / "chatd.db")) as database:
        assert secret.removeprefix("chatd_pat_") not in "\n".join(database.iterdump())


async def test_tokens_are_no_sign_ins(node: Running) -> None:
    """They count against no limit of sessions, stand in no list of them and are not ended as sessions are."""
    alice, admin = await node.client("alice@example.com"), await node.admin()
    made = await make_token(alice)
    script = await Client.open(node.url, made["token"])
    assert [one["id"] for one in (await alice.ask("session.list"))["sessions"]] == [alice.session_id]
    listed = (await admin.ask("admin.listSessions", userId=alice.user_id))["sessions"]
    assert [one["id"] for one in listed] == [alice.session_id]
    assert (await admin.ask("admin.stats"))["sessions"] == 2
    assert (await alice.refused("session.revoke", sessionId=made["id"])).code == "not_found"
    assert (await admin.refused("admin.revokeSession", sessionId=made["id"])).code == "not_found"
    await alice.ask("session.signOutOthers")
    await admin.ask("admin.revokeUserSessions", userId=alice.user_id)
    assert (await alice.ended()).code == 4502
    await (await node.client("carol@example.com")).ask("ping")
    assert (await admin.ask("admin.revokeAllSessions")) == {"revoked": 1, "tokens": 0}
    assert (await ask(node, made["token"])).status_code == 200
    assert await script.ask("ping") == {}
    await script.close()


async def test_M33_tokens_take_no_place_among_the_sessions(configured: Configured) -> None:
    """With a limit of one session a token neither ends it nor is ended by the next sign-in."""
    async with configured(auth={"maxActiveSessions": 1}) as node:
        first = await node.client("alice@example.com")
        made = await make_token(first)
        assert await first.ask("ping") == {}
        second = await node.client("alice@example.com")
        assert (await first.ended()).code == 4501
        assert (await ask(node, made["token"])).status_code == 200
        assert await second.ask("ping") == {}


async def test_a_token_knows_no_change_of_password(node: Running) -> None:
    """An account that must change its password is restricted in its sign-ins only."""
    admin = await node.admin()
    added = await admin.ask("admin.addUser", userName="carol", password="carol's password")
    carol = await (await node.sign_in_with_password("carol", "carol's password")).connect()
    made = await make_token(carol)
    reset = {"mode": "manual", "password": "another password", "requireChange": True, "revokeSessions": True}
    await admin.ask("admin.resetPassword", userId=added["user"]["id"], **reset)
    assert (await carol.ended()).code == 4505
    assert (await ask(node, made["token"], "sync")).status_code == 200


async def test_a_token_does_not_slide_and_ends_on_time(node: Running) -> None:
    """However much it is used it expires when it was said to: 401, its socket cut with 4508, gone from the list."""
    alice = await (await node.sign_in_with_password("admin", ADMIN_PASSWORD, rememberMe=True)).connect()
    expires_at = node.clock.now() + 2 * DAY * 1000
    made = await make_token(alice, expiresAt=expires_at)
    script = await Client.open(node.url, made["token"])
    node.clock.advance(DAY)
    assert (await ask(node, made["token"])).status_code == 200
    for session in node.node.chat.hub.sessions.values():
        session.active_at = node.clock.now()
    await node.node.upkeep._slide()
    (listed,) = (await alice.ask("token.list"))["tokens"]
    assert listed["expiresAt"] == expires_at
    assert listed["lastUsedAt"] >= expires_at - DAY * 1000
    node.clock.advance(DAY)
    assert (await ask(node, made["token"])).status_code == 401
    await revocation.end_expired(node.node.chat)
    assert (await script.ended()).code == 4508
    assert (await alice.ask("token.list"))["tokens"] == []


@pytest.mark.parametrize("token", ["chatd_pat_wrong", "chatd_", "chatd_pat_", "chatd_hook_x", "x" * 4000, "ä"])
async def test_what_is_no_token_is_refused_everywhere(node: Running, token: str) -> None:
    """401 over HTTP and before the upgrade."""
    headers = {"Authorization": f"Bearer {token}".encode("latin-1")}
    answer = await node.http.post(f"{node.url}/api/ping", json={}, headers=headers)
    assert answer.status_code == 401
    if token.isascii():
        with pytest.raises(InvalidStatus) as refusal:
            await Client.open(node.url, token)
        assert refusal.value.response.status_code == 401


async def test_a_token_is_no_cookie_and_a_cookie_no_token(node: Running) -> None:
    """Each is worth something in its own place only: what a browser sends by itself must never be a token."""
    answer = await node.http.post(node.url + "/auth/dev-login", json={"email": "alice@example.com"})
    cookie = answer.headers["set-cookie"].partition(";")[0].partition("=")[2]
    alice = await Client.open(node.url, answer.json()["accessToken"])
    secret = (await make_token(alice))["token"]
    as_cookie = await node.http.get(node.url + "/auth/me", headers={"Cookie": f"chatd_session={secret}"})
    assert as_cookie.status_code == 401
    assert (await ask(node, cookie)).status_code == 401
    await alice.close()


FOR_PEOPLE = [
    ("token.create", {"name": "another"}),
    ("bot.create", {"userName": "evilbot", "withToken": True}),
    ("me.changePassword", {"currentPassword": ADMIN_PASSWORD, "newPassword": "another password"}),
    ("me.update", {"email": "eve@example.com"}),
    ("me.leaveServer", {"password": ADMIN_PASSWORD}),
    ("session.signOut", {}),
    ("totp.begin", {}),
    ("totp.confirm", {"code": "000000"}),
    ("totp.newCodes", {"password": ADMIN_PASSWORD}),
    ("totp.disable", {"password": ADMIN_PASSWORD}),
    ("session.signOutOthers", {}),
    ("session.revoke", {"sessionId": "any"}),
    ("admin.createToken", {"name": "another"}),
    ("admin.addUser", {"userName": "eve", "password": "eve's password", "role": "admin"}),
    ("admin.addUser", {"userName": "eve", "password": "eve's password"}),
    ("admin.updateUser", {"userId": "any", "email": "eve@example.com"}),
    ("admin.setRole", {"userId": "any", "role": "admin"}),
    ("admin.resetPassword", {"userId": "any", "mode": "manual", "password": "eve's password"}),
    ("admin.inviteUsers", {"emails": ["eve@example.com"]}),
    ("admin.resendWelcome", {"userId": "any"}),
    ("admin.createLink", {}),
    ("admin.createWebhook", {"name": "x", "channelId": "any"}),
    ("admin.transferBots", {"fromUserId": "any", "toUserId": "any"}),
    ("admin.takeOver", {"userId": "any"}),
    ("admin.updateSettings", {"requireVerifiedEmail": False}),
    ("admin.resetTotp", {"userId": "any"}),
]
ALL = ["read", "write", "admin:read", "admin:write"]


@pytest.mark.parametrize(("type", "payload"), FOR_PEOPLE)
async def test_a_stolen_token_cannot_take_the_account_over(node: Running, type: str, payload: dict[str, str]) -> None:
    """What makes credentials or decides whose the account is takes somebody who signed in; nothing is changed."""
    admin = await node.admin()
    made = await make_token(admin, scopes=ALL)
    refusal = await ask(node, made["token"], type, **payload)
    assert (refusal.status_code, refusal.json()["code"]) == (403, "forbidden")
    assert (await admin.ask("me.update"))["user"]["email"] == ADMIN_EMAIL
    assert [one["id"] for one in (await admin.ask("admin.listTokens"))["tokens"]] == [made["id"]]
    assert (await node.sign_in_with_password("admin", ADMIN_PASSWORD)).id == admin.user_id


async def test_resources_and_the_system_breed_no_more_than_requests(node: Running) -> None:
    """The same over /api/admin/users, and by a token of the server's own account."""
    admin = await node.admin()
    for made in (await make_token(admin, scopes=ALL), await admin.ask("admin.createToken", name="system")):
        headers = {"Authorization": f"Bearer {made['token']}"}
        body = {"userName": "eve", "password": "eve's password"}
        added = await node.http.post(node.url + "/api/admin/users", json=body, headers=headers)
        changed = await node.http.put(
            f"{node.url}/api/admin/users/{admin.user_id}", json={"email": "eve@example.com"}, headers=headers
        )
        others = await node.http.delete(node.url + "/auth/sessions", headers=headers)
        assert [answer.status_code for answer in (added, changed, others)] == [403, 403, 403]


def test_every_request_says_what_a_token_needs_for_it() -> None:
    """Names that only look are declared to read, all others to write; what only signs in is not asked for a scope."""
    names = "list|get|find|history|changes|members|sync|resume|ping|me$|status|stats|auditLog|watch|export|removeUserP"
    looks = re.compile(f"^({names})")
    for type, endpoint in REGISTRY.items():
        reads = endpoint.scope in ("read", "admin:read")
        assert reads == (looks.search(type.partition(".")[2] or type) is not None), type
        assert endpoint.scope.startswith("admin:") == type.startswith("admin."), type


@pytest.mark.parametrize("scope", ALL)
async def test_a_token_does_what_its_scope_covers_and_no_more(node: Running, scope: str) -> None:
    """One request of each kind, by an administrator's token: `forbidden` for all but its own kind."""
    admin = await node.admin()
    secret = (await make_token(admin, scopes=[scope]))["token"]
    kinds = {
        "read": ("sync", {}),
        "write": ("channel.create", {"name": "made", "kind": "public"}),
        "admin:read": ("admin.listUsers", {}),
        "admin:write": ("admin.revokeToken", {"tokenId": "none"}),
    }
    for kind, (type, payload) in kinds.items():
        answer = await ask(node, secret, type, **payload)
        assert (answer.json().get("code") != "forbidden") == (kind == scope), (kind, answer.text)
    if scope == "read":
        await (await Client.open(node.url, secret)).close()
    else:
        with pytest.raises(InvalidStatus) as refusal:
            await Client.open(node.url, secret)
        assert refusal.value.response.status_code == 403


async def test_an_administrators_token_without_their_scopes_is_nobody_special(node: Running) -> None:
    """It sees no addresses and manages nobody's channel, whatever else of theirs is connected."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    secret = (await make_token(admin))["token"]
    script = await Client.open(node.url, secret)
    assert "alice@example.com" not in (await ask(node, secret, "user.get", userIds=[alice.user_id])).text
    await alice.ask("me.update", statusMessage="tea")
    heard = await script.expect("user.updated")
    assert heard["payload"]["user"]["email"] is None and "counts" not in heard["payload"]["user"]
    assert (await admin.expect("user.updated"))["payload"]["user"]["email"] == "alice@example.com"
    room = (await alice.ask("channel.create", name="hers", kind="public"))["channel"]["id"]
    assert (await script.refused("channel.delete", channelId=room)).code == "forbidden"
    assert (await admin.ask("token.list"))["tokens"][0]["scopes"] == ["read", "write"]
    await script.close()


async def test_signing_out_over_http_does_not_end_a_token(node: Running) -> None:
    """A script that politely logs out keeps its token."""
    alice = await node.client("alice@example.com")
    secret = (await make_token(alice))["token"]
    answer = await node.http.post(node.url + "/auth/logout", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 403
    assert (await ask(node, secret)).status_code == 200


async def test_a_revoked_token_is_worth_nothing(node: Running) -> None:
    """Its sockets are cut with 4502 `self` before the reply; the person's other token and sign-in stay."""
    alice = await node.client("alice@example.com")
    made, other = await make_token(alice), await make_token(alice, "other")
    scripts = [await Client.open(node.url, made["token"]) for _ in range(2)]
    await alice.ask("token.revoke", tokenId=made["id"])
    for script in scripts:
        ending = await script.ended()
        assert (ending.code, (ending.bye or {})["by"]) == (4502, "self")
    assert (await ask(node, made["token"])).status_code == 401
    assert (await ask(node, other["token"])).status_code == 200
    assert [one["id"] for one in (await alice.ask("token.list"))["tokens"]] == [other["id"]]
    assert (await alice.refused("token.revoke", tokenId=made["id"])).code == "not_found"


async def test_a_token_may_revoke_itself(node: Running) -> None:
    """The script that finds its own token leaked ends it: the reply first, then its own `bye`."""
    alice = await node.client("alice@example.com")
    made = await make_token(alice)
    script = await Client.open(node.url, made["token"])
    assert await script.ask("token.revoke", tokenId=made["id"]) == {}
    assert (await script.ended()).code == 4502


async def test_the_outsider_neither_sees_nor_ends_anothers_token(node: Running) -> None:
    """To eve another's token looks like none, and so does his bot."""
    alice, eve = await node.client("alice@example.com"), await node.client("eve@example.com")
    made = await make_token(alice)
    bot_id, _ = await make_bot(alice)
    assert (await eve.ask("token.list"))["tokens"] == []
    unknown = await eve.refused("token.revoke", tokenId="nothing")
    assert (await eve.refused("token.revoke", tokenId=made["id"])).error == unknown.error
    no_bot = await eve.refused("token.list", botId="nothing")
    assert no_bot.code == "not_found"
    assert (await eve.refused("token.list", botId=bot_id)).error == no_bot.error
    assert (await eve.refused("token.create", name="mine", botId=bot_id)).error == no_bot.error
    assert (await eve.refused("token.create", name="mine", botId=alice.user_id)).error == no_bot.error
    assert (await ask(node, made["token"])).status_code == 200
    heard = json.dumps(eve.heard)
    assert made["id"] not in heard and made["token"] not in heard


async def test_an_account_has_so_many_tokens_at_most(node: Running) -> None:
    """One more is a conflict; the expired ones do not count."""
    alice = await node.client("alice@example.com")
    soon = node.clock.now() + 60_000
    for number in range(MAX_TOKENS_PER_USER):
        await make_token(alice, f"token {number}", **({"expiresAt": soon} if number == 0 else {}))
    assert (await alice.refused("token.create", name="one more")).code == "conflict"
    node.clock.advance(61)
    await make_token(alice, "one more")


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": " \t"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "x", "expiresAt": 1}, "expiresAt"),
        ({"name": "x", "expiresAt": 2**53}, "expiresAt"),
        ({"name": "x", "expiresAt": "tomorrow"}, "expiresAt"),
        ({"name": "x", "expiresAt": True}, "expiresAt"),
    ],
)
async def test_a_token_needs_a_name_and_a_future(node: Running, payload: dict[str, object], field: str) -> None:
    """`invalid` with the field, for personal and system tokens alike."""
    admin = await node.admin()
    for type in ("token.create", "admin.createToken"):
        refusal = await admin.refused(type, **payload)
        assert (refusal.code, refusal.field) == ("invalid", field)


async def test_uses_are_counted_and_written_together(node: Running) -> None:
    """Requests and opened sockets count; nothing is written per use, and nothing twice."""
    alice = await node.client("alice@example.com")
    made = await make_token(alice)
    before = node.clock.now()
    for _ in range(5):
        assert (await ask(node, made["token"], "user.find", query="a")).status_code == 200
    await (await Client.open(node.url, made["token"])).close()
    assert (await alice.ask("token.list"))["tokens"][0]["uses"] == 0
    for _ in range(2):
        await tokens.write_uses(node.node.chat)
        (listed,) = (await alice.ask("token.list"))["tokens"]
        assert listed["uses"] == 6
        assert before <= listed["lastUsedAt"] <= node.clock.now()


# --- administrators ------------------------------------------------------------------------------------------------


async def test_F14_the_counts_of_tokens_and_bots_are_true_and_live(node: Running) -> None:
    """They equal the rows, on every road, and an open panel hears of each change."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    await admin.ask("admin.watch", topics=["users"])
    made = await make_token(alice)
    change = (await admin.expect("admin.userChanged"))["payload"]["user"]
    assert (change["id"], change["counts"]) == (alice.user_id, {"sessions": 1, "bots": 0, "tokens": 1})
    bot_id, _ = await make_bot(alice)
    await make_token(alice, botId=bot_id)
    assert await counts(admin, alice.user_id) == {"sessions": 1, "bots": 1, "tokens": 1}
    assert await counts(admin, bot_id) == {"sessions": 0, "bots": 0, "tokens": 2}
    await admin.drain_events()
    await alice.ask("token.revoke", tokenId=made["id"])
    change = (await admin.expect("admin.userChanged"))["payload"]["user"]
    assert change["counts"] == {"sessions": 1, "bots": 1, "tokens": 0}
    await alice.ask("bot.remove", botId=bot_id)
    (row,) = [user for user in (await admin.ask("admin.listUsers"))["users"] if user["id"] == alice.user_id]
    assert row["counts"] == {"sessions": 1, "bots": 0, "tokens": 0}
    await alice.refute("user.updated")


async def test_RX15_system_tokens_have_an_administrators_rights_and_no_person(node: Running) -> None:
    """They act as the server's own account, which takes no seat and is no last administrator."""
    admin = await node.admin()
    seats = (await admin.ask("admin.listUsers"))["seats"]["used"]
    made = await admin.ask("admin.createToken", name="monitoring")
    assert made["token"].startswith("chatd_sys_") and made["kind"] == "system"
    script = await Client.open(node.url, made["token"])
    assert script.hello["user"]["isAdmin"] and script.user_id == made["userId"]
    assert (await script.ask("admin.listUsers"))["seats"]["used"] == seats
    assert (await admin.refused("admin.setRole", userId=admin.user_id, role="user")).code == "last_admin"
    assert (await admin.refused("me.leaveServer", password=ADMIN_PASSWORD)).code == "last_admin"
    alice = await node.client("alice@example.com")
    await script.ask("admin.deactivateUser", userId=alice.user_id)
    (entry,) = await audited(admin, "user.deactivated")
    assert (entry["actorId"], entry["targetId"]) == (made["userId"], alice.user_id)
    assert entry["detail"]["viaToken"] == made["id"]
    await script.close()


async def test_the_servers_own_account_stays_as_it_is(node: Running) -> None:
    """Nobody removes, demotes, renames, deactivates it or gives it a password; nobody signs in as it."""
    admin = await node.admin()
    system = (await admin.ask("admin.createToken", name="one"))["userId"]
    one = {"userId": system}
    for type, payload in (
        ("admin.removeUser", one),
        ("admin.deactivateUser", one),
        ("admin.setRole", one | {"role": "user"}),
        ("admin.updateUser", one | {"userName": "mine", "password": "my own password"}),
        ("admin.resetPassword", one | {"mode": "manual", "password": "my own password"}),
        ("admin.revokeUserSessions", one),
    ):
        assert (await admin.refused(type, **payload)).code == "conflict", type
    for login in ("system", "System"):
        body = {"login": login, "password": "my own password"}
        assert (await node.http.post(node.url + "/auth/password-login", json=body)).status_code == 401
    (listed,) = [user for user in (await admin.ask("admin.listUsers"))["users"] if user["id"] == system]
    assert (listed["userName"], listed["role"], listed["status"]) == ("system", "admin", "active")


async def test_the_first_administrator_may_be_called_system(configured: Configured) -> None:
    """The configured one may have the reserved name; the server's account then takes another."""
    first = {"userName": "system", "email": ADMIN_EMAIL, "password": ADMIN_PASSWORD}
    async with configured(chat={"initialUser": first}) as node:
        admin = await node.admin()
        made = await admin.ask("admin.createToken", name="one")
        (user,) = (await admin.ask("user.get", userIds=[made["userId"]]))["users"]
        assert user["userName"] == "system2"
        assert (await node.sign_in_with_password("system", ADMIN_PASSWORD)).id == admin.user_id


async def test_a_system_token_is_made_after_one_more_check_and_asked_for_none(node: Running) -> None:
    """Who has two-step sign-in proves himself before it is made: it can do alone what he cannot, as it has no code."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    own = await make_token(admin, scopes=["admin:write"])
    begun = await admin.ask("totp.begin")
    await admin.ask("totp.confirm", code=pyotp.TOTP(begun["secret"]).at(node.clock.now() // 1000))
    assert (await admin.refused("admin.createToken", name="one")).code == "step_up_required"
    node.clock.advance(30)
    proof = {"totp": pyotp.TOTP(begun["secret"]).at(node.clock.now() // 1000)}
    made = await admin.ask("admin.createToken", name="one", proof=proof)
    removal = {"userId": alice.user_id}
    assert (await ask(node, own["token"], "admin.removeUser", **removal)).json()["code"] == "step_up_required"
    assert (await ask(node, made["token"], "admin.removeUser", **removal)).status_code == 200


async def test_administrators_see_and_end_all_tokens(node: Running) -> None:
    """A page of everybody's, by account if wanted; a revoked one is cut with 4502 `admin`, and it is audited."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    made, (bot_id, bot_token) = await make_token(alice, "hers"), await make_bot(alice)
    system = await admin.ask("admin.createToken", name="the server's")
    page = await admin.ask("admin.listTokens")
    assert page["total"] == 3
    assert [one["kind"] for one in page["tokens"]] == ["system", "bot", "personal"]
    assert system["token"] not in json.dumps(page) and made["token"] not in json.dumps(page)
    assert [one["id"] for one in (await admin.ask("admin.listTokens", limit=1, offset=2))["tokens"]] == [made["id"]]
    (of_bot,) = (await admin.ask("admin.listTokens", userId=bot_id))["tokens"]
    script, other = await Client.open(node.url, bot_token), await Client.open(node.url, system["token"])
    await admin.ask("admin.revokeToken", tokenId=of_bot["id"])
    await admin.ask("admin.revokeToken", tokenId=system["id"])
    for client in (script, other):
        ending = await client.ended()
        assert (ending.code, (ending.bye or {})["by"]) == (4502, "admin")
    assert (await admin.refused("admin.revokeToken", tokenId=of_bot["id"])).code == "not_found"
    entries = await audited(admin, "token.revoked")
    assert [entry["targetId"] for entry in entries] == [system["userId"], bot_id]
    assert {entry["actorId"] for entry in entries} == {admin.user_id}
    assert made["token"] not in json.dumps(await audited(admin, "token.created"))


@pytest.mark.parametrize("type", ["admin.createToken", "admin.listTokens", "admin.revokeToken"])
async def test_M01_tokens_of_the_server_are_for_administrators(node: Running, type: str) -> None:
    """A user and his token are refused, and the denial is audited."""
    admin, eve = await node.admin(), await node.client("eve@example.com")
    secret = (await make_token(eve))["token"]
    assert (await eve.refused(type)).message == "Admin access required"
    assert (await ask(node, secret, type)).json()["error"] == "Admin access required"
    assert [entry["detail"]["request"] for entry in await audited(admin, "denied")] == [type] * 2


async def test_F19_a_demoted_administrators_token_is_demoted_with_him(node: Running) -> None:
    """A token is worth what its person is now."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    await admin.ask("admin.setRole", userId=alice.user_id, role="admin")
    secret = (await make_token(alice, scopes=["admin:read"]))["token"]
    assert (await ask(node, secret, "admin.stats")).status_code == 200
    await admin.ask("admin.setRole", userId=alice.user_id, role="user")
    assert (await ask(node, secret, "admin.stats")).status_code == 403


async def test_F26_removing_a_person_removes_all_tokens(node: Running) -> None:
    """Personal tokens and those of the bots answer 401, over HTTP and at the socket, and no row is left."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    made, (_, bot_token) = await make_token(alice), await make_bot(alice)
    script, bot = await Client.open(node.url, made["token"]), await Client.open(node.url, bot_token)
    reply = await admin.ask("admin.removeUser", userId=alice.user_id)
    assert reply["closedSockets"] == 3
    assert [(await client.ended()).code for client in (alice, script, bot)] == [4503] * 3
    for secret in (made["token"], bot_token):
        assert (await ask(node, secret)).status_code == 401
        with pytest.raises(InvalidStatus):
            await Client.open(node.url, secret)
    assert (await admin.ask("admin.listTokens"))["total"] == 0


async def test_F26_leaving_the_server_removes_all_tokens(node: Running) -> None:
    """Who removes himself takes his tokens and bots with him."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    made, (bot_id, bot_token) = await make_token(alice), await make_bot(alice)
    await alice.ask("me.leaveServer")
    for secret in (made["token"], bot_token):
        assert (await ask(node, secret)).status_code == 401
    assert (await bob.ask("user.get", userIds=[bot_id]))["users"] == []


async def test_R50_an_activated_persons_tokens_work_again_at_once(node: Running) -> None:
    """Deactivation cuts and refuses them, his bots' too, and deletes none of them."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    made, (bot_id, bot_token) = await make_token(alice), await make_bot(alice)
    scripts = [await Client.open(node.url, secret) for secret in (made["token"], bot_token)]
    await admin.ask("admin.deactivateUser", userId=alice.user_id)
    for script in scripts:
        assert (await script.ended()).code == 4504
    for secret in (made["token"], bot_token):
        assert (await ask(node, secret)).status_code == 401
    assert (await counts(admin, alice.user_id)) == {"sessions": 0, "bots": 1, "tokens": 1}
    assert (await counts(admin, bot_id))["tokens"] == 1
    await admin.ask("admin.activateUser", userId=alice.user_id)
    for secret in (made["token"], bot_token):
        assert (await ask(node, secret)).status_code == 200
