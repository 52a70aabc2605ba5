"""Channels over the wire: public, private and direct; who makes, sees, manages, joins and leaves them."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from tests.client import Client
from tests.handlers import channel_of, general, history, open_room, say, secret_of
from tests.serving import Running

CHANNEL_FIELDS = {
    "id", "name", "topic", "kind", "createdBy", "createdAt", "archivedAt", "seq", "memberCount", "userIds", "joined",
    "unread", "mentions", "lastReadId",
}  # fmt: skip
Configured = Callable[..., AbstractAsyncContextManager[Running]]


def as_event(channel: dict[str, Any]) -> dict[str, Any]:
    """A channel as events show it: what is one person's own is null."""
    return channel | {"joined": None, "unread": None, "mentions": None, "lastReadId": None}


async def names(client: Client, **more: Any) -> list[str | None]:
    return [channel["name"] for channel in (await client.ask("channel.list", **more))["channels"]]


async def member_names(client: Client, channel_id: str, **page: Any) -> tuple[list[str], int]:
    reply = await client.ask("channel.members", channelId=channel_id, **page)
    return [user["userName"] for user in reply["members"]], reply["total"]


async def cast(node: Running) -> tuple[Client, Client, Client]:
    """alice, who makes rooms, bob, and the administrator."""
    return await node.client("alice@example.com"), await node.client("bob@example.com"), await node.admin()


# --- making ------------------------------------------------------------------------------------------------------


async def test_a_new_channel_has_every_field_and_is_told(node: Running) -> None:
    """A public channel is complete in the reply and told to everybody with the personal fields null."""
    alice, bob, _ = await cast(node)
    made = await open_room(alice, "Tea & Cake", topic="Earl Grey")
    assert made == {
        "id": made["id"], "name": "Tea & Cake", "topic": "Earl Grey", "kind": "public", "createdBy": alice.user_id,
        "createdAt": made["createdAt"], "archivedAt": None, "seq": 0, "memberCount": 3, "userIds": [], "joined": True,
        "unread": 0, "mentions": 0, "lastReadId": None,
    }  # fmt: skip
    for client in (alice, bob):
        event = await client.expect("channel.created", channel=as_event(made))
        assert event.keys() == {"type", "payload"}
    assert await channel_of(bob, made["id"]) == made


async def test_M04_a_private_channel_is_seen_by_its_members_only(node: Running) -> None:
    """A private channel is told to and listed for its creator and members, nobody else."""
    alice, bob, admin = await cast(node)
    eve = await node.client("eve@example.com")
    made = await open_room(alice, "secret", "private", members=[bob.user_id])
    assert (made["kind"], made["memberCount"], made["userIds"]) == ("private", 2, [])
    for member in (alice, bob):
        await member.expect("channel.created", channel=as_event(made))
        assert await channel_of(member, made["id"]) == made
    for outsider in (eve, admin):
        await outsider.refute("channel.created")
        assert await names(outsider) == ["general"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, 5, None])
async def test_a_channel_name_has_1_to_80_characters(node: Running, name: Any) -> None:
    """A name that is empty, blank, longer than 80 code points or no text is invalid, new or changed."""
    alice = await node.client()
    room = await open_room(alice, "😀" * 80)
    made = await alice.refused("channel.create", name=name)
    changed = await alice.refused("channel.update", channelId=room["id"], name=name)
    assert (made.code, made.field, changed.code) == ("invalid", "name", "invalid")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "dm"}, "kind"),
        ({"topic": 5}, "topic"),
        ({"members": "bob"}, "members"),
        ({"archived": True}, "archived"),
    ],
)
async def test_a_channel_is_made_of_known_fields(node: Running, change: dict[str, Any], field: str) -> None:
    """Wrong types and unknown fields of a new channel are invalid and named."""
    alice = await node.client()
    refusal = await alice.refused("channel.create", **({"name": "room"} | change))
    assert (refusal.code, refusal.field) == ("invalid", field)
    assert await names(alice) == ["general"]


async def test_an_unknown_member_makes_no_channel(node: Running) -> None:
    """A private channel with somebody who does not exist is not_found, and nothing is made."""
    alice = await node.client()
    assert (await alice.refused("channel.create", name="x", kind="private", members=["nobody"])).code == "not_found"
    assert await names(alice) == ["general"]


