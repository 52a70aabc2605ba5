"""Several nodes as one: nothing is missed between them, with Redis and without, and rights hold on all of them."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from chatd.app import Node
from chatd.domain.models import Actor
from chatd.services import accounts, upkeep
from chatd.store import control
from tests.client import Client
from tests.conftest import RedisServer
from tests.hub.joints import until
from tests.serving import ADMIN_EMAIL, ADMIN_PASSWORD, MovableClock, Running, running, settings

Two = tuple[Running, Running]
Configured = Callable[..., AbstractAsyncContextManager[Running]]
CLI = Actor("command line", None)
WEEK_SECONDS = 7 * 24 * 3600


@pytest.fixture
async def own_two(tmp_path: Path, own_redis: RedisServer) -> AsyncIterator[Two]:
    """Two nodes over a Redis that this test may stop."""
    config, clock = settings(tmp_path, own_redis.url), MovableClock()
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(running(config, clock))
        yield first, await stack.enter_async_context(running(config, clock))


async def general(client: Client) -> str:
    return str((await client.ask("channel.list"))["channels"][0]["id"])


def take_content(client: Client) -> dict[str, Any] | None:
    """The next event about a channel's content that came, if there is one."""
    for index, frame in enumerate(client.events):
        if frame["type"] in ("message.created", "channel.changes"):
            return client.events.pop(index)
    return None


async def follow(client: Client, last: int, seq: int = 0) -> list[str]:
    """The contents that a client gets behind `seq` up to `last`; fails at the first gap or repetition."""
    contents: list[str] = []
    async with asyncio.timeout(20):
        while seq < last:
            frame = take_content(client)
            if frame is None:
                async with client._news:
                    await client._news.wait_for(lambda: any("seq" in frame for frame in client.events))
                continue
            changes = frame["type"] == "channel.changes"
            assert (frame["payload"]["after"] if changes else frame["seq"] - 1) == seq, frame
            assert not changes or not frame["payload"]["resync"]
            new = frame["payload"]["messages"] if changes else [frame["payload"]["message"]]
            contents += [message["content"] for message in new]
            seq = frame["seq"]
    return contents


async def say(client: Client, channel_id: str, *contents: str) -> None:
    for content in contents:
        await client.ask("message", channelId=channel_id, content=content)


async def until_role(client: Client, role: str) -> None:
    """Wait for the event that says so."""
    while (await client.expect("user.updated"))["payload"]["user"]["role"] != role:
        pass


