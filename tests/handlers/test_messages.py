"""Messages over the wire: sent, edited, deleted, reacted to, paged; each change told once and numbered without gaps."""

import asyncio
import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from chatd.domain.models import Actor
from chatd.protocol.requests import SendMessage
from chatd.services import accounts, sending
from tests.client import Client
from tests.handlers import general, head, history, open_room, say, secret_of
from tests.serving import Running

MESSAGE_FIELDS = {
    "id", "channelId", "seq", "changedSeq", "author", "content", "createdAt", "updatedAt", "deletedAt", "threadId",
    "thread", "reactions", "attachments", "quotedMessageId", "mentions", "pinnedAt", "clientId",
}  # fmt: skip


async def react(client: Client, message: dict[str, Any], reaction: str, **more: Any) -> None:
    await client.ask("reaction", messageId=message["id"], reaction=reaction, **more)


async def quiet(client: Client, channel_id: str, seq: int) -> None:
    """Nothing was told of the channel's content, and its `seq` is what it was."""
    events = await client.drain_events()
    assert [event for event in events if event.get("channelId") == channel_id] == []
    assert await head(client, channel_id) == seq


async def pipeline(client: Client, *requests: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Send all before any answer is awaited; the reply frames in the order of the requests."""
    return list(await asyncio.gather(*[await client.start(type, **payload) for type, payload in requests]))


# --- sending -----------------------------------------------------------------------------------------------------


async def test_a_message_has_every_field(node: Running) -> None:
    """A message has all of its fields, null or empty where there is nothing to say, and numbers that agree."""
    alice = await node.client("alice@example.com")
    channel_id = await general(alice)
    message = await say(alice, channel_id, "hello")
    assert message.keys() == MESSAGE_FIELDS
    assert message["author"] == {
        "id": alice.user_id,
        "userName": "alice",
        "displayName": "alice",
        "avatarUrl": None,
        "isBot": False,
        "removed": False,
    }
    assert isinstance(message["createdAt"], int)
    assert (message["channelId"], message["content"], message["seq"], message["changedSeq"]) == (
        channel_id,
        "hello",
        1,
        1,
    )
    nulls = ("updatedAt", "deletedAt", "threadId", "thread", "quotedMessageId", "pinnedAt", "clientId")
    assert {message[name] for name in nulls} == {None}
    assert (message["reactions"], message["attachments"], message["mentions"]) == ({}, [], [])


async def test_everybody_hears_a_message_the_sender_too(place: tuple[Running, Running]) -> None:
    """The asking socket, the sender's other socket and the others get one and the same event."""
    here, there = place
    alice_person = await here.sign_in("alice@example.com")
    asking, second = await alice_person.connect(), await alice_person.connect(there.url)
    bob = await (await here.sign_in("bob@example.com")).connect(there.url)
    channel_id = await general(asking)
    message = await say(asking, channel_id, clientId="first")
    for client in (asking, second, bob):
        event = await client.expect("message.created")
        assert event == {"type": "message.created", "channelId": channel_id, "seq": 1, "payload": {"message": message}}
        await client.refute("message.created")


async def test_a_request_without_id_is_done_and_not_answered(node: Running) -> None:
    """A message sent without an id is stored and told, and gets no reply."""
    alice = await node.client()
    channel_id = await general(alice)
    await alice.send(json.dumps({"type": "message", "payload": {"channelId": channel_id, "content": "unasked"}}))
    await alice.expect("message.created")
    await alice.refute("reply")
    assert [message["content"] for message in await history(alice, channel_id)] == ["unasked"]


async def test_text_is_kept_as_it_was_written(node: Running) -> None:
    """Nothing is trimmed or normalised: white space, emoji and combining marks come back as they went in."""
    alice = await node.client()
    channel_id = await general(alice)
    text = "  two\n\tlines \u200d👩‍👩‍👧 e\u0301 \u2028 </script> "
    await say(alice, channel_id, text)
    assert (await history(alice, channel_id))[0]["content"] == text


async def test_length_counts_code_points(node: Running) -> None:
    """4,000 emoji are a message, whatever they weigh; one more is too_large, when edited too."""
    alice = await node.client()
    channel_id = await general(alice)
    message = await say(alice, channel_id, "😀" * 4000)
    assert len(message["content"]) == 4000
    too_long = await alice.refused("message", channelId=channel_id, content="x" * 4001)
    assert (too_long.code, too_long.field) == ("too_large", "content")
    assert (await alice.refused("message.edit", messageId=message["id"], content="x" * 4001)).code == "too_large"


@pytest.mark.parametrize("content", ["", "   ", "\n\t \u3000\u00a0"])
async def test_white_space_alone_is_no_message(node: Running, content: str) -> None:
    """Content of white space only is invalid, sent or edited, and changes nothing."""
    alice = await node.client()
    channel_id = await general(alice)
    message = await say(alice, channel_id)
    await alice.drain_events()
    sent = await alice.refused("message", channelId=channel_id, content=content)
    edited = await alice.refused("message.edit", messageId=message["id"], content=content)
    assert (sent.code, sent.field, edited.code, edited.field) == ("invalid", "content", "invalid", "content")
    await quiet(alice, channel_id, 1)


async def test_nul_is_invalid_and_the_refusal_names_the_request(node: Running) -> None:
    """U+0000 anywhere in a request is refused under the request's id, and nothing is stored."""
    alice = await node.client()
    channel_id = await general(alice)
    refusals = [
        await alice.refused("message", channelId=channel_id, content="a\0b"),
        await alice.refused("message", channelId=channel_id, content="a", clientId="\0"),
        await alice.refused("channel.create", name="a\0b"),
        await alice.refused("me.update", bio="\0"),
        await alice.refused("resume", channels={"\0": 1}),
    ]
    assert [refusal.code for refusal in refusals] == ["invalid"] * 5
    await quiet(alice, channel_id, 0)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"content": 5}, "content"),
        ({"content": None}, "content"),
        ({"content": ["hello"]}, "content"),
        ({"channelId": 7}, "channelId"),
        ({"channelId": ""}, "channelId"),
        ({"channelId": "x" * 65}, "channelId"),
        ({"clientId": ""}, "clientId"),
        ({"clientId": "x" * 65}, "clientId"),
        ({"clientId": 1}, "clientId"),
        ({"threadId": True}, "threadId"),
        ({"attachments": [{"id": "a"}]}, "attachments"),
        ({"attachments": {}}, "attachments"),
        ({"encrypted": {"text": "x"}}, "encrypted"),
        ({"encrypted": False}, "encrypted"),
        ({"colour": "red"}, "colour"),
        ({"channel_id": "x"}, "channel_id"),
    ],
)
async def test_types_are_strict_and_unknown_fields_refused(node: Running, change: dict[str, Any], field: str) -> None:
    """A field of another type, out of bounds or unknown is invalid, and the refusal names it."""
    alice = await node.client()
    payload = {"channelId": await general(alice), "content": "hello"} | change
    refusal = await alice.refused("message", **payload)
    assert (refusal.code, refusal.field) == ("invalid", field)


