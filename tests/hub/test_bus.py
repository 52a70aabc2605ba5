"""The bus: one suite over memory and a real Redis. Messages reach all other nodes in their sender's order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from chatd.hub.bus import Bus
from chatd.hub.bus_memory import MemoryBus
from chatd.hub.bus_redis import RedisBus
from tests.client import PATIENCE_SECONDS
from tests.conftest import RedisServer
from tests.hub.joints import Inbox, Joint, joined

Node = tuple[Bus, Inbox]


async def three(joint: Joint, stack: AsyncExitStack) -> list[Node]:
    nodes = []
    for name in ("one", "two", "three"):
        bus = joint.bus(name)
        inbox = Inbox(bus)
        await bus.start()
        stack.push_async_callback(bus.stop)
        nodes.append((bus, inbox))
    return nodes


@pytest.fixture(params=["memory", "redis"])
async def nodes(request: pytest.FixtureRequest, redis_server: RedisServer) -> AsyncIterator[list[Node]]:
    """Three nodes with their inboxes."""
    async with joined(None if request.param == "memory" else redis_server.url) as joint, AsyncExitStack() as stack:
        yield await three(joint, stack)


async def heard_again(sender: Bus, inbox: Inbox) -> None:
    """Publish until something arrives: the bus is back."""
    async with asyncio.timeout(2 * PATIENCE_SECONDS):
        while True:
            sender.publish({"t": "probe"})
            try:
                await asyncio.wait_for(inbox.queue.get(), 0.2)
            except TimeoutError:
                continue
            return


async def test_messages_reach_all_other_nodes_in_order(nodes: list[Node]) -> None:
    """A thousand messages of one node arrive everywhere else, in the order they were sent."""
    (first, _), (_, second), (_, third) = nodes
    for number in range(1000):
        first.publish({"n": number})
    for inbox in (second, third):
        assert [(await inbox.next())["n"] for _ in range(1000)] == list(range(1000))


async def test_a_node_does_not_hear_itself(nodes: list[Node]) -> None:
    """What a node said does not come back; another's answer is the first it hears."""
    (first, mine), (second, yours), _ = nodes
    first.publish({"t": "question"})
    assert await yours.next() == {"t": "question"}
    second.publish({"t": "answer"})
    assert await mine.next() == {"t": "answer"}
    assert len(mine) == 0


async def test_nothing_is_shared_between_nodes(nodes: list[Node]) -> None:
    """Each node gets its own copy: what one does to it the other does not see."""
    (first, _), (_, second), (_, third) = nodes
    first.publish({"list": [1, 2]})
    (await second.next())["list"].clear()
    assert (await third.next())["list"] == [1, 2]


async def test_a_message_that_cannot_be_applied_harms_none_behind_it(redis_server: RedisServer) -> None:
    """A receiver that fails on one message gets the next."""
    async with joined(redis_server.url) as joint, AsyncExitStack() as stack:
        (first, _), (second, inbox), _ = await three(joint, stack)

        def receive(message: dict[str, int]) -> None:
            inbox.queue.put_nowait({"n": 10 // message["n"]})

        second.receive = receive
        first.publish({"n": 0})
        first.publish({"n": 5})
        assert await inbox.next() == {"n": 2}


async def test_garbage_on_the_channel_does_not_deafen_a_node(redis_server: RedisServer) -> None:
    """Whatever others write into Redis, the next message of a node is heard."""
    async with joined(redis_server.url) as joint, AsyncExitStack() as stack:
        (first, _), (_, inbox), _ = await three(joint, stack)
        for garbage in (b"\xff{", b"[]", b'{"n":"x"}', b'{"n":"x","m":7}', b"null"):
            await joint.redis().publish(joint.prefix + "bus", garbage)
        first.publish({"t": "hello"})
        assert await inbox.next() == {"t": "hello"}


async def test_a_single_node_has_a_silent_bus() -> None:
    """Without Redis a node is alone by construction, and says nothing to nobody."""
    bus = MemoryBus()
    inbox = Inbox(bus)
    await bus.start()
    bus.publish({"t": "hello"})
    await bus.stop()
    assert bus.alone
    assert len(inbox) == 0


async def test_what_was_said_last_still_goes_out(redis_server: RedisServer) -> None:
    """A node that stops has sent what it had published."""
    async with joined(redis_server.url) as joint, AsyncExitStack() as stack:
        (_, _), (_, inbox), _ = await three(joint, stack)
        leaving = joint.bus("leaving")
        await leaving.start()
        leaving.publish({"t": "last words"})
        await leaving.stop()
        assert await inbox.next() == {"t": "last words"}


async def test_the_bus_comes_back_with_redis(own_redis: RedisServer) -> None:
    """After Redis was away both directions work again, without a restart of the nodes."""
    async with joined(own_redis.url) as joint, AsyncExitStack() as stack:
        (first, mine), (second, yours), _ = await three(joint, stack)
        first.publish({"t": "before"})
        assert await yours.next() == {"t": "before"}
        own_redis.stop()
        first.publish({"t": "into the void"})
        own_redis.start()
        await heard_again(first, yours)
        await heard_again(second, mine)


async def test_a_start_without_redis_fails() -> None:
    """A node whose Redis cannot be reached at the start says so instead of serving alone."""
    redis = Redis.from_url("redis://127.0.0.1:1/0")
    with pytest.raises(RedisError):
        await RedisBus(redis, "bus", "node").start()
    await redis.aclose()
