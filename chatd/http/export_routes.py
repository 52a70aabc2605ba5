"""GET /exports/{token}: the file behind a one-time link. Making links is the requests'; the token is all one needs."""

import asyncio
import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from chatd.dispatch.resources import EXPORT_PATH
from chatd.domain.errors import ChatError, unavailable
from chatd.http.knocking import HttpDoor
from chatd.services import exports

AT_ONCE = 4  # files under way on this node: each reads the database as fast as it is fetched
PIECE_SECONDS = 60.0  # within which a peer takes a piece, or the file ends
log = logging.getLogger("chatd.exports")


class FileResponse(Response):
    """A file that is made while it is sent.

    Nothing is cancelled half-way: when the peer is gone, or does not read, the next piece is not asked for. A file that
    cannot be finished ends without its end, so that nobody takes it for whole.
    """

    def __init__(self, file: exports.File, first: bytes, done: asyncio.Semaphore) -> None:
        super().__init__()
        self._file, self._first, self._done = file, first, done

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        gone = asyncio.create_task(_gone(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self._head()})
            piece: bytes | None = self._first
            while piece is not None and not gone.done():
                async with asyncio.timeout(PIECE_SECONDS):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                piece = await anext(self._file.pieces, None)
            await send({"type": "http.response.body", "body": b""})
        except (ChatError, TimeoutError) as error:
            log.warning("an export was broken off", extra={"reason": str(error)})
        finally:
            gone.cancel()
            self._done.release()

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

    def routes(self) -> list[Route]:
        return [Route(EXPORT_PATH, self.fetch, methods=["GET"])]

    async def fetch(self, request: Request) -> Response:
        """The file, once."""
        if request.method != "GET":  # Starlette lets HEAD in: a look ahead must not use the link up
            raise HTTPException(405, headers={"Allow": "GET"})
        knock = self.door.stranger(request)
        if self._free.locked():
            raise unavailable("Others are exporting; try again in a moment.", 5000)
        await self._free.acquire()
        try:
            token = request.path_params["token"]
            file = await exports.open_link(self.door.chat, token, knock.address, knock.user_agent)
            first = await anext(file.pieces)  # what can be refused is refused before the file begins
        except BaseException:
            self._free.release()
            raise
        return FileResponse(file, first, self._free)