async def test_a_missing_field_is_named(node: Running) -> None:
    """A request without a field that it needs is invalid and says which."""
    alice = await node.client()
    refusal = await alice.refused("message", channelId=await general(alice))
    assert (refusal.code, refusal.field) == ("invalid", "content")


async def test_a_quoted_message_stands_in_the_same_channel(node: Running) -> None:
    """A message quotes one of its own channel; another channel's or none is not_found."""
    alice = await node.client()
    channel_id, elsewhere = await general(alice), (await open_room(alice, "elsewhere"))["id"]
    first, other = await say(alice, channel_id), await say(alice, elsewhere)
    assert (await say(alice, channel_id, "this", quotedMessageId=first["id"]))["quotedMessageId"] == first["id"]
    for id in (other["id"], "nothing"):
        assert (
            await alice.refused("message", channelId=channel_id, content="x", quotedMessageId=id)
        ).code == "not_found"


# --- nothing twice -----------------------------------------------------------------------------------------------


async def test_the_same_client_id_makes_one_message(node: Running) -> None:
    """Sent again, also with the first still in flight, a message is stored and told once and answered each time."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    channel_id = await general(alice)
    again = ("message", {"channelId": channel_id, "content": "once", "clientId": "c-1"})
    replies = await pipeline(alice, again, again, again)
    replies.append({"payload": await alice.ask(again[0], **again[1])})
    assert len({reply["payload"]["message"]["id"] for reply in replies}) == 1
    await bob.expect("message.created")
    await quiet(bob, channel_id, 1)


async def test_the_same_client_id_gets_the_message_as_it_is_now(node: Running) -> None:
    """Sent again after an edit and after a deletion, the answer is the first message in its present state."""
    alice = await node.client()
    channel_id = await general(alice)
    sent = {"channelId": channel_id, "content": "first", "clientId": "c-1"}
    id = (await alice.ask("message", **sent))["message"]["id"]
    edited = (await alice.ask("message.edit", messageId=id, content="second"))["message"]
    assert (await alice.ask("message", **sent))["message"] == edited
    deleted = (await alice.ask("message.delete", messageId=id))["message"]
    assert (await alice.ask("message", **sent))["message"] == deleted
    assert await head(alice, channel_id) == 3


async def test_a_client_id_with_another_content_is_a_conflict(node: Running) -> None:
    """A clientId that was used for another content is a conflict, also after that message was edited to it."""
    alice = await node.client()
    channel_id = await general(alice)
    message = await say(alice, channel_id, "one", clientId="c-1")
    await alice.ask("message.edit", messageId=message["id"], content="two")
    refusal = await alice.refused("message", channelId=channel_id, content="two", clientId="c-1")
    assert refusal.code == "conflict"


async def test_a_client_id_belongs_to_one_person_and_channel(node: Running) -> None:
    """The same clientId of somebody else, or in another channel, is another message."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    channel_id, elsewhere = await general(alice), (await open_room(alice, "elsewhere"))["id"]
    sent = [
        await say(alice, channel_id, clientId="c-1"),
        await say(bob, channel_id, clientId="c-1"),
        await say(alice, elsewhere, clientId="c-1"),
    ]
    assert len({message["id"] for message in sent}) == 3


