"""The hub: who hears what here, doors that were opening while something changed, and nothing left behind."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from chatd.hub import following
from chatd.hub import hub as hub_module
from chatd.hub.audience import Snapshot
from chatd.hub.bus_memory import MemoryBus
from chatd.hub.hub import Hub
from chatd.hub.registry import Totals
from chatd.hub.registry_memory import MemoryRegistry
from tests.client import Client
from tests.hub.joints import until
from tests.hub.test_fanout import Ear, emptied
from tests.serving import MovableClock, Running

Configured = Callable[..., AbstractAsyncContextManager[Running]]


async def no_fill(channel_id: str, after: int) -> tuple[int, int, bytes]:
    raise AssertionError("nothing is missing here")


def lone_hub(*, auto_join: bool = True) -> Hub:
    """The hub of a single node with #general and #news."""
    hub = Hub(
        node="node",
        clock=MovableClock(),
        bus=MemoryBus(),
        registry=MemoryRegistry("node"),
        fill=no_fill,
        server_version="0",
        auto_join=auto_join,
    )
    hub.load([("general", 0, True), ("news", 0, False)])
    return hub


def snapshot(user: str, session: str | None = None, **more: object) -> Snapshot:
    fields = {
        "as_of": 0,
        "role": "user",
        "restricted": None,
        "expires_at": 2**50,
        "ends_at": 2**50,
        "remember": False,
        "rows": [],
        "scopes": None,
    }
    return Snapshot(session_id=session or f"{user}'s", user_id=user, **(fields | {"rows": [], "scopes": None} | more))  # type: ignore[arg-type]


def listen(hub: Hub, user: str, session: str | None = None, **more: object) -> Ear:
    """Somebody's socket, attached."""
    ear = Ear()
    hub.attach(ear, snapshot(user, session, **more))
    return ear


def end_session(hub: Hub, row: int, session: str, user: str) -> None:
    body = {"sessions": [[session, user]], "code": 4502, "by": None}
    hub.apply(row, "sessions.ended", body, own=True)


async def heard(hub: Hub, channel_id: str, seq: int, *ears: Ear) -> list[bool]:
    """Publish one event; which of the sockets got it?"""
    before = [len(ear.writes) for ear in ears]
    hub.publish(channel_id, seq, b"{}")
    await emptied(hub.fanout)
    return [len(ear.writes) > count for ear, count in zip(ears, before, strict=True)]


# --- doors that were opening ---------------------------------------------------------------------------------------


async def test_a_change_behind_the_snapshot_is_noticed() -> None:
    """A row applied after the snapshot that touches this session or this user: look again. Others' rows: no."""
    hub = lone_hub()
    end_session(hub, 1, "laptop", "alice")
    hub.apply(2, "settings", {"settings": {}}, own=True)
    assert hub.changed_since(0, "laptop", "alice")
    assert hub.changed_since(0, "phone", "alice")
    assert not hub.changed_since(0, "tablet", "bob")
    assert not hub.changed_since(1, "laptop", "alice")
    assert not hub.changed_since(2, "laptop", "alice")


async def test_rows_that_end_many_sessions_touch_each_of_them() -> None:
    """One row may name many sessions; each of them is noticed."""
    hub = lone_hub()
    sessions = [[f"s{number}", f"u{number}"] for number in range(100)]
    hub.apply(1, "sessions.ended", {"sessions": sessions, "code": 4502, "by": None}, own=True)
    assert all(hub.changed_since(0, session, user) for session, user in sessions)
    assert not hub.changed_since(0, "s", "u")


async def test_a_snapshot_older_than_memory_is_read_again() -> None:
    """Behind a snapshot that is older than the remembered rows anything may have happened."""
    hub = lone_hub()
    hub.cursor = 7
    assert hub.changed_since(3, "laptop", "alice")
    end_session(hub, 8, "phone", "bob")
    assert hub.changed_since(6, "laptop", "alice")
    assert not hub.changed_since(7, "laptop", "alice")


