"""A real HTTP server that hangs pictures out, and whatever else a test wants to be answered."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from PIL import Image


def picture(colour: tuple[int, int, int] = (10, 120, 200), format: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, format)
    return out.getvalue()


@dataclass
class Gallery:
    """Answers each path with the bytes that are hung there, head and all, then closes; or never ends."""

    url: str
    hung: dict[str, bytes] = field(default_factory=dict)
    endless: set[str] = field(default_factory=set)  # paths whose last bytes are said again and again
    asked: list[tuple[str, str]] = field(default_factory=list)  # path and Host of each request

    def hang(self, path: str, content: bytes, *, status: str = "200 OK", **headers: str) -> str:
        """What `path` answers from now on; its URL."""
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.hung[path] = "\r\n".join(lines).encode() + b"\r\n\r\n" + content
        return self.url + path

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            path = head.split(" ")[1]
            host = next(line[6:] for line in head.split("\r\n") if line.lower().startswith("host: "))
            self.asked.append((path, host))
            said = self.hung.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            writer.write(said)
            while path in self.endless:
                writer.write(said[-1024:])
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def gallery(host: str = "127.0.0.1") -> AsyncIterator[Gallery]:
    found = Gallery("")
    server = await asyncio.start_server(found.answer, host)
    found.url = f"http://{host}:{server.sockets[0].getsockname()[1]}"
    try:
        yield found
    finally:
        server.close()