async def test_public_names_are_unique_and_private_ones_unknown(node: Running) -> None:
    """A public name is taken once, whatever its case; private channels may share any, so that none can be probed."""
    alice, bob, _ = await cast(node)
    await open_room(alice, "Straße")
    for taken in ("Straße", "STRASSE", "General"):
        refusal = await bob.refused("channel.create", name=taken)
        assert (refusal.code, refusal.field) == ("conflict", "name")
    await open_room(alice, "plans", "private")
    await open_room(bob, "plans", "private")
    await open_room(bob, "general", "private")
    assert (await open_room(bob, "plans"))["kind"] == "public"


# --- changing ----------------------------------------------------------------------------------------------------


async def test_a_channel_is_renamed_and_described(node: Running) -> None:
    """What is given changes, what is left out stays, and everybody hears of it."""
    alice, bob, _ = await cast(node)
    made = await open_room(alice, "room", topic="old")
    changed = (await alice.ask("channel.update", channelId=made["id"], name="hall"))["channel"]
    assert changed == made | {"name": "hall"}
    event = await bob.expect("channel.updated")
    assert event == {"type": "channel.updated", "payload": {"channel": as_event(changed)}}
    assert (await alice.ask("channel.update", channelId=made["id"], topic=""))["channel"] == changed | {"topic": ""}


async def test_a_rename_to_a_taken_name_is_a_conflict(node: Running) -> None:
    """A public channel gets no name of another one, not by renaming and not by becoming public."""
    alice = await node.client()
    await open_room(alice, "taken")
    room, hidden = await open_room(alice, "room"), await open_room(alice, "TAKEN", "private")
    assert (await alice.refused("channel.update", channelId=room["id"], name="Taken")).code == "conflict"
    assert (await alice.refused("channel.update", channelId=hidden["id"], kind="public")).code == "conflict"
    both = await alice.ask("channel.update", channelId=hidden["id"], kind="public", name="free")
    assert (both["channel"]["name"], both["channel"]["kind"]) == ("free", "public")
    assert (await alice.ask("channel.update", channelId=room["id"], name="ROOM"))["channel"]["name"] == "ROOM"


async def test_an_update_that_changes_nothing_is_quiet(node: Running) -> None:
    """The same values again, or none, are ok and send no event."""
    alice = await node.client()
    made = await open_room(alice, "room", topic="tea")
    await alice.drain_events()
    same = {"name": "room", "topic": "tea", "kind": "public", "archived": False}
    assert (await alice.ask("channel.update", channelId=made["id"], **same))["channel"] == made
    assert (await alice.ask("channel.update", channelId=made["id"]))["channel"] == made
    await alice.refute("channel.updated")


async def test_M06_only_creator_and_administrators_manage_a_channel(node: Running) -> None:
    """Another member neither updates nor deletes nor removes people; an administrator does."""
    alice, bob, admin = await cast(node)
    room = {"channelId": (await open_room(alice, "room"))["id"]}
    assert (await bob.refused("channel.update", name="mine", **room)).code == "forbidden"
    assert (await bob.refused("channel.delete", **room)).code == "forbidden"
    assert (await bob.refused("channel.removeMember", userId=alice.user_id, **room)).code == "forbidden"
    await admin.ask("channel.update", name="ours", **room)
    await admin.ask("channel.delete", **room)
    assert await names(alice) == ["general"]


async def test_an_archived_channel_is_read_only(node: Running) -> None:
    """Writing, replying, editing and reacting are conflicts; reading works; opened again all goes on."""
    alice, bob, _ = await cast(node)
    room = (await open_room(alice, "room"))["id"]
    message = await say(bob, room)
    archived = (await alice.ask("channel.update", channelId=room, archived=True))["channel"]
    assert isinstance(archived["archivedAt"], int)
    for type, payload in (
        ("message", {"channelId": room, "content": "x"}),
        ("message", {"channelId": room, "content": "x", "threadId": message["id"]}),
        ("message.edit", {"messageId": message["id"], "content": "x"}),
        ("reaction", {"messageId": message["id"], "reaction": "👍"}),
    ):
        assert (await bob.refused(type, **payload)).code == "conflict"
    assert await history(bob, room) == [message]
    assert (await alice.ask("channel.update", channelId=room, archived=False))["channel"]["archivedAt"] is None
    assert (await say(bob, room))["seq"] == 2


