"""Bots: whose they are, what they may, how they go with their owner or to another one."""

import json

import pyotp
import pytest

from chatd.domain.rules import MAX_BOTS_PER_USER
from tests.client import Client
from tests.handlers import general, history, open_room, say, secret_of
from tests.http.signing import Configured
from tests.serving import Running
from tests.tokens import ask, audited, counts, make_bot, make_token, make_webhook

ADMIN_FIELDS = {"emailVerified", "totpEnabled", "extension", "ownerId", "sessionLimit", "counts"}


async def bots_of(client: Client, **whose: object) -> list[str]:
    return [bot["id"] for bot in (await client.ask("bot.list", **whose))["bots"]]


async def test_B3_9_a_bot_posts_under_its_own_name(node: Running) -> None:
    """It has its own account of the role bot; everybody sees what it writes and that it is one."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    made = await alice.ask("bot.create", userName="buildbot", displayName="Build", withToken=True)
    created = (await bob.expect("user.created"))["payload"]["user"]
    assert created == made["user"]
    assert (created["role"], created["isAdmin"], created["status"], created["email"]) == ("bot", False, "active", None)
    bot = await Client.open(node.url, made["token"])
    message = await say(bot, await general(bot), "built")
    assert message["author"] == {
        "id": created["id"], "userName": "buildbot", "displayName": "Build",
        "avatarUrl": None, "isBot": True, "removed": False,
    }  # fmt: skip
    await bob.expect("message.created", message=message)
    await bot.close()


async def test_a_bot_without_a_token_is_made_without_one(node: Running) -> None:
    """`token` is in the reply only when it was asked for; later ones are made with `token.create`."""
    alice = await node.client("alice@example.com")
    made = await alice.ask("bot.create", userName="buildbot")
    assert made.keys() == {"user"}
    assert (await alice.ask("token.list", botId=made["user"]["id"]))["tokens"] == []
    later = await make_token(alice, "later", botId=made["user"]["id"])
    assert later["token"].startswith("chatd_bot_") and (later["kind"], later["userId"]) == ("bot", made["user"]["id"])
    assert [one["id"] for one in (await alice.ask("token.list"))["tokens"]] == [later["id"]]


async def test_R06_bots_stand_among_the_users(node: Running) -> None:
    """In the list of administrators with their owner, in the tabs All and Active, never in Pending; found by role."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    bot_id, _ = await make_bot(alice)
    for search in ({}, {"tab": "active"}, {"role": "bot"}, {"search": "buildb"}):
        rows = {user["id"]: user for user in (await admin.ask("admin.listUsers", **search))["users"]}
        assert (rows[bot_id]["role"], rows[bot_id]["ownerId"]) == ("bot", alice.user_id)
    assert bot_id not in json.dumps((await admin.ask("admin.listUsers", tab="pending"))["users"])


async def test_A0_bots_take_no_seat(configured: Configured) -> None:
    """In a full house a bot is made and activated all the same."""
    async with configured(server={"maxSeats": 2}) as node:
        admin, alice = await node.admin(), await node.client("alice@example.com")
        bot_id, token = await make_bot(alice)
        assert (await admin.ask("admin.listUsers"))["seats"] == {"used": 2, "max": 2}
        await admin.ask("admin.deactivateUser", userId=bot_id)
        assert (await ask(node, token)).status_code == 401
        await admin.ask("admin.activateUser", userId=bot_id)
        assert (await ask(node, token)).status_code == 200


