"""GET /exports/{token}: the file behind a one-time link. Making links is the requests'; the token is all one needs."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from chatd.dispatch.resources import EXPORT_PATH
from chatd.domain.errors import ChatError, unavailable
from chatd.http.knocking import HttpDoor
from chatd.services import exports

AT_ONCE = 64  # files under way on this node, one an account: each holds a piece while its peer takes it
READING_AT_ONCE = 4  # of them that look into the database; who reads slowly does so between two looks
PIECE_SECONDS = 60.0  # within which a peer takes a piece, or the file ends
log = logging.getLogger("chatd.exports")


class FileResponse(Response):
    """A file that is made while it is sent.

    Nothing is cancelled half-way: when the peer is gone, or does not read, the next piece is not asked for. A file that
    cannot be finished ends without its end, so that nobody takes it for whole.
    """

    def __init__(self, pieces: AsyncIterator[bytes], file: exports.File, first: bytes, held: AsyncExitStack) -> None:
        super().__init__()
        self._pieces, self._file, self._first, self._held = pieces, file, first, held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        gone = asyncio.create_task(_gone(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self._head()})
            piece: bytes | None = self._first
            while piece is not None and not gone.done():
                async with asyncio.timeout(PIECE_SECONDS):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                piece = await anext(self._pieces, None)
            await send({"type": "http.response.body", "body": b""})
        except (ChatError, TimeoutError) as error:
            log.warning("an export was broken off", extra={"reason": str(error)})
        finally:
            gone.cancel()
            await self._held.aclose()

    def _head(self) -> list[tuple[bytes, bytes]]:
        return [
            (b"content-type", self._file.content_type.encode()),
            (b"content-disposition", f'attachment; filename="{self._file.name}"'.encode()),
            (b"cache-control", b"no-store"),
        ]


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class ExportRoutes:
    def __init__(self, door: HttpDoor) -> None:
        self.door = door
        self._free = asyncio.Semaphore(AT_ONCE)
        self._reading = asyncio.Semaphore(READING_AT_ONCE)

    def routes(self) -> list[Route]:
        return [Route(EXPORT_PATH, self.fetch, methods=["GET"])]

    async def fetch(self, request: Request) -> Response:
        """The file, once."""
        if request.method != "GET":  # Starlette lets HEAD in: a look ahead must not use the link up
            raise HTTPException(405, headers={"Allow": "GET"})
        knock = self.door.stranger(request)
        if self._free.locked():
            raise unavailable("Others are exporting; try again in a moment.", 5000)
        chat, token = self.door.chat, request.path_params["token"]
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._free)
            await stack.enter_async_context(exports.alone(chat, token))
            file = await exports.open_link(chat, token, knock.address, knock.user_agent)
            pieces = self._in_turn(file.pieces)
            first = await anext(pieces)  # what can be refused is refused before the file begins
            return FileResponse(pieces, file, first, stack.pop_all())

    async def _in_turn(self, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The same pieces, each made while no more than a few others are."""
        while True:
            async with self._reading:
                piece = await anext(pieces, None)
            if piece is None:
                return
            yield piece
