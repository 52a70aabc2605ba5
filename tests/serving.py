"""Real nodes for tests: in this process, on free ports, one alone or two over one database and a real Redis."""

import asyncio
import functools
import socket
import ssl
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import create_engine

from chatd.app import Node, Seams, make_server
from chatd.config import Config
from chatd.domain.seams import SystemClock, SystemTokens
from chatd.gateway.server import Server
from chatd.store.migrate import upgrade
from tests.client import Client, Person

HANG_UP_SECONDS_MAX = 0.5  # who is cut off stays
TLS = ssl.create_default_context()  # not used by anybody here, and slow to make: one for all clients
ADMIN_EMAIL, ADMIN_PASSWORD = "admin@example.com", "correct horse battery"


class MovableClock(SystemClock):
    """The real time, and what a test adds to it; from `stand_still` on only that."""

    def __init__(self) -> None:
        self.added_ms = 0
        self._stopped: tuple[int, float] | None = None

    def now(self) -> int:
        return (self._stopped[0] if self._stopped else super().now()) + self.added_ms

    def monotonic(self) -> float:
        return (self._stopped[1] if self._stopped else super().monotonic()) + self.added_ms / 1000

    def advance(self, seconds: float) -> None:
        self.added_ms += round(seconds * 1000)

    def stand_still(self) -> None:
        """For what holds within a moment: a slow machine takes longer over it."""
        self._stopped = super().now(), super().monotonic()


def settings(folder: Path, redis_url: str | None = None, **sections: dict[str, Any]) -> Config:
    """Settings for a test: dev sign-in, cheap hashes, no limits, an administrator with a known password."""
    tree: dict[str, Any] = {
        "auth": {"authMode": "dev", "isInviteRequired": False, "maxActiveSessions": 0, "bcryptCost": 4},
        "chat": {"initialUser": {"userName": "admin", "email": ADMIN_EMAIL, "password": ADMIN_PASSWORD}},
        "storage": {"databaseDirectory": str(folder / "data")},
        "server": {"rateLimit": {"enabled": False}},
        "redis": {"url": redis_url},
    }
    for name, section in sections.items():
        tree[name] = tree.get(name, {}) | section
    return Config(**tree)


@functools.cache
def migrated() -> bytes:
    """A database file with today's tables and nothing in them: the migrations run once for all tests of a process."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "chatd.db"
        engine = create_engine(f"sqlite:///{file}")
        with engine.begin() as connection:
            upgrade(connection)
        engine.dispose()
        return file.read_bytes()


def furnish(data: Path) -> None:
    """Give a data folder that has no database yet a migrated one."""
    if not (file := data / "chatd.db").exists():
        data.mkdir(parents=True, exist_ok=True)
        file.write_bytes(migrated())


@dataclass
class Running:
    """One serving node."""

    node: Node
    server: Server
    url: str
    http: httpx.AsyncClient
    clock: MovableClock
    people: list[Person] = field(default_factory=list)
    task: "asyncio.Task[None] | None" = None

    async def hang_up(self) -> None:
        """Close what nobody uses any more: a browser keeps its connections, and a node that drains waits for them."""
        server = self.server
        with suppress(TimeoutError):
            async with asyncio.timeout(HANG_UP_SECONDS_MAX):
                while server.gateway.count or server.stage.count:
                    for connection in list(server.server_state.connections):
                        connection.shutdown()
                    await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """Drain and stop, as on SIGTERM."""
        self.server.stop()
        if self.task is not None:
            await self.task
            self.task = None

    async def sign_in(self, email: str = "alice@example.com", url: str | None = None) -> Person:
        """Somebody by dev sign-in; unknown people are made."""
        answer = await self.http.post((url or self.url) + "/auth/dev-login", json={"email": email})
        return self._person(answer, url, ADMIN_PASSWORD if email == ADMIN_EMAIL else None)

    async def sign_in_with_password(self, login: str, password: str, **more: Any) -> Person:
        body = {"login": login, "password": password} | more
        return self._person(await self.http.post(self.url + "/auth/password-login", json=body), None, password)

    def _person(self, answer: httpx.Response, url: str | None, password: str | None) -> Person:
        assert answer.status_code == 200, answer.text
        body = answer.json()
        person = Person(url or self.url, self.http, body["accessToken"], body["refreshToken"], body["user"], password)
        self.people.append(person)
        return person

    async def client(self, email: str = "alice@example.com") -> Client:
        """A socket of a new session of somebody."""
        return await (await self.sign_in(email)).connect()

    async def admin(self) -> Client:
        return await self.client(ADMIN_EMAIL)


@asynccontextmanager
async def running(config: Config, clock: MovableClock | None = None, port: int = 0) -> AsyncIterator[Running]:
    """A node that serves on a free port, or on that of a node before it, until the end of the block."""
    clock = clock or MovableClock()
    furnish(Path(config.storage.database_directory))
    node = Node(config, Seams(clock, SystemTokens()))
    await node.start()
    listener = socket.create_server(("127.0.0.1", port), backlog=2048)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = make_server(node, 5000)
    # One cookie jar would mix the people up: cookies are sent by those tests that mean to.
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    async with httpx.AsyncClient(timeout=20, cookies=no_cookies, trust_env=False, verify=TLS) as http:
        found = Running(node, server, url, http, clock)
        found.task = asyncio.create_task(_serve(server, node, listener))
        await server.serving.wait()
        try:
            yield found
        finally:
            for person in found.people:
                await asyncio.gather(*(client.close() for client in person.clients), return_exceptions=True)
            await http.aclose()
            if found.task is not None:
                await found.hang_up()
            await found.stop()


async def _serve(server: Server, node: Node, listener: socket.socket) -> None:
    await server.serve(sockets=[listener])
    await node.stop()
