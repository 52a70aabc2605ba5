"""What unanswered requests and unsent replies of a socket, a session, an account and a node may hold."""

import asyncio
import fcntl
from pathlib import Path

import pytest

from chatd.dispatch.dispatcher import PAGE_BYTES as PAGE_COST
from chatd.gateway import gateway as gateway_module
from chatd.gateway import socket as socket_module
from chatd.gateway import under_way
from chatd.gateway.gateway import Gateway
from chatd.gateway.socket import EVENTS_MAX_BYTES
from chatd.gateway.under_way import ACCOUNT_BYTES, PAGE_BYTES, SESSION_BYTES, UnderWay
from chatd.hub.live import LiveSession, LiveUser
from tests.client import Client
from tests.gateway import raw
from tests.gateway.conftest import Bounded
from tests.gateway.raw import Raw
from tests.serving import Running

BIG = "😀" * 4000  # 16 kB in one message
SMALL_BUFFER = 4096
HIGH_WATER_BYTES = 65_536  # of a transport: what is less counts as nothing


def session_of(account: LiveUser, id: str) -> LiveSession:
    session = LiveSession(id, account, restricted=None, expires_at=0, ends_at=0, remember=False)
    account.sessions += (session,)
    return session


def test_requests_are_counted_for_session_account_and_node() -> None:
    """Each is over its bound by what it has itself, and nothing is left when all is answered."""
    alice, eve = (LiveUser(name, "user", 0) for name in ("alice", "eve"))
    hers, other = session_of(alice, "hers"), session_of(eve, "other")
    eves = [session_of(eve, f"eve's {number}") for number in range(5)]
    counted = UnderWay(2 * ACCOUNT_BYTES)
    counted.add(eves[0], SESSION_BYTES + 1)
    assert [counted.is_over(session) for session in (eves[0], eves[1], hers)] == [True, False, False]
    for session in eves[1:]:
        counted.add(session, SESSION_BYTES)
    assert [counted.is_over(session) for session in (other, hers)] == [True, False]
    counted.unsent = ACCOUNT_BYTES
    assert counted.is_over(hers)
    counted.remove(eves[0], SESSION_BYTES + 1)
    for session in eves[1:]:
        counted.remove(session, SESSION_BYTES)
    assert (counted.requests, counted._of) == (0, {})


def test_pages_being_made_are_counted_before_they_are_there() -> None:
    """However many sessions of an account ask at once."""
    eve, counted = LiveUser("eve", "user", 0), UnderWay(10 * ACCOUNT_BYTES)
    sessions = [session_of(eve, f"{number}") for number in range(100)]
    begun = 0
    for session in sessions:
        if counted.has_page_room(session):
            counted.begin_page(session)
            begun += 1
    assert begun == ACCOUNT_BYTES // PAGE_BYTES + 1
    counted.end_page(sessions[0])
    assert counted.has_page_room(sessions[-1])
    assert counted.has_page_room(session_of(LiveUser("alice", "user", 0), "hers"))


async def test_turns_come_in_the_order_in_which_they_were_asked_for() -> None:
    """One at a time for each session; nothing is kept of those that nobody waits for."""
    counted, order = UnderWay(ACCOUNT_BYTES), list[str]()

    async def take(session: str, name: str) -> None:
        async with counted.turn(session):
            order.append("begins " + name)
            await asyncio.sleep(0)
            order.append("ends " + name)

    await asyncio.gather(take("one", "a"), take("one", "b"), take("two", "c"), take("one", "d"))
    assert [name for name in order if not name.endswith("c")] == [
        f"{what} {name}" for name in "abd" for what in ("begins", "ends")
    ]
    assert order.index("begins c") < order.index("ends a")
    assert counted._turns == {}


# --- on the wire -------------------------------------------------------------------------------------------------


async def fill(client: Client, messages: int = 16) -> str:
    """#general with as much in it as one page holds."""
    channel = str((await client.ask("channel.list"))["channels"][0]["id"])
    for start in range(0, messages, 8):
        replies = [await client.start("message", channelId=channel, content=BIG) for _ in range(start, start + 8)]
        assert all(reply["ok"] for reply in await asyncio.gather(*replies))
    return channel