# --- order -------------------------------------------------------------------------------------------------------


async def test_pipelined_messages_keep_their_order(node: Running) -> None:
    """100 messages in flight are stored and heard in the order they were sent, numbered without a gap."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    channel_id = await general(alice)
    wanted = [str(number) for number in range(100)]
    await pipeline(alice, *(("message", {"channelId": channel_id, "content": text}) for text in wanted))
    assert [message["content"] for message in await history(alice, channel_id)] == wanted
    events = [event for event in await bob.drain_events() if event["type"] == "message.created"]
    assert [event["payload"]["message"]["content"] for event in events] == wanted
    assert [event["seq"] for event in events] == list(range(1, 101))


async def test_a_whole_batch_of_replies_that_quote_is_accepted(node: Running) -> None:
    """512 messages committed together may each answer and quote another message."""
    alice = await node.client()
    channel_id = await general(alice)
    sent = await pipeline(alice, *[("message", {"channelId": channel_id, "content": "x"})] * 1024)
    ids = [reply["payload"]["message"]["id"] for reply in sent]
    chat, writer = node.node.chat, Actor(alice.user_id, alice.session_id)
    batch = [
        SendMessage(channelId=channel_id, content="x", threadId=root, quotedMessageId=quoted)
        for root, quoted in zip(ids[:512], ids[512:], strict=True)
    ]
    made = await asyncio.gather(*(sending.send(chat, writer, request) for request in batch))
    assert [message["seq"] for message in made] == list(range(1025, 1537))


async def test_pipelined_requests_of_different_kinds_keep_their_order(node: Running) -> None:
    """Leave, write, join, write sent at once: the first message is refused, the second stands."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    room = (await open_room(alice, "room"))["id"]
    here = {"channelId": room}
    replies = await pipeline(
        bob,
        ("channel.leave", here),
        ("message", here | {"content": "outside"}),
        ("channel.join", here),
        ("message", here | {"content": "inside"}),
        ("channel.leave", here),
    )
    assert [reply["ok"] for reply in replies] == [True, False, True, True, True]
    assert replies[1]["error"]["code"] == "forbidden"
    assert [message["content"] for message in await history(alice, room)] == ["inside"]


