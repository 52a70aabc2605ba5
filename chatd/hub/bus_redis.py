"""The bus over Redis publish/subscribe: one channel, batches, reconnecting. A lost message is found by a poll."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable

import orjson
from redis.asyncio import Redis
from redis.exceptions import RedisError

from chatd.hub.bus import BusMessage
from chatd.hub.tasks import end_tasks

QUEUE_MAX = 10_000  # messages waiting for Redis; older ones are dropped, the polls make up for them
BATCH = 256
RETRY_SECONDS = 0.5
log = logging.getLogger("chatd.bus")


class RedisBus:
    alone = False

    def __init__(self, redis: Redis, name: str, node: str) -> None:
        self._redis, self._name, self._node = redis, name, node
        self._queue: deque[BusMessage] = deque(maxlen=QUEUE_MAX)
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._listening = asyncio.Event()
        self.receive: Callable[[BusMessage], None] = lambda message: None

    async def start(self) -> None:
        """Raises RedisError when the server cannot be reached at the start, or lets nobody publish or subscribe."""
        await self._redis.publish(self._name, orjson.dumps({"n": self._node, "m": []}))
        async with self._redis.pubsub() as trial:  # what is refused is an answer, which only who reads it hears
            await trial.subscribe(self._name)
            await trial.get_message(timeout=None)
        self._tasks = [asyncio.create_task(self._send()), asyncio.create_task(self._listen())]
        await self._listening.wait()

    async def stop(self) -> None:
        for _ in range(50):  # what was told last still goes out, for half a second at most
            if not self._queue:
                break
            await asyncio.sleep(0.01)
        await end_tasks(self._tasks)

    def publish(self, message: BusMessage) -> None:
        self._queue.append(message)
        self._wake.set()

    async def _send(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._queue:
                batch = [self._queue[index] for index in range(min(BATCH, len(self._queue)))]
                try:
                    await self._redis.publish(self._name, orjson.dumps({"n": self._node, "m": batch}))
                except (RedisError, OSError) as error:
                    log.warning("bus: cannot send", extra={"error": str(error)})
                    await asyncio.sleep(RETRY_SECONDS)
                    continue
                for _ in range(min(len(batch), len(self._queue))):
                    self._queue.popleft()

    async def _listen(self) -> None:
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as pubsub:
                    await pubsub.subscribe(self._name)
                    self._listening.set()
                    async for message in pubsub.listen():
                        self._take(message["data"])
            except (RedisError, OSError) as error:
                log.warning("bus: cannot listen", extra={"error": str(error)})
            with contextlib.suppress(RedisError, OSError):
                await asyncio.sleep(RETRY_SECONDS)

    def _take(self, data: bytes) -> None:
        try:
            batch = orjson.loads(data)
            sender, messages = batch["n"], list(batch["m"])
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            log.error("bus: unreadable, not from a node", exc_info=error)
            return
        for message in messages if sender != self._node else ():
            try:
                self.receive(message)
            except Exception as error:  # one bad message must not end the listening
                log.error("bus: a message could not be applied", exc_info=error)
