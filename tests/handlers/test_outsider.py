"""The outsider gets nothing: not in a channel, removed from it, or only administering, one hears and reads nothing."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.client import Client
from tests.handlers import channel_of, general, open_room, say, secret_of
from tests.serving import Running

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


@dataclass
class Stage:
    """A private channel and a direct conversation, those inside, and three kinds of outsiders."""

    alice: Client
    bob: Client
    carol: Client
    eve: Client
    former: Client
    admin: Client
    general: str
    secret: str
    dm: str
    message: dict[str, Any]
    reply: dict[str, Any]
    direct: dict[str, Any]

    @property
    def outsiders(self) -> dict[str, Client]:
        return {"eve": self.eve, "the former member": self.former, "the administrator": self.admin}

    def gives_away(self, frame: dict[str, Any]) -> bool:
        """Does a frame hold anything of the two channels?"""
        ids = (self.secret, self.dm, self.message["id"], self.reply["id"], self.direct["id"])
        text = json.dumps(frame)
        return any(word in text for word in (*ids, "hush"))


async def set_stage(node: Running, other: Running | None = None) -> Stage:
    """alice, bob and carol inside; eve, a removed member and the administrator outside, on the other node if any."""
    other = other or node
    alice, bob, carol = [await node.client(f"{name}@example.com") for name in ("alice", "bob", "carol")]
    outside = [await other.sign_in(f"{name}@example.com") for name in ("eve", "former", "admin")]
    eve, former, admin = [await person.connect() for person in outside]
    secret = await secret_of(alice, bob, former)
    dm = (await alice.ask("dm.open", userIds=[bob.user_id]))["channel"]["id"]
    message, direct = await say(bob, secret, "hush"), await say(bob, dm, "hush, bob here")
    reply = await say(bob, secret, "hush, too", threadId=message["id"])
    await alice.ask("channel.removeMember", channelId=secret, userId=former.user_id)
    await former.expect("channel.deleted")
    stage = Stage(
        alice, bob, carol, eve, former, admin, await general(alice), secret, dm, message, reply, direct
    )  # fmt: skip
    await settle(stage)
    for client in stage.outsiders.values():
        client.heard.clear()
    return stage


async def settle(stage: Stage) -> None:
    """Everything told before has come: a later message of a channel that all are in has."""
    marker = await say(stage.alice, stage.general, "marker")
    for client in stage.outsiders.values():
        await client.expect("message.created", message=marker)


async def nobody_outside_heard(stage: Stage) -> None:
    await settle(stage)
    for name, client in stage.outsiders.items():
        assert [frame for frame in client.heard if stage.gives_away(frame)] == [], name


Deed = Callable[[Stage], Awaitable[Any]]
CONTENT: dict[str, Deed] = {
    "message.created": lambda stage: say(stage.bob, stage.secret, "hush again @eve @channel"),
    "message.created in a thread": lambda stage: say(stage.bob, stage.secret, "hush", threadId=stage.message["id"]),
    "message.created in a dm": lambda stage: say(stage.bob, stage.dm, "hush @eve"),
    "message.updated": lambda stage: stage.bob.ask("message.edit", messageId=stage.message["id"], content="hush!"),
    "message.deleted": lambda stage: stage.bob.ask("message.delete", messageId=stage.reply["id"]),
    "reaction.added": lambda stage: stage.bob.ask("reaction", messageId=stage.message["id"], reaction="👍"),
    "typing": lambda stage: stage.bob.ask("typing", channelId=stage.secret),
    "channel.updated": lambda stage: stage.alice.ask("channel.update", channelId=stage.secret, topic="hush"),
    "channel.memberAdded": lambda stage: stage.alice.ask(
        "channel.addMember", channelId=stage.secret, userId=stage.carol.user_id
    ),
    "channel.memberRemoved": lambda stage: stage.alice.ask(
        "channel.removeMember", channelId=stage.secret, userId=stage.bob.user_id
    ),
    "messages.erased": lambda stage: stage.admin.ask(
        "admin.removeUser", userId=stage.bob.user_id, messageErasure="delete"
    ),
    "channel.deleted": lambda stage: stage.alice.ask("channel.delete", channelId=stage.secret),
}


@pytest.mark.parametrize("kind", CONTENT)
async def test_no_outsider_hears_of_a_private_channel(node: Running, kind: str) -> None:
    """An event of a private channel or direct conversation reaches its people and no frame of it anybody else."""
    stage = await set_stage(node)
    stage.alice.events.clear()
    await CONTENT[kind](stage)
    await stage.alice.expect(kind.partition(" ")[0])
    await nobody_outside_heard(stage)


async def test_no_outsider_hears_of_a_removed_reaction(node: Running) -> None:
    """The removal of a reaction stays among the members."""
    stage = await set_stage(node)
    for more in ({}, {"remove": True}):
        await stage.bob.ask("reaction", messageId=stage.message["id"], reaction="👍", **more)
    await stage.alice.expect("reaction.removed")
    await nobody_outside_heard(stage)


async def test_no_outsider_hears_of_a_new_private_channel(node: Running) -> None:
    """A new private channel and a new direct conversation are told to their people only."""
    stage = await set_stage(node)
    await open_room(stage.alice, "hush", "private", members=[stage.bob.user_id])
    dm = (await stage.alice.ask("dm.open", userIds=[stage.carol.user_id]))["channel"]
    await stage.carol.expect(
        "channel.created", channel=dm | dict.fromkeys(("joined", "unread", "mentions", "lastReadId"))
    )
    await nobody_outside_heard(stage)
    for client in stage.outsiders.values():
        assert dm["id"] not in json.dumps(client.heard)


async def test_no_outsider_on_another_node_hears_anything(two_nodes: tuple[Running, Running]) -> None:
    """The same holds for outsiders of another node, over all kinds of events in a row."""
    here, there = two_nodes
    stage = await set_stage(here, there)
    for kind, deed in CONTENT.items():
        if kind not in ("channel.memberRemoved", "messages.erased"):  # these end bob's part in the rest
            await deed(stage)
            await stage.alice.expect(kind.partition(" ")[0])
    await CONTENT["messages.erased"](stage)
    await nobody_outside_heard(stage)


async def test_a_removed_member_hears_nothing_behind_the_reply(node: Running) -> None:
    """Removed while messages are in flight, a member on the same node hears none that comes after the reply."""
    stage = await set_stage(node)
    sent = [await stage.alice.start("message", channelId=stage.secret, content="hush") for _ in range(50)]
    await stage.alice.ask("channel.removeMember", channelId=stage.secret, userId=stage.bob.user_id)
    late = [await stage.alice.start("message", channelId=stage.secret, content="hush, later") for _ in range(50)]
    assert all([(await reply)["ok"] for reply in (*sent, *late)])
    await say(stage.alice, stage.general, "end")
    await stage.bob.ask("ping")
    assert "hush, later" not in json.dumps(stage.bob.heard)
    assert "hush, later" in json.dumps(stage.alice.heard)


async def test_the_former_member_loses_sight_on_all_sockets_and_nodes(two_nodes: tuple[Running, Running]) -> None:
    """Every socket of a removed member hears that the channel is gone, and nothing of it later."""
    here, there = two_nodes
    alice, bob = await here.client("alice@example.com"), await here.client("bob@example.com")
    phone = await (await there.sign_in("bob@example.com")).connect()
    secret = await secret_of(alice, bob)
    await phone.expect("channel.created")
    await alice.ask("channel.removeMember", channelId=secret, userId=bob.user_id)
    await phone.expect("channel.deleted")
    await say(alice, secret, "hush")
    marker = await say(alice, await general(alice))
    for socket in (bob, phone):
        await socket.expect("message.created", message=marker)
        assert "hush" not in json.dumps(socket.heard)


# --- replies -----------------------------------------------------------------------------------------------------


async def test_lists_hold_nothing_of_others_channels(node: Running) -> None:
    """sync, channel.list, resume and the search for people give an outsider nothing of a private channel."""
    stage = await set_stage(node)
    assert (await channel_of(stage.bob, stage.secret))["unread"] == 0
    for name, client in stage.outsiders.items():
        replies = [
            await client.ask("sync"),
            await client.ask("channel.list"),
            await client.ask("resume", channels={stage.secret: 0, stage.dm: 0}),
            await client.ask("user.find", query="bob"),
            await client.ask("user.get", userIds=[stage.bob.user_id]),
            await client.ask("presence.list"),
            await client.ask("message.history", channelId=stage.general),
            await client.ask("message.changes", channelId=stage.general, after=0),
        ]
        assert [reply for reply in replies if stage.gives_away(reply)] == [], name


async def test_the_whole_list_holds_no_content(node: Running) -> None:
    """`all` shows an administrator that a private channel is there, nothing said in it and no conversation."""
    stage = await set_stage(node)
    listed = (await stage.admin.ask("channel.list", all=True))["channels"]
    assert {channel["id"] for channel in listed} == {stage.general, stage.secret}
    assert "hush" not in json.dumps(listed)
    for client in (stage.eve, stage.former):
        assert not stage.gives_away(await client.ask("channel.list", all=True))


READS: list[tuple[str, dict[str, Any]]] = [
    ("message.history", {"channelId": "CHANNEL"}),
    ("message.history", {"channelId": "CHANNEL", "before": "MESSAGE"}),
    ("message.changes", {"channelId": "CHANNEL", "after": 0}),
    ("thread.history", {"messageId": "MESSAGE"}),
    ("channel.members", {"channelId": "CHANNEL"}),
    ("message", {"channelId": "CHANNEL", "content": "x"}),
    ("message", {"channelId": "CHANNEL", "content": "x", "threadId": "MESSAGE"}),
    ("message", {"channelId": "GENERAL", "content": "x", "threadId": "MESSAGE"}),
    ("message", {"channelId": "GENERAL", "content": "x", "quotedMessageId": "MESSAGE"}),
    ("message.history", {"channelId": "GENERAL", "after": "MESSAGE"}),
    ("message.edit", {"messageId": "MESSAGE", "content": "x"}),
    ("message.delete", {"messageId": "MESSAGE"}),
    ("reaction", {"messageId": "MESSAGE", "reaction": "👍"}),
    ("reaction", {"messageId": "MESSAGE", "reaction": "👍", "remove": True}),
    ("read", {"channelId": "CHANNEL", "messageId": "MESSAGE"}),
    ("read", {"channelId": "GENERAL", "messageId": "MESSAGE"}),
    ("typing", {"channelId": "CHANNEL"}),
    ("channel.join", {"channelId": "CHANNEL"}),
    ("channel.leave", {"channelId": "CHANNEL"}),
]


@pytest.mark.parametrize(("type", "payload"), READS)
async def test_what_one_may_not_see_looks_like_nothing(node: Running, type: str, payload: dict[str, str]) -> None:
    """Outsiders get word for word the refusal that an unknown channel or message gets, and nothing happens."""
    stage = await set_stage(node)
    unknown = {"CHANNEL": "nothing", "MESSAGE": "nothing", "GENERAL": stage.general}
    for channel_id, message in ((stage.secret, stage.message), (stage.dm, stage.direct)):
        known = {"CHANNEL": channel_id, "MESSAGE": message["id"], "GENERAL": stage.general}
        for name, client in stage.outsiders.items():
            wanted = await client.refused(type, **{key: unknown.get(value, value) for key, value in payload.items()})
            got = await client.refused(type, **{key: known.get(value, value) for key, value in payload.items()})
            assert wanted.code == "not_found"
            assert got.error == wanted.error, name


@pytest.mark.parametrize("type", ["channel.update", "channel.delete", "channel.addMember", "channel.removeMember"])
async def test_outsiders_do_not_manage_what_they_may_not_see(node: Running, type: str) -> None:
    """To eve and the former member a private channel's management is that of no channel at all."""
    stage = await set_stage(node)
    more = {"userId": stage.eve.user_id} if "Member" in type else {}
    for client in (stage.eve, stage.former):
        wanted = await client.refused(type, channelId="nothing", **more)
        assert (await client.refused(type, channelId=stage.secret, **more)).error == wanted.error
        assert wanted.code == "not_found"


