"""A node whose visitors come with browsers. It may be stopped and started again under open pages, on the same port."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from chatd.config import Config
from tests.client import Client
from tests.page.contexts import Contexts
from tests.page.looks import DESK
from tests.page.problems import Problems
from tests.page.visitor import Visitor
from tests.page.wire import Wire, wired
from tests.serving import MovableClock, Running, running

LEAVING_SECONDS_MAX = 40.0


class House:
    """One node and everybody who looks at it."""

    def __init__(self, contexts: Contexts, config: Config) -> None:
        self.clock = MovableClock()
        self.url = ""
        self.visitors: list[Visitor] = []
        self._contexts = contexts
        self._problems: list[str] = []
        self._config = config
        self._serving = AsyncExitStack()
        self._wires = AsyncExitStack()
        self._running: Running | None = None

    @property
    def running(self) -> Running:
        """The node as the other tests know it."""
        assert self._running is not None, "stopped"
        return self._running

    @property
    def database(self) -> Path:
        """The file with everything in it, for tests that write into it while the node is stopped."""
        return Path(self._config.storage.database_directory) / "chatd.db"

    async def start(self) -> None:
        """Serve, after a stop on the same port with the same data."""
        port = urlsplit(self.url).port or 0
        self._running = await self._serving.enter_async_context(running(self._config, self.clock, port))
        self.url = self._running.url

    async def stop(self) -> None:
        """Drain and stop, as on SIGTERM: sockets hear `bye` with 1012."""
        self._running = None
        await self._serving.aclose()

    async def visit(
        self,
        email: str | None = None,
        *,
        size: tuple[int, int] = DESK,
        theme: str = "light",
        wired: bool = False,
        **context: Any,
    ) -> Visitor:
        """Somebody comes with a browser of their own; with an e-mail address they are signed in.

        `wired` puts a wire between them and the server: `visitor.wire`. More is handed to Playwright's `new_context`:
        `locale`, `timezone_id`, `has_touch`, `reduced_motion`, `permissions`.
        """
        wire = await self._wire() if wired else None
        page = await self._contexts.take(size, theme, **context)
        url = wire.url if wire else self.url
        visitor = Visitor(page, url, Problems(page.context, url), wire)
        self.visitors.append(visitor)
        if email is not None:
            await visitor.sign_in(email)
        return visitor

    async def _wire(self) -> Wire:
        return await self._wires.enter_async_context(wired(self.url))

    async def leave(self, visitor: Visitor) -> None:
        """Somebody closes their windows; from here on nothing is a problem any more."""
        visitor.problems.stop()
        self._problems += visitor.problems.unforgiven()
        self.visitors.remove(visitor)
        await self._contexts.give_back(visitor.context, {self.url, visitor.url})

    async def client(self, email: str) -> Client:
        """Somebody without a browser: a socket in the words of the contract."""
        return await self.running.client(email)

    async def admin(self) -> Client:
        return await self.running.admin()

    async def close(self) -> list[str]:
        """All leave, then the node stops, even when a browser lets nobody go. Returns what was not forgiven."""
        try:
            async with asyncio.timeout(LEAVING_SECONDS_MAX):
                for visitor in self.visitors[:]:
                    await self.leave(visitor)
        finally:
            await self._wires.aclose()
            if self._running is not None:
                await self._running.hang_up()
                await self.stop()
        return self._problems
