"""A real store in a folder of the test, and ways to make its real database fail."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, insert, select

from chatd.config import Storage
from chatd.store import Store, Tx
from chatd.store.schema import memberships, settings
from chatd.store.writer import Outcome
from tests.serving import MovableClock, furnish


@asynccontextmanager
async def opened(
    folder: Path, node: str = "node", *, empty: bool = False, serving: bool = False
) -> AsyncIterator[Store]:
    """Over tables that are there already, or with `empty` over a folder in which the store has to make them."""
    data = folder / "data"
    if not empty:
        furnish(data)
    store = Store(Storage(database_directory=str(data)), MovableClock(), node)
    await store.open(serving=serving)
    try:
        yield store
    finally:
        await store.close()


def put(key: str, value: str = "x") -> Callable[[Tx], str]:
    """A deed that inserts a row; the same key twice is a database error."""

    def deed(tx: Tx) -> str:
        tx.connection.execute(insert(settings), {"key": key, "value": value})
        return key

    return deed


async def stored(store: Store) -> list[str]:
    """The rows that `put` made, in the order of their inserts."""
    statement = select(settings.c.key).order_by(settings.c.value, settings.c.key)
    return list(await store.read(lambda connection: connection.execute(statement).scalars().all()))


def told(store: Store) -> list[Outcome]:
    """What the writer tells, as it comes."""
    outcomes: list[Outcome] = []
    store.writer.committed = outcomes.append
    return outcomes


class FailingCommits:
    """The next transactions of a store end in a COMMIT that SQLite itself refuses: a deferred foreign key is broken."""

    def __init__(self, store: Store, commits: int) -> None:
        self.left = commits
        event.listen(store._writing.sync_engine, "begin", self._break)

    def _break(self, connection: Connection) -> None:
        if self.left:
            self.left -= 1
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            row: dict[str, Any] = {"channel_id": "none", "user_id": "nobody", "state": "member", "since": 0}
            connection.execute(insert(memberships), row)
