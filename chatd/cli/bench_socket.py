"""A small WebSocket client for load: counts what comes, for a server that is trusted to speak RFC 6455."""

import asyncio
import time
from typing import Any, cast

import orjson
from websockets.frames import Frame, Opcode

MARKER = b"bench:"


class Tally:
    """What all sockets of a run saw."""

    def __init__(self) -> None:
        self.deliveries = 0
        self.latencies: list[float] = []
        self.closed: dict[int, int] = {}  # close code -> sockets

    def percentile(self, part: float) -> float:
        """Milliseconds."""
        found = sorted(self.latencies)
        return found[min(len(found) - 1, int(len(found) * part))] * 1000 if found else 0.0


class BenchSocket(asyncio.Protocol):
    """Just enough of RFC 6455 for a trusted server: counts frames, answers pings, notes the close code."""

    def __init__(self, host: str, token: str, tally: Tally) -> None:
        self._request = (
            f"GET /ws HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            f"Authorization: Bearer {token}\r\n\r\n"
        )
        self._tally = tally
        self._buffer = b""
        self._greeted = False
        loop = asyncio.get_running_loop()
        self.ready: asyncio.Future[None] = loop.create_future()
        self.closed: asyncio.Future[float] = loop.create_future()
        self.echo = asyncio.Event()  # a marked message came

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by inheritance
        self._transport.write(self._request.encode())

    def send(self, request: dict[str, Any]) -> None:
        self._transport.write(Frame(Opcode.TEXT, orjson.dumps(request)).serialize(mask=True))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._greeted:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head[:20]:
                self.ready.set_exception(ConnectionRefusedError(head[:200].decode(errors="replace")))
                self._transport.close()
                return
            self._greeted, self._buffer = True, rest
        self._frames()

    def _frames(self) -> None:
        buffer, position = self._buffer, 0
        while len(buffer) - position >= 2:
            size, start = buffer[position + 1], position + 2
            width = {126: 2, 127: 8}.get(size, 0)
            if len(buffer) < start + width:
                break
            if width:
                size = int.from_bytes(buffer[start : start + width], "big")
            start += width
            if len(buffer) < start + size:
                break
            self._frame(buffer[position] & 15, buffer[start : start + size])
            position = start + size
        self._buffer = buffer[position:]

    def _frame(self, opcode: int, payload: bytes) -> None:
        if opcode == Opcode.PING:
            self._transport.write(Frame(Opcode.PONG, payload).serialize(mask=True))
        elif opcode == Opcode.CLOSE:
            code = int.from_bytes(payload[:2], "big")
            self._tally.closed[code] = self._tally.closed.get(code, 0) + 1
            self._end()
        elif payload.startswith(b'{"type":"hello"') and not self.ready.done():
            self.ready.set_result(None)
        elif payload.startswith(b'{"type":"message.created"') and (at := payload.find(MARKER)) >= 0:
            sent = float(payload[at + len(MARKER) : payload.index(b":", at + len(MARKER))])
            self._tally.deliveries += 1
            self._tally.latencies.append(time.perf_counter() - sent)
            self.echo.set()

    def _end(self) -> None:
        if not self.closed.done():
            self.closed.set_result(time.perf_counter())
        self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        self._end()
        if not self.ready.done():
            self.ready.set_exception(ConnectionResetError("the server closed the connection"))