# --- who left a public channel -----------------------------------------------------------------------------------


async def test_who_left_a_public_channel_hears_of_it_but_nothing_in_it(place: tuple[Running, Running]) -> None:
    """All kinds of content pass by who left; the channel's own events still come."""
    here, there = place
    alice, bob = await here.client("alice@example.com"), await here.client("bob@example.com")
    eve = await (await here.sign_in("eve@example.com")).connect(there.url)
    room = (await open_room(alice, "room"))["id"]
    await eve.expect("channel.created")
    await eve.ask("channel.leave", channelId=room)
    await eve.expect("channel.memberRemoved")
    message = await say(bob, room, "hush @eve")
    await say(bob, room, "hush", threadId=message["id"])
    await bob.ask("message.edit", messageId=message["id"], content="hush!")
    for more in ({}, {"remove": True}):
        await bob.ask("reaction", messageId=message["id"], reaction="👍", **more)
    await bob.ask("typing", channelId=room)
    await bob.ask("message.delete", messageId=message["id"])
    for type in ("channel.leave", "channel.join"):
        await bob.ask(type, channelId=room)
    await alice.ask("channel.update", channelId=room, topic="tea")
    await alice.ask("channel.delete", channelId=room)
    for type in ("channel.memberRemoved", "channel.memberAdded", "channel.updated", "channel.deleted"):
        await eve.expect(type)
    marker = await say(alice, await general(alice), "marker")
    await eve.expect("message.created", message=marker)
    assert "hush" not in json.dumps(eve.heard) and message["id"] not in json.dumps(eve.heard)


