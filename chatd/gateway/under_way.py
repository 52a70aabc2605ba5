"""Bytes under way of sessions, accounts and the node: unanswered requests, pages being made, unsent replies and events.

Nothing is refused for being too much: whoever has too much under way is not read from until it is less.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from chatd.hub.live import LiveSession

SESSION_BYTES = 4_194_304  # of requests; as much unsent, and its next page waits; twice that, and its sockets are cut
ACCOUNT_BYTES = 4 * SESSION_BYTES  # as many sessions' worth as the rate limit gives an account
PAGE_BYTES = 524_288  # PROTOCOL.md: pages end early rather than grow over it


class UnderWay:
    """One per node."""

    def __init__(self, node_bytes: int) -> None:
        self.node_bytes = node_bytes
        self.requests = 0  # bytes of all that are not answered
        self.unsent = 0  # of all sockets, as of the last sweep
        self._of: Counter[str] = Counter()  # bytes of requests by the id of a session or account
        self._pages: Counter[str] = Counter()  # being made, by account
        self._turns: dict[str, asyncio.Lock] = {}

    def add(self, session: LiveSession, size: int) -> None:
        self.requests += size
        self._of[session.id] += size
        self._of[session.user.id] += size

    def remove(self, session: LiveSession, size: int) -> None:
        self.requests -= size
        for id in (session.id, session.user.id):
            self._of[id] -= size
            if not self._of[id]:
                del self._of[id]

    def is_over(self, session: LiveSession) -> bool:
        """Has its session, its account or the node so much under way that nothing more is read?"""
        of = self._of
        return (
            of[session.id] > SESSION_BYTES
            or of[session.user.id] > ACCOUNT_BYTES
            or self.requests + self.unsent > self.node_bytes
        )

    @asynccontextmanager
    async def turn(self, session_id: str) -> AsyncIterator[None]:
        """One page at a time of all sockets of a session, in the order in which they were asked for."""
        lock = self._turns.setdefault(session_id, asyncio.Lock())
        try:
            async with lock:
                yield
        finally:
            if not lock.locked() and not lock._waiters:
                self._turns.pop(session_id, None)

    def has_page_room(self, session: LiveSession) -> bool:
        """May one more page be made, with what its session and account have not read yet?"""
        if _unsent_of(session) > SESSION_BYTES:
            return False
        sessions = session.user.sessions
        made = self._pages[session.user.id] * PAGE_BYTES
        return made + sum(map(_unsent_of, sessions)) <= ACCOUNT_BYTES

    def begin_page(self, session: LiveSession) -> None:
        self._pages[session.user.id] += 1

    def end_page(self, session: LiveSession) -> None:
        self._pages[session.user.id] -= 1
        if not self._pages[session.user.id]:
            del self._pages[session.user.id]


def _unsent_of(session: LiveSession) -> int:
    return sum(socket.held_bytes for socket in session.sockets)
