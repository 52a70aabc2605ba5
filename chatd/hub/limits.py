"""Counters that every node shares: how often something happened within a window. What is too often, others say."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

from chatd.domain.seams import Clock

KEYS_MAX = 100_000  # counted in memory at once; the oldest make room, so a flood of names cannot fill it


class Counters(Protocol):
    async def add(self, keys: Sequence[str], seconds: int) -> list[tuple[int, int]]:
        """Count one more for each key; (count so far, milliseconds until it is forgotten)."""
        ...

    async def look(self, keys: Sequence[str]) -> list[tuple[int, int]]:
        """The same without counting."""
        ...

    async def subtract(self, keys: Sequence[str]) -> None:
        """Take one back, never below nothing."""
        ...


class MemoryCounters:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._counts: dict[str, tuple[int, int]] = {}  # key -> (count, end of its window)

    async def add(self, keys: Sequence[str], seconds: int) -> list[tuple[int, int]]:
        now = self._clock.now()
        found = []
        for key in keys:
            count, end = self._counts.pop(key, (0, 0))
            if end <= now:
                count, end = 0, now + seconds * 1000
            self._counts[key] = (count + 1, end)
            found.append((count + 1, end - now))
        while len(self._counts) > KEYS_MAX:
            del self._counts[next(iter(self._counts))]
        return found

    async def look(self, keys: Sequence[str]) -> list[tuple[int, int]]:
        now = self._clock.now()
        found = [self._counts.get(key, (0, 0)) for key in keys]
        return [(count, end - now) if end > now else (0, 0) for count, end in found]

    async def subtract(self, keys: Sequence[str]) -> None:
        for key in keys:
            count, end = self._counts.get(key, (0, 0))
            if count:
                self._counts[key] = (count - 1, end)


_SUBTRACT = "if tonumber(redis.call('get', KEYS[1]) or '0') > 0 then redis.call('decr', KEYS[1]) end"


class RedisCounters:
    """The same in Redis; while it is away each node counts for itself."""

    def __init__(self, redis: Redis, prefix: str, clock: Clock) -> None:
        self._redis, self._prefix = redis, prefix + "count:"
        self._here = MemoryCounters(clock)

    async def add(self, keys: Sequence[str], seconds: int) -> list[tuple[int, int]]:
        here = await self._here.add(keys, seconds)
        try:
            async with asyncio.timeout(1):
                pipe = self._redis.pipeline(transaction=True)
                for key in keys:
                    pipe.set(self._prefix + key, 0, nx=True, ex=seconds)
                    pipe.incr(self._prefix + key)
                    pipe.pttl(self._prefix + key)
                answers = await pipe.execute()
            return list(zip(answers[1::3], answers[2::3], strict=True))
        except (RedisError, OSError, TimeoutError):
            return here

    async def look(self, keys: Sequence[str]) -> list[tuple[int, int]]:
        try:
            async with asyncio.timeout(1):
                pipe = self._redis.pipeline(transaction=True)
                for key in keys:
                    pipe.get(self._prefix + key)
                    pipe.pttl(self._prefix + key)
                answers = await pipe.execute()
            return [(int(count or 0), max(0, rest)) for count, rest in zip(answers[::2], answers[1::2], strict=True)]
        except (RedisError, OSError, TimeoutError):
            return await self._here.look(keys)

    async def subtract(self, keys: Sequence[str]) -> None:
        await self._here.subtract(keys)
        try:
            async with asyncio.timeout(1):
                for key in keys:
                    await self._redis.eval(_SUBTRACT, 1, self._prefix + key)
        except (RedisError, OSError, TimeoutError):
            return
