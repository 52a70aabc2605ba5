"""What people look at: the whole state, what they missed, who has read how far, people and their profiles."""

import asyncio
from typing import Any

import pytest

from tests.client import Client
from tests.handlers import channel_of, general, head, history, open_room, say, secret_of
from tests.serving import Running

USER_FIELDS = {
    "id", "userName", "displayName", "email", "role", "isAdmin", "status", "avatarUrl", "statusMessage", "bio",
    "nickname", "timezone", "createdAt", "lastLoginAt",
}  # fmt: skip
ADMIN_FIELDS = USER_FIELDS | {"emailVerified", "totpEnabled", "extension", "ownerId", "sessionLimit", "counts"}


async def resume(client: Client, **channels: int) -> Any:
    return await client.ask("resume", channels=channels)


async def standing(client: Client, channel_id: str) -> tuple[int, int, str | None]:
    """(unread, mentions, lastReadId) of a channel for this person."""
    channel = await channel_of(client, channel_id)
    return channel["unread"], channel["mentions"], channel["lastReadId"]


async def fill(client: Client, channel_id: str, count: int, content: str = "x") -> None:
    """Write many messages at once."""
    sent = [await client.start("message", channelId=channel_id, content=content) for _ in range(count)]
    assert all(reply["ok"] for reply in await asyncio.gather(*sent))


# --- read, unread, mentions --------------------------------------------------------------------------------------


async def test_unread_counts_what_others_wrote(node: Running) -> None:
    """Others' messages after the marker are unread; own ones, replies and tombstones are not."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    channel_id = await general(alice)
    first = await say(alice, channel_id, "one @bob")
    gone = await say(alice, channel_id, "two @bob")
    await say(alice, channel_id, "reply", threadId=first["id"])
    await say(bob, channel_id, "mine @bob")
    assert await standing(bob, channel_id) == (2, 2, None)
    await alice.ask("message.delete", messageId=gone["id"])
    assert await standing(bob, channel_id) == (1, 1, None)
    await bob.ask("read", channelId=channel_id, messageId=first["id"])
    assert await standing(bob, channel_id) == (0, 0, first["id"])


async def test_group_mentions_count_for_everybody_else(node: Running) -> None:
    """`@channel` and `@here` count as a mention of each of the others, once a message."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    channel_id = await general(alice)
    await say(alice, channel_id, "@channel @here @bob")
    assert (await standing(bob, channel_id))[:2] == (1, 1)
    assert (await standing(alice, channel_id))[:2] == (0, 0)


async def test_reading_moves_the_marker_on_all_of_ones_sockets(place: tuple[Running, Running]) -> None:
    """read.updated reaches every socket of the reader with the new counts, and nobody else."""
    here, there = place
    alice = await here.client("alice@example.com")
    person = await here.sign_in("bob@example.com")
    bob, phone = await person.connect(), await (await here.sign_in("bob@example.com")).connect(there.url)
    channel_id = await general(alice)
    first = await say(alice, channel_id)
    await say(alice, channel_id, "@bob")
    assert await bob.ask("read", channelId=channel_id, messageId=first["id"]) == {}
    payload = {"channelId": channel_id, "messageId": first["id"], "unread": 1, "mentions": 1}
    for socket in (bob, phone):
        assert await socket.expect("read.updated") == {"type": "read.updated", "payload": payload}
    await alice.refute("read.updated")
    assert await head(alice, channel_id) == 2


async def test_the_marker_never_moves_back(node: Running) -> None:
    """Reading what is older, or the same again, is ok and changes nothing."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    channel_id = await general(alice)
    old, new = await say(alice, channel_id), await say(alice, channel_id)
    await bob.ask("read", channelId=channel_id, messageId=new["id"])
    await bob.expect("read.updated")
    for message in (old, new):
        await bob.ask("read", channelId=channel_id, messageId=message["id"])
    await bob.refute("read.updated")
    assert await standing(bob, channel_id) == (0, 0, new["id"])


async def test_one_reads_messages_of_the_channel(node: Running) -> None:
    """A message that is unknown or of another channel, and a channel one cannot see, are not_found."""
    alice, eve = await node.client("alice@example.com"), await node.client("eve@example.com")
    channel_id, secret = await general(alice), await secret_of(alice)
    message, hidden = await say(alice, channel_id), await say(alice, secret)
    for place, id in (
        (channel_id, "nothing"),
        (channel_id, hidden["id"]),
        (secret, hidden["id"]),
        ("x", message["id"]),
    ):
        assert (await eve.refused("read", channelId=place, messageId=id)).code == "not_found"


# --- sync --------------------------------------------------------------------------------------------------------


async def test_sync_is_the_whole_state(node: Running) -> None:
    """sync holds oneself, all people, the channels one sees, who is online and the settings."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    await secret_of(bob)
    dm = (await bob.ask("dm.open", userIds=[alice.user_id]))["channel"]
    state = await alice.ask("sync")
    assert state.keys() == {"user", "users", "usersComplete", "channels", "presence", "settings"}
    assert state["user"] == alice.hello["user"]
    assert (state["usersComplete"], [user["userName"] for user in state["users"]]) == (True, ["admin", "alice", "bob"])
    assert {channel["id"] for channel in state["channels"]} == {await general(alice), dm["id"]}
    assert state["channels"] == (await alice.ask("channel.list"))["channels"]
    assert {entry["userId"] for entry in state["presence"]} == {alice.user_id, bob.user_id}
    assert isinstance(state["settings"]["name"], str)