async def test_FX06_read_markers_and_sessions_are_ones_own(node: Running) -> None:
    """That somebody has read reaches nobody else, not even an administrator."""
    stage = await set_stage(node)
    marker = await say(stage.alice, stage.general)
    await stage.bob.ask("read", channelId=stage.general, messageId=marker["id"])
    await stage.bob.expect("read.updated")
    await settle(stage)
    for client in (stage.alice, *stage.outsiders.values()):
        await client.refute("read.updated")


# --- addresses ---------------------------------------------------------------------------------------------------


def addresses(client: Client) -> set[str]:
    return {address for frame in client.heard for address in ADDRESS.findall(json.dumps(frame))}


async def everybody_is_talked_of(node: Running, admin: Client, alice: Client) -> None:
    """Each way in which people are told of: made, changed, promoted, deactivated, activated, removed."""
    added = await admin.ask(
        "admin.addUser", userName="dave", email="dave@example.com", password="long enough 1", displayName="Dave"
    )
    dave = added["user"]["id"]
    await alice.ask("me.update", email="alice2@example.com", displayName="Alice", bio="tea")
    for role in ("admin", "user"):
        await admin.ask("admin.setRole", userId=alice.user_id, role=role)
    await admin.ask("admin.deactivateUser", userId=dave)
    await admin.ask("admin.activateUser", userId=dave)
    await node.client("fred@example.com")
    channel_id = await general(alice)
    message = await say(alice, channel_id, "@dave @bob")
    await alice.ask("reaction", messageId=message["id"], reaction="👍")
    await alice.ask("typing", channelId=channel_id)
    await admin.ask("admin.removeUser", userId=dave, messageErasure="unlink")


