"""Whatever somebody made is worth what its maker is worth: tokens for others, bots where their owner is not."""

import pytest
from websockets.exceptions import InvalidStatus

from chatd.services import accounts
from tests.client import Client
from tests.handlers import general, say
from tests.serving import ADMIN_PASSWORD, Running
from tests.tokens import ask, make_bot, make_token

ENDS = {
    "demoted": ("admin.setRole", {"role": "user"}, ("admin.setRole", {"role": "admin"})),
    "demoted by editing": ("admin.updateUser", {"role": "user"}, ("admin.setRole", {"role": "admin"})),
    "deactivated": ("admin.deactivateUser", {}, ("admin.activateUser", {})),
    "removed": ("admin.removeUser", {}, None),
}


async def second_admin(here: Running, admin: Client) -> Client:
    ann = await here.client("ann@example.com")
    await admin.ask("admin.setRole", userId=ann.user_id, role="admin")
    await ann.expect("user.updated")
    return ann


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.replace(" ", "-"))
async def test_a_token_made_for_others_is_worth_what_its_maker_is(place: tuple[Running, Running], end: str) -> None:
    """System tokens, and those of other people's bots: refused on both roads and cut on every node; taken over, both
    work again. A token of one's own, and of one's own bot, is one's own."""
    here, there = place
    admin = await here.admin()
    ann, bob = await second_admin(here, admin), await here.client("bob@example.com")
    bot_id, own = await make_bot(bob)
    made = [
        (await ann.ask("admin.createToken", name="backup"))["token"],
        (await ann.ask("token.create", name="theirs", botId=bot_id))["token"],
    ]
    sockets = [await Client.open(there.url, token) for token in made]
    type, more, back = ENDS[end]
    await admin.ask(type, userId=ann.user_id, **more)
    for token, socket in zip(made, sockets, strict=True):
        assert (await socket.ended()).code == 4502
        assert (await ask(there, token)).status_code == 401
        with pytest.raises(InvalidStatus):
            await Client.open(here.url, token)
    assert (await ask(here, own)).status_code == 200
    if back is not None:
        await admin.ask(back[0], userId=ann.user_id, **back[1])
        assert [(await ask(there, token)).status_code for token in made] == [200, 200]
        await admin.ask(type, userId=ann.user_id, **more)
    preview = await admin.ask("admin.removeUserPreview", userId=ann.user_id) if back is not None else None
    assert preview is None or preview["counts"]["madeTokens"] == 2
    assert (await admin.ask("admin.takeOver", userId=ann.user_id))["madeTokens"] == 2
    assert [(await ask(there, token)).status_code for token in made] == [200, 200]


async def test_a_system_token_does_not_bring_its_maker_back(node: Running) -> None:
    """A demoted administrator who kept one is no administrator by it, with the frame behind the demotion already."""
    admin = await node.admin()
    ann = await second_admin(node, admin)
    token = (await ann.ask("admin.createToken", name="backup"))["token"]
    script = await Client.open(node.url, token)
    demotion = await admin.start("admin.setRole", userId=ann.user_id, role="user")
    await script.start("admin.setRole", userId=ann.user_id, role="admin")
    assert (await demotion)["ok"]
    await script.ended()
    shown = await admin.ask("admin.getUser", userId=ann.user_id)
    answered_first = shown["user"]["role"] == "admin"
    assert (
        not answered_first or (await ask(node, token)).status_code == 200
    )  # it came before the demotion, or not at all


async def test_nobody_takes_over_but_an_administrator(node: Running) -> None:
    """Nor from themselves, nor from nobody."""
    admin, eve = await node.admin(), await node.client("eve@example.com")
    assert (await eve.refused("admin.takeOver", userId=admin.user_id)).code == "forbidden"
    assert (await admin.refused("admin.takeOver", userId=admin.user_id)).code == "conflict"
    assert (await admin.refused("admin.takeOver", userId="nobody")).code == "not_found"


async def test_tokens_of_a_bot_that_was_handed_over_are_its_new_owners(node: Running) -> None:
    """They go on working, unless they are revoked with it; what the former owner is counts no more."""
    admin, alice, bob = await node.admin(), await node.client("alice@example.com"), await node.client("bob@example.com")
    _, token = await make_bot(alice)
    await admin.ask("admin.transferBots", fromUserId=alice.user_id, toUserId=bob.user_id)
    await admin.ask("admin.deactivateUser", userId=alice.user_id)
    assert (await ask(node, token)).status_code == 200
    await admin.ask("admin.deactivateUser", userId=bob.user_id)
    assert (await ask(node, token)).status_code == 401


async def secret(owner: Client, *others: Client | str) -> str:
    members = [other if isinstance(other, str) else other.user_id for other in others]
    made = await owner.ask("channel.create", name="secret", kind="private", members=members)
    return str(made["channel"]["id"])