async def test_sync_of_many_people_holds_those_at_hand(node: Running) -> None:
    """With more than 500 people sync holds oneself and those of one's direct conversations."""
    alice, admin = await node.client("alice@example.com"), await node.admin()
    added = [
        await admin.start("admin.addUser", userName=f"user{number}", password="long enough 1") for number in range(498)
    ]
    ids = [(await reply)["payload"]["user"]["id"] for reply in added]
    full = await alice.ask("sync")
    assert (full["usersComplete"], len(full["users"])) == (True, 500)
    await admin.ask("admin.addUser", userName="one-more", password="long enough 1")
    await alice.ask("dm.open", userIds=[ids[7]])
    near = await alice.ask("sync")
    assert near["usersComplete"] is False
    assert {user["id"] for user in near["users"]} == {alice.user_id, ids[7]}


# --- resume ------------------------------------------------------------------------------------------------------


async def test_resume_tells_what_was_missed(place: tuple[Running, Running]) -> None:
    """After a reconnect, on another node too, one gets each changed message as it is now, and the state."""
    here, there = place
    alice, person = await here.client("alice@example.com"), await here.sign_in("bob@example.com")
    bob = await person.connect()
    channel_id = await general(alice)
    seen = await say(alice, channel_id, "seen")
    await bob.expect("message.created")
    await bob.close()
    await alice.ask("message.edit", messageId=seen["id"], content="edited")
    new = await say(alice, channel_id, "new", threadId=seen["id"])
    gone = await say(alice, channel_id, "gone")
    await alice.ask("message.delete", messageId=gone["id"])
    bob = await person.connect(there.url)
    reply = await resume(bob, **{channel_id: 1})
    assert reply.keys() == {"channels", "sync"}
    missed = reply["channels"][channel_id]
    assert (missed["seq"], missed["resync"]) == (5, False)
    contents = {row["id"]: row["content"] for row in missed["messages"]}
    assert contents == {seen["id"]: "edited", new["id"]: "new", gone["id"]: ""}
    state = await bob.ask("sync")
    assert {name: reply["sync"][name] for name in ("user", "users", "channels", "settings")} == {
        name: state[name] for name in ("user", "users", "channels", "settings")
    }


async def test_snapshot_and_changes_are_the_present(node: Running) -> None:
    """What one had, overwritten by what resume tells, is what a fresh fetch shows."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    channel_id = await general(alice)
    ids = [(await say(alice, channel_id, str(number)))["id"] for number in range(5)]
    had = {row["id"]: row for row in await history(bob, channel_id)}
    at = await head(bob, channel_id)
    await alice.ask("message.edit", messageId=ids[0], content="edited")
    await alice.ask("message.delete", messageId=ids[1])
    await bob.ask("reaction", messageId=ids[2], reaction="👍")
    await say(alice, channel_id, "reply", threadId=ids[3])
    await say(alice, channel_id, "new @bob")
    changed = (await resume(bob, **{channel_id: at}))["channels"][channel_id]["messages"]
    now = had | {row["id"]: row for row in changed if row["threadId"] is None}
    assert now == {row["id"]: row for row in await history(bob, channel_id)}


async def test_resume_leaves_out_what_one_may_no_longer_see(node: Running) -> None:
    """A channel one was removed from, a deleted and an unknown one are left out; new ones stand in sync."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    secret, doomed = await secret_of(alice, bob), (await open_room(alice, "doomed"))["id"]
    await say(alice, secret, "before")
    await alice.ask("channel.removeMember", channelId=secret, userId=bob.user_id)
    await alice.ask("channel.delete", channelId=doomed)
    fresh = (await open_room(alice, "fresh"))["id"]
    reply = await resume(bob, **{secret: 0, doomed: 0, "nothing": 3})
    assert reply["channels"] == {}
    assert fresh in {channel["id"] for channel in reply["sync"]["channels"]}
    assert secret not in {channel["id"] for channel in reply["sync"]["channels"]}