async def test_pipelined_changes_of_one_message_keep_their_order(node: Running) -> None:
    """Edits, reactions and a deletion sent at once take effect one after the other."""
    alice = await node.client()
    channel_id = await general(alice)
    message = await say(alice, channel_id)
    this = {"messageId": message["id"]}
    replies = await pipeline(
        alice,
        ("message.edit", this | {"content": "one"}),
        ("reaction", this | {"reaction": "👍"}),
        ("message.edit", this | {"content": "two"}),
        ("reaction", this | {"reaction": "👍", "remove": True}),
        ("message.delete", this),
        ("message.edit", this | {"content": "three"}),
    )
    assert [reply["ok"] for reply in replies] == [True] * 5 + [False]
    kinds = [(event["type"], event["seq"]) for event in await alice.drain_events() if event.get("seq", 0) > 1]
    assert [kind for kind, _ in kinds] == [
        "message.updated", "reaction.added", "message.updated", "reaction.removed", "message.deleted",
    ]  # fmt: skip
    assert [seq for _, seq in kinds] == [2, 3, 4, 5, 6]


async def test_every_change_has_its_own_seq(node: Running) -> None:
    """Create, reply, edit, reaction and deletion each raise `seq` by one; the event and the row agree."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    channel_id = await general(alice)
    root = await say(alice, channel_id)
    reply = await say(bob, channel_id, threadId=root["id"])
    await alice.ask("message.edit", messageId=root["id"], content="again")
    await react(bob, root, "👍")
    await react(bob, root, "👍", remove=True)
    await bob.ask("message.delete", messageId=reply["id"])
    events = [event for event in await bob.drain_events() if event.get("channelId") == channel_id]
    assert [event["seq"] for event in events] == [1, 2, 3, 4, 5, 6]
    for event in events:
        if "message" in event["payload"]:
            assert event["payload"]["message"]["changedSeq"] == event["seq"]
    rows = {row["id"]: row for row in (await alice.ask("message.changes", channelId=channel_id, after=0))["messages"]}
    assert {id: (row["seq"], row["changedSeq"]) for id, row in rows.items()} == {
        root["id"]: (1, 6),
        reply["id"]: (2, 6),
    }


async def test_RX05_an_erasure_of_many_raises_seq_once(node: Running) -> None:
    """Everything somebody wrote goes with one event, one number and empty tombstones."""
    alice, admin, bob = await node.client("alice@example.com"), await node.admin(), await node.client("bob@example.com")
    channel_id = await general(alice)
    for _ in range(3):
        await say(bob, channel_id)
    await admin.ask("admin.removeUser", userId=bob.user_id, messageErasure="delete")
    event = await alice.expect("messages.erased")
    assert event["payload"] == {"userId": bob.user_id, "erasure": "delete", "channels": {channel_id: 4}}
    rows = (await alice.ask("message.changes", channelId=channel_id, after=3))["messages"]
    assert [(row["changedSeq"], row["content"], row["author"]["removed"]) for row in rows] == [(4, "", True)] * 3
    await say(alice, channel_id)
    events = [event for event in await alice.drain_events() if event["type"] in ("message.created", "channel.changes")]
    assert [event["seq"] for event in events] == [1, 2, 3, 5]


async def test_an_erasure_is_told_in_its_place(node: Running) -> None:
    """An erasure committed together with messages is heard between those before and those behind it."""
    alice, admin, bob = await node.client("alice@example.com"), await node.admin(), await node.client("bob@example.com")
    channel_id = await general(alice)
    await say(bob, channel_id)
    chat, writer = node.node.chat, Actor(alice.user_id, alice.session_id)
    written = SendMessage(channelId=channel_id, content="x")
    await asyncio.gather(
        sending.send(chat, writer, written),
        accounts.remove(chat, Actor(admin.user_id, admin.session_id), bob.user_id, kind="delete", confirm=None),
        sending.send(chat, writer, written),
    )
    told = [event for event in await alice.drain_events() if event["type"] in ("message.created", "messages.erased")]
    assert [event.get("seq") or event["payload"]["channels"][channel_id] for event in told] == [1, 2, 3, 4]


# --- editing and deleting ----------------------------------------------------------------------------------------


async def test_M02_an_edit_is_told_with_the_message_as_it_is_now(node: Running) -> None:
    """An edit keeps the message's place, raises changedSeq, sets updatedAt and is heard by the others."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    channel_id = await general(alice)
    message = await say(alice, channel_id, "before")
    edited = (await alice.ask("message.edit", messageId=message["id"], content="after"))["message"]
    assert isinstance(edited["updatedAt"], int)
    assert edited == message | {"content": "after", "changedSeq": 2, "updatedAt": edited["updatedAt"]}
    event = await bob.expect("message.updated")
    assert event == {"type": "message.updated", "channelId": channel_id, "seq": 2, "payload": {"message": edited}}
    assert await history(bob, channel_id) == [edited]