async def test_M06_general_is_everybodys_for_ever(node: Running) -> None:
    """Not even an administrator renames, hides, archives or deletes it, and nobody leaves it; its topic may change."""
    alice, _, admin = await cast(node)
    here = {"channelId": await general(alice)}
    for change in ({"name": "mine"}, {"kind": "private"}, {"archived": True}):
        assert (await admin.refused("channel.update", **here, **change)).code == "conflict"
        assert (await alice.refused("channel.update", **here, **change)).code == "forbidden"
    assert (await admin.refused("channel.delete", **here)).code == "conflict"
    for client in (alice, admin):
        assert (await client.refused("channel.leave", **here)).code in ("conflict", "forbidden")
    assert (await admin.refused("channel.removeMember", userId=alice.user_id, **here)).code in ("conflict", "forbidden")
    assert (await admin.ask("channel.update", topic="for all", **here))["channel"]["topic"] == "for all"
    assert (await channel_of(alice, here["channelId"]))["joined"] is True


async def test_a_deleted_channel_is_gone_with_its_messages(node: Running) -> None:
    """After a deletion everybody is told, and neither the channel nor its messages can be reached."""
    alice, bob, _ = await cast(node)
    made = await open_room(alice, "room")
    message = await say(bob, made["id"])
    assert await alice.ask("channel.delete", channelId=made["id"]) == {}
    event = await bob.expect("channel.deleted")
    assert event["payload"]["channel"] == as_event(made) | {"seq": 1}
    assert (await bob.refused("message.history", channelId=made["id"])).code == "not_found"
    assert (await bob.refused("message.edit", messageId=message["id"], content="x")).code == "not_found"
    assert (await alice.refused("channel.delete", channelId=made["id"])).code == "not_found"
    assert (await open_room(bob, "room"))["seq"] == 0


async def test_made_private_a_channel_keeps_who_posted_or_read(place: tuple[Running, Running]) -> None:
    """Who wrote or has a read marker stays a member; the others lose sight of it before the reply."""
    here, there = place
    alice, bob = await here.client("alice@example.com"), await here.client("bob@example.com")
    carol = await (await here.sign_in("carol@example.com")).connect(there.url)
    eve = await (await here.sign_in("eve@example.com")).connect(here.url)
    room = (await open_room(alice, "room"))["id"]
    message = await say(bob, room)
    await carol.ask("read", channelId=room, messageId=message["id"])
    changed = (await alice.ask("channel.update", channelId=room, kind="private"))["channel"]
    await eve.refute("channel.updated")
    assert any(event["type"] == "channel.deleted" and event["payload"]["channel"]["id"] == room for event in eve.events)
    assert (changed["kind"], changed["memberCount"]) == ("private", 3)
    assert (await carol.expect("channel.updated"))["payload"]["channel"] == as_event(changed)
    assert await member_names(bob, room) == (["alice", "bob", "carol"], 3)
    await say(alice, room, "private now")
    await carol.expect("message.created", message=(await history(bob, room))[1])
    assert (await eve.refused("message.history", channelId=room)).code == "not_found"


async def test_made_public_a_channel_is_everybodys(node: Running) -> None:
    """A private channel made public is told to all as a new one, with its history, and is heard from then on."""
    alice, bob, _ = await cast(node)
    eve = await node.client("eve@example.com")
    room = await secret_of(alice, bob)
    await say(alice, room, "old")
    changed = (await alice.ask("channel.update", channelId=room, kind="public"))["channel"]
    assert (changed["kind"], changed["memberCount"], changed["userIds"]) == ("public", 4, [])
    assert (await eve.expect("channel.created"))["payload"]["channel"] == as_event(changed)
    await bob.expect("channel.updated")
    new = await say(bob, room, "new")
    assert (await eve.expect("message.created"))["payload"]["message"] == new
    assert [message["content"] for message in await history(eve, room)] == ["old", "new"]


async def test_who_left_does_not_come_back_when_a_channel_turns_private(node: Running) -> None:
    """A person who wrote in a channel and left it is no member after it is made private."""
    alice, bob, _ = await cast(node)
    room = (await open_room(alice, "room"))["id"]
    await say(bob, room)
    await bob.ask("channel.leave", channelId=room)
    await alice.ask("channel.update", channelId=room, kind="private")
    assert await member_names(alice, room) == (["alice"], 1)
    assert (await bob.refused("message.history", channelId=room)).code == "not_found"