async def test_resume_holds_500_changes_over_all_channels(node: Running) -> None:
    """Channels that do not fit in 500 changed messages say resync, the small ones are told in full."""
    alice = await node.client()
    big, small, same = [(await open_room(alice, name))["id"] for name in ("big", "small", "same")]
    await fill(alice, big, 499)
    await fill(alice, small, 2)
    reply = (await resume(alice, **{big: 0, small: 0, same: 0}))["channels"]
    assert (len(reply[small]["messages"]), reply[small]["seq"], reply[small]["resync"]) == (2, 2, False)
    assert reply[big] == {"messages": [], "seq": 499, "resync": True}
    assert reply[same] == {"messages": [], "seq": 0, "resync": False}
    assert len((await resume(alice, **{big: 1, small: 0}))["channels"][big]["messages"]) == 498


async def test_resume_stays_under_its_size(node: Running) -> None:
    """Changes that weigh more than 384 KiB together are not told but said to need a fresh fetch."""
    alice = await node.client()
    one, two = [(await open_room(alice, name))["id"] for name in ("one", "two")]
    await fill(alice, one, 20, "😀" * 4000)
    await fill(alice, two, 10, "😀" * 4000)
    reply = (await resume(alice, **{one: 0, two: 0}))["channels"]
    assert (len(reply[two]["messages"]), reply[two]["resync"]) == (10, False)
    assert reply[one] == {"messages": [], "seq": 20, "resync": True}


async def test_a_seq_that_never_was_means_resync(node: Running) -> None:
    """A client that claims more than the channel has is told to fetch afresh."""
    alice = await node.client()
    channel_id = await general(alice)
    await say(alice, channel_id)
    reply = (await resume(alice, **{channel_id: 9}))["channels"]
    assert reply[channel_id] == {"messages": [], "seq": 1, "resync": True}


async def test_resume_and_events_leave_no_gap(node: Running) -> None:
    """Of writes that race a resume each is in its answer or comes as an event with a higher `seq`."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    channel_id = await general(alice)
    writing = asyncio.create_task(fill(alice, channel_id, 200))
    await bob.expect("message.created")
    answer = (await resume(bob, **{channel_id: 0}))["channels"][channel_id]
    await writing
    await bob.expect("message.created", message=(await history(alice, channel_id))[-1])
    told = {row["seq"] for row in answer["messages"]}
    heard = {frame["seq"] for frame in bob.heard if frame["type"] == "message.created"}
    assert told == set(range(1, answer["seq"] + 1))
    assert told | heard == set(range(1, 201))


@pytest.mark.parametrize("channels", [None, [], {"x": -1}, {"x": "1"}, {"x": 1.5}, {"": 1}, {"x" * 65: 1}, {"x": None}])
async def test_resume_is_strict(node: Running, channels: Any) -> None:
    """Anything but a map of channel ids to numbers is invalid."""
    alice = await node.client()
    refusal = await alice.refused("resume", channels=channels)
    assert (refusal.code, refusal.field) == ("invalid", "channels")


# --- people ------------------------------------------------------------------------------------------------------


async def test_M35_a_user_has_every_field(node: Running) -> None:
    """A user has all fields; addresses are one's own or an administrator's to see, and so are the counts."""
    alice, bob, admin = await node.client("alice@example.com"), await node.client("bob@example.com"), await node.admin()
    other, own = (await alice.ask("user.get", userIds=[bob.user_id, alice.user_id]))["users"]
    if other["id"] != bob.user_id:
        other, own = own, other
    assert other.keys() == own.keys() == USER_FIELDS
    assert (other["email"], own["email"]) == (None, "alice@example.com")
    assert (own["role"], own["isAdmin"], own["status"], own["displayName"]) == ("user", False, "active", "alice")
    seen = (await admin.ask("user.get", userIds=[bob.user_id]))["users"][0]
    assert seen.keys() == ADMIN_FIELDS and seen["email"] == "bob@example.com"
    assert seen["counts"].keys() == {"sessions", "bots", "tokens"}


async def test_unknown_people_are_left_out(node: Running) -> None:
    """user.get answers with those that exist, and takes 200 ids at most."""
    alice = await node.client()
    assert (await alice.ask("user.get", userIds=["nobody"]))["users"] == []
    assert (await alice.refused("user.get", userIds=["x"] * 201)).code == "invalid"
    assert (await alice.refused("user.get", userIds="x")).code == "invalid"


async def test_R29_people_are_found_by_their_names_not_their_addresses(node: Running) -> None:
    """user.find looks into user name, display name and nickname whatever the case, never into addresses."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@hidden.example")
    await bob.ask("me.update", displayName="Robert ÄRGER", nickname="50%_Bobby")

    async def found(query: str, **more: Any) -> list[str]:
        return [user["userName"] for user in (await alice.ask("user.find", query=query, **more))["users"]]

    for query in ("BO", "robert", "bobby", "50%_", "ärger", "Ärger"):
        assert await found(query) == ["bob"], query
    for query in ("hidden", "@", "%o", "50__b", "b_b"):
        assert await found(query) == [], query
    assert await found("b", limit=1) == ["bob"]
    assert (await alice.refused("user.find", query="")).code == "invalid"