async def test_the_same_text_again_changes_nothing(node: Running) -> None:
    """An edit to the same text is ok, raises no `seq` and sends no event."""
    alice = await node.client()
    channel_id = await general(alice)
    message = await say(alice, channel_id, "same")
    await alice.drain_events()
    assert (await alice.ask("message.edit", messageId=message["id"], content="same"))["message"] == message
    await quiet(alice, channel_id, 1)


async def test_M02_M07_only_its_author_edits_a_message(node: Running) -> None:
    """Neither another user nor an administrator edits what somebody wrote."""
    alice, bob, admin = await node.client("alice@example.com"), await node.client("bob@example.com"), await node.admin()
    message = await say(alice, await general(alice), "mine")
    for client in (bob, admin):
        assert (await client.refused("message.edit", messageId=message["id"], content="x")).code == "forbidden"
    assert [row["content"] for row in await history(bob, message["channelId"])] == ["mine"]


async def test_a_deleted_message_leaves_an_empty_tombstone(node: Running) -> None:
    """A deletion takes text, mentions and reactions away, everywhere, and keeps the place."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    channel_id = await general(alice)
    message = await say(alice, channel_id, "hush @bob")
    await react(bob, message, "👍")
    gone = (await alice.ask("message.delete", messageId=message["id"]))["message"]
    assert isinstance(gone["deletedAt"], int)
    assert gone == message | {"content": "", "mentions": [], "changedSeq": 3, "deletedAt": gone["deletedAt"]}
    event = await bob.expect("message.deleted")
    assert event == {"type": "message.deleted", "channelId": channel_id, "seq": 3, "payload": {"message": gone}}
    assert await history(bob, channel_id) == [gone]


async def test_a_deleted_message_stays_deleted(node: Running) -> None:
    """Deleting again changes nothing; editing and reacting to a tombstone are conflicts."""
    alice = await node.client()
    channel_id = await general(alice)
    message = await say(alice, channel_id)
    gone = (await alice.ask("message.delete", messageId=message["id"]))["message"]
    await alice.drain_events()
    assert (await alice.ask("message.delete", messageId=message["id"]))["message"] == gone
    assert (await alice.refused("message.edit", messageId=message["id"], content="back")).code == "conflict"
    assert (await alice.refused("reaction", messageId=message["id"], reaction="👍")).code == "conflict"
    await quiet(alice, channel_id, 2)


async def test_M02_M07_an_administrator_deletes_what_he_may_read(node: Running) -> None:
    """Another user deletes nobody's message; an administrator does, but none in a private channel he is not in."""
    alice, bob, admin = await node.client("alice@example.com"), await node.client("bob@example.com"), await node.admin()
    public, private = await say(alice, await general(alice)), await say(alice, await secret_of(alice, bob))
    for message in (public, private):
        assert (await bob.refused("message.delete", messageId=message["id"])).code == "forbidden"
    assert (await admin.refused("message.delete", messageId=private["id"])).code == "not_found"
    assert (await admin.ask("message.delete", messageId=public["id"]))["message"]["content"] == ""