async def test_a_bot_has_no_password_on_any_path(node: Running) -> None:
    """It is given none, and whatever address it was given nobody signs in as it."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    bot_id, _ = await make_bot(alice)
    password = "a password for it"
    for type, payload in (
        ("admin.resetPassword", {"mode": "manual", "password": password}),
        ("admin.updateUser", {"password": password, "displayName": "changed"}),
        ("admin.setRole", {"role": "admin"}),
    ):
        assert (await admin.refused(type, userId=bot_id, **payload)).code == "conflict"
    assert (await admin.ask("admin.getUser", userId=bot_id))["user"]["displayName"] == "buildbot"
    await admin.ask("admin.updateUser", userId=bot_id, email="bot@example.com")
    for path, body in (
        ("/auth/password-login", {"login": "buildbot", "password": password}),
        ("/auth/password-login", {"login": "buildbot", "password": ""}),
        ("/auth/dev-login", {"email": "bot@example.com"}),
    ):
        assert (await node.http.post(node.url + path, json=body)).status_code == 401


async def test_a_bot_has_no_bots(node: Running) -> None:
    """A bot owns nothing that would outlive its own removal, and does not remove itself."""
    alice = await node.client("alice@example.com")
    bot_id, token = await make_bot(alice)
    for type, payload in (("bot.create", {"userName": "childbot"}), ("me.leaveServer", {})):
        assert (await ask(node, token, type, **payload)).json()["code"] == "forbidden"
    assert (await ask(node, token, "bot.remove", botId=bot_id)).json()["code"] == "not_found"
    assert await bots_of(alice) == [bot_id]


async def test_somebody_has_so_many_bots_at_most(node: Running) -> None:
    """One more is a conflict until one is removed."""
    alice = await node.client("alice@example.com")
    ids = [(await alice.ask("bot.create", userName=f"bot{n}"))["user"]["id"] for n in range(MAX_BOTS_PER_USER)]
    assert (await alice.refused("bot.create", userName="onemore")).code == "conflict"
    await alice.ask("bot.remove", botId=ids[0])
    await alice.ask("bot.create", userName="onemore")
    page = await alice.ask("bot.list", limit=3, offset=1)
    assert ([bot["id"] for bot in page["bots"]], page["total"]) == (ids[:16:-1], MAX_BOTS_PER_USER)


@pytest.mark.parametrize(
    ("name", "code"),
    [("ab", "invalid"), ("x" * 51, "invalid"), ("a b c", "invalid"), ("system", "invalid"), ("ALICE", "conflict")],
)
async def test_a_bots_name_obeys_the_rules_of_names(node: Running, name: str, code: str) -> None:
    """3 to 50 characters, none reserved, none that a person or bot has, when made and when renamed."""
    alice = await node.client("alice@example.com")
    bot_id, _ = await make_bot(alice)
    for type, payload in (("bot.create", {}), ("bot.update", {"botId": bot_id})):
        refusal = await alice.refused(type, userName=name, **payload)
        assert (refusal.code, refusal.field) == (code, "userName")
    assert await bots_of(alice) == [bot_id]


async def test_an_owner_changes_his_bot(node: Running) -> None:
    """What is given and nothing else; everybody hears of it, null clears what may be empty."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    bot_id, token = await make_bot(alice)
    await bob.drain_events()
    change = {"userName": "Builder", "displayName": "The builder", "bio": "builds", "statusMessage": "waiting"}
    user = (await alice.ask("bot.update", botId=bot_id, **change))["user"]
    assert {name: user[name] for name in change} == change
    assert (await bob.expect("user.updated"))["payload"]["user"] == user
    user = (await alice.ask("bot.update", botId=bot_id, bio=None))["user"]
    assert (user["bio"], user["displayName"]) == (None, "The builder")
    assert (await alice.refused("bot.update", botId=bot_id, displayName=None)).field == "displayName"
    await bob.expect("user.updated")
    await alice.ask("bot.update", botId=bot_id, displayName="The builder")
    await bob.refute("user.updated")
    assert (await ask(node, token)).status_code == 200


