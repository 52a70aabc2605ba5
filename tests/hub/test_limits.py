"""Counters: one suite over memory and a real Redis. What every node adds up to, and when it is forgotten."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from chatd.hub import limits
from chatd.hub.limits import Counters, MemoryCounters
from tests.conftest import RedisServer
from tests.hub.joints import Joint, joined, until
from tests.serving import MovableClock


@pytest.fixture(params=["memory", "redis"])
async def joint(request: pytest.FixtureRequest, redis_server: RedisServer) -> AsyncIterator[Joint]:
    async with joined(None if request.param == "memory" else redis_server.url) as found:
        yield found


async def counts(counters: Counters, *keys: str, seconds: int = 60) -> list[int]:
    return [count for count, _ in await counters.add(keys, seconds)]


async def test_each_key_counts_for_itself(joint: Joint) -> None:
    """Counts rise by one for each key named, and say for how long."""
    counters = joint.counters(MovableClock())
    assert await counts(counters, "alice") == [1]
    assert await counts(counters, "alice", "bob") == [2, 1]
    ((count, left_ms),) = await counters.add(["alice"], 60)
    assert count == 3
    assert 0 < left_ms <= 60_000


async def test_one_is_taken_back_and_never_below_nothing(joint: Joint) -> None:
    """What turned out harmless is taken back; an unknown key is left alone."""
    counters = joint.counters(MovableClock())
    await counts(counters, "alice", "alice")
    await counters.subtract(["alice", "nobody"])
    await counters.subtract(["nobody"])
    assert await counts(counters, "alice", "nobody") == [2, 1]


async def test_twenty_at_once_are_all_counted(joint: Joint) -> None:
    """Concurrent callers get twenty different counts."""
    counters = joint.counters(MovableClock())
    found = await asyncio.gather(*(counts(counters, "alice") for _ in range(20)))
    assert sorted(count for (count,) in found) == list(range(1, 21))


async def test_the_window_ends(redis_server: RedisServer) -> None:
    """After its window a key starts at one again: in memory by the clock handed in, in Redis by its own."""
    clock = MovableClock()
    here = MemoryCounters(clock)
    assert await counts(here, "alice", "alice", seconds=10) == [1, 2]
    clock.advance(11)
    assert await counts(here, "alice", seconds=10) == [1]
    async with joined(redis_server.url) as joint:
        there = joint.counters(clock)
        assert await counts(there, "alice", seconds=1) == [1]
        redis = joint.redis()

        async def forgotten() -> bool:
            return not await redis.exists(joint.prefix + "count:alice")

        await until(forgotten)
        assert await counts(there, "alice", seconds=1) == [1]


async def test_nodes_add_up_over_redis(redis_server: RedisServer) -> None:
    """Failures on two nodes count together."""
    async with joined(redis_server.url) as joint:
        first, second = joint.counters(MovableClock()), joint.counters(MovableClock())
        assert await counts(first, "alice") == [1]
        assert await counts(second, "alice") == [2]


async def test_while_redis_is_away_a_node_counts_for_itself(own_redis: RedisServer) -> None:
    """The bound holds on without Redis: a node knows what it saw itself, before and during the absence."""
    async with joined(own_redis.url) as joint:
        counters = joint.counters(MovableClock())
        assert await counts(counters, "alice") == [1]
        own_redis.stop()
        assert await counts(counters, "alice") == [2]
        await counters.subtract(["alice"])
        assert await counts(counters, "alice") == [2]


async def test_a_flood_of_names_cannot_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over KEYS_MAX the oldest keys make room; one counted again stays."""
    monkeypatch.setattr(limits, "KEYS_MAX", 10)
    counters = MemoryCounters(MovableClock())
    await counts(counters, "alice")
    for number in range(9):
        await counts(counters, f"bot{number}")
    assert await counts(counters, "alice") == [2]
    await counts(counters, "eve")
    assert await counts(counters, "alice", "bot0") == [3, 1]
