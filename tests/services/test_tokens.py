"""Whatever takes a token its worth cuts its sockets on every node; the limits hold when many make them at once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from chatd.domain.rules import MAX_BOTS_PER_USER, MAX_TOKENS_PER_USER, MAX_WEBHOOKS_PER_CHANNEL
from tests.client import Client, Person
from tests.handlers import general
from tests.services.crowd import at_once, outcome
from tests.services.test_revocation import ROOMY, Deaf, pipeline, require_farewell, said_by
from tests.serving import ADMIN_EMAIL, Running
from tests.tokens import ask, audited, make_bot, make_token

CALLERS = 30
ROUNDS = 5
DAY = 24 * 3600

Place = tuple[Running, Running]


@dataclass
class Scene:
    """alice, her bot with a token whose sockets are open on both nodes, and those who must not notice."""

    here: Running
    admin: Client
    alice: Client
    bob: Client
    bot_id: str
    token: dict[str, Any]


async def make_scene(place: Place) -> Scene:
    here, _ = place
    admin = await here.admin()
    alice, bob = [await here.client(f"{name}@example.com") for name in ("alice", "bob")]
    bot_id = (await alice.ask("bot.create", userName="buildbot"))["user"]["id"]
    expires_at = here.clock.now() + DAY * 1000
    return Scene(here, admin, alice, bob, bot_id, await make_token(alice, botId=bot_id, expiresAt=expires_at))


async def revoke(scene: Scene) -> None:
    await scene.alice.ask("token.revoke", tokenId=scene.token["id"])


async def admin_revokes(scene: Scene) -> None:
    await scene.admin.ask("admin.revokeToken", tokenId=scene.token["id"])


async def remove_bot(scene: Scene) -> None:
    assert (await scene.alice.ask("bot.remove", botId=scene.bot_id))["closedSockets"] == 3


async def admin_removes_bot(scene: Scene) -> None:
    assert (await scene.admin.ask("admin.removeUser", userId=scene.bot_id))["closedSockets"] == 3


async def remove_owner(scene: Scene) -> None:
    assert (await scene.admin.ask("admin.removeUser", userId=scene.alice.user_id))["closedSockets"] == 4


async def deactivate_owner(scene: Scene) -> None:
    await scene.admin.ask("admin.deactivateUser", userId=scene.alice.user_id)


async def deactivate_bot(scene: Scene) -> None:
    await scene.admin.ask("admin.deactivateUser", userId=scene.bot_id)


async def leave(scene: Scene) -> None:
    await scene.alice.ask("me.leaveServer")


async def hand_over(scene: Scene) -> None:
    handed = {"fromUserId": scene.alice.user_id, "toUserId": scene.bob.user_id, "revokeTokens": True}
    await scene.admin.ask("admin.transferBots", **handed)


async def expire(scene: Scene) -> None:
    scene.here.clock.advance(DAY + 1)


Deed = Callable[[Scene], Awaitable[None]]
DEEDS: dict[str, tuple[Deed, int, str, str | None]] = {
    "token.revoke": (revoke, 4502, "session_revoked", "self"),
    "admin.revokeToken": (admin_revokes, 4502, "session_revoked", "admin"),
    "bot.remove": (remove_bot, 4503, "account_removed", "self"),
    "admin.removeUser of the bot": (admin_removes_bot, 4503, "account_removed", "admin"),
    "admin.removeUser of the owner": (remove_owner, 4503, "account_removed", "admin"),
    "admin.deactivateUser of the owner": (deactivate_owner, 4504, "account_deactivated", "admin"),
    "admin.deactivateUser of the bot": (deactivate_bot, 4504, "account_deactivated", "admin"),
    "me.leaveServer of the owner": (leave, 4503, "account_removed", "self"),
    "admin.transferBots with revocation": (hand_over, 4502, "session_revoked", "admin"),
    "expiry": (expire, 4508, "session_expired", None),
}


@pytest.mark.parametrize("name", DEEDS)
async def test_F26_every_end_of_a_token_cuts_its_sockets_everywhere(place: Place, name: str) -> None:
    """The reason is told once and nothing follows; from the reply on the token is refused at every door of all nodes.

    What its socket was sending when it ended is stored before the reply or not at all.
    """
    deed, code, reason, by = DEEDS[name]
    here, there = place
    scene = await make_scene(place)
    secret = scene.token["token"]
    near = await Deaf.open(here.url, secret, ROOMY)
    polite, busy = await Client.open(there.url, secret), await Client.open(there.url, secret)
    room = await general(scene.bob)
    await asyncio.gather(pipeline(busy, room), deed(scene))
    if name != "expiry":  # which nobody asked for, so that it has no reply either
        require_farewell(near.frames_that_are_here(), code, reason, by)
    for node in place:
        assert (await ask(node, secret, "message", channelId=room, content="late")).status_code == 401
        with pytest.raises(InvalidStatus) as refusal:
            await Client.open(node.url, secret)
        assert refusal.value.response.status_code == 401
    stored = await said_by(scene.bob, scene.bot_id)
    for client in (polite, busy):
        assert (await client.ended()).code == code
    assert await said_by(scene.bob, scene.bot_id) == stored
    said = (await scene.admin.ask("message", channelId=room, content="is anybody here?"))["message"]
    await scene.bob.expect("message.created", message=said)
    if name == "expiry":
        require_farewell(near.frames_that_are_here(), code, reason, by)
    await near.answer_close()
    assert await near.frames_until_the_end(answer_close=False) == []


async def test_F26_the_sockets_of_a_person_end_with_his_token_only(place: Place) -> None:
    """Revoking a personal token leaves his sign-in and his other token where they are, on both nodes."""
    here, there = place
    alice = await here.client("alice@example.com")
    made, other = await make_token(alice), await make_token(alice, "other")
    ended, stays = await Client.open(there.url, made["token"]), await Client.open(there.url, other["token"])
    await alice.ask("token.revoke", tokenId=made["id"])
    assert (await ended.ended()).code == 4502
    assert (await alice.ask("ping"), await stays.ask("ping")) == ({}, {})
    await stays.close()


async def opened(node: Running, secret: str) -> Client | None:
    try:
        return await Client.open(node.url, secret)
    except InvalidStatus:
        return None


async def test_no_door_opens_after_the_revocation(place: Place) -> None:
    """Twenty upgrades raced against the revocation, on both nodes: each is refused or cut."""
    alice = await place[0].client("alice@example.com")
    for _ in range(ROUNDS):
        made = await make_token(alice)
        opening = [asyncio.create_task(opened(place[n % 2], made["token"])) for n in range(20)]
        await asyncio.sleep(0)
        await alice.ask("token.revoke", tokenId=made["id"])
        found = [client for client in await asyncio.gather(*opening) if client is not None]
        assert {(await client.ended()).code for client in found} <= {4502}


async def test_R50_a_bots_token_works_exactly_while_its_owner_is_active(place: Place) -> None:
    """Deactivated and activated again and again: refused on both nodes from each reply on, accepted from the next."""
    _, there = place
    scene = await make_scene(place)
    for _ in range(ROUNDS):
        bot = await Client.open(there.url, scene.token["token"])
        await scene.admin.ask("admin.deactivateUser", userId=scene.alice.user_id)
        assert [(await ask(node, scene.token["token"])).status_code for node in place] == [401, 401]
        assert (await bot.ended()).code == 4504
        await scene.admin.ask("admin.activateUser", userId=scene.alice.user_id)
        assert [(await ask(node, scene.token["token"])).status_code for node in place] == [200, 200]


# --- many at once --------------------------------------------------------------------------------------------------


async def sockets_of(person: Person, nodes: Place) -> list[Client]:
    return [await person.connect(node.url) for node in nodes]


async def test_nobody_makes_more_tokens_than_allowed(two_nodes: Place) -> None:
    """Of thirty made at once over two nodes the limit is granted, round after round."""
    clients = await sockets_of(await two_nodes[0].sign_in("alice@example.com"), two_nodes)
    for _ in range(ROUNDS):
        asked = [outcome(clients[n % 2], "token.create", name=f"token {n}") for n in range(CALLERS)]
        assert await at_once(*asked) == {"ok": MAX_TOKENS_PER_USER, "conflict": CALLERS - MAX_TOKENS_PER_USER}
        held = (await clients[0].ask("token.list"))["tokens"]
        assert len(held) == MAX_TOKENS_PER_USER
        revoked = [outcome(client, "token.revoke", tokenId=one["id"]) for one in held for client in clients]
        assert await at_once(*revoked) == {"ok": MAX_TOKENS_PER_USER, "not_found": MAX_TOKENS_PER_USER}


async def test_nobody_makes_more_bots_than_allowed(two_nodes: Place) -> None:
    """The same for bots: however many are made at once, no one too many."""
    clients = await sockets_of(await two_nodes[0].sign_in("alice@example.com"), two_nodes)
    for round in range(ROUNDS):
        asked = [outcome(clients[n % 2], "bot.create", userName=f"bot{round}.{n}") for n in range(CALLERS)]
        assert await at_once(*asked) == {"ok": MAX_BOTS_PER_USER, "conflict": CALLERS - MAX_BOTS_PER_USER}
        page = await clients[1].ask("bot.list")
        assert page["total"] == MAX_BOTS_PER_USER
        await asyncio.gather(*(clients[0].ask("bot.remove", botId=bot["id"]) for bot in page["bots"]))


async def test_no_channel_gets_more_webhooks_than_allowed(two_nodes: Place) -> None:
    """The same for webhooks, and each of them has a bot with a name of its own."""
    admins = await sockets_of(await two_nodes[0].sign_in(ADMIN_EMAIL), two_nodes)
    room = await general(admins[0])
    asked = [outcome(admins[n % 2], "admin.createWebhook", name="Deploy", channelId=room) for n in range(CALLERS)]
    assert await at_once(*asked) == {"ok": MAX_WEBHOOKS_PER_CHANNEL, "conflict": CALLERS - MAX_WEBHOOKS_PER_CHANNEL}
    bots = (await admins[0].ask("bot.list", all=True))["bots"]
    assert len({bot["userName"] for bot in bots}) == MAX_WEBHOOKS_PER_CHANNEL


async def test_a_bots_name_is_given_once(two_nodes: Place) -> None:
    """Of twenty who name their bot the same at once one gets the name."""
    people = [await two_nodes[0].sign_in(f"ann{n}@example.com") for n in range(20)]
    clients = [await person.connect(two_nodes[n % 2].url) for n, person in enumerate(people)]
    for round in range(ROUNDS):
        asked = [outcome(client, "bot.create", userName=f"Bot{round}") for client in clients]
        assert await at_once(*asked) == {"ok": 1, "conflict": 19}


async def test_F43_a_bot_has_one_owner(two_nodes: Place) -> None:
    """Handed to twenty people at once it moves once, as does its audit entry; counts equal rows."""
    here, _ = two_nodes
    admins = await sockets_of(await here.sign_in(ADMIN_EMAIL), two_nodes)
    alice = await here.client("alice@example.com")
    bot_id, _ = await make_bot(alice)
    heirs = [await here.sign_in(f"heir{n}@example.com") for n in range(20)]
    replies = await asyncio.gather(
        *(
            admins[n % 2].ask("admin.transferBots", fromUserId=alice.user_id, toUserId=heir.id)
            for n, heir in enumerate(heirs)
        )
    )
    assert Counter(reply["transferred"] for reply in replies) == {1: 1, 0: 19}
    (entry,) = await audited(admins[0], "bot.transferred")
    owner = (await admins[0].ask("admin.getUser", userId=bot_id))["user"]["ownerId"]
    assert owner == entry["detail"]["toUserId"]
    held = [user["counts"]["bots"] for user in (await admins[0].ask("admin.listUsers", limit=200))["users"]]
    assert sum(held) == 1


async def test_F25_no_bot_outlives_its_owner(two_nodes: Place) -> None:
    """Bots and tokens made while their owner is being removed are gone with him, or were refused."""
    here, _ = two_nodes
    admin = await here.admin()
    for round in range(ROUNDS):
        alice = await here.sign_in(f"alice{round}@example.com")
        clients = await sockets_of(alice, two_nodes)
        made = [outcome(clients[n % 2], "bot.create", userName=f"bot{round}.{n}", withToken=True) for n in range(20)]
        removal = outcome(admin, "admin.removeUser", userId=alice.id)
        results = await at_once(*made[:10], removal, *made[10:])
        assert set(results) <= {"ok", "unauthenticated", "cut"}
        assert (await admin.ask("bot.list", all=True))["total"] == 0
        assert (await admin.ask("admin.listTokens"))["total"] == 0