async def ask_for_people(client: Client, channel_id: str, other_id: str) -> None:
    """Each request that answers with people."""
    await client.ask("sync")
    await client.ask("resume", channels={channel_id: 0})
    await client.ask("user.get", userIds=[other_id, client.user_id])
    for query in ("alice", "example", "a"):
        await client.ask("user.find", query=query)
    await client.ask("channel.members", channelId=channel_id)
    await client.ask("channel.list", all=True)
    await client.ask("message.history", channelId=channel_id)
    await client.ask("message.changes", channelId=channel_id, after=0)
    await client.ask("presence.list")
    await client.ask("session.list")
    await client.ask("dm.open", userIds=[other_id])
    for type in ("admin.listUsers", "admin.stats", "admin.listSessions"):
        assert (await client.refused(type)).code == "forbidden"


async def test_no_frame_holds_another_persons_address(node: Running) -> None:
    """Over everything that can be told or asked a regular user sees no e-mail address but his own."""
    admin, alice, bob = await node.admin(), await node.client("alice@example.com"), await node.client("bob@example.com")
    await everybody_is_talked_of(node, admin, alice)
    await ask_for_people(bob, await general(bob), alice.user_id)
    assert (await bob.refused("me.update", email="alice2@example.com")).code == "conflict"
    assert (await bob.ask("me.update", email="bob2@example.com"))["user"]["email"] == "bob2@example.com"
    await bob.ask("ping")
    assert addresses(bob) == {"bob@example.com", "bob2@example.com"}
    assert {"dave@example.com", "alice2@example.com", "fred@example.com"} <= addresses(admin)


async def test_addresses_come_with_the_office_and_go_with_it(node: Running) -> None:
    """A promoted user sees addresses at once, a demoted administrator no more from the reply on."""
    admin, alice, bob = await node.admin(), await node.client("alice@example.com"), await node.client("bob@example.com")
    await admin.ask("admin.setRole", userId=bob.user_id, role="admin")
    await alice.ask("me.update", bio="one")
    assert "alice@example.com" in addresses(bob)
    await admin.ask("admin.setRole", userId=bob.user_id, role="user")
    await bob.ask("ping")
    bob.heard.clear()
    await alice.ask("me.update", bio="two")
    await ask_for_people(bob, await general(bob), alice.user_id)
    assert addresses(bob) <= {"bob@example.com"}
    assert any(frame["type"] == "user.updated" for frame in bob.heard)