class Blindfold:
    """The database of one node fails whenever its control log is read."""

    def __init__(self, node: Running) -> None:
        self.on, self._node, self._failed = True, node, False
        event.listen(node.node.chat.store._reader.sync_engine, "before_cursor_execute", self._fail)

    def _fail(self, connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if self.on and "control_log" in statement:
            self._failed = True
            raise sqlite3.OperationalError("disk I/O error")

    async def worn(self) -> None:
        """Wait until a look has failed: one that was under way before is over, and can note no later time as seen."""

        async def look() -> bool:
            await self._node.http.get(self._node.url + "/health")
            return self._failed

        await until(look)

    async def held(self, *, so: bool) -> None:
        """Wait until the node has stopped delivering, or delivers again."""

        async def look() -> bool:
            await self._node.http.get(self._node.url + "/health")
            return self._node.node.chat.hub.sequencer.held is so

        await until(look)


async def blinded(node: Running) -> Blindfold:
    """A node that has not seen its control log for so long that it delivers nothing."""
    blindfold = Blindfold(node)
    await blindfold.worn()
    node.clock.advance(upkeep.BLIND_SECONDS + 1)
    await blindfold.held(so=True)
    return blindfold


@asynccontextmanager
async def command_line(node: Running) -> AsyncIterator[Node]:
    """Another process on the same folder, as `chatd user …` opens it."""
    other = Node(node.node.config)
    await other.open()
    try:
        yield other
    finally:
        await other.close()


# --- messages over two nodes ---------------------------------------------------------------------------------------


async def test_messages_of_both_nodes_arrive_everywhere_in_order(two_nodes: Two) -> None:
    """alice and bob write on two nodes at once; both, and admin, get every message in order without a gap."""
    here, there = two_nodes
    alice, bob, admin = (
        await here.client("alice@example.com"),
        await there.client("bob@example.com"),
        await there.admin(),
    )
    channel_id = await general(alice)
    await asyncio.gather(
        say(alice, channel_id, *(f"a{number}" for number in range(40))),
        say(bob, channel_id, *(f"b{number}" for number in range(40))),
    )
    heard = [await follow(client, 80) for client in (alice, bob, admin)]
    assert heard[0] == heard[1] == heard[2]
    assert [content for content in heard[0] if content[0] == "a"] == [f"a{number}" for number in range(40)]
    assert [content for content in heard[0] if content[0] == "b"] == [f"b{number}" for number in range(40)]


async def test_in_turns_over_two_nodes(two_nodes: Two) -> None:
    """A conversation in turns over two nodes has the same order on both."""
    here, there = two_nodes
    alice, bob = await here.client("alice@example.com"), await there.client("bob@example.com")
    channel_id = await general(alice)
    for number in range(10):
        await say((alice, bob)[number % 2], channel_id, str(number))
    for client in (alice, bob):
        assert await follow(client, 10) == [str(number) for number in range(10)]


async def test_without_redis_messages_still_arrive(own_two: Two, own_redis: RedisServer) -> None:
    """While Redis is away the other node finds the messages in the database; afterwards the bus works again."""
    here, there = own_two
    alice, bob = await here.client("alice@example.com"), await there.client("bob@example.com")
    channel_id = await general(alice)
    await say(alice, channel_id, "before")
    assert await follow(bob, 1) == ["before"]
    own_redis.stop()
    await say(alice, channel_id, *(f"without {number}" for number in range(5)))
    await say(bob, channel_id, "me too")
    own_redis.start()
    await say(alice, channel_id, "after")
    expected = [*(f"without {number}" for number in range(5)), "me too", "after"]
    assert await follow(alice, 8) == ["before", *expected]
    assert await follow(bob, 8, 1) == expected


async def test_without_redis_the_poll_alone_is_enough(own_two: Two, own_redis: RedisServer) -> None:
    """With Redis away for good everything arrives on the other node, in a private channel too."""
    here, there = own_two
    alice, bob = await here.client("alice@example.com"), await there.client("bob@example.com")
    eve = await there.client("eve@example.com")
    secret = (await alice.ask("channel.create", name="secret", kind="private", members=[bob.user_id]))["channel"]["id"]
    await bob.expect("channel.created")
    own_redis.stop()
    await say(alice, secret, "1", "2", "3")
    assert await follow(bob, 3) == ["1", "2", "3"]
    await eve.ask("ping")
    assert [frame for frame in eve.heard if "seq" in frame] == []


async def test_after_redis_is_back_typing_crosses_again(own_two: Two, own_redis: RedisServer) -> None:
    """What only the bus carries comes through again, without a restart of the nodes."""
    here, there = own_two
    alice, bob = await here.client("alice@example.com"), await there.client("bob@example.com")
    channel_id = await general(alice)
    own_redis.stop()
    await say(alice, channel_id, "1")
    assert await follow(bob, 1) == ["1"]
    own_redis.start()

    async def crossed() -> bool:
        await alice.ask("typing", channelId=channel_id)
        await bob.ask("ping")
        return any(frame["type"] == "typing" for frame in bob.heard)

    await until(crossed)


# --- rights over two nodes -----------------------------------------------------------------------------------------


async def test_removal_cuts_on_the_other_node_without_redis(own_two: Two, own_redis: RedisServer) -> None:
    """With Redis away the control log is polled: bob's socket on the other node is cut, his token is worth nothing."""
    here, there = own_two
    admin, bob_person = await here.admin(), await there.sign_in("bob@example.com")
    bob = await bob_person.connect()
    own_redis.stop()
    await admin.ask("admin.removeUser", userId=bob.user_id)
    assert (await bob_person.get("/auth/me")).status_code == 401
    ending = await bob.ended()
    assert (ending.code, ending.bye and ending.bye["by"]) == (4503, "admin")


async def test_a_former_member_hears_nothing_on_the_other_node_without_redis(
    own_two: Two, own_redis: RedisServer
) -> None:
    """Removed from a private channel on one node, bob's socket on the other gets nothing that is said after he knew."""
    here, there = own_two
    alice, bob = await here.client("alice@example.com"), await there.client("bob@example.com")
    secret = (await alice.ask("channel.create", name="secret", kind="private", members=[bob.user_id]))["channel"]["id"]
    await bob.expect("channel.created")
    own_redis.stop()
    await alice.ask("channel.removeMember", channelId=secret, userId=bob.user_id)
    await bob.expect("channel.deleted")
    await say(alice, secret, "he is gone")
    channel_id = await general(alice)
    await say(alice, channel_id, "for everybody")
    assert await follow(bob, 1) == ["for everybody"]
    assert [frame for frame in bob.heard if frame.get("channelId") == secret] == []


async def test_stats_count_all_nodes(two_nodes: Two) -> None:
    """Sockets and nodes in `admin.stats` are those of all nodes, asked on either."""
    here, there = two_nodes
    admins = [await here.admin(), await there.admin()]
    await here.client("alice@example.com")
    for node in (here, there):
        await node.client("bob@example.com")
    for admin in admins:

        async def counted(admin: Client = admin) -> bool:
            stats = await admin.ask("admin.stats")
            return (stats["sockets"], stats["nodes"], stats["sessions"], stats["users"]) == (5, 2, 5, 3)

        await until(counted)


async def test_M34_session_list_counts_sockets_of_all_nodes(two_nodes: Two) -> None:
    """Two tabs of one session on two nodes are two sockets; a closed one is not counted any more."""
    here, there = two_nodes
    alice = await here.sign_in()
    first, second = await alice.connect(), await alice.connect(there.url)

    async def counts(number: int) -> None:
        async def look() -> bool:
            (session,) = (await first.ask("session.list"))["sessions"]
            return bool(session["sockets"] == number)

        await until(look)

    await counts(2)
    await second.close()
    await counts(1)


async def test_a_dead_nodes_people_are_gone(two_nodes: Two, patient_counts: None) -> None:
    """When one node stops, the other counts itself alone."""
    here, there = two_nodes
    admin = await here.admin()
    await there.client("bob@example.com")
    await there.stop()
    stats = await admin.ask("admin.stats")
    assert (stats["sockets"], stats["nodes"]) == (1, 1)


# --- another process on the folder ---------------------------------------------------------------------------------


async def test_the_command_line_takes_effect_on_live_sockets(node: Running) -> None:
    """Another process removes bob: his live socket is cut, alice hears of it."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    async with command_line(node) as other:
        await accounts.remove(other.chat, CLI, bob.user_id, kind="keep", confirm=None)
    assert (await bob.ended()).code == 4503
    assert (await alice.expect("user.removed"))["payload"]["user"]["id"] == bob.user_id


async def test_the_command_line_demotes_from_the_next_frame(node: Running) -> None:
    """Another process takes a role away: everybody hears of it and admin requests are refused."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    await admin.ask("admin.setRole", userId=alice.user_id, role="admin")
    await alice.ask("admin.stats")
    async with command_line(node) as other:
        await accounts.set_role(other.chat, CLI, alice.user_id, "user")
    assert (await alice.refused("admin.stats")).code == "forbidden"
    await until_role(alice, "user")


# --- without sight of the control log ------------------------------------------------------------------------------


async def test_a_blind_node_stops_delivering_and_catches_up(two_nodes: Two) -> None:
    """Ten seconds without the control log: nothing is delivered; with sight again everything comes, in one event."""
    here, there = two_nodes
    alice, bob_person = await here.client("alice@example.com"), await there.sign_in("bob@example.com")
    bob = await bob_person.connect()
    channel_id = await general(alice)
    blindfold = await blinded(there)
    await say(alice, channel_id, "1", "2")
    await say(bob, channel_id, "3")
    await bob.refute("message.created")
    await bob.refute("channel.changes")
    blindfold.on = False
    await blindfold.held(so=False)
    caught_up = await bob.expect("channel.changes")
    assert (caught_up["payload"]["after"], caught_up["seq"], caught_up["payload"]["resync"]) == (0, 3, False)
    assert [message["content"] for message in caught_up["payload"]["messages"]] == ["1", "2", "3"]
    await say(alice, channel_id, "4")
    assert (await bob.expect("message.created"))["seq"] == 4


async def test_a_single_blind_node_catches_up_too(node: Running) -> None:
    """Without other nodes it is the same: what was written meanwhile comes when sight is back."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    channel_id = await general(alice)
    blindfold = await blinded(node)
    await say(alice, channel_id, "1", "2")
    await bob.refute("message.created")
    blindfold.on = False
    assert await follow(bob, 2) == ["1", "2"]


async def test_what_was_held_back_is_read_again_when_that_fails(node: Running) -> None:
    """Sight is back, but the first look at the heads fails: delivery goes on only when one has succeeded."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    channel_id = await general(alice)
    blindfold = await blinded(node)
    await say(alice, channel_id, "1", "2")
    failures: list[str] = []

    def fail_once(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if "channels.changed_at >=" in statement and not failures:
            failures.append(statement)
            raise sqlite3.OperationalError("disk I/O error")

    event.listen(node.node.chat.store._reader.sync_engine, "before_cursor_execute", fail_once)
    blindfold.on = False
    assert await follow(bob, 2) == ["1", "2"]
    assert len(failures) == 1


async def test_a_node_does_not_tell_typing_while_blind(two_nodes: Two) -> None:
    """Who may hear is unknown: not even typing is delivered."""
    here, there = two_nodes
    alice, bob = await here.client("alice@example.com"), await there.client("bob@example.com")
    channel_id = await general(alice)
    blindfold = await blinded(there)
    sent = (await alice.ask("message", channelId=channel_id, content="1"))["message"]
    await alice.ask("typing", channelId=channel_id)
    tab = await (await here.sign_in("bob@example.com")).connect()
    await tab.ask("read", channelId=channel_id, messageId=sent["id"])
    await tab.ask("typing", channelId=channel_id)
    blindfold.on = False
    assert await follow(bob, 1) == ["1"]
    assert [frame for frame in bob.heard if frame["type"] == "typing"] == []


async def test_a_node_that_missed_pruned_rows_starts_afresh(two_nodes: Two) -> None:
    """Rows were pruned before the node saw them: its sockets come back (1012), and nobody hears what is private now."""
    here, there = two_nodes
    alice, bob_person = await here.client("alice@example.com"), await there.sign_in("bob@example.com")
    bob = await bob_person.connect()
    room = (await alice.ask("channel.create", name="room", kind="public"))["channel"]["id"]
    await bob.expect("channel.created")
    blindfold = Blindfold(there)
    await alice.ask("channel.update", channelId=room, kind="private")
    fresh = (await alice.ask("channel.create", name="fresh", kind="public"))["channel"]["id"]
    await blindfold.worn()
    there.clock.advance(control.KEEP_MS / 1000 + 1)
    await blindfold.held(so=True)
    await here.node.chat.write(lambda tx: control.prune(tx.connection, tx.now))
    await alice.ask("channel.create", name="another", kind="public")
    blindfold.on = False
    ending = await bob.ended()
    assert (ending.code, ending.bye and ending.bye["reconnect"]) == (1012, True)
    await blindfold.held(so=False)
    again = await bob_person.connect()
    await say(alice, room, "private")
    await say(alice, fresh, "public")
    assert (await again.expect("message.created"))["channelId"] == fresh
    assert [frame for frame in again.heard if frame.get("channelId") == room] == []


async def test_a_restricted_socket_starts_afresh_too(two_nodes: Two) -> None:
    """A node that missed rows sends every socket away, also those that hear nothing yet."""
    here, there = two_nodes
    admin = await here.admin()
    await admin.ask(
        "admin.addUser",
        userName="carol",
        email="carol@example.com",
        password="first password",
        requirePasswordChange=True,
    )
    carol = await (await there.sign_in_with_password("carol", "first password")).connect()
    assert carol.hello["restricted"] == "password_change"
    blindfold = Blindfold(there)
    await admin.ask("admin.revokeUserSessions", userId=carol.user_id)
    await blindfold.worn()
    there.clock.advance(control.KEEP_MS / 1000 + 1)
    await blindfold.held(so=True)
    await here.node.chat.write(lambda tx: control.prune(tx.connection, tx.now))
    await admin.ask("channel.create", name="another", kind="public")
    await admin.ask("channel.create", name="and another", kind="public")
    await here.node.chat.write(lambda tx: control.prune(tx.connection, tx.now + 2 * control.KEEP_MS))
    blindfold.on = False
    assert (await carol.ended()).code == 1012


# --- time passes ---------------------------------------------------------------------------------------------------


async def test_FX04_expired_sessions_are_cut(node: Running) -> None:
    """A week unused ends a session with 4508 and its token; one with `rememberMe` goes on."""
    person = await node.sign_in("bob@example.com")
    bob = await person.connect()
    remembered = await (await node.sign_in_with_password(ADMIN_EMAIL, ADMIN_PASSWORD, rememberMe=True)).connect()
    node.clock.advance(WEEK_SECONDS + 60)
    ending = await bob.ended()
    assert ending.bye == {"code": 4508, "reason": "session_expired", "reconnect": False}
    assert ending.code == 4508
    assert (await person.get("/auth/me")).status_code == 401
    await remembered.ask("ping")
    assert remembered.is_open


async def test_expired_sessions_are_cut_on_all_nodes(two_nodes: Two) -> None:
    """Whichever node notices first, the sockets on both are cut, each once."""
    here, there = two_nodes
    person = await here.sign_in("bob@example.com")
    bobs = [await person.connect(), await person.connect(there.url)]
    here.clock.advance(WEEK_SECONDS + 60)
    assert [(await bob.ended()).code for bob in bobs] == [4508, 4508]


async def test_the_control_log_is_pruned(configured: Configured, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old rows go by themselves, the last one stays, and everything goes on."""
    monkeypatch.setattr(upkeep, "PRUNE_SECONDS", 0.05)
    async with configured() as node:
        alice = await node.client("alice@example.com")
        for name in ("one", "two", "three"):
            await alice.ask("channel.create", name=name, kind="public")
        count = text("SELECT count(*) FROM control_log")
        chat = node.node.chat

        async def pruned() -> bool:
            return bool(await chat.read(lambda connection: connection.execute(count).scalar_one() == 1))

        head = await chat.read(control.head)
        assert not await pruned()
        node.clock.advance(control.KEEP_MS / 1000 + 1)
        await until(pruned)
        assert await chat.read(control.head) == head
        await alice.ask("channel.create", name="four", kind="public")
        await alice.expect("channel.created")
