"""The live-session registry: one suite over memory and a real Redis. Who has which sockets, who is present where."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from chatd.hub import registry_redis
from chatd.hub.registry import Registry, Totals
from tests.conftest import RedisServer
from tests.hub.joints import Joint, joined, until


async def started(joint: Joint, stack: AsyncExitStack, *names: str) -> list[Registry]:
    found = []
    for name in names:
        registry = joint.registry(name)
        await registry.start()
        stack.push_async_callback(registry.stop)
        found.append(registry)
    return found


@pytest.fixture(params=["memory", "redis"])
async def joint(request: pytest.FixtureRequest, redis_server: RedisServer) -> AsyncIterator[Joint]:
    async with joined(None if request.param == "memory" else redis_server.url) as found:
        yield found


@pytest.fixture
async def pair(joint: Joint) -> AsyncIterator[list[Registry]]:
    """The registries of two nodes."""
    async with AsyncExitStack() as stack:
        yield await started(joint, stack, "one", "two")


async def reach(registry: Registry, session_id: str, count: int) -> None:
    async def look() -> bool:
        return await registry.sockets([session_id]) == {session_id: count}

    await until(look)


async def count_nodes(registry: Registry, totals: Totals) -> None:
    async def look() -> bool:
        return await registry.totals() == totals

    await until(look)


def present(registry: Registry, expected: dict[str, dict[str, str]]):  # type: ignore[no-untyped-def]
    async def look() -> bool:
        return await registry.presence_elsewhere() == expected

    return until(look)


async def test_a_sessions_sockets_add_up_over_nodes(pair: list[Registry]) -> None:
    """Sockets of one session on two nodes are counted on both; a node's own are exact at once."""
    first, second = pair
    first.set_sockets("laptop", 2)
    assert await first.sockets(["laptop", "phone"]) == {"laptop": 2, "phone": 0}
    second.set_sockets("laptop", 1)
    await reach(first, "laptop", 3)
    await reach(second, "laptop", 3)
    second.set_sockets("laptop", 0)
    await reach(first, "laptop", 2)


async def test_no_question_no_answer(pair: list[Registry]) -> None:
    """Asked about no session, it says nothing about any."""
    assert await pair[0].sockets([]) == {}


async def test_totals_count_sockets_and_nodes(pair: list[Registry]) -> None:
    """Everybody sees the same totals, nodes without sockets included."""
    first, second = pair
    first.set_sockets("laptop", 2)
    first.set_sockets("phone", 1)
    for registry in pair:
        await count_nodes(registry, Totals(sockets=3, nodes=2))
    second.set_sockets("tablet", 4)
    for registry in pair:
        await count_nodes(registry, Totals(sockets=7, nodes=2))


async def test_presence_elsewhere_leaves_oneself_out(pair: list[Registry]) -> None:
    """A node hears what the others say of the people there, the newest word of each."""
    first, second = pair
    first.set_presence("alice", "online")
    first.set_presence("bob", "away")
    await present(second, {"one": {"alice": "online", "bob": "away"}})
    first.set_presence("alice", "dnd")
    first.set_presence("bob", None)
    await present(second, {"one": {"alice": "dnd"}})
    assert await first.presence_elsewhere() in ({}, {"two": {}})


async def test_a_node_that_stops_takes_its_word_back(joint: Joint) -> None:
    """After `stop` nothing of the node is left: no sockets, no presence, no node."""
    async with AsyncExitStack() as stack:
        (first,) = await started(joint, stack, "one")
        leaving = joint.registry("leaving")
        await leaving.start()
        leaving.set_sockets("laptop", 1)
        leaving.set_presence("alice", "online")
        await reach(first, "laptop", 1)
        await leaving.stop()
        assert await first.sockets(["laptop"]) == {"laptop": 0}
        assert await first.totals() == Totals(sockets=0, nodes=1)
        assert await first.presence_elsewhere() == {}