# --- coming and going --------------------------------------------------------------------------------------------


async def test_who_left_a_public_channel_sees_it_and_hears_no_content(node: Running) -> None:
    """After leaving one reads by request and hears of the channel itself, but not what is said in it."""
    alice, bob, _ = await cast(node)
    room = (await open_room(alice, "room"))["id"]
    assert await bob.ask("channel.leave", channelId=room) == {}
    assert (await alice.expect("channel.memberRemoved"))["payload"] == {"channelId": room, "userId": bob.user_id}
    message = await say(alice, room, "@bob")
    assert message["mentions"] == []
    assert (await bob.refused("message", channelId=room, content="x")).code == "forbidden"
    assert (await bob.refused("reaction", messageId=message["id"], reaction="👍")).message == "Join the channel first"
    await alice.ask("channel.update", channelId=room, topic="news")
    await bob.expect("channel.updated")
    await bob.refute("message.created")
    seen = await channel_of(bob, room)
    assert (seen["joined"], seen["memberCount"], await history(bob, room)) == (False, 2, [message])


async def test_who_joins_again_hears_again(node: Running) -> None:
    """Joining is told to all, brings the content back, and a second time changes nothing."""
    alice, bob, _ = await cast(node)
    room = (await open_room(alice, "room"))["id"]
    await bob.ask("channel.leave", channelId=room)
    assert await bob.ask("channel.join", channelId=room) == {}
    assert (await alice.expect("channel.memberAdded"))["payload"] == {"channelId": room, "userId": bob.user_id}
    await bob.ask("channel.join", channelId=room)
    await alice.refute("channel.memberAdded")
    message = await say(alice, room)
    assert (await bob.expect("message.created"))["payload"]["message"] == message
    assert await history(alice, room) == [message]


async def test_joining_and_leaving_write_no_message(node: Running) -> None:
    """Members come and go without a change of the channel's content."""
    alice, bob, _ = await cast(node)
    room = (await open_room(alice, "room"))["id"]
    for type in ("channel.leave", "channel.leave", "channel.join"):
        await bob.ask(type, channelId=room)
    assert (await channel_of(alice, room))["seq"] == 0
    assert await history(alice, room) == []
    assert [event["type"] for event in await alice.drain_events() if event["type"].startswith("channel.member")] == [
        "channel.memberRemoved",
        "channel.memberAdded",
    ]


async def test_a_private_channel_is_joined_by_invitation_only(node: Running) -> None:
    """Nobody joins it by himself; any member brings somebody in, who is told and hears from then on."""
    alice, bob, _ = await cast(node)
    eve = await node.client("eve@example.com")
    room = await secret_of(alice, bob)
    assert (await eve.refused("channel.join", channelId=room)).code == "not_found"
    assert (await eve.refused("channel.addMember", channelId=room, userId=eve.user_id)).code == "not_found"
    assert await bob.ask("channel.addMember", channelId=room, userId=eve.user_id) == {}
    assert (await eve.expect("channel.created"))["payload"]["channel"]["memberCount"] == 3
    assert (await alice.expect("channel.memberAdded"))["payload"] == {"channelId": room, "userId": eve.user_id}
    message = await say(alice, room)
    assert (await eve.expect("message.created"))["payload"]["message"] == message
    await bob.ask("channel.addMember", channelId=room, userId=eve.user_id)
    await alice.refute("channel.memberAdded", userId=bob.user_id)


async def test_a_removed_member_hears_and_reads_nothing_more(place: tuple[Running, Running]) -> None:
    """After the reply to his removal a member gets no content and finds no channel; the others are told."""
    here, there = place
    alice, bob = await here.client("alice@example.com"), await here.client("bob@example.com")
    carol = await (await here.sign_in("carol@example.com")).connect(there.url)
    room = await secret_of(alice, bob, carol)
    assert await alice.ask("channel.removeMember", channelId=room, userId=bob.user_id) == {}
    await say(alice, room, "he is gone")
    await bob.refute("message.created")
    assert (await bob.expect("channel.deleted"))["payload"]["channel"]["id"] == room
    assert (await carol.expect("channel.memberRemoved"))["payload"] == {"channelId": room, "userId": bob.user_id}
    assert (await bob.refused("message.history", channelId=room)).code == "not_found"
    assert await names(bob) == ["general"]
    await alice.ask("channel.addMember", channelId=room, userId=bob.user_id)
    assert len(await history(bob, room)) == 1