async def test_the_memory_of_rows_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """After very many rows an old snapshot is read again rather than trusted."""
    monkeypatch.setattr(hub_module, "RECENT_ROWS", 10)
    hub = lone_hub()
    for row in range(1, hub.recent.maxlen or 0):
        end_session(hub, row, f"s{row}", f"u{row}")
    assert len(hub.recent) == 9
    assert not hub.changed_since(5, "laptop", "alice")
    for row in range(hub.cursor + 1, hub.cursor + 10):
        end_session(hub, row, f"s{row}", f"u{row}")
    assert hub.changed_since(5, "laptop", "alice")


# --- attached and detached -----------------------------------------------------------------------------------------


async def test_nothing_is_left_of_who_is_gone() -> None:
    """After the last socket has gone no user, session, private channel, listener or count is left."""
    hub = lone_hub()
    rows = [("secret", "private", 4, "member"), ("news", "public", 0, "left")]
    ears = [listen(hub, "alice", session, rows=rows) for session in ("laptop", "laptop", "phone")]
    hub.watch(ears[0], ["bob"])
    assert hub.channels["secret"].head == 4
    assert await hub.registry.totals() == Totals(sockets=3, nodes=1)
    for ear in ears:
        hub.detach(ear, at_once=True)
        hub.detach(ear)  # repeating it does nothing
    assert (hub.users, hub.sessions, hub.active, hub.watchers) == ({}, {}, set(), set())
    assert hub.channels.keys() == {"general", "news"}
    assert all(not channel.members and not channel.absent for channel in hub.channels.values())
    assert await hub.registry.totals() == Totals(sockets=0, nodes=1)
    assert hub.presence.online() == set()
    assert hub.presence._leaving == {}
    hub.presence.stop()


async def test_a_private_channel_stays_while_one_member_is_here() -> None:
    """Of two members one goes: the other still hears the channel."""
    hub = lone_hub()
    rows = [("secret", "private", 0, "member")]
    alice, bob, eve = listen(hub, "alice", rows=rows), listen(hub, "bob", rows=rows), listen(hub, "eve")
    hub.detach(alice, at_once=True)
    assert await heard(hub, "secret", 1, alice, bob, eve) == [False, True, False]
    hub.presence.stop()


async def test_one_of_two_sockets_goes_and_the_session_stays() -> None:
    """A closed tab leaves the other tab of the session, and what it hears, alone."""
    hub = lone_hub()
    first, second = listen(hub, "alice", "laptop"), listen(hub, "alice", "laptop")
    hub.detach(first)
    assert await hub.registry.sockets(["laptop"]) == {"laptop": 1}
    assert await heard(hub, "general", 1, first, second) == [False, True]
    assert hub.presence.status("alice") == "online"
    hub.presence.stop()


async def test_a_restricted_session_hears_nothing_until_it_is_lifted() -> None:
    """No events while restricted; when it is lifted a new `hello` comes, then everything."""
    hub = lone_hub()
    alice = listen(hub, "alice", restricted="password_change", rows=[("secret", "private", 0, "member")])
    assert await heard(hub, "general", 1, alice) == [False]
    assert await heard(hub, "secret", 1, alice) == [False]
    assert hub.presence.online() == set()
    user = {"id": "alice", "email": "alice@example.com"}
    lifted = {"sessions": [["alice's", "alice"]], "userId": "alice", "user": user, "restricted": None}
    hub.apply(1, "sessions.restricted", lifted | {"restricted": "totp_enrolment"}, own=True)
    assert b'"restricted":"totp_enrolment"' in alice.writes.pop()
    assert await heard(hub, "general", 1, alice) == [False]
    hub.apply(2, "sessions.restricted", lifted, own=True)
    assert len(alice.writes) == 1
    assert b'"hello"' in alice.writes[0]
    assert await heard(hub, "general", 2, alice) == [True]
    assert await heard(hub, "secret", 2, alice) == [True]
    hub.presence.stop()


