"""Opens the database and offers two ways in: `read` on a snapshot, `write` through the queue. Holds no statements."""

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chatd.config import Storage
from chatd.domain.errors import CannotStart, ChatError, unavailable
from chatd.domain.models import Actor
from chatd.domain.seams import Clock
from chatd.store import control
from chatd.store.dialect import can_write, engines, is_readers_fault, migrating, trouble_of, what_failed
from chatd.store.folder import DataFolder, unusable
from chatd.store.health import DatabaseReplaced, Health, OpenFiles
from chatd.store.migrate import head, require_declared, require_known, revision, upgrade
from chatd.store.write_lock import WriteLock
from chatd.store.writer import REPLACED, Tx, Work, Writer

T = TypeVar("T")
START_SECONDS = 30.0  # another node may be bringing the schema up to date
Reader = Connection  # what a reading function gets: one snapshot of the database


class Store:
    """The database of one data folder.

    `write` queues a deed and returns at once; the future is done when the deed is committed (or refused), after
    everybody here was told. `read` runs a function on one snapshot. Both functions are synchronous and get nothing
    but the connection, so that nothing else can happen inside a transaction.
    """

    def __init__(self, settings: Storage, clock: Clock, node: str) -> None:
        self.folder = Path(settings.database_directory)
        self._data = DataFolder(self.folder)
        self._settings, self._clock, self._node = settings, clock, node
        self.secrets: dict[str, str] = {}
        self.health = Health(clock.monotonic)
        self._reads: set[asyncio.Task[Any]] = set()
        self.writer: Writer
        self._reader: AsyncEngine
        self._writing: AsyncEngine
        self._lock: WriteLock
        self._files: OpenFiles

    async def open(self, *, serving: bool = False, joined: bool = False) -> None:
        """Make the folder and its secrets, bring the schema up to date, start the writer.

        A server is `serving`: it claims the folder before it changes anything. Raises CannotStart.
        """
        try:
            self._data.prepare()
            self._lock = WriteLock(self.folder / "write.lock")
        except OSError as error:
            raise unusable(self.folder, error) from error
        self._writing, self._reader = engines(self._data.database, durability=self._settings.durability)
        try:
            await self._open(serving=serving, joined=joined)
        except BaseException as error:
            await self._close_files()
            if isinstance(error, OSError):
                raise unusable(self.folder, error) from error
            if isinstance(error, DBAPIError):
                raise CannotStart(f"The database {self._data.database} cannot be used: {what_failed(error)}") from error
            raise

    async def _open(self, *, serving: bool, joined: bool) -> None:
        if not await self._lock.acquire(START_SECONDS):
            holder = self._lock.holder()
            raise CannotStart(
                f"Another process{f' ({holder.pid})' if holder else ''} has been writing into {self.folder} for "
                f"{START_SECONDS:.0f} seconds. End it, then start again."
            )
        try:
            if serving:
                self._data.claim(joined=joined)
            async with migrating(self._writing) as connection:
                await self._bring_up_to_date(connection)
            # After the database: secrets without one are those of a database that was lost, not of a first start.
            self.secrets = self._data.secrets()
        finally:
            self._lock.release()
        for file in self.folder.glob("chatd.db*"):
            file.chmod(0o600)
        self._files = OpenFiles(self._data.database)
        self.writer = Writer(
            self._writing, self._lock, self._clock.now, self._node, health=self.health, files=self._files
        )
        self.writer.cursor = await self.read(control.head)
        await self.writer.start()

    async def _bring_up_to_date(self, connection: AsyncConnection) -> None:
        await connection.run_sync(can_write)
        found = await connection.run_sync(revision)
        require_known(found)
        if found is None and self._data.has_secrets:
            raise CannotStart(
                f"{self._data.database} is empty or missing, and {self.folder} was in use before. Put the database "
                "back from your backup. To begin anew, move the whole folder away."
            )
        if found != head():
            with self._data.alone():
                await connection.run_sync(upgrade)
                await connection.commit()
        await connection.run_sync(require_declared)
        await connection.commit()

    async def close(self) -> None:
        """Commit what waits, let the reads under way finish, and close."""
        await self.writer.stop()
        while self._reads:
            await asyncio.wait(self._reads)
        await self._close_files()

    async def _close_files(self) -> None:
        await self._writing.dispose()
        await self._reader.dispose()
        self._lock.close()
        self._data.release()

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
        except DBAPIError as error:
            if (reason := trouble_of(error)) is None or is_readers_fault(error):
                raise
            raise self.health.fails(reason) from None

    async def look_after(self) -> None:
        """Once a second: are the files still there, does the disk answer, can it be written again?"""
        self.writer.look_after()
        try:
            self._files.require_same()
        except DatabaseReplaced:
            self.health.fails(REPLACED)
        if self.health.reason is not None and not self.writer.waiting:
            with contextlib.suppress(ChatError):
                await self.write(lambda tx: can_write(tx.connection))

    def write(self, deed: Callable[[Tx], T], *, asking: Actor | None = None) -> "asyncio.Future[T]":
        """Queue `deed`; its order among all writes is the order of these calls."""
        return self.writer.submit(Work(deed, asking, asyncio.get_running_loop().create_future()))

    def submit(self, work: Work[T]) -> "asyncio.Future[T]":
        """Queue a write of a class that is applied many at once."""
        return self.writer.submit(work)
