"""The registry in Redis: two hashes per node that live as long as its lease. Written behind, coalesced."""

import asyncio
import logging
import time
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from chatd.hub.registry import Totals
from chatd.hub.tasks import end_tasks
from chatd.protocol.shapes import PresenceStatus

LEASE_SECONDS = 10
REFRESH_SECONDS = 3
READ_SECONDS = 1.0  # a Redis that hangs must not make administrators wait longer
FLUSH_SECONDS = 0.02  # changes are gathered this long
log = logging.getLogger("chatd.registry")


class RedisRegistry:
    def __init__(self, redis: Redis, prefix: str, node: str) -> None:
        self._redis, self._prefix, self._node = redis, prefix, node
        self._sockets: dict[str, int] = {}  # what this node has: the truth that Redis mirrors
        self._presence: dict[str, PresenceStatus] = {}
        self._changed: set[tuple[str, str]] = set()
        self._whole = True  # after a failure everything is written again
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def _key(self, kind: str, node: str) -> str:
        return f"{self._prefix}{kind}:{node}"

    async def start(self) -> None:
        await self._write()
        self._task = asyncio.create_task(self._mirror())

    async def stop(self) -> None:
        if self._task is not None:
            await end_tasks([self._task])
        try:
            await self._redis.delete(self._key("sockets", self._node), self._key("presence", self._node))
            await self._redis.zrem(self._prefix + "nodes", self._node)
        except (RedisError, OSError) as error:
            log.warning("registry: could not sign off", extra={"error": str(error)})

    def set_sockets(self, session_id: str, count: int) -> None:
        if count:
            self._sockets[session_id] = count
        else:
            self._sockets.pop(session_id, None)
        self._changed.add(("sockets", session_id))
        self._wake.set()

    def set_presence(self, user_id: str, status: PresenceStatus | None) -> None:
        if status is None:
            self._presence.pop(user_id, None)
        else:
            self._presence[user_id] = status
        self._changed.add(("presence", user_id))
        self._wake.set()

    async def _mirror(self) -> None:
        while True:
            try:
                async with asyncio.timeout(REFRESH_SECONDS):
                    await self._wake.wait()
                await asyncio.sleep(FLUSH_SECONDS)
            except TimeoutError:
                pass
            self._wake.clear()
            try:
                await self._write()
            except (RedisError, OSError) as error:
                self._whole = True
                log.warning("registry: cannot write", extra={"error": str(error)})
                await asyncio.sleep(0.5)

    async def _write(self) -> None:
        changed, self._changed = self._changed, set()
        held: dict[str, dict[str, str]] = {
            "sockets": {key: str(count) for key, count in self._sockets.items()} if self._whole else {},
            "presence": dict[str, str](self._presence) if self._whole else {},
        }
        gone: dict[str, list[str]] = {"sockets": [], "presence": []}
        if not self._whole:
            for kind, key in changed:
                value = self._sockets.get(key) if kind == "sockets" else self._presence.get(key)
                if value is None:
                    gone[kind].append(key)
                else:
                    held[kind][key] = str(value)
        pipe = self._redis.pipeline(transaction=True)
        for kind in ("sockets", "presence"):
            name = self._key(kind, self._node)
            if self._whole:
                pipe.delete(name)
            if held[kind]:
                pipe.hset(name, mapping=dict[Any, Any](held[kind]))
            if gone[kind]:
                pipe.hdel(name, *gone[kind])
            pipe.expire(name, LEASE_SECONDS)
        pipe.zadd(self._prefix + "nodes", {self._node: time.time() + LEASE_SECONDS})
        pipe.zremrangebyscore(self._prefix + "nodes", 0, time.time() - LEASE_SECONDS)
        for kind in ("sockets", "presence"):
            pipe.hlen(self._key(kind, self._node))
        held_here = [len(self._sockets), len(self._presence)]
        answers = await pipe.execute()
        self._whole = answers[-2:] != held_here  # a Redis that restarted in between has forgotten the rest
        if self._whole:
            self._wake.set()

    async def _nodes(self) -> list[str]:
        found = await self._redis.zrangebyscore(self._prefix + "nodes", time.time(), "+inf")
        names = [bytes(node).decode() for node in found]  # type: ignore[arg-type]  # nothing is decoded for us
        return [name for name in names if name != self._node]

    async def sockets(self, session_ids: list[str]) -> dict[str, int]:
        """This node's own count is exact; the others' is as old as their last write. Without Redis: this node's."""
        counts = {session_id: self._sockets.get(session_id, 0) for session_id in session_ids}
        if not session_ids:
            return counts
        try:
            async with asyncio.timeout(READ_SECONDS):
                pipe = self._redis.pipeline(transaction=False)
                for node in await self._nodes():
                    pipe.hmget(self._key("sockets", node), session_ids)
                answers = await pipe.execute()
            for values in answers:
                for session_id, value in zip(session_ids, values, strict=True):
                    counts[session_id] += int(value or 0)
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("registry: cannot read", extra={"error": str(error)})
        return counts

    async def online(self) -> set[str]:
        """As `sockets`: this node's own are exact."""
        found = set(self._sockets)
        try:
            async with asyncio.timeout(READ_SECONDS):
                for node in await self._nodes():
                    keys: list[Any] = await self._redis.hkeys(self._key("sockets", node))
                    found.update(key.decode() for key in keys)
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("registry: cannot read", extra={"error": str(error)})
        return found

    async def totals(self) -> Totals:
        total, nodes = sum(self._sockets.values()), 1
        try:
            async with asyncio.timeout(READ_SECONDS):
                for node in await self._nodes():
                    total += sum(int(value) for value in await self._redis.hvals(self._key("sockets", node)))
                    nodes += 1
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("registry: cannot read", extra={"error": str(error)})
        return Totals(total, nodes)

    async def presence_elsewhere(self) -> dict[str, dict[str, PresenceStatus]]:
        found: dict[str, dict[str, PresenceStatus]] = {}
        for node in await self._nodes():
            entries: dict[Any, Any] = await self._redis.hgetall(self._key("presence", node))
            found[node] = {key.decode(): value.decode() for key, value in entries.items()}
        return found