async def test_a_session_that_becomes_restricted_is_silent_at_once() -> None:
    """What was under way comes before the greeting, nothing after it; panels and presence forget it."""
    hub = lone_hub()
    alice, bob = listen(hub, "alice"), listen(hub, "bob")
    hub.publish("general", 1, b"{}")
    user = {"id": "alice", "email": None}
    body = {"sessions": [["alice's", "alice"]], "userId": "alice", "user": user, "restricted": "totp_enrolment"}
    hub.apply(1, "sessions.restricted", body, own=True)
    hub.apply(2, "sessions.restricted", body, own=True)  # again: nothing more
    assert [b'"hello"' in write for write in alice.writes] == [False, True]
    assert await heard(hub, "general", 2, alice, bob) == [False, True]
    assert hub.presence.online() == {"bob"}
    hub.presence.stop()


async def test_an_ended_session_is_forgotten_before_its_sockets_are_cut() -> None:
    """All sockets of the session are cut, none of another one; what is said next reaches only the other."""
    hub = lone_hub()
    first, second = listen(hub, "alice", "laptop"), listen(hub, "alice", "laptop")
    phone = listen(hub, "alice", "phone")
    end_session(hub, 1, "laptop", "alice")
    assert [first.open, second.open, phone.open] == [False, False, True]
    assert hub.sessions.keys() == {"phone"}
    assert await heard(hub, "general", 1, first, second, phone) == [False, False, True]
    assert await hub.closed_sockets([1]) == 2
    hub.presence.stop()


# --- joining only by joining ---------------------------------------------------------------------------------------


async def test_without_auto_join_only_members_hear_a_public_channel() -> None:
    """#general reaches everybody, another public channel only those with a member row."""
    hub = lone_hub(auto_join=False)
    alice, bob = listen(hub, "alice", rows=[("news", "public", 0, "member")]), listen(hub, "bob")
    assert await heard(hub, "general", 1, alice, bob) == [True, True]
    assert await heard(hub, "news", 1, alice, bob) == [True, False]
    hub.presence.stop()


async def general_and_news(alice: Client) -> tuple[str, str]:
    """#general, and a new public channel of alice's."""
    general = (await alice.ask("channel.list"))["channels"][0]["id"]
    return general, (await alice.ask("channel.create", name="news", kind="public"))["channel"]["id"]


async def standing(client: Client, channel_id: str) -> dict[str, object]:
    channels = (await client.ask("sync"))["channels"]
    return next(channel for channel in channels if channel["id"] == channel_id)


async def test_autojoin_off_a_public_channel_is_seen_and_not_heard(configured: Configured) -> None:
    """bob sees the new channel and may read it, hears and writes nothing there before he joins, everything after."""
    async with configured(chat={"autoJoinPublicChannels": False}) as node:
        alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
        general, news = await general_and_news(alice)
        assert (await bob.expect("channel.created"))["payload"]["channel"]["id"] == news
        assert [(await standing(who, news))["joined"] for who in (alice, bob)] == [True, False]
        assert [(await standing(who, general))["joined"] for who in (alice, bob)] == [True, True]
        await alice.ask("message", channelId=news, content="who is here?")
        await bob.refute("message.created")
        refusal = await bob.refused("message", channelId=news, content="me")
        assert (refusal.code, refusal.message) == ("forbidden", "Join the channel first")
        assert len((await bob.ask("message.history", channelId=news))["messages"]) == 1
        await bob.ask("channel.join", channelId=news)
        await alice.ask("message", channelId=news, content="now?")
        assert (await bob.expect("message.created"))["payload"]["message"]["content"] == "now?"
        assert (await standing(bob, news))["memberCount"] == 2
        await bob.ask("message", channelId=news, content="yes")


async def test_autojoin_off_general_is_everybodys(configured: Configured) -> None:
    """In #general everybody is from the start, and nobody leaves it."""
    async with configured(chat={"autoJoinPublicChannels": False}) as node:
        alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
        general = (await alice.ask("channel.list"))["channels"][0]["id"]
        await bob.ask("message", channelId=general, content="hello")
        assert (await alice.expect("message.created"))["payload"]["message"]["content"] == "hello"
        assert (await bob.refused("channel.leave", channelId=general)).code in ("forbidden", "conflict")


