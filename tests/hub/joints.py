"""What joins nodes, over memory or a real Redis, for one suite over both: the parts of two nodes of one database."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from chatd.domain.seams import Clock
from chatd.hub.bus import Bus
from chatd.hub.bus_memory import Exchange, MemoryBus
from chatd.hub.bus_redis import RedisBus
from chatd.hub.limits import Counters, MemoryCounters, RedisCounters
from chatd.hub.registry import Registry
from chatd.hub.registry_memory import Ledger, MemoryRegistry
from chatd.hub.registry_redis import RedisRegistry
from tests.client import PATIENCE_SECONDS


@dataclass
class Joint:
    """Makes the parts of nodes that know of each other."""

    redis_url: str | None
    exchange: Exchange
    ledger: Ledger
    prefix: str
    clients: list[Redis]

    def redis(self) -> Redis:
        assert self.redis_url is not None
        self.clients.append(client := Redis.from_url(self.redis_url, socket_connect_timeout=3))
        return client

    def bus(self, node: str) -> Bus:
        if self.redis_url is None:
            return MemoryBus(self.exchange)
        return RedisBus(self.redis(), self.prefix + "bus", node)

    def registry(self, node: str) -> Registry:
        if self.redis_url is None:
            return MemoryRegistry(node, self.ledger)
        return RedisRegistry(self.redis(), self.prefix, node)

    def counters(self, clock: Clock) -> Counters:
        if self.redis_url is None:
            return MemoryCounters(clock)
        return RedisCounters(self.redis(), self.prefix, clock)


@asynccontextmanager
async def joined(redis_url: str | None) -> AsyncIterator[Joint]:
    joint = Joint(redis_url, Exchange(), Ledger(), f"test:{secrets.token_hex(6)}:", [])
    yield joint
    for client in joint.clients:
        await client.aclose()


async def until(look: Callable[[], Awaitable[bool]]) -> None:
    """Ask again and again, each time over the wire, until it is so."""
    end = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while not await look():
        assert asyncio.get_running_loop().time() < end, "it never came to be so"
        await turn()


async def turn() -> None:
    """One turn of the loop, with all that was due in it."""
    done = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(done.set_result, None)
    await done


class Inbox:
    """What came over a bus, in order."""

    def __init__(self, bus: Bus) -> None:
        self.queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        bus.receive = self.queue.put_nowait

    async def next(self) -> dict[str, Any]:
        return await asyncio.wait_for(self.queue.get(), PATIENCE_SECONDS)

    def __len__(self) -> int:
        return self.queue.qsize()
