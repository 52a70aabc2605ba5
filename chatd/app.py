"""Puts the parts together from the settings: the only place that chooses between memory and Redis."""

import asyncio
import gc
import logging
import resource
import secrets
import signal
import socket
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from ipaddress import ip_network
from typing import TypeVar

import uvicorn
import uvloop
from redis.asyncio import Redis
from redis.exceptions import RedisError

import chatd.handlers  # noqa: F401 - importing it fills the registry of requests
from chatd import __version__
from chatd.auth.dev_mode import WARNING, DevMode
from chatd.auth.door import Door
from chatd.auth.passwords import Passwords
from chatd.auth.throttle import SignInThrottle
from chatd.auth.tokens import Tokens
from chatd.config import Config
from chatd.dispatch.dispatcher import Dispatcher
from chatd.domain.errors import CannotStart
from chatd.domain.seams import Clock, SystemClock, SystemTokens, TokenSource
from chatd.gateway.gateway import Gateway
from chatd.gateway.server import Server
from chatd.gateway.socket import Socket
from chatd.gateway.stage import Stage
from chatd.http.metrics import Metrics
from chatd.http.routes import build
from chatd.hub.bus import Bus
from chatd.hub.bus_memory import MemoryBus
from chatd.hub.bus_redis import RedisBus
from chatd.hub.hub import Hub
from chatd.hub.limits import Counters, MemoryCounters, RedisCounters
from chatd.hub.registry import Registry
from chatd.hub.registry_memory import MemoryRegistry
from chatd.hub.registry_redis import RedisRegistry
from chatd.hub.tasks import end_tasks
from chatd.services import channels, first_start, history, restrictions
from chatd.services.chat import Chat
from chatd.services.fetching import Fetcher
from chatd.services.first_start import FirstStart
from chatd.services.portrait import Drawing
from chatd.services.upkeep import Upkeep
from chatd.store import Store

T = TypeVar("T")
SPARE_FILES = 64
JOIN_SECONDS = 5.0
WITHOUT_REDIS = "Start it and let chatd publish, subscribe and write there, or take redis.url out to run without."
END_SECONDS = 9.5  # from the signal to the exit, whatever the database or a peer does
STOP_SECONDS = 1.5  # of it for the node, at least
BEAT_SECONDS = 1.0  # a worker shows its supervisor that its loop turns
COLLECT_AFTER = (100_000, 50, 1000)  # full collections are rare: one takes 75 ms at 10,000 sockets
log = logging.getLogger("chatd")


@dataclass(slots=True, frozen=True)
class Seams:
    """Time and chance, for tests to replace."""

    clock: Clock
    chance: TokenSource

    @staticmethod
    def real() -> "Seams":
        return Seams(SystemClock(), SystemTokens())


class Node:
    """One serving process, or in tests one of several. `start` it, use `chat`, `stop` it.

    One that is not `joined` hears nothing of the others and does not wait for them; they find what it wrote in
    control_log, within a second.
    """

    def __init__(self, config: Config, seams: Seams | None = None, *, joined: bool = True) -> None:
        self.config = config
        self._joined = joined
        self._seams = seams or Seams.real()
        self.name = secrets.token_hex(6)
        self._redis: Redis | None = None
        self.first_start: FirstStart | None = None
        self.chat: Chat
        self.upkeep: Upkeep

    async def open(self, *, serving: bool = False) -> None:
        """The database with its first user and channel: enough for the command line. Raises CannotStart.

        A server is `serving`: it claims the data folder first, and nobody else's is touched.
        """
        config, clock = self.config, self._seams.clock
        store = Store(config.storage, clock, self.name)
        await store.open(serving=serving, joined=config.redis.url is not None and self._joined)
        bus, registry, counters = self._joints(store)
        auth = config.auth
        hub = Hub(
            node=self.name,
            clock=clock,
            bus=bus,
            registry=registry,
            fill=lambda channel_id, after: history.fill(self.chat, channel_id, after),
            server_version=__version__,
            auto_join=config.chat.auto_join_public_channels,
        )
        self.chat = Chat(
            config=config,
            store=store,
            hub=hub,
            clock=clock,
            chance=self._seams.chance,
            passwords=Passwords(auth.bcrypt_cost),
            tokens=Tokens(
                jwt_secret=auth.jwt_secret or store.secrets["jwtSecret"],
                token_secret=store.secrets["tokenSecret"],
                expiry_seconds=auth.jwt_expiry_seconds,
            ),
            throttle=SignInThrottle(counters, enabled=config.server.rate_limit.enabled),
            door=Door(config.server),
            drawing=Drawing(),
            fetcher=Fetcher(map(ip_network, config.server.picture_networks)),
        )
        store.writer.committed = self.chat.tell
        store.writer.busy = lambda: hub.fanout.backlog > 0
        await self.chat.write(lambda tx: channels.prepare_default(tx, self.chat))
        await self.chat.write(restrictions.settle)  # sessions of before the rule
        self.first_start = await first_start.prepare(self.chat, serving=serving)

    def _joints(self, store: Store) -> tuple[Bus, Registry, Counters]:
        """What joins this node to others: nothing, or Redis under the name of this database."""
        url = self.config.redis.url
        if url is None or not self._joined:
            return MemoryBus(), MemoryRegistry(self.name), MemoryCounters(self._seams.clock)
        self._redis = Redis.from_url(url, socket_connect_timeout=3, health_check_interval=15)
        prefix = f"chatd:{store.secrets['installation']}:"
        return (
            RedisBus(self._redis, prefix + "bus", self.name),
            RedisRegistry(self._redis, prefix, self.name),
            RedisCounters(self._redis, prefix, self._seams.clock),
        )

    async def start(self) -> None:
        """`open`, then join the other nodes and begin the rounds. Raises CannotStart."""
        if DevMode(self.config).is_on:
            log.warning(WARNING)
        await self.open(serving=True)
        try:
            await self._join()
            self.upkeep = Upkeep(self.chat)
            await self.upkeep.start()
        except BaseException:
            await self.chat.hub.bus.stop()
            await self.close()
            raise

    async def _join(self) -> None:
        try:
            async with asyncio.timeout(JOIN_SECONDS):
                await self.chat.hub.bus.start()
                await self.chat.hub.registry.start()
        except TimeoutError:
            raise CannotStart(f"Redis does not answer within {JOIN_SECONDS:.0f} seconds. {WITHOUT_REDIS}") from None
        except (RedisError, OSError) as error:
            raise CannotStart(f"Redis cannot be used: {str(error).rstrip('.')}. {WITHOUT_REDIS}") from error

    async def stop(self) -> None:
        """Sign off from the other nodes and close."""
        await self.upkeep.stop()
        await self.chat.hub.sequencer.stop()
        self.chat.hub.presence.stop()
        await self.chat.hub.registry.stop()
        await self.chat.hub.bus.stop()
        await self.close()

    async def close(self) -> None:
        """End what `open` began."""
        await self.chat.store.close()
        self.chat.passwords.close()
        self.chat.drawing.close()
        self.chat.fetcher.close()
        if self._redis is not None:
            await self._redis.aclose()


