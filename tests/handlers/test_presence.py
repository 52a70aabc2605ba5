"""Who is online and who is writing: ephemeral, without numbers, for those who may know."""

import asyncio
from typing import Any

import pytest

from tests.client import Client
from tests.handlers import general, open_room, secret_of
from tests.serving import Running


async def status(client: Client, *user_ids: str) -> list[str]:
    return [entry["status"] for entry in (await client.ask("presence.list", userIds=list(user_ids)))["presence"]]


async def hear_status(client: Client, user_id: str, wanted: str) -> dict[str, Any]:
    """Wait for the presence event that shows somebody so; that person's entry."""
    while True:
        event = await client.expect("presence.changed")
        assert event.keys() == {"type", "payload"}
        for entry in event["payload"]["presence"]:
            if entry["userId"] == user_id and entry["status"] == wanted:
                return dict(entry)


async def test_who_connects_is_online(place: tuple[Running, Running]) -> None:
    """A first socket makes somebody online, told to the others, listed and in `sync`."""
    here, there = place
    alice = await here.client("alice@example.com")
    bob = await (await here.sign_in("bob@example.com")).connect(there.url)
    entry = await hear_status(alice, bob.user_id, "online")
    assert entry == {"userId": bob.user_id, "status": "online", "lastSeenAt": entry["lastSeenAt"]}
    listed = (await alice.ask("presence.list"))["presence"]
    assert {one["userId"]: one["status"] for one in listed} == {alice.user_id: "online", bob.user_id: "online"}
    assert {one["userId"] for one in (await alice.ask("sync"))["presence"]} == {alice.user_id, bob.user_id}


@pytest.mark.parametrize("chosen", ["away", "dnd", "offline"])
async def test_one_is_seen_as_one_chooses(place: tuple[Running, Running], chosen: str) -> None:
    """presence.set shows a person so to everybody, himself included; who chose offline is not in the list."""
    here, there = place
    alice = await here.client("alice@example.com")
    bob = await (await here.sign_in("bob@example.com")).connect(there.url)
    assert await bob.ask("presence.set", status=chosen) == {}
    await hear_status(bob, bob.user_id, chosen)
    await hear_status(alice, bob.user_id, chosen)
    assert await status(alice, bob.user_id, alice.user_id) == [chosen, "online"]
    listed = [entry["userId"] for entry in (await alice.ask("presence.list"))["presence"]]
    assert (bob.user_id in listed) is (chosen != "offline")


async def test_the_same_status_again_is_not_told(node: Running) -> None:
    """Setting the status that one has sends no event; the next change shows that none was on its way."""
    alice = await node.client()
    await hear_status(alice, alice.user_id, "online")
    await alice.ask("presence.set", status="away")
    await hear_status(alice, alice.user_id, "away")
    await alice.ask("presence.set", status="away")
    bob = await node.client("bob@example.com")
    event = await alice.expect("presence.changed")
    assert [entry["userId"] for entry in event["payload"]["presence"]] == [bob.user_id]


async def test_who_signs_out_is_offline(node: Running) -> None:
    """The end of somebody's last session shows him offline with the time, without a grace."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    await hear_status(alice, bob.user_id, "online")
    await bob.ask("session.signOut")
    entry = await hear_status(alice, bob.user_id, "offline")
    assert isinstance(entry["lastSeenAt"], int)
    assert await status(alice, bob.user_id) == ["offline"]


async def test_R48_who_is_deactivated_is_offline_at_once(node: Running) -> None:
    """Without the grace of a lost connection, and no longer in the list."""
    admin, alice, bob = await node.admin(), await node.client("alice@example.com"), await node.client("bob@example.com")
    await hear_status(bob, alice.user_id, "online")
    await admin.ask("admin.deactivateUser", userId=alice.user_id)
    await hear_status(bob, alice.user_id, "offline")
    assert alice.user_id not in str((await bob.ask("presence.list"))["presence"])


async def test_a_second_session_keeps_one_online(node: Running) -> None:
    """While one of somebody's sessions lives he stays online."""
    alice, first, second = [await node.client(f"{name}@example.com") for name in ("alice", "bob", "bob")]
    await first.ask("session.signOut")
    assert await status(alice, second.user_id) == ["online"]


@pytest.mark.parametrize(
    ("type", "payload"),
    [
        ("presence.set", {"status": "gone"}),
        ("presence.set", {"status": None}),
        ("presence.set", {}),
        ("presence.list", {"userIds": "bob"}),
        ("presence.list", {"userIds": [1]}),
        ("typing", {}),
    ],
)
async def test_presence_requests_are_strict(node: Running, type: str, payload: dict[str, Any]) -> None:
    """An unknown status, a wrong type and a missing field are invalid."""
    alice = await node.client()
    assert (await alice.refused(type, **payload)).code == "invalid"


async def test_typing_is_heard_in_the_channel(place: tuple[Running, Running]) -> None:
    """Typing reaches the people of a channel with channel and person, and has no `seq`."""
    here, there = place
    alice = await here.client("alice@example.com")
    bob = await (await here.sign_in("bob@example.com")).connect(there.url)
    channel_id = await general(alice)
    assert await alice.ask("typing", channelId=channel_id) == {}
    event = {"type": "typing", "payload": {"channelId": channel_id, "userId": alice.user_id}}
    assert await bob.expect("typing") == event
    assert await alice.expect("typing") == event
    assert (await bob.ask("message.changes", channelId=channel_id, after=0))["seq"] == 0


async def test_only_who_is_in_a_channel_types_there(node: Running) -> None:
    """Typing in a channel one cannot see is not_found, in one that one left forbidden, and nobody hears it."""
    alice, eve = await node.client("alice@example.com"), await node.client("eve@example.com")
    secret, room = await secret_of(alice), (await open_room(alice, "room"))["id"]
    await eve.ask("channel.leave", channelId=room)
    assert (await eve.refused("typing", channelId=secret)).code == "not_found"
    assert (await eve.refused("typing", channelId="nothing")).code == "not_found"
    assert (await eve.refused("typing", channelId=room)).code == "forbidden"
    await alice.refute("typing")
    await alice.ask("typing", channelId=room)
    await alice.expect("typing")
    await eve.refute("typing")


async def test_many_statuses_are_told_together(node: Running) -> None:
    """Changes of several people within a moment come as one batch, each person once."""
    watcher = await node.client("alice@example.com")
    people = await asyncio.gather(*(node.client(f"user{number}@example.com") for number in range(5)))
    seen: list[str] = []
    while not {person.user_id for person in people} <= set(seen):
        entries = (await watcher.expect("presence.changed"))["payload"]["presence"]
        ids = [entry["userId"] for entry in entries]
        assert len(ids) == len(set(ids))
        seen += ids