async def test_the_outsider_does_nothing_with_anothers_bot(node: Running) -> None:
    """To eve another's bot is none of hers, known or not; administrators may do everything with it."""
    admin, alice, eve = await node.admin(), await node.client("alice@example.com"), await node.client("eve@example.com")
    bot_id, token = await make_bot(alice)
    for type, payload in (("bot.update", {"displayName": "mine"}), ("bot.remove", {})):
        wanted = await eve.refused(type, botId="nothing", **payload)
        assert wanted.code == "not_found"
        assert (await eve.refused(type, botId=bot_id, **payload)).error == wanted.error
        assert (await eve.refused(type, botId=alice.user_id, **payload)).error == wanted.error
        assert (await alice.refused(type, botId=eve.user_id, **payload)).error == wanted.error
    assert await bots_of(eve) == []
    for whose in ({"all": True}, {"userId": alice.user_id}):
        assert (await eve.refused("bot.list", **whose)).message == "Admin access required"
        assert await bots_of(admin, **whose) == [bot_id]
    assert (await eve.ask("bot.list", userId=eve.user_id))["total"] == 0
    seen = [(await eve.ask("user.get", userIds=[bot_id]))["users"][0], *(await eve.ask("sync"))["users"]]
    assert all(not ADMIN_FIELDS & user.keys() for user in seen)
    assert token not in json.dumps(eve.heard)
    await admin.ask("bot.update", botId=bot_id, displayName="by the administrator")
    await admin.ask("bot.remove", botId=bot_id)
    assert await bots_of(alice) == []


async def test_one_more_check_before_anothers_bot_is_removed(node: Running) -> None:
    """An administrator with two-step sign-in proves himself; the owner of a bot removes it as he is."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    (hers, _), (own, _) = await make_bot(alice, "onebot"), await make_bot(admin, "twobot")
    begun = await admin.ask("totp.begin")
    await admin.ask("totp.confirm", code=pyotp.TOTP(begun["secret"]).at(node.clock.now() // 1000))
    await admin.ask("bot.remove", botId=own)
    assert (await admin.refused("bot.remove", botId="nothing")).code == "not_found"
    assert (await admin.refused("bot.remove", botId=hers)).code == "step_up_required"
    assert await bots_of(alice) == [hers]
    node.clock.advance(30)
    proof = {"totp": pyotp.TOTP(begun["secret"]).at(node.clock.now() // 1000)}
    await admin.ask("bot.remove", botId=hers, proof=proof)
    assert await bots_of(alice) == []


async def test_F25_a_removed_bot_leaves_its_messages(node: Running) -> None:
    """Its tokens and sockets end, its name is free again, its messages stay as they were but for the mark."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    bot_id, token = await make_bot(alice)
    bot = await Client.open(node.url, token)
    room = await general(alice)
    before = await say(bot, room, "built")
    assert await alice.ask("bot.remove", botId=bot_id) == {"userId": bot_id, "closedSockets": 1}
    ending = await bot.ended()
    assert (ending.code, (ending.bye or {})["by"]) == (4503, "self")
    assert (await ask(node, token)).status_code == 401
    (after,) = await history(alice, room)
    assert after == before | {"author": before["author"] | {"removed": True}}
    assert (await alice.expect("user.removed"))["payload"]["user"]["id"] == bot_id
    (entry,) = await audited(admin, "bot.removed")
    assert (entry["actorId"], entry["targetId"]) == (alice.user_id, bot_id)
    assert (await alice.ask("bot.create", userName="buildbot"))["user"]["id"] != bot_id


async def test_F25_removing_the_owner_removes_the_bots(node: Running) -> None:
    """No bot of his is left and none can post; what they wrote stays, and each removal is audited."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    bots = [await make_bot(alice, name) for name in ("onebot", "twobot")]
    sockets = [await Client.open(node.url, token) for _, token in bots]
    room = await general(admin)
    said = [(await say(socket, room, "built"))["id"] for socket in sockets]
    assert (await admin.ask("admin.removeUser", userId=alice.user_id))["closedSockets"] == 3
    for socket in sockets:
        assert (await socket.ended()).code == 4503
    for bot_id, token in bots:
        assert (await ask(node, token, "message", channelId=room, content="still here")).status_code == 401
        assert (await admin.refused("admin.getUser", userId=bot_id)).code == "not_found"
    assert [message["id"] for message in await history(admin, room)] == said
    assert {entry["targetId"] for entry in await audited(admin, "bot.removed")} == {bot_id for bot_id, _ in bots}


async def test_the_bots_messages_obey_the_erasure_of_their_owner(node: Running) -> None:
    """Removed with `delete`, nothing that somebody posted under any of his names is left."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    _, token = await make_bot(alice)
    room = await general(admin)
    await say(alice, room, "by her")
    await ask(node, token, "message", channelId=room, content="by her bot")
    await admin.ask("admin.removeUser", userId=alice.user_id, messageErasure="delete")
    assert [message["content"] for message in await history(admin, room)] == ["", ""]


