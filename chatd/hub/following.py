"""What must follow a row of control_log: told at once where that row is applied already, else when it is.

A node may hear of a message before it hears who may no longer read it: the bus and the log are two roads, and a node
that was paused finds much on both. So what is told carries the row that was the last one when it was committed.
"""

import asyncio
from collections.abc import Callable

WAITING_MAX = 4096  # beyond, what comes is dropped; the polls of heads fetch it
APPLIED_SECONDS = 10.0


class Following:
    """Keeps what is ahead of this node's sight of the control log; `wake` says that there is something to read."""

    def __init__(self, cursor: Callable[[], int], wake: asyncio.Event) -> None:
        self._cursor, self._wake = cursor, wake
        self._waiting: list[tuple[int, Callable[[], None]]] = []

    def after(self, row: int, deed: Callable[[], None]) -> None:
        """Do it once `row` is applied."""
        if row <= self._cursor():
            deed()
        elif len(self._waiting) < WAITING_MAX:
            self._waiting.append((row, deed))
            self._wake.set()

    async def applied(self, row: int) -> None:
        """Wait for a row. Raises TimeoutError when the log cannot be read for long."""
        if row <= self._cursor():
            return
        done = asyncio.Event()
        waiting = (row, done.set)
        self._waiting.append(waiting)
        self._wake.set()
        try:
            async with asyncio.timeout(APPLIED_SECONDS):
                await done.wait()
        finally:
            if waiting in self._waiting:
                self._waiting.remove(waiting)

    def release(self) -> None:
        """Do what has waited for rows that are applied by now, in the order in which it came."""
        if not self._waiting:
            return
        cursor, waiting = self._cursor(), self._waiting
        self._waiting = [(row, deed) for row, deed in waiting if row > cursor]
        for row, deed in waiting:
            if row <= cursor:
                deed()