async def test_members_of_a_private_channel_leave_it_for_good(node: Running) -> None:
    """Who leaves a private channel no longer sees it."""
    alice, bob, _ = await cast(node)
    room = await secret_of(alice, bob)
    await bob.ask("channel.leave", channelId=room)
    assert (await bob.expect("channel.deleted"))["payload"]["channel"]["memberCount"] == 1
    assert await names(bob) == ["general"]
    assert (await bob.refused("channel.members", channelId=room)).code == "not_found"


async def test_removing_who_is_not_there_or_unknown_is_not_found(node: Running) -> None:
    """Adding an unknown person and removing somebody who is not in the channel are not_found."""
    alice, bob, _ = await cast(node)
    room = await secret_of(alice)
    assert (await alice.refused("channel.addMember", channelId=room, userId="nobody")).code == "not_found"
    for user_id in ("nobody", bob.user_id):
        assert (await alice.refused("channel.removeMember", channelId=room, userId=user_id)).code == "not_found"


async def test_M04_M06_an_administrator_manages_private_channels_without_reading_them(node: Running) -> None:
    """He lists, describes and fills a private channel he is not in, but reads it only once he is a member."""
    alice, _, admin = await cast(node)
    room = await secret_of(alice)
    await say(alice, room, "between us")
    for type in ("message.history", "channel.members"):
        assert (await admin.refused(type, channelId=room)).code == "not_found"
    assert (await admin.ask("channel.update", channelId=room, topic="seen"))["channel"]["joined"] is False
    await admin.ask("channel.addMember", channelId=room, userId=admin.user_id)
    assert (await admin.expect("channel.created"))["payload"]["channel"]["id"] == room
    assert [message["content"] for message in await history(admin, room)] == ["between us"]


async def test_the_whole_list_is_for_administrators(node: Running) -> None:
    """`all` shows them others' private channels with name, topic and size, never direct ones; to users nothing more."""
    alice, bob, admin = await cast(node)
    await open_room(alice, "secret", "private", topic="hush", members=[bob.user_id])
    await alice.ask("dm.open", userIds=[bob.user_id])
    eve = await node.client("eve@example.com")
    assert await names(eve, all=True) == ["general"]
    assert await names(admin) == ["general"]
    listed = (await admin.ask("channel.list", all=True))["channels"]
    assert [channel["name"] for channel in listed] == ["general", "secret"]
    secret = listed[1]
    assert secret.keys() == CHANNEL_FIELDS
    assert (secret["topic"], secret["memberCount"], secret["joined"], secret["unread"]) == ("hush", 2, False, 0)


async def test_members_are_paged_by_name(node: Running) -> None:
    """channel.members pages the active people of a channel, without other people's addresses."""
    alice, bob, admin = await cast(node)
    room = (await open_room(alice, "room"))["id"]
    assert await member_names(alice, room) == (["admin", "alice", "bob"], 3)
    assert await member_names(alice, room, offset=1, limit=1) == (["alice"], 3)
    await admin.ask("admin.deactivateUser", userId=bob.user_id)
    assert await member_names(alice, room) == (["admin", "alice"], 2)
    members = (await alice.ask("channel.members", channelId=room))["members"]
    assert [user["email"] for user in members] == [None, "alice@example.com"]
    assert (await alice.refused("channel.members", channelId=room, limit=201)).code == "invalid"


async def test_without_automatic_joining_only_who_joined_is_in(configured: Configured) -> None:
    """With `autoJoinPublicChannels` false others see a public channel but hear it only after joining."""
    async with configured(chat={"autoJoinPublicChannels": False}) as node:
        alice, bob, _ = await cast(node)
        made = await open_room(alice, "room")
        assert (made["memberCount"], (await channel_of(bob, made["id"]))["joined"]) == (1, False)
        assert (await bob.refused("message", channelId=made["id"], content="x")).code == "forbidden"
        await say(alice, made["id"])
        await bob.refute("message.created")
        await bob.ask("channel.join", channelId=made["id"])
        message = await say(alice, made["id"])
        assert (await bob.expect("message.created"))["payload"]["message"] == message
        await say(bob, await general(bob))
        await alice.expect("message.created", message=(await history(bob, await general(bob)))[0])