@pytest.mark.parametrize("way", ["removed", "left", "transferred", "made private"])
async def test_a_bot_is_in_a_private_channel_only_while_its_owner_is(place: tuple[Running, Running], way: str) -> None:
    """Whoever is taken out reads on by no bot of theirs, and no bot lets them in again."""
    here, there = place
    admin, alice, bob = await here.admin(), await here.client("alice@example.com"), await here.client("bob@example.com")
    bot_id, token = await make_bot(bob)
    bot = await Client.open(there.url, token)
    if way == "made private":
        room = (await alice.ask("channel.create", name="open", kind="public"))["channel"]["id"]
        await say(bot, room, "I was here; bob never wrote")
        await alice.ask("channel.update", channelId=room, kind="private")
    else:
        room = await secret(alice, bob)
        await bob.ask("channel.addMember", channelId=room, userId=bot_id)
        await say(bot, room, "inside")
        if way == "removed":
            await alice.ask("channel.removeMember", channelId=room, userId=bob.user_id)
        elif way == "left":
            await bob.ask("channel.leave", channelId=room)
        else:
            await here.client("carol@example.com")
            carol = (await admin.ask("user.find", query="carol"))["users"][0]["id"]
            await admin.ask("admin.transferBots", fromUserId=bob.user_id, toUserId=carol)
    for type, more in (
        ("message.history", {"channelId": room}),
        ("message", {"channelId": room, "content": "still"}),
        ("channel.addMember", {"channelId": room, "userId": bob.user_id}),
    ):
        answer = await ask(there, token, type, **more)
        assert answer.status_code in (403, 404), (type, answer.text)
    await say(alice, room, "among ourselves")
    await say(alice, await general(alice), "for all")
    while (heard := (await bot.expect("message.created"))["payload"]["message"]["content"]) != "for all":
        assert heard != "among ourselves"
    assert "among ourselves" not in (await ask(there, token, "resume", channels={room: 0})).text


async def test_a_bot_comes_into_a_private_channel_after_its_owner(node: Running) -> None:
    """Brought in by whoever may: not before its owner; one that makes a channel brings its owner along."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    bot_id, token = await make_bot(bob)
    assert (await alice.refused("channel.create", name="x", kind="private", members=[bot_id])).code == "conflict"
    room = await secret(alice)
    assert (await alice.refused("channel.addMember", channelId=room, userId=bot_id)).code == "conflict"
    await alice.ask("channel.addMember", channelId=room, userId=bob.user_id)
    await alice.ask("channel.addMember", channelId=room, userId=bot_id)
    made = (await ask(node, token, "channel.create", name="by the bot", kind="private")).json()["channel"]
    members = (await bob.ask("channel.members", channelId=made["id"]))["members"]
    assert {member["id"] for member in members} == {bot_id, bob.user_id}


async def test_only_who_can_sign_in_is_another_administrator(node: Running) -> None:
    """An invited one without a password takes nobody's place; and may be removed while there is another."""
    admin = await node.admin()
    chat = node.node.chat
    ivy = accounts.NewUser("ivy", "ivy@example.com", None, "admin", id="ivy")  # what an invitation leaves behind
    await chat.write(lambda tx: accounts.create(tx, chat, ivy))
    assert (await admin.refused("admin.setRole", userId=admin.user_id, role="user")).code == "last_admin"
    assert (await admin.refused("me.leaveServer", password=ADMIN_PASSWORD)).code == "last_admin"
    assert (await admin.ask("admin.setRole", userId="ivy", role="user"))["user"]["role"] == "user"


async def test_who_loses_sight_of_a_channel_hears_it_as_it_was(place: tuple[Running, Running]) -> None:
    """Made private under another name and topic, neither is told to those who are not in it any more."""
    here, there = place
    alice = await here.client("alice@example.com")
    eve = await (await here.sign_in("eve@example.com")).connect(there.url)
    room = (await alice.ask("channel.create", name="open", topic="for all", kind="public"))["channel"]["id"]
    await say(alice, room)
    await eve.expect("message.created")
    await alice.ask("channel.update", channelId=room, kind="private", name="merger", topic="with Acme")
    heard = await eve.expect("channel.deleted")
    assert (heard["payload"]["channel"]["name"], heard["payload"]["channel"]["topic"]) == ("open", "for all")
    assert (heard["payload"]["channel"]["id"], heard["payload"]["channel"]["kind"]) == (room, "public")
    assert "merger" not in str(await eve.drain_events())


async def test_a_token_of_ones_own_needs_no_administrator(node: Running) -> None:
    """A demoted person's own tokens stay theirs, with the rights that they have now."""
    admin = await node.admin()
    ann = await second_admin(node, admin)
    own = (await make_token(ann))["token"]
    await admin.ask("admin.setRole", userId=ann.user_id, role="user")
    assert (await ask(node, own)).status_code == 200
    assert (await ask(node, own, "admin.listUsers")).status_code == 403
