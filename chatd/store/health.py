"""Can the database be written? Why not, for how long, and a line of log a minute rather than one a write."""

import logging
from collections.abc import Callable
from pathlib import Path

from chatd.domain.errors import ChatError, unavailable

LOG_SECONDS = 60.0
AGAIN_MS = 2000
Identity = tuple[int, int]
GONE = (-1, -1)
log = logging.getLogger("chatd.store")


class DatabaseReplaced(Exception):
    """The files at the database's place are not those that are open: what is written goes nowhere."""


class Health:
    """`reason` is None while all is well, else why nothing can be written and what to do, for operators."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self.reason: str | None = None
        self._refused = 0
        self._logged_at: float | None = None

    def fails(self, reason: str, writes: int = 0) -> ChatError:
        """Note that so many writes were refused for this. What their askers are told."""
        now = self._monotonic()
        self._refused += writes
        if self._logged_at is None or now - self._logged_at >= LOG_SECONDS:
            log.error("nothing can be written", extra={"reason": reason, "refused": self._refused})
            self._logged_at, self._refused = now, 0
        self.reason = reason
        return unavailable(
            "This was not stored: the server cannot write at the moment. Try again in a moment.", AGAIN_MS
        )

    def works(self) -> None:
        """Something was written."""
        if self.reason is not None:
            log.warning("the database can be written again", extra={"refused": self._refused})
            self.reason, self._refused, self._logged_at = None, 0, None


class OpenFiles:
    """The files of the database, by device and inode: is what stands at their places what was opened there?"""

    def __init__(self, database: Path) -> None:
        self._database, self._log = database, database.with_name(database.name + "-wal")
        self._opened = _identity(self._database)
        self._opened_log: Identity | None = None

    def see_log(self) -> None:
        """A connection has just written. While it is open its write-ahead log stays where it is."""
        self._opened_log = _identity(self._log) or GONE

    def forget_log(self) -> None:
        """The connection is closed; whichever is the last to close takes the log with it."""
        self._opened_log = None

    def require_same(self) -> None:
        """Raises DatabaseReplaced."""
        is_same = _identity(self._database) == self._opened
        if not is_same or self._opened_log not in (None, _identity(self._log)):
            raise DatabaseReplaced


def _identity(path: Path) -> Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