async def test_F23_the_preview_counts_what_goes_with_the_bots(node: Running) -> None:
    """Their messages, tokens, sockets and private channels go with their owner, so they are counted with his."""
    admin, alice, bob = await node.admin(), await node.client("alice@example.com"), await node.client("bob@example.com")
    _, token = await make_bot(alice)
    await make_token(alice)
    bot = await Client.open(node.url, token)
    room = await secret_of(bot, alice, bob)
    await say(bot, room)
    preview = await admin.ask("admin.removeUserPreview", userId=alice.user_id)
    assert preview["counts"] == {
        "messages": 1, "reactions": 0, "directConversations": 0, "sessions": 1, "sockets": 2, "bots": 1, "tokens": 2,
        "madeTokens": 0, "madeWebhooks": 0, "madeLinks": 0, "madeChannels": 1, "othersWroteIn": 0,
    }  # fmt: skip
    assert preview["heirs"] == [{"channelId": room, "name": "secret", "heirId": bob.user_id}]
    assert (await admin.ask("admin.removeUser", userId=alice.user_id))["closedSockets"] == 2
    assert (await bob.ask("channel.update", channelId=room, topic="mine now"))["channel"]["topic"] == "mine now"


async def test_a_removed_bots_private_channel_has_an_heir(node: Running) -> None:
    """What a bot made is managed by somebody after it, as with people."""
    alice = await node.client("alice@example.com")
    bot_id, token = await make_bot(alice)
    bot = await Client.open(node.url, token)
    room = await secret_of(bot, alice)
    await alice.ask("bot.remove", botId=bot_id)
    assert (await alice.ask("channel.update", channelId=room, topic="mine now"))["channel"]["topic"] == "mine now"


# --- handing over --------------------------------------------------------------------------------------------------


async def test_F43_bots_are_handed_over_before_the_owner_goes(node: Running) -> None:
    """Owner and history move: the bot lives on under its new owner, its socket and token untouched, all audited."""
    admin, alice, bob = await node.admin(), await node.client("alice@example.com"), await node.client("bob@example.com")
    bot_id, token = await make_bot(alice)
    bot = await Client.open(node.url, token)
    room = await general(bob)
    before = await say(bot, room, "built")
    await admin.ask("admin.deactivateUser", userId=alice.user_id)
    assert (await bot.ended()).code == 4504
    handed = {"fromUserId": alice.user_id, "toUserId": bob.user_id}
    assert await admin.ask("admin.transferBots", **handed) == {"transferred": 1}
    assert (await ask(node, token)).status_code == 200
    await admin.ask("admin.removeUser", userId=alice.user_id, messageErasure="delete")
    again = await Client.open(node.url, token)
    assert (await say(again, room, "built again"))["author"] == before["author"]
    assert (await history(bob, room))[0] == before
    assert await bots_of(bob) == [bot_id]
    assert await counts(admin, bob.user_id) == {"sessions": 1, "bots": 1, "tokens": 0}
    (entry,) = await audited(admin, "bot.transferred")
    assert (entry["actorId"], entry["targetId"]) == (admin.user_id, bot_id)
    assert entry["detail"] == {"fromUserId": alice.user_id, "toUserId": bob.user_id, "tokensRevoked": False}
    await again.close()