async def test_a_profile_is_changed_and_told(node: Running) -> None:
    """me.update changes what is given, null clears it; others hear of it without the address."""
    alice, bob, admin = await node.client("alice@example.com"), await node.client("bob@example.com"), await node.admin()
    given = {
        "displayName": "Alice A.", "email": "a@example.com", "statusMessage": "tea",
        "bio": "b", "nickname": "Al", "timezone": "Europe/Berlin",
    }  # fmt: skip
    user = (await alice.ask("me.update", **given))["user"]
    assert user == alice.hello["user"] | given
    await alice.expect("user.updated", user=user)
    event = await bob.expect("user.updated", user=user | {"email": None})
    assert event.keys() == {"type", "payload"}
    seen = [event["payload"]["user"] for event in await admin.drain_events() if event["type"] == "user.updated"][-1]
    assert (seen.keys(), seen["email"], seen["emailVerified"]) == (ADMIN_FIELDS, "a@example.com", False)
    cleared = (await alice.ask("me.update", bio=None, email=None))["user"]
    assert cleared == user | {"bio": None, "email": None}
    for address in ("/files/a.png", "/pictures/0", "/"):
        assert (await alice.refused("me.update", avatarUrl=address)).field == "avatarUrl"


async def test_a_profile_that_stays_is_not_told(node: Running) -> None:
    """The same profile again, or nothing, is ok and sends no event."""
    alice = await node.client()
    same = {"displayName": "alice", "email": "alice@example.com", "bio": None}
    assert (await alice.ask("me.update", **same))["user"] == alice.hello["user"]
    assert (await alice.ask("me.update"))["user"] == alice.hello["user"]
    await alice.refute("user.updated")


@pytest.mark.parametrize(
    "given",
    [
        {"displayName": ""},
        {"displayName": None},
        {"displayName": 5},
        {"email": "no address"},
        {"avatarUrl": "https://elsewhere.example/a.png"},
        {"avatarUrl": "//elsewhere.example/a.png"},
        {"avatarUrl": "/\\elsewhere.example/a.png"},
        {"avatarUrl": "/\t/elsewhere.example/a.png"},
        {"avatarUrl": "javascript:alert(1)"},
        {"timezone": "Mars/Olympus"},
        {"statusMessage": "x" * 121},
        {"role": "admin"},
        {"isAdmin": True},
        {"userName": "root"},
    ],
)
async def test_FX06_a_profile_is_checked(node: Running, given: dict[str, Any]) -> None:
    """What is no name, address, time zone or path of this server, or not one's own to change, is invalid and named."""
    alice = await node.client()
    refusal = await alice.refused("me.update", **given)
    assert (refusal.code, refusal.field) == ("invalid", next(iter(given)))
    assert (await alice.ask("sync"))["user"] == alice.hello["user"]


async def test_an_address_belongs_to_one_person(node: Running) -> None:
    """Another person's address, in any case, is a conflict; a new spelling of one's own is not."""
    alice, _ = await node.client("alice@example.com"), await node.client("bob@example.com")
    assert (await alice.refused("me.update", email="BOB@Example.com")).code == "conflict"
    assert (await alice.ask("me.update", email="Alice@Example.com"))["user"]["email"] == "Alice@Example.com"


async def test_F04_R22_old_messages_show_the_author_as_he_is_now(node: Running) -> None:
    """A new display name stands on old messages too when they are fetched, and raises no channel's `seq`."""
    alice = await node.client()
    channel_id = await general(alice)
    await say(alice, channel_id)
    await alice.ask("me.update", displayName="Alice A.")
    assert (await history(alice, channel_id))[0]["author"]["displayName"] == "Alice A."
    assert await head(alice, channel_id) == 1