def held(gateway: Gateway) -> int:
    """All that is under way: requests, pages being made, and what is unsent of every socket."""
    counted = gateway.under_way
    unsent = sum(socket.held_bytes for socket in gateway.sockets())
    return counted.requests + sum(counted._pages.values()) * PAGE_BYTES + unsent


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def resumes(channel: str, number: int) -> bytes:
    return b"".join(raw.text("resume", f"r{i}", channels={channel: 0}) for i in range(number))


async def settle(client: Client, seconds: float) -> None:
    """Let the server take everything that it is going to take."""
    end = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < end:
        await client.ask("ping")
        await asyncio.sleep(0.01)


async def test_one_account_that_resumes_and_does_not_read_costs_a_bounded_share(bounded: Bounded) -> None:
    """Twenty sockets of each of eight sessions ask for 55 pages each and read none: others are answered meanwhile."""
    async with bounded() as (node, other):
        alice = await node.client()
        channel = await fill(alice)
        gateway, counted = node.server.gateway, node.server.gateway.under_way
        eves = [await node.sign_in("eve@example.com") for _ in range(8)]
        sockets = [await Raw.open(node.url, eve.access_token, SMALL_BUFFER) for eve in eves for _ in range(20)]
        before = resident_bytes()
        asked = resumes(channel, 55)
        most = [0, 0, 0]
        for socket in sockets:
            await socket.send(asked)
        for _ in range(150):
            await alice.ask("ping")
            await asyncio.sleep(0.01)
            session = max((counted._of[live.id] for live in gateway.chat.hub.users[eves[0].id].sessions), default=0)
            found = [held(gateway), counted._of[eves[0].id], session]
            most = [max(pair) for pair in zip(most, found, strict=True)]
        grown = resident_bytes() - before
        print(f"{len(sockets)} sockets: {most[0]:,} bytes under way at most, {grown:,} resident")
        # A piece of the first, and of who has nothing under way the two requests of a crumb, are read all the same.
        one_each = (20 * 2 + 12) * (PAGE_COST + 4096)
        assert most[2] <= SESSION_BYTES + one_each
        assert most[1] <= ACCOUNT_BYTES + 8 * one_each
        assert most[0] <= 2 * ACCOUNT_BYTES + 8 * one_each + len(sockets) * HIGH_WATER_BYTES
        assert (await alice.ask("resume", channels={channel: 0}))["channels"][channel]["seq"] == 16
        if other is not node:
            bob = await Client.open(other.url, (await node.sign_in("bob@example.com")).access_token)
            assert (await bob.ask("resume", channels={channel: 0}))["channels"][channel]["seq"] == 16
            await bob.close()
        for socket in sockets:
            socket.close()
        async with asyncio.timeout(raw.PATIENCE_SECONDS):
            while gateway.count > 1:
                await alice.ask("ping")
        async with asyncio.timeout(raw.PATIENCE_SECONDS):
            while counted.requests:
                await asyncio.sleep(0.01)
        assert (counted._of, counted._pages, counted._turns) == ({}, {}, {})