# --- reactions ---------------------------------------------------------------------------------------------------


async def test_M03_reactions_are_a_set_per_person_and_emoji(node: Running) -> None:
    """Each person is once under each emoji; what nobody uses any more is not in the map."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    message = await say(alice, await general(alice))
    await react(alice, message, "👍")
    await react(bob, message, "👍")
    await react(bob, message, "🎉")
    assert (await history(bob, message["channelId"]))[0]["reactions"] == {
        "👍": [alice.user_id, bob.user_id],
        "🎉": [bob.user_id],
    }
    await react(bob, message, "🎉", remove=True)
    await react(alice, message, "👍", remove=True)
    assert (await history(bob, message["channelId"]))[0]["reactions"] == {"👍": [bob.user_id]}


async def test_M03_reactions_are_told(node: Running) -> None:
    """A reaction and its removal reach everybody with who, what and the channel's number."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    message = await say(alice, await general(alice))
    assert await bob.ask("reaction", messageId=message["id"], reaction="👍") == {}
    assert await bob.ask("reaction", messageId=message["id"], reaction="👍", remove=True) == {}
    payload = {"messageId": message["id"], "userId": bob.user_id, "reaction": "👍"}
    envelope = {"channelId": message["channelId"], "payload": payload}
    assert await alice.expect("reaction.added") == {"type": "reaction.added", "seq": 2} | envelope
    assert await alice.expect("reaction.removed") == {"type": "reaction.removed", "seq": 3} | envelope


async def test_M03_the_same_reaction_again_changes_nothing(node: Running) -> None:
    """Adding what is there and removing what is not are ok, raise no `seq` and send no event."""
    alice = await node.client()
    message = await say(alice, await general(alice))
    await react(alice, message, "👍")
    await alice.drain_events()
    await react(alice, message, "👍")
    await react(alice, message, "🎉", remove=True)
    await quiet(alice, message["channelId"], 2)


@pytest.mark.parametrize("reaction", ["", " ", "a b", "x" * 33, "👍\n", 5, None])
async def test_a_reaction_is_short_and_without_white_space(node: Running, reaction: Any) -> None:
    """A reaction has 1 to 32 characters and no white space; anything else is invalid."""
    alice = await node.client()
    message = await say(alice, await general(alice))
    await react(alice, message, "👍" * 32)
    refusal = await alice.refused("reaction", messageId=message["id"], reaction=reaction)
    assert (refusal.code, refusal.field) == ("invalid", "reaction")


async def test_a_message_has_at_most_50_kinds_of_reactions(node: Running) -> None:
    """The 51st kind is a conflict; joining a kind that is there, and one freed by a removal, go on working."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    message = await say(alice, await general(alice))
    this = {"messageId": message["id"]}
    replies = await pipeline(alice, *(("reaction", this | {"reaction": f"r{number}"}) for number in range(51)))
    assert [reply["ok"] for reply in replies] == [True] * 50 + [False]
    assert replies[50]["error"]["code"] == "conflict"
    await react(bob, message, "r7")
    assert (await bob.refused("reaction", reaction="new", **this)).code == "conflict"
    await react(alice, message, "r0", remove=True)
    await react(bob, message, "new")
    assert len((await history(bob, message["channelId"]))[0]["reactions"]) == 50


# --- mentions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("hello @bob", ["bob"]),
        ("@BOB, @Alice: look", ["bob", "alice"]),
        ("(@bob) @bob. @bob's", ["bob"]),
        ("`@bob` and ```\n@bob\n```", []),
        ("mail bob@bob.example or x@bob", []),
        ("@bobby @bo @nobody", []),
        ("@channel @here", ["@channel", "@here"]),
        ("`@channel` @bob", ["bob"]),
    ],
)
async def test_mentions_are_the_people_named(node: Running, content: str, named: list[str]) -> None:
    """`mentions` holds the ids of those named by @userName outside code, and the group words."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    ids = {"alice": alice.user_id, "bob": bob.user_id}
    message = await say(alice, await general(alice), content)
    assert message["mentions"] == [ids.get(name, name) for name in named]


