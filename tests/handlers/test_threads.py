"""Threads: replies apart from the channel's history, and a root that changes with each of them."""

import asyncio
from typing import Any

from tests.client import Client
from tests.handlers import channel_of, general, history, open_room, say
from tests.serving import Running


async def replies(client: Client, root: dict[str, Any], **edge: Any) -> tuple[list[str], bool]:
    reply = await client.ask("thread.history", messageId=root["id"], **edge)
    return [message["content"] for message in reply["messages"]], reply["hasMore"]


async def thread_of(client: Client, root: dict[str, Any]) -> Any:
    """The root's `thread`, as its channel's history shows it."""
    return next(row["thread"] for row in await history(client, root["channelId"]) if row["id"] == root["id"])


async def test_a_reply_is_told_with_its_parent(node: Running) -> None:
    """A reply's event holds the reply and what became of its root; both rows have the event's number."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    root = await say(alice, await general(alice))
    reply = await say(bob, root["channelId"], "reply", threadId=root["id"])
    thread = {"replyCount": 1, "lastReplyAt": reply["createdAt"], "participants": [bob.user_id]}
    payload = {"message": reply, "parent": {"id": root["id"], "thread": thread}}
    event = await alice.expect("message.created", message=reply)
    assert event == {"type": "message.created", "channelId": root["channelId"], "seq": 2, "payload": payload}
    assert (reply["threadId"], reply["thread"], reply["seq"], reply["changedSeq"]) == (root["id"], None, 2, 2)
    assert await history(alice, root["channelId"]) == [root | {"thread": thread, "changedSeq": 2}]


async def test_a_message_outside_threads_has_no_parent(node: Running) -> None:
    """The event of an ordinary message says nothing of a parent."""
    alice = await node.client()
    message = await say(alice, await general(alice))
    assert (await alice.expect("message.created"))["payload"] == {"message": message}


async def test_a_thread_holds_its_replies_only(node: Running) -> None:
    """thread.history pages the replies without the root, the channel's history the roots without replies."""
    alice = await node.client()
    channel_id = await general(alice)
    root, other = await say(alice, channel_id, "root"), await say(alice, channel_id, "other")
    ids = [(await say(alice, channel_id, str(number), threadId=root["id"]))["id"] for number in range(4)]
    await say(alice, channel_id, "elsewhere", threadId=other["id"])
    assert await replies(alice, root) == (["0", "1", "2", "3"], False)
    assert await replies(alice, root, limit=2) == (["2", "3"], True)
    assert await replies(alice, root, before=ids[2]) == (["0", "1"], False)
    assert await replies(alice, root, after=ids[0], limit=2) == (["1", "2"], True)
    assert [message["content"] for message in await history(alice, channel_id)] == ["root", "other"]


async def test_a_thread_begins_at_a_root_of_the_channel(node: Running) -> None:
    """A reply to a reply is invalid, to a deleted root a conflict, to another channel's message not_found."""
    alice = await node.client()
    channel_id, elsewhere = await general(alice), (await open_room(alice, "elsewhere"))["id"]
    root, gone, other = await say(alice, channel_id), await say(alice, channel_id), await say(alice, elsewhere)
    reply = await say(alice, channel_id, threadId=root["id"])
    await alice.ask("message.delete", messageId=gone["id"])
    for id, code in (
        (reply["id"], "invalid"),
        (gone["id"], "conflict"),
        (other["id"], "not_found"),
        ("x", "not_found"),
    ):
        assert (await alice.refused("message", channelId=channel_id, content="x", threadId=id)).code == code
    assert (await alice.refused("thread.history", messageId="nothing")).code == "not_found"


