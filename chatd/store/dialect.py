"""The one place that asks which database it is: engines, how a transaction begins, upserts, the write lock."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from chatd.domain.text import fold

BUSY_TIMEOUT_MS = 5000
READERS = 4  # reading connections; more only compete for the one core
IN_LIMIT = 1000  # ids in one IN (...): a whole batch of writes fits, and SQLite takes 32,766 variables


def _lower(text: str | None) -> str | None:
    """In place of SQLite's own, which knows ASCII only: "Ärger" would be found by no spelling."""
    return None if text is None else fold(text)


def _prepare(engine: AsyncEngine, begin: str, pragmas: Sequence[str]) -> AsyncEngine:
    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves: the driver's own begins too late for IMMEDIATE
        cursor = connection.cursor()
        for pragma in (f"busy_timeout = {BUSY_TIMEOUT_MS}", "foreign_keys = ON", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        connection.create_function("lower", 1, _lower, deterministic=True)

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def engines(file: Path, *, durability: str) -> tuple[AsyncEngine, AsyncEngine]:
    """One engine that writes over a single connection, and one that only reads."""
    url = f"sqlite+aiosqlite:///{file}"
    sync = "FULL" if durability == "full" else "NORMAL"
    # hide_parameters: what a failed statement was given is content, which no log may hold.
    writer = create_async_engine(url, pool_size=1, max_overflow=0, hide_parameters=True)
    reader = create_async_engine(url, pool_size=READERS, max_overflow=0, pool_timeout=10, hide_parameters=True)
    return (
        _prepare(writer, "BEGIN IMMEDIATE", ("journal_mode = WAL", f"synchronous = {sync}", "temp_store = MEMORY")),
        _prepare(reader, "BEGIN", ("query_only = ON",)),
    )


@asynccontextmanager
async def migrating(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection that looks at foreign keys only when it is asked to (`broken_references`).

    SQLite changes a table by making it anew and dropping the old one, which is refused, or deletes what points to it,
    while foreign keys are on; and they can be switched off outside of a transaction only.
    """
    async with engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await (await driver.execute("PRAGMA foreign_keys = OFF")).close()
        try:
            yield connection
        finally:
            await connection.rollback()  # nothing is left to undo after a commit
            await (await driver.execute("PRAGMA foreign_keys = ON")).close()


def broken_references(connection: Connection) -> list[str]:
    """Tables with a row that points to a row which is not there."""
    return sorted({str(row[0]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")})


def upsert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]], keys: Sequence[str]) -> None:
    """Insert the rows; where `keys` exist already, set the other columns."""
    statement = insert(table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=changed), list(rows))


def insert_missing(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> int:
    """Insert those rows whose key is not there yet; how many were inserted."""
    return sum(connection.execute(insert(table).on_conflict_do_nothing(), row).rowcount for row in rows)


def changes(connection: Connection) -> int:
    """How many rows this connection has changed since it was opened, rolled back ones too."""
    driver: Any = connection.connection.driver_connection
    return int(driver.total_changes)


class WriteLock:
    """An flock round each write transaction: without it processes starve in SQLite's busy loop (2 s, not 0.2)."""

    def __init__(self, file: Path) -> None:
        self._fd = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    async def acquire(self) -> None:
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            await asyncio.to_thread(fcntl.flock, self._fd, fcntl.LOCK_EX)

    def release(self) -> None:
        fcntl.flock(self._fd, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._fd)
