"""Opens the database and offers two ways in: `read` on a snapshot, `write` through the queue. Holds no statements."""

import asyncio
import fcntl
import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine

from chatd.config import Storage
from chatd.domain.errors import unavailable
from chatd.domain.models import Actor
from chatd.domain.seams import Clock
from chatd.store import control
from chatd.store.dialect import WriteLock, engines, migrating
from chatd.store.migrate import upgrade
from chatd.store.writer import Tx, Work, Writer

T = TypeVar("T")
Reader = Connection  # what a reading function gets: one snapshot of the database


class FolderInUse(Exception):
    """Another server already serves this data folder and nothing joins the two."""


class Store:
    """The database of one data folder.

    `write` queues a deed and returns at once; the future is done when the deed is committed (or refused), after
    everybody here was told. `read` runs a function on one snapshot. Both functions are synchronous and get nothing
    but the connection, so that nothing else can happen inside a transaction.
    """

    def __init__(self, settings: Storage, clock: Clock, node: str) -> None:
        self.folder = Path(settings.database_directory)
        self._settings, self._clock, self._node = settings, clock, node
        self._serving: IO[str] | None = None
        self.secrets: dict[str, str] = {}
        self._reads: set[asyncio.Task[Any]] = set()
        self.writer: Writer
        self._reader: AsyncEngine
        self._writing: AsyncEngine
        self._lock: WriteLock

    async def open(self) -> None:
        """Make the folder and its secrets, bring the schema up to date, start the writer."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        self._lock = WriteLock(self.folder / "write.lock")
        self._writing, self._reader = engines(self.folder / "chatd.db", durability=self._settings.durability)
        await self._lock.acquire()
        try:
            self.secrets = _secrets(self.folder / "secrets.json")
            async with migrating(self._writing) as connection:
                await connection.run_sync(upgrade)
                await connection.commit()
        finally:
            self._lock.release()
        for file in self.folder.glob("chatd.db*"):
            file.chmod(0o600)
        self.writer = Writer(self._writing, self._lock, self._clock.now, self._node)
        self.writer.cursor = await self.read(control.head)
        await self.writer.start()

    def claim(self, *, joined: bool = False) -> None:
        """Refuse with FolderInUse when another server serves this folder and not both are `joined` by Redis."""
        self._serving = (self.folder / "serve.lock").open("w")
        try:
            fcntl.flock(self._serving, (fcntl.LOCK_SH if joined else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderInUse(
                f"Another chatd serves {self.folder} already. Stop it, set another storage.databaseDirectory, "
                "or set the same redis.url for both so that they work as one."
            ) from None

    async def close(self) -> None:
        """Commit what waits, let the reads under way finish, and close."""
        await self.writer.stop()
        while self._reads:
            await asyncio.wait(self._reads)
        await self._writing.dispose()
        await self._reader.dispose()
        self._lock.close()
        if self._serving is not None:
            self._serving.close()

    async def read(self, look: Callable[[Reader], T]) -> T:
        """What `look` finds on one snapshot. Raises `unavailable` when too many readers wait.

        Who asked may be cancelled, the read never is: cut off half-way, it would not give its connection back.
        """
        task = asyncio.create_task(self._read(look))
        self._reads.add(task)
        task.add_done_callback(self._reads.discard)
        return await asyncio.shield(task)

    async def _read(self, look: Callable[[Reader], T]) -> T:
        try:
            async with self._reader.connect() as connection:
                return await connection.run_sync(look)
        except PoolTimeout:
            raise unavailable("The server is busy; try again in a moment.") from None

    def write(self, deed: Callable[[Tx], T], *, asking: Actor | None = None) -> "asyncio.Future[T]":
        """Queue `deed`; its order among all writes is the order of these calls."""
        return self.writer.submit(Work(deed, asking, asyncio.get_running_loop().create_future()))

    def submit(self, work: Work[T]) -> "asyncio.Future[T]":
        """Queue a write of a class that is applied many at once."""
        return self.writer.submit(work)


def _secrets(file: Path) -> dict[str, str]:
    """The server's own secrets, made on the first start, readable by the owner alone."""
    if file.exists():
        found: dict[str, str] = json.loads(file.read_text())
        return found
    made = {
        "jwtSecret": secrets.token_urlsafe(48),
        "tokenSecret": secrets.token_urlsafe(48),
        "installation": secrets.token_hex(8),  # the name of this database in Redis
    }
    partial = file.with_suffix(".part")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(made, out)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(file)
    return made