def raise_file_limit() -> int:
    """Raise the soft limit of open files to the hard one; how many sockets that allows."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = hard if hard != resource.RLIM_INFINITY else 1_048_576
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(1, wanted - 2 * SPARE_FILES)


async def serve(
    config: Config, listener: socket.socket, announce: Callable[[Node], None], supervisor: socket.socket | None = None
) -> bool:
    """Serve on a listening socket until SIGTERM or SIGINT, or until the `supervisor` is gone that is on that socket.

    `announce` is called when the node takes connections. False when the node could not be stopped in time: what hangs
    would keep the process for ever, so the caller ends it before the loop is closed.
    """
    files = raise_file_limit()
    node = Node(config)
    await node.start()
    loop = asyncio.get_running_loop()
    server: Server | None = None
    beating: asyncio.Task[None] | None = None
    try:
        server = make_server(node, files)
        gc.collect()
        gc.freeze()
        gc.set_threshold(*COLLECT_AFTER)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, server.stop)
        if supervisor is not None:
            beating = asyncio.create_task(_beat(supervisor, server.stop))
        announce(node)
        await server.serve(sockets=[listener])
    finally:
        spent = loop.time() - server.stopping_since if server is not None and server.stopping_since else 0.0
        clean = await stopped_in_time(node, max(STOP_SECONDS, END_SECONDS - spent))
        if beating is not None:
            await end_tasks([beating])
    return clean


async def _beat(supervisor: socket.socket, gone: Callable[[], None]) -> None:
    """Say each second that this worker lives. `gone` is called when nobody is there to hear it."""
    supervisor.setblocking(False)
    while True:
        try:
            supervisor.send(b".")
        except BlockingIOError:
            pass  # it has not listened for a while, and will find enough when it does
        except OSError:
            gone()
            return
        await asyncio.sleep(BEAT_SECONDS)


async def stopped_in_time(node: Node, seconds: float = STOP_SECONDS) -> bool:
    """Stop the node; False when something of it hangs. What is queued is committed first, or nobody was told it is."""

    async def stop() -> None:
        await node.upkeep.write_uses()
        await node.chat.store.writer.stop()
        await node.stop()

    stopping = asyncio.create_task(stop())
    await asyncio.wait([stopping], timeout=seconds)
    if not stopping.done():
        log.error("the node did not stop in time; leaving it behind")
        return False
    await stopping
    return True


def make_server(node: Node, files: int) -> Server:
    config, chat = node.config, node.chat
    dispatcher = Dispatcher(chat)
    gateway = Gateway(chat, dispatcher, min(files, config.server.max_sockets or files))
    metrics = Metrics(chat, dispatcher, gateway.queue_bytes)
    stage = Stage.of(gateway)
    https = config.server.use_https
    settings = uvicorn.Config(
        build(chat, dispatcher, metrics),
        http=stage,
        ws=Socket,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # `server.trustedProxies` decides
        timeout_keep_alive=15,
        ssl_certfile=config.server.ssl_cert if https else None,
        ssl_keyfile=config.server.ssl_key if https else None,
    )
    return Server(settings, gateway, stage)


def run_loop(main: Coroutine[None, None, T]) -> T:
    """Run on uvloop."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(main)