async def test_autojoin_off_joining_holds_for_the_next_socket(configured: Configured) -> None:
    """Who joined hears the channel on a new socket too; who left again does not."""
    async with configured(chat={"autoJoinPublicChannels": False}) as node:
        alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
        _, news = await general_and_news(alice)
        await bob.ask("channel.join", channelId=news)
        again = await node.client("bob@example.com")
        await alice.ask("message", channelId=news, content="1")
        await again.expect("message.created")
        await again.ask("channel.leave", channelId=news)
        latest = await node.client("bob@example.com")
        await alice.ask("message", channelId=news, content="2")
        for client in (again, latest):
            await client.refute("message.created")


async def test_when_everybody_has_gone_the_hub_is_empty(node: Running) -> None:
    """After all sockets have closed the node holds nobody, whatever they did before."""
    alice, bob = await node.client("alice@example.com"), await node.client("bob@example.com")
    secret = (await alice.ask("channel.create", name="secret", kind="private"))["channel"]["id"]
    await alice.ask("channel.addMember", channelId=secret, userId=bob.user_id)
    await bob.expect("channel.created")
    await bob.ask("dm.open", userIds=[alice.user_id])
    await alice.ask("message", channelId=secret, content="x")
    await bob.ask("presence.list", userIds=[alice.user_id])
    await alice.close()
    await bob.close()
    hub = node.node.chat.hub

    async def empty() -> bool:
        await node.http.get(node.url + "/health")
        return not hub.users

    await until(empty)
    assert (hub.sessions, hub.active, hub.watchers) == ({}, set(), set())
    assert {channel.kind for channel in hub.channels.values()} == {"public"}
    assert await hub.registry.totals() == Totals(sockets=0, nodes=1)


# --- what another node tells before its control row is applied here ------------------------------------------------


async def test_what_is_ahead_of_the_control_log_waits_for_it() -> None:
    """Messages and events from another node carry a row; nobody hears them before that row is applied here."""
    hub = lone_hub()
    alice, bob = listen(hub, "alice", "laptop"), listen(hub, "bob", "phone")
    hub._hear({"t": "content", "row": 2, "e": [["general", 1, "{}"]]})
    hub._hear({"t": "person", "row": 2, "user": "bob", "e": "{}"})
    hub._hear({"t": "typing", "row": 2, "channel": "general", "user": "alice"})
    await emptied(hub.fanout)
    assert (alice.writes, bob.writes) == ([], [])
    assert hub.wake_control.is_set()
    end_session(hub, 1, "tablet", "carol")
    await emptied(hub.fanout)
    assert (alice.writes, bob.writes) == ([], [])
    end_session(hub, 2, "phone", "bob")
    await emptied(hub.fanout)
    assert len(alice.writes) == 2  # the message and that alice types
    assert bob.writes == []


async def test_what_waits_for_the_control_log_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what is far ahead the rest is dropped: it is fetched from the database later."""
    monkeypatch.setattr(following, "WAITING_MAX", 3)
    hub = lone_hub()
    alice = listen(hub, "alice", "laptop")
    hub._hear({"t": "content", "row": 1, "e": [["general", seq, "{}"] for seq in range(1, 6)]})
    end_session(hub, 1, "phone", "bob")
    await emptied(hub.fanout)
    assert hub.channels["general"].head == 3
    assert len(alice.writes) == 1


async def test_waiting_for_a_row_ends_when_the_log_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who fills a gap waits for the row as of its snapshot, and gives up after a while."""
    monkeypatch.setattr(following, "APPLIED_SECONDS", 0.05)
    hub = lone_hub()
    with pytest.raises(TimeoutError):
        await hub.following.applied(1)
    end_session(hub, 1, "phone", "bob")
    await hub.following.applied(1)
