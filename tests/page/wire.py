"""A wire between a browser and the server that a test may cut, hold or narrow. What it carries is unknown here."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

PIECE_BYTES = 65_536
NO_SOCKETS = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Wire:
    """A TCP relay on a port of its own."""

    def __init__(self, server_url: str) -> None:
        self.url = ""
        self._to = urlsplit(server_url)
        self._flows = asyncio.Event()
        self._flows.set()
        self._is_cut = False
        self._refuses_sockets = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def cut(self) -> None:
        """End every connection this moment without a word, and each new one too, until `mend`."""
        self._is_cut = True
        self._abort()

    def hold(self) -> None:
        """Let nothing through in either direction while the connections stay open, until `mend`."""
        self._flows.clear()

    def refuse_sockets(self) -> None:
        """Be a proxy that passes plain requests only: upgrades hear 502. Open sockets end."""
        self._refuses_sockets = True
        self._abort()

    def mend(self) -> None:
        """Carry everything again; what was held goes on in order."""
        self._is_cut = self._refuses_sockets = False
        self._flows.set()

    def _abort(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._writers.add(writer)
        try:
            with contextlib.suppress(OSError):  # either side may go at any moment
                await self._carry(reader, writer)
        finally:
            writer.transport.abort()
            self._writers.discard(writer)
            self._tasks.discard(task)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            return
        first = await reader.read(PIECE_BYTES)
        if self._refuses_sockets and b"upgrade: websocket" in first.lower():
            writer.write(NO_SOCKETS)
            await writer.drain()
            return
        server, to_server = await asyncio.open_connection(self._to.hostname, self._to.port)
        self._writers.add(to_server)
        try:
            await asyncio.gather(self._pump(reader, to_server, first), self._pump(server, writer, b""))
        finally:
            to_server.transport.abort()
            self._writers.discard(to_server)

    async def _pump(self, source: asyncio.StreamReader, to: asyncio.StreamWriter, piece: bytes) -> None:
        while piece or (piece := await source.read(PIECE_BYTES)):
            await self._flows.wait()
            to.write(piece)
            await to.drain()
            piece = b""
        with contextlib.suppress(OSError, RuntimeError):
            to.write_eof()

    async def close(self) -> None:
        self._abort()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def wired(server_url: str) -> AsyncIterator[Wire]:
    """A wire to a server until the end of the block; browsers go to its `url`."""
    wire = Wire(server_url)
    server = await asyncio.start_server(wire._take, "127.0.0.1", 0)
    wire.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield wire
    finally:
        server.close()
        await wire.close()
