"""Whose turn it is to write, among the processes on one database. Fairness only: what is safe is SQLite's own lock's.

Without turns processes starve in SQLite's busy loop (2 s, not 0.2). A turn has a time limit: whoever holds it may be
stopped, so after the limit the others write without one; and where the stopped one holds SQLite's lock as well, which
nobody can take from it alive, it is ended.
"""

import asyncio
import contextlib
import fcntl
import logging
import os
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path

TURN_SECONDS = 1.0  # with SQLite's own wait behind it a write is refused within 3 s
LOG_SECONDS = 60.0
FENCE_SECONDS = 10.0  # so long a stopped process may keep everybody from writing
log = logging.getLogger("chatd.store")


@dataclass(slots=True, frozen=True)
class Holder:
    """A process that took the turn: its number, and when it began, since numbers are used again."""

    pid: int
    began: str

    @classmethod
    def read(cls, text: bytes) -> "Holder | None":
        with contextlib.suppress(ValueError):
            pid, began = text.decode("ascii").split()
            return cls(int(pid), began)
        return None

    @classmethod
    def here(cls) -> "Holder":
        pid = os.getpid()
        return cls(pid, (_fields(pid) or ["", "0"])[1])

    @property
    def is_here(self) -> bool:
        return self.pid == os.getpid()

    @property
    def is_stopped(self) -> bool:
        """Is it alive and does nothing: SIGSTOP, or Ctrl-Z? Where nobody knows, no."""
        return _fields(self.pid) == ["T", self.began]


def _fields(pid: int) -> list[str] | None:
    """State and time of start, by /proc/<pid>/stat (proc(5)); None where there is no such process or no /proc."""
    with contextlib.suppress(OSError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return [fields[0], fields[19]]
    return None


class WriteLock:
    """An flock round each write transaction, on one file of the data folder."""

    def __init__(self, file: Path) -> None:
        self._fd = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        here = Holder.here()
        self._name = f"{here.pid} {here.began}".ljust(40).encode()
        self._turn: asyncio.Future[None] | None = None  # a thread waits for it
        self._is_wanted = False
        self._missed_since: float | None = None
        self._logged_at: float | None = None

    async def acquire(self, seconds: float = TURN_SECONDS) -> bool:
        """Wait for the turn; False when it did not come in time, and the caller has to do without."""
        if self._turn is None:
            try:
                fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._turn = self._wait_in_thread()
        if self._turn is not None:
            self._is_wanted = True
            await asyncio.wait([self._turn], timeout=seconds)
            self._is_wanted = False
            if not self._turn.done():
                self._missed()
                return False
        self._turn, self._missed_since = None, None
        os.pwrite(self._fd, self._name, 0)
        return True

    def _give_back(self, turn: "asyncio.Future[None]") -> None:
        """It came when nobody waited any more."""
        if not self._is_wanted:
            self._turn = None
            self.release()

    def _wait_in_thread(self) -> "asyncio.Future[None]":
        """A thread of its own, which does not keep the process when it ends: it may wait for ever."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        turn.add_done_callback(self._give_back)

        def wait() -> None:
            with contextlib.suppress(OSError, RuntimeError):  # the lock or the loop was closed meanwhile
                fcntl.flock(self._fd, fcntl.LOCK_EX)
                loop.call_soon_threadsafe(turn.set_result, None)

        threading.Thread(target=wait, name="chatd-turn", daemon=True).start()
        return turn

    def _missed(self) -> None:
        now = time.monotonic()
        self._missed_since = self._missed_since or now
        holder = self.holder()
        if self._logged_at is None or now - self._logged_at > LOG_SECONDS:
            self._logged_at = now
            log.warning("another process keeps the turn to write", extra={"pid": holder.pid if holder else None})
        if holder is None or now - self._missed_since < FENCE_SECONDS or not holder.is_stopped:
            return
        log.error("a stopped process keeps all others from writing; it is ended", extra={"pid": holder.pid})
        with contextlib.suppress(OSError):
            os.kill(holder.pid, signal.SIGKILL)

    def holder(self) -> Holder | None:
        """Who took the turn last; it may have given it back."""
        return Holder.read(os.pread(self._fd, 40, 0))

    def release(self) -> None:
        fcntl.flock(self._fd, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._fd)