async def test_F43_some_bots_are_handed_over_and_the_tokens_revoked(node: Running) -> None:
    """Only those named move; with `revokeTokens` who owned them before has nothing of them any more."""
    admin, alice, bob = await node.admin(), await node.client("alice@example.com"), await node.client("bob@example.com")
    (one, token), (two, other) = await make_bot(alice, "onebot"), await make_bot(alice, "twobot")
    bot = await Client.open(node.url, token)
    handed = {"fromUserId": alice.user_id, "toUserId": bob.user_id, "botIds": [one]}
    assert await admin.ask("admin.transferBots", **handed, revokeTokens=True) == {"transferred": 1}
    ending = await bot.ended()
    assert (ending.code, (ending.bye or {})["by"]) == (4502, "admin")
    assert [(await ask(node, secret)).status_code for secret in (token, other)] == [401, 200]
    assert (await bots_of(alice), await bots_of(bob)) == ([two], [one])
    for type, payload in (("bot.remove", {}), ("bot.update", {"bio": "mine"})):
        assert (await alice.refused(type, botId=one, **payload)).code == "not_found"
    await make_token(bob, "new", botId=one)
    assert await admin.ask("admin.transferBots", **{**handed, "botIds": []}) == {"transferred": 0}


async def test_F43_open_panels_hear_of_the_new_owner(node: Running) -> None:
    """The bot's row and both owners' counts change at once, and for administrators only."""
    admin, alice, bob = await node.admin(), await node.client("alice@example.com"), await node.client("bob@example.com")
    bot_id, _ = await make_bot(alice)
    await admin.ask("admin.watch", topics=["users"])
    await alice.drain_events()
    await admin.ask("admin.transferBots", fromUserId=alice.user_id, toUserId=bob.user_id)
    told = [(await admin.expect("admin.userChanged"))["payload"]["user"] for _ in range(3)]
    assert {user["id"]: (user["ownerId"], user["counts"]["bots"]) for user in told} == {
        bot_id: (bob.user_id, 0), alice.user_id: (None, 0), bob.user_id: (None, 1)
    }  # fmt: skip
    await alice.refute("user.updated")


async def test_F43_nobody_gets_bots_who_should_not(node: Running) -> None:
    """Not who is a bot, deactivated, unknown or the owner already; not bots of a third person; nothing moves then."""
    admin, alice, bob = await node.admin(), await node.client("alice@example.com"), await node.client("bob@example.com")
    carol = await node.client("carol@example.com")
    (one, _), (two, _) = await make_bot(alice, "onebot"), await make_bot(bob, "twobot")
    await admin.ask("admin.deactivateUser", userId=carol.user_id)
    for payload, code in (
        ({"toUserId": two}, "conflict"),
        ({"toUserId": carol.user_id}, "conflict"),
        ({"toUserId": alice.user_id}, "conflict"),
        ({"toUserId": "nobody"}, "not_found"),
        ({"fromUserId": "nobody", "toUserId": bob.user_id}, "not_found"),
        ({"toUserId": bob.user_id, "botIds": [one, two]}, "not_found"),
        ({"toUserId": bob.user_id, "botIds": ["nothing"]}, "not_found"),
    ):
        refusal = await admin.refused("admin.transferBots", **{"fromUserId": alice.user_id, **payload})
        assert refusal.code == code, payload
    assert (await alice.refused("admin.transferBots", fromUserId=bob.user_id, toUserId=alice.user_id)).message == (
        "Admin access required"
    )
    assert (await bots_of(alice), await bots_of(bob)) == ([one], [two])
    assert await audited(admin, "bot.transferred") == []


async def test_the_bot_of_a_webhook_is_nobodys(node: Running) -> None:
    """Administrators see it without an owner; removing it deletes its webhook."""
    admin = await node.admin()
    room = (await open_room(admin, "deploys"))["id"]
    await make_webhook(admin, room)
    (bot,) = (await admin.ask("bot.list", all=True))["bots"]
    assert (bot["role"], bot["ownerId"]) == ("bot", None)
    await admin.ask("admin.removeUser", userId=bot["id"])
    assert (await admin.ask("admin.listWebhooks"))["webhooks"] == []
