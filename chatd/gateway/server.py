"""uvicorn's server with an orderly end: answers what was asked, says `bye`, exits 0, whatever signal ended it."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Generator

import uvicorn

from chatd.gateway.gateway import Gateway
from chatd.gateway.stage import Stage
from chatd.hub.tasks import end_tasks

SWEEP_SECONDS = 0.5
ANSWER_SECONDS = 3.0  # for what was asked before the stop
REFUSE_SECONDS = 1.0  # new upgrades hear 503 before the listeners close
CLOSE_SECONDS = 3.0  # for the peers to answer our close frames: with the others well within 10 s
HTTP_SECONDS = 1.0
ABORT_SECONDS = 0.2
RETURN_SPREAD_MS = 5000  # over this the clients spread their return
log = logging.getLogger("chatd.server")


class Server(uvicorn.Server):
    """Serves until `stop` is called, then drains (PROTOCOL.md, end). Signals are the caller's."""

    def __init__(self, config: uvicorn.Config, gateway: Gateway, stage: type[Stage]) -> None:
        super().__init__(config)
        self.gateway = gateway
        self.stage = stage
        self.serving = asyncio.Event()  # connections are taken
        self._sweeper: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self.stopping_since: float | None = None  # by the loop's clock

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """uvicorn raises the signal again at the end, which makes exit status -15 of an orderly stop."""
        yield

    def stop(self) -> None:
        """Begin to drain: from now on nobody new is let in."""
        if self.stopping_since is None:
            self.stopping_since = asyncio.get_running_loop().time()
        self.gateway.chat.draining = True
        self.should_exit = True
        self._stopping.set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.gateway.start()
        self._sweeper = asyncio.create_task(self._sweep(), name="chatd-stage-sweeper")
        self.serving.set()

    async def main_loop(self) -> None:
        """Until `stop`, with the Date header renewed each second; uvicorn's looks ten times a second whether to end."""
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), 1)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            self.stage.sweep()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Drain, then close; uvicorn would close the listeners first and wait for every connection for ever."""
        loop = asyncio.get_running_loop()
        self.stop()
        began = loop.time()
        log.info("draining", extra={"sockets": self.gateway.count})
        await self.gateway.drain(ANSWER_SECONDS, RETURN_SPREAD_MS)
        if self.gateway.count or self.stage.count:
            await asyncio.sleep(max(0.0, began + REFUSE_SECONDS - loop.time()))
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await self.gateway.stop(CLOSE_SECONDS)
        await self._finish_requests(HTTP_SECONDS)
        for connection in list(self.server_state.connections):
            connection.transport.abort()  # a body that never comes: the request ends as if its peer had left
        await self._finish_requests(ABORT_SECONDS)
        await end_tasks([*self.server_state.tasks, *filter(None, [self._sweeper])])
        await self.lifespan.shutdown()

    async def _finish_requests(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while self.server_state.tasks and loop.time() < end:
            await asyncio.sleep(0.02)