@pytest.mark.parametrize(("name", "written"), [("josé", "@jose\u0301"), ("Straße", "@STRASSE"), ("नमस्ते", "@नमस्ते!")])
async def test_names_of_all_scripts_can_be_mentioned(node: Running, name: str, written: str) -> None:
    """A user name with marks or folding letters is found however it is typed."""
    admin = await node.admin()
    user = (await admin.ask("admin.addUser", userName=name, password="long enough 1"))["user"]
    assert (await say(admin, await general(admin), f"hello {written}"))["mentions"] == [user["id"]]


async def test_only_members_are_mentioned(node: Running) -> None:
    """Who is not in a private channel cannot be named there."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    await node.client("eve@example.com")
    secret = await secret_of(alice, bob)
    assert (await say(alice, secret, "@eve @bob"))["mentions"] == [bob.user_id]


async def test_an_edit_sets_the_mentions_anew(node: Running) -> None:
    """Who is no longer named after an edit is not mentioned, in the row and in the counts."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    message = await say(alice, await general(alice), "@bob")
    assert (await bob.ask("channel.list"))["channels"][0]["mentions"] == 1
    edited = (await alice.ask("message.edit", messageId=message["id"], content="@alice"))["message"]
    assert edited["mentions"] == [alice.user_id]
    assert (await bob.ask("channel.list"))["channels"][0]["mentions"] == 0


# --- history and changes -----------------------------------------------------------------------------------------


async def page(client: Client, channel_id: str, **edge: Any) -> tuple[list[str], bool]:
    reply = await client.ask("message.history", channelId=channel_id, **edge)
    assert reply.keys() == {"messages", "hasMore"}
    return [message["content"] for message in reply["messages"]], reply["hasMore"]


async def test_history_is_paged_both_ways(node: Running) -> None:
    """Pages are in order of `seq`, newest last, their edges exclusive, and say whether more lies beyond."""
    alice = await node.client()
    channel_id = await general(alice)
    ids = [(await say(alice, channel_id, str(number)))["id"] for number in range(6)]
    assert await page(alice, channel_id) == (["0", "1", "2", "3", "4", "5"], False)
    assert await page(alice, channel_id, limit=2) == (["4", "5"], True)
    assert await page(alice, channel_id, limit=2, before=ids[4]) == (["2", "3"], True)
    assert await page(alice, channel_id, limit=2, before=ids[2]) == (["0", "1"], False)
    assert await page(alice, channel_id, limit=2, after=ids[0]) == (["1", "2"], True)
    assert await page(alice, channel_id, limit=2, after=ids[3]) == (["4", "5"], False)
    assert await page(alice, channel_id, before=ids[0]) == ([], False)
    assert await page(alice, channel_id, after=ids[5]) == ([], False)


async def test_a_tombstone_stays_in_history_and_marks_a_place(node: Running) -> None:
    """A deleted message is in its page, empty, and can be the edge of another."""
    alice = await node.client()
    channel_id = await general(alice)
    ids = [(await say(alice, channel_id, str(number)))["id"] for number in range(3)]
    await alice.ask("message.delete", messageId=ids[1])
    assert await page(alice, channel_id) == (["0", "", "2"], False)
    assert await page(alice, channel_id, before=ids[1]) == (["0"], False)


async def test_history_starts_from_a_message_of_its_channel(node: Running) -> None:
    """An unknown edge, another channel's message and an unknown channel are not_found."""
    alice = await node.client()
    channel_id, elsewhere = await general(alice), (await open_room(alice, "elsewhere"))["id"]
    other = await say(alice, elsewhere)
    for edge in ({"before": "nothing"}, {"after": "nothing"}, {"before": other["id"]}):
        assert (await alice.refused("message.history", channelId=channel_id, **edge)).code == "not_found"
    assert (await alice.refused("message.history", channelId="nothing")).code == "not_found"


