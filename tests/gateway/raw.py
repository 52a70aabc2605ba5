"""A bare TCP connection that says exactly what a test wants and reads only when told: the hostile and the slow."""

import asyncio
import base64
import contextlib
import json
import os
import socket
from typing import Any
from urllib.parse import urlsplit

from websockets.frames import Frame, Opcode

PATIENCE_SECONDS = 20.0


def text(type: str, id: str | None = "1", **payload: Any) -> bytes:
    """A request as a masked text frame."""
    body = {"type": type, "payload": payload} | ({} if id is None else {"id": id})
    return frame(Opcode.TEXT, json.dumps(body).encode())


def frame(opcode: Opcode, data: bytes, *, fin: bool = True) -> bytes:
    return bytes(Frame(opcode, data, fin).serialize(mask=True))


class Raw:
    """One connection. Nothing is read ahead of what is asked for."""

    def __init__(self, url: str, sock: socket.socket) -> None:
        self.host = urlsplit(url).netloc
        self.sock = sock
        self._got = b""

    @classmethod
    async def connect(cls, url: str, receive_bytes: int | None = None, source: str = "") -> "Raw":
        """`source` is the address of this machine to come from: 127.0.0.2 is another place."""
        sock = socket.socket()
        if source:
            sock.bind((source, 0))
        if receive_bytes is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        sock.setblocking(False)
        parts = urlsplit(url)
        await asyncio.get_running_loop().sock_connect(sock, (parts.hostname, parts.port))
        return cls(url, sock)

    @classmethod
    async def open(cls, url: str, token: str, receive_bytes: int | None = None) -> "Raw":
        """Upgraded and greeted."""
        raw = await cls.connect(url, receive_bytes)
        await raw.send(raw.upgrade(Authorization=f"Bearer {token}"))
        status, _ = await raw.head()
        assert status == 101
        hello = await raw.json()
        assert hello["type"] == "hello"
        return raw

    def upgrade(self, path: str = "/ws", **headers: str) -> bytes:
        """The head that asks for a socket; underscores in names stand for hyphens."""
        lines = {
            "Host": self.host,
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"GET {path} HTTP/1.1\r\n{head}\r\n".encode()

    async def send(self, data: bytes) -> None:
        await asyncio.wait_for(asyncio.get_running_loop().sock_sendall(self.sock, data), PATIENCE_SECONDS)

    async def receive(self, most: int = 65_536) -> bytes:
        return await asyncio.wait_for(asyncio.get_running_loop().sock_recv(self.sock, most), PATIENCE_SECONDS)

    async def _exactly(self, size: int) -> bytes:
        while len(self._got) < size:
            piece = await self.receive()
            if not piece:
                raise EOFError
            self._got += piece
        found, self._got = self._got[:size], self._got[size:]
        return found

    async def head(self) -> tuple[int, dict[str, str]]:
        """Status and headers (names in lower case) of the next HTTP answer."""
        while b"\r\n\r\n" not in self._got:
            piece = await self.receive()
            if not piece:
                raise EOFError(self._got)
            self._got += piece
        head, _, self._got = self._got.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return int(first.split()[1]), headers

    async def answer(self) -> tuple[int, dict[str, str], Any]:
        """The same with the JSON body."""
        status, headers = await self.head()
        return status, headers, json.loads(await self._exactly(int(headers["content-length"])))

    async def frame(self) -> tuple[Opcode, bytes]:
        """The next frame from the server."""
        first, second = await self._exactly(2)
        size = second & 0x7F
        if size == 126:
            size = int.from_bytes(await self._exactly(2), "big")
        elif size == 127:
            size = int.from_bytes(await self._exactly(8), "big")
        return Opcode(first & 0x0F), await self._exactly(size)

    async def json(self) -> Any:
        """The next text frame."""
        while True:
            opcode, data = await self.frame()
            if opcode is Opcode.TEXT:
                return json.loads(data)

    async def reply(self, id: str | None = "1") -> Any:
        """The reply with this id; what comes before it is passed over."""
        while True:
            found = await self.json()
            if found["type"] == "reply" and found["id"] == id:
                return found

    async def close_code(self) -> int:
        """Read to the orderly end, answering the close frame; its code. Fails when none came or the end is rude."""
        code = None
        while True:
            try:
                opcode, data = await self.frame()
            except EOFError:
                assert code is not None, "closed without a close frame"
                return code
            if opcode is Opcode.CLOSE:
                code = int.from_bytes(data[:2], "big")
                with contextlib.suppress(ConnectionError):
                    await self.send(frame(Opcode.CLOSE, data[:2]))

    async def is_ended(self) -> bool:
        """Read until the server is gone, politely or not."""
        try:
            while await self.receive():
                pass
        except ConnectionError:
            pass
        return True

    def close(self) -> None:
        self.sock.close()

    __del__ = close  # a failing test leaves no warning for the next one