async def test_a_dead_nodes_lease_ends(redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A node that died without a word is forgotten with its entries when its lease is over; the living stay."""
    monkeypatch.setattr(registry_redis, "LEASE_SECONDS", 1)
    monkeypatch.setattr(registry_redis, "REFRESH_SECONDS", 0.2)
    async with joined(redis_server.url) as joint, AsyncExitStack() as stack:
        first, dying = await started(joint, stack, "one", "dying")
        dying.set_sockets("laptop", 1)
        dying.set_presence("alice", "online")
        first.set_sockets("phone", 1)
        await count_nodes(first, Totals(sockets=2, nodes=2))
        assert isinstance(dying, registry_redis.RedisRegistry)
        assert dying._task is not None
        dying._task.cancel()  # as by kill -9: it refreshes nothing and signs nothing off
        await count_nodes(first, Totals(sockets=1, nodes=1))
        await present(first, {})
        assert await first.sockets(["laptop", "phone"]) == {"laptop": 0, "phone": 1}
        redis = joint.redis()

        async def forgotten() -> bool:  # its keys end a moment after its lease: that began when they were on their way
            return await redis.keys(joint.prefix + "*dying") == []

        await until(forgotten)


async def test_without_redis_a_node_counts_its_own(own_redis: RedisServer) -> None:
    """While Redis is away a node answers with what it has itself, and forgets nothing."""
    async with joined(own_redis.url) as joint, AsyncExitStack() as stack:
        first, second = await started(joint, stack, "one", "two")
        second.set_sockets("laptop", 1)
        await reach(first, "laptop", 1)
        own_redis.stop()
        first.set_sockets("laptop", 2)
        assert await first.sockets(["laptop"]) == {"laptop": 2}
        assert await first.totals() == Totals(sockets=2, nodes=1)
        own_redis.start()
        await reach(second, "laptop", 3)
        await reach(first, "laptop", 3)


async def test_a_redis_that_forgot_everything_is_told_again(redis_server: RedisServer) -> None:
    """Entries that Redis lost without a failed command (a quick restart, an eviction) come back by themselves."""
    async with joined(redis_server.url) as joint, AsyncExitStack() as stack:
        first, second = await started(joint, stack, "one", "two")
        first.set_sockets("laptop", 1)
        first.set_presence("alice", "online")
        await reach(second, "laptop", 1)
        await present(second, {"one": {"alice": "online"}})
        redis = joint.redis()
        await redis.delete(*await redis.keys(joint.prefix + "*"))
        first.set_sockets("phone", 1)
        await reach(second, "phone", 1)
        await reach(second, "laptop", 1)
        await present(second, {"one": {"alice": "online"}})


async def test_a_node_that_was_never_told_of_a_lease_is_not_counted(redis_server: RedisServer) -> None:
    """A lease in the past counts for nothing even before Redis has dropped the entries."""
    async with joined(redis_server.url) as joint, AsyncExitStack() as stack:
        (first,) = await started(joint, stack, "one")
        redis = joint.redis()
        await redis.hset(joint.prefix + "sockets:ghost", "laptop", "5")
        await redis.zadd(joint.prefix + "nodes", {"ghost": time.time() - 1})
        assert await first.totals() == Totals(sockets=0, nodes=1)
        assert await first.sockets(["laptop"]) == {"laptop": 0}


async def test_stop_without_redis_ends(own_redis: RedisServer) -> None:
    """A node whose Redis is away can still stop; its lease does the rest."""
    async with joined(own_redis.url) as joint:
        registry = joint.registry("one")
        await registry.start()
        own_redis.stop()
        await asyncio.wait_for(registry.stop(), 20)
        assert await registry.totals() == Totals(sockets=0, nodes=1)


async def test_who_is_online_is_known_on_every_node(pair: list[Registry]) -> None:
    """Sessions with an open socket, wherever it is; one whose last socket closed is none of them."""
    pair[0].set_sockets("a", 2)
    pair[1].set_sockets("b", 1)
    pair[1].set_sockets("c", 1)
    pair[1].set_sockets("c", 0)

    async def look() -> bool:
        return [await registry.online() for registry in pair] == [{"a", "b"}, {"a", "b"}]

    await until(look)