@pytest.mark.parametrize("limit", [0, 201, -1, "5", 5.5, True, None])
async def test_a_limit_is_a_number_up_to_200(node: Running, limit: Any) -> None:
    """A limit that is no whole number from 1 to 200 is invalid."""
    alice = await node.client()
    refusal = await alice.refused("message.history", channelId=await general(alice), limit=limit)
    assert (refusal.code, refusal.field) == ("invalid", "limit")


async def test_a_page_ends_early_rather_than_grow(node: Running) -> None:
    """A page of big messages stays under 512 KiB, keeps the newest and says that there are more."""
    alice = await node.client()
    channel_id = await general(alice)
    big = ("message", {"channelId": channel_id, "content": "😀" * 4000})
    await pipeline(alice, *[big] * 40)
    reply = await alice.ask("message.history", channelId=channel_id, limit=200)
    seqs = [message["seq"] for message in reply["messages"]]
    assert reply["hasMore"] and 25 <= len(seqs) < 40 and seqs == list(range(41 - len(seqs), 41))
    assert len(json.dumps(reply, ensure_ascii=False).encode()) < 524_288 + 20_000  # json.dumps writes more spaces
    changes = await alice.ask("message.changes", channelId=channel_id, after=0)
    assert changes == {"messages": [], "seq": 40, "resync": True}


async def test_changes_tell_the_present_state_of_all_that_changed(node: Running) -> None:
    """message.changes holds replies, edits and tombstones behind `after`, each once, as it is now."""
    alice = await node.client()
    channel_id = await general(alice)
    first, root, edited, gone = [await say(alice, channel_id, str(number)) for number in range(4)]
    await alice.ask("message.edit", messageId=edited["id"], content="edited")
    reply = await say(alice, channel_id, "reply", threadId=root["id"])
    await alice.ask("message.delete", messageId=gone["id"])
    await react(alice, edited, "👍")
    found = await alice.ask("message.changes", channelId=channel_id, after=4)
    assert (found["seq"], found["resync"]) == (8, False)
    rows = {row["id"]: row for row in found["messages"]}
    assert len(found["messages"]) == 4 and first["id"] not in rows
    assert rows[edited["id"]]["content"] == "edited" and rows[edited["id"]]["reactions"] == {"👍": [alice.user_id]}
    assert rows[root["id"]]["thread"]["replyCount"] == 1
    assert rows[reply["id"]]["threadId"] == root["id"]
    assert rows[gone["id"]]["content"] == "" and rows[gone["id"]]["deletedAt"] is not None


async def test_changes_answer_resync_when_they_do_not_fit(node: Running) -> None:
    """500 changed messages are told; 501, or a number that the channel never had, mean fetch afresh."""
    alice = await node.client()
    channel_id = await general(alice)
    await pipeline(alice, *[("message", {"channelId": channel_id, "content": "x"})] * 501)
    fits = await alice.ask("message.changes", channelId=channel_id, after=1)
    assert (len(fits["messages"]), fits["seq"], fits["resync"]) == (500, 501, False)
    resync = {"messages": [], "seq": 501, "resync": True}
    assert await alice.ask("message.changes", channelId=channel_id, after=0) == resync
    assert await alice.ask("message.changes", channelId=channel_id, after=502) == resync
    assert await alice.ask("message.changes", channelId=channel_id, after=501) == resync | {"resync": False}


@pytest.mark.parametrize("after", [-1, "0", 1.5, True, None, 2**60])
async def test_a_seq_is_a_whole_number(node: Running, after: Any) -> None:
    """A `seq` of another type or out of range is invalid."""
    alice = await node.client()
    refusal = await alice.refused("message.changes", channelId=await general(alice), after=after)
    assert (refusal.code, refusal.field) == ("invalid", "after")


async def test_the_greatest_length_is_configured(
    configured: Callable[..., AbstractAsyncContextManager[Running]],
) -> None:
    """`chat.maxContentLength` decides, and hello says it."""
    async with configured(chat={"maxContentLength": 10}) as node:
        alice = await node.client()
        channel_id = await general(alice)
        assert alice.hello["limits"]["maxContentLength"] == 10
        await say(alice, channel_id, "x" * 10)
        assert (await alice.refused("message", channelId=channel_id, content="x" * 11)).code == "too_large"
