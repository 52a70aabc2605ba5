"""The one place that asks which database it is: engines, how a transaction begins, upserts, what a failure means."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from chatd.domain.text import fold

BUSY_TIMEOUT_MS = 5000
WRITE_BUSY_TIMEOUT_MS = 1500  # with the turn before it (write_lock) a write is refused within 3 s
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
        for pragma in ("foreign_keys = ON", *pragmas):
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
        _prepare(
            writer,
            "BEGIN IMMEDIATE",
            (
                f"busy_timeout = {WRITE_BUSY_TIMEOUT_MS}",
                "journal_mode = WAL",
                f"synchronous = {sync}",
                "temp_store = MEMORY",
            ),
        ),
        _prepare(reader, "BEGIN", (f"busy_timeout = {BUSY_TIMEOUT_MS}", "query_only = ON")),
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


def columns(connection: Connection) -> list[tuple[str, str, bool]]:
    """Table, name and "may not be null" of each column. A primary key may not be, whatever SQLite would allow."""
    rows = connection.exec_driver_sql(
        'SELECT tables.name, columns.name, columns."notnull" OR columns.pk FROM sqlite_master AS tables '
        "JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'"
    )
    return [(str(table), str(name), bool(required)) for table, name, required in rows]


def indexes(connection: Connection) -> list[tuple[str, str]]:
    """Table and name of each index that was declared by name."""
    rows = connection.exec_driver_sql(
        "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    )
    return [(str(table), str(name)) for table, name in rows]


def can_write(connection: Connection) -> None:
    """Raises DatabaseError when nothing can be written, although nothing is changed."""
    version = connection.exec_driver_sql("PRAGMA user_version").scalar()
    connection.exec_driver_sql(f"PRAGMA user_version = {version}")


_FAILURES = {
    sqlite3.SQLITE_FULL: "its disk is full. Make room on it",
    sqlite3.SQLITE_IOERR: "its disk cannot be written or read. Look whether it is full or broken",
    sqlite3.SQLITE_READONLY: "it can only be read. Give it to the user that chatd runs as, on a disk for writing",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened. Give it to the user that chatd runs as (chown -R)",
    sqlite3.SQLITE_BUSY: "another process holds it. End that one",
    sqlite3.SQLITE_LOCKED: "another process holds it. End that one",
    sqlite3.SQLITE_PROTOCOL: "another process holds it. End that one",
    sqlite3.SQLITE_CORRUPT: "it is damaged. Restore the last backup",
    sqlite3.SQLITE_NOTADB: "it is no database, or damaged. Restore the last backup",
}


def trouble_of(error: BaseException) -> str | None:
    """Why the database cannot be used at all, and what to do; None where only one statement failed."""
    if not isinstance(error, DBAPIError) or isinstance(error, IntegrityError):
        return None
    code: int = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the other bits say where
    return _FAILURES.get(code)


def is_readers_fault(error: DBAPIError) -> bool:
    """A reading function tried to write."""
    return bool(getattr(error.orig, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY)


def what_failed(error: DBAPIError) -> str:
    """What SQLite says of the database, for an operator: why, and what to do before the next start."""
    trouble = trouble_of(error)
    return f"{error.orig}." if trouble is None else f"{trouble}, then start again."


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