async def test_an_edited_reply_changes_its_root_too(node: Running) -> None:
    """The edit of a reply is told with its parent, and both rows have its number."""
    alice = await node.client()
    channel_id = await general(alice)
    root = await say(alice, channel_id)
    reply = await say(alice, channel_id, threadId=root["id"])
    edited = (await alice.ask("message.edit", messageId=reply["id"], content="other"))["message"]
    event = await alice.expect("message.updated")
    thread = {"replyCount": 1, "lastReplyAt": reply["createdAt"], "participants": [alice.user_id]}
    assert event["payload"] == {"message": edited, "parent": {"id": root["id"], "thread": thread}}
    changed = (await alice.ask("message.changes", channelId=channel_id, after=2))["messages"]
    assert {row["id"]: row["changedSeq"] for row in changed} == {root["id"]: 3, reply["id"]: 3}


async def test_a_deleted_reply_is_not_counted(node: Running) -> None:
    """Deletions take replies and their authors out of the count; without any the root has no thread."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    channel_id = await general(alice)
    root = await say(alice, channel_id)
    first = await say(alice, channel_id, threadId=root["id"])
    second = await say(bob, channel_id, threadId=root["id"])
    await bob.ask("message.delete", messageId=second["id"])
    left = {"replyCount": 1, "lastReplyAt": first["createdAt"], "participants": [alice.user_id]}
    assert (await alice.expect("message.deleted"))["payload"]["parent"] == {"id": root["id"], "thread": left}
    assert await thread_of(bob, root) == left
    await alice.ask("message.delete", messageId=first["id"])
    assert (await alice.expect("message.deleted"))["payload"]["parent"] == {"id": root["id"], "thread": None}
    assert await thread_of(bob, root) is None
    assert (await replies(bob, root))[0] == ["", ""]


async def test_a_deleted_root_keeps_its_replies(node: Running) -> None:
    """The replies of a deleted root can still be read."""
    alice = await node.client()
    root = await say(alice, await general(alice))
    await say(alice, root["channelId"], "still here", threadId=root["id"])
    await alice.ask("message.delete", messageId=root["id"])
    assert await replies(alice, root) == (["still here"], False)


async def test_each_event_shows_the_thread_at_its_moment(node: Running) -> None:
    """Of replies committed together each event counts those up to itself, and names their authors only."""
    people = [await node.client(f"{name}@example.com") for name in ("alice", "bob", "carol", "dave")]
    root = await say(people[0], await general(people[0]))
    sent = {"channelId": root["channelId"], "content": "x", "threadId": root["id"]}
    await asyncio.gather(*[await person.start("message", **sent) for _ in range(5) for person in people])
    authors: list[str] = []
    for count in range(1, 21):
        event = await next_reply(people[0])
        author = event["payload"]["message"]["author"]["id"]
        authors += [] if author in authors else [author]
        thread = event["payload"]["parent"]["thread"]
        assert (thread["replyCount"], thread["participants"]) == (count, authors)


async def next_reply(client: Client) -> dict[str, Any]:
    """The next event of a message in a thread."""
    while "parent" not in (event := await client.expect("message.created"))["payload"]:
        pass
    return event


async def test_replies_are_not_unread_but_their_mentions_count(node: Running) -> None:
    """A reply raises nobody's unread; one that names me raises my mentions."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    root = await say(alice, await general(alice))
    await say(alice, root["channelId"], "@bob", threadId=root["id"])
    seen = await channel_of(bob, root["channelId"])
    assert (seen["unread"], seen["mentions"]) == (1, 1)


async def test_pipelined_replies_and_roots_find_each_other(node: Running) -> None:
    """A root and many replies to it in one batch with other messages are counted exactly."""
    alice = await node.client()
    root = await say(alice, await general(alice))
    sent = {"channelId": root["channelId"], "content": "x"}
    kinds = [sent | ({"threadId": root["id"]} if number % 2 else {}) for number in range(60)]
    answers = await asyncio.gather(*[await alice.start("message", **payload) for payload in kinds])
    assert [answer["payload"]["message"]["seq"] for answer in answers] == list(range(2, 62))
    assert (await thread_of(alice, root))["replyCount"] == 30
    assert len((await replies(alice, root, limit=200))[0]) == 30