async def test_without_automatic_joining_too_who_left_is_not_kept(configured: Configured) -> None:
    """Made private, a channel keeps nobody who wrote there and left, also when joining is not automatic."""
    async with configured(chat={"autoJoinPublicChannels": False}) as node:
        alice, bob, _ = await cast(node)
        room = (await open_room(alice, "room"))["id"]
        await bob.ask("channel.join", channelId=room)
        await say(bob, room)
        await bob.ask("channel.leave", channelId=room)
        await alice.ask("channel.update", channelId=room, kind="private")
        assert await member_names(alice, room) == (["alice"], 1)


# --- direct conversations ----------------------------------------------------------------------------------------


async def test_a_direct_conversation_is_told_to_its_people_at_once(node: Running) -> None:
    """dm.open makes a nameless channel of these people, which all of them hear of and nobody else."""
    alice, bob, admin = await cast(node)
    made = (await alice.ask("dm.open", userIds=[bob.user_id]))["channel"]
    assert (made["name"], made["kind"], made["topic"], made["memberCount"]) == (None, "dm", "", 2)
    assert made["userIds"] == sorted([alice.user_id, bob.user_id])
    for client in (alice, bob):
        await client.expect("channel.created", channel=as_event(made))
    await admin.refute("channel.created")
    message = await say(bob, made["id"])
    assert (await alice.expect("message.created"))["payload"]["message"] == message


async def test_the_same_people_have_the_same_conversation(node: Running) -> None:
    """Whoever opens it, with oneself named, twice or in another order, gets the one that is there, quietly."""
    alice, bob, admin = await cast(node)
    made = (await alice.ask("dm.open", userIds=[bob.user_id, admin.user_id]))["channel"]
    await bob.expect("channel.created")
    for people in ([alice.user_id, admin.user_id], [admin.user_id, alice.user_id, bob.user_id, admin.user_id]):
        assert (await bob.ask("dm.open", userIds=people))["channel"]["id"] == made["id"]
    await bob.refute("channel.created")
    assert (await bob.ask("dm.open", userIds=[alice.user_id]))["channel"]["id"] != made["id"]


async def test_a_direct_conversation_has_2_to_9_people(node: Running) -> None:
    """Nobody but oneself, nobody at all, 9 others and somebody unknown are refused."""
    admin = await node.admin()
    added = [
        (await admin.ask("admin.addUser", userName=f"user{number}", password="long enough 1"))["user"]["id"]
        for number in range(9)
    ]
    assert (await admin.ask("dm.open", userIds=added[:8]))["channel"]["memberCount"] == 9
    for people in ([], [admin.user_id], added):
        assert (await admin.refused("dm.open", userIds=people)).code == "invalid"
    assert (await admin.refused("dm.open", userIds=["nobody"])).code == "not_found"


async def test_a_direct_conversation_stays_as_it_is(node: Running) -> None:
    """Nobody leaves, changes, deletes or enlarges it, neither its people nor an administrator."""
    alice, bob, admin = await cast(node)
    here = {"channelId": (await alice.ask("dm.open", userIds=[bob.user_id]))["channel"]["id"]}
    assert (await bob.refused("channel.leave", **here)).code == "forbidden"
    for client, code in ((alice, "forbidden"), (admin, "not_found")):
        assert (await client.refused("channel.update", name="x", **here)).code == code
        assert (await client.refused("channel.delete", **here)).code == code
        assert (await client.refused("channel.addMember", userId=admin.user_id, **here)).code == code
        assert (await client.refused("channel.removeMember", userId=bob.user_id, **here)).code == code


@pytest.mark.parametrize(
    "type", ["channel.join", "channel.leave", "channel.delete", "channel.members", "channel.update"]
)
async def test_an_unknown_channel_is_not_found(node: Running, type: str) -> None:
    """A channel that does not exist is not_found, for administrators too."""
    admin = await node.admin()
    assert (await admin.refused(type, channelId="nothing")).code == "not_found"
