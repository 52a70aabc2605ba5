"""SQLAlchemy compiles each statement once for all stores of a process of tests, as in a server that lives for long.

The cache of an engine is its own and begins empty; with new engines for every test, compiling was a quarter of what the
tests of the server cost. Its keys hold the dialect, an object that knows which database this is: that is shared too.
"""

from typing import Any

from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import LRUCache

from chatd.store import database, dialect

_make = dialect.engines
_compiled: LRUCache[Any, Any] = LRUCache(5000)
_dialects: list[Dialect] = []


def _share(engine: AsyncEngine) -> None:
    if not _dialects:
        _dialects.append(engine.dialect)
    engine.sync_engine.dialect = _dialects[0]
    engine.sync_engine._compiled_cache = _compiled


def _engines(*given: Any, **more: Any) -> tuple[AsyncEngine, AsyncEngine]:
    writer, reader = _make(*given, **more)
    _share(writer)  # the first of all connects first, and so is the one that asks the database who it is
    _share(reader)
    return writer, reader


def share_compiled() -> None:
    """For all stores that are opened from now on."""
    database.engines = _engines