async def test_every_page_is_answered_in_the_end(node: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """However small the bounds are: a peer that begins to read gets all that it asked for, on all its sockets."""
    monkeypatch.setattr(under_way, "SESSION_BYTES", 300_000)
    monkeypatch.setattr(under_way, "ACCOUNT_BYTES", 500_000)
    alice = await node.client()
    channel = await fill(alice)
    eve = await node.sign_in("eve@example.com")
    sockets = [await Raw.open(node.url, eve.access_token, SMALL_BUFFER) for _ in range(4)]
    for socket in sockets:
        await socket.send(resumes(channel, 12))
    await settle(alice, 0.5)

    async def read(socket: Raw) -> list[int]:
        return [len((await socket.reply(f"r{i}"))["payload"]["channels"][channel]["messages"]) for i in range(12)]

    assert await asyncio.gather(*map(read, sockets)) == [[16] * 12] * 4
    for socket in sockets:
        socket.close()


async def test_a_socket_that_does_not_read_keeps_no_other_waiting(node: Running) -> None:
    """Not even one of its own session."""
    alice = await node.client()
    channel = await fill(alice)
    eve = await node.sign_in("eve@example.com")
    deaf = await Raw.open(node.url, eve.access_token, SMALL_BUFFER)
    await deaf.send(resumes(channel, 20))
    async with asyncio.timeout(raw.PATIENCE_SECONDS):
        while not node.server.gateway.congested:
            await alice.ask("ping")
    beside = await eve.connect()
    for _ in range(5):
        assert len((await beside.ask("message.history", channelId=channel))["messages"]) == 16
    deaf.close()


async def test_requests_of_one_socket_stop_being_read_by_their_size(node: Running, tmp_path: Path) -> None:
    """While nothing can be committed a few large messages are enough; then all are answered, in their order."""
    alice, eve = await node.client(), await Raw.open(node.url, (await node.sign_in("eve@example.com")).access_token)
    channel = str((await alice.ask("channel.list"))["channels"][0]["id"])
    counted = node.server.gateway.under_way
    sent = b"".join(raw.text("message", f"m{i}", channelId=channel, content=BIG) for i in range(100))
    with (tmp_path / "data" / "write.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # as another process of the same database would hold it
        sending = asyncio.create_task(eve.send(sent))
        async with asyncio.timeout(raw.PATIENCE_SECONDS):
            while counted.requests <= socket_module.PENDING_BYTES_MAX:
                await alice.ask("ping")
        for _ in range(20):
            await alice.ask("ping")
            assert counted.requests <= socket_module.PENDING_BYTES_MAX + 2 * 4 * 65_536
    replies = [await eve.reply(f"m{i}") for i in range(100)]
    assert [reply["payload"]["message"]["seq"] for reply in replies] == list(range(1, 101))
    await sending
    assert counted.requests == 0
    eve.close()


@pytest.mark.parametrize("bound", ["SESSION_BYTES", "ACCOUNT_BYTES"])
async def test_queues_of_a_session_and_an_account_are_bounded_too(
    node: Running, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    """What is published to sockets that do not read: over the bound the longest are closed; others lose nothing."""
    monkeypatch.setattr(gateway_module, bound, 500_000)
    alice = await node.client()
    eves = [await node.sign_in("eve@example.com") for _ in range(1 if bound == "SESSION_BYTES" else 6)]
    sockets = [await Raw.open(node.url, eves[i % len(eves)].access_token, SMALL_BUFFER) for i in range(6)]
    gateway = node.server.gateway
    published = 0
    longest = 0
    async with asyncio.timeout(raw.PATIENCE_SECONDS):
        while gateway.count == 7:
            await fill(alice, 8)
            published += 8
            longest = max(longest, *(socket.unsent_bytes for socket in gateway.sockets()))
    assert 0 < longest <= EVENTS_MAX_BYTES // 2  # none was closed for what it had unsent by itself
    await settle(alice, 0.6)
    assert gateway.queue_bytes() <= 1_000_000
    assert gateway.count > 1
    events = [event for event in await alice.drain_events() if event["type"] == "message.created"]
    assert [event["seq"] for event in events] == list(range(1, published + 1))
    for socket in sockets:
        socket.close()


async def test_who_is_not_read_from_is_not_taken_for_dead(bounded: Bounded, tmp_path: Path) -> None:
    """While its requests wait, its answers to heartbeats lie behind them unread."""
    async with bounded(server={"heartbeatSeconds": 1}) as (node, _):
        eve = await Raw.open(node.url, (await node.sign_in("eve@example.com")).access_token)
        alice = await node.client()
        channel = str((await alice.ask("channel.list"))["channels"][0]["id"])
        sent = b"".join(raw.text("message", f"m{i}", channelId=channel, content=BIG) for i in range(100))
        with (tmp_path / "data" / "write.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            sending = asyncio.create_task(eve.send(sent))
            await settle(alice, 4)
        assert (await eve.reply("m99"))["ok"]
        await sending
        eve.close()
