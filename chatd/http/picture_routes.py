"""PUT /api/users/{id}/picture takes a file, GET /pictures/{id} sends one. What becomes of it is services.pictures'."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from chatd.auth.address import place
from chatd.dispatch.resources import OWN_PICTURE_PATH, PICTURE_PATH
from chatd.domain.errors import ChatError, ErrorCode, unavailable
from chatd.http.knocking import HttpDoor, body_of, json_response, show_session
from chatd.protocol.shapes import OneUserReply
from chatd.services import pictures, portrait, reading, sign_in
from chatd.services.asking import RESTRICTED

UPLOADS_AT_ONCE = 16  # one an account; each holds up to 5 MB while it comes
# Only who is signed in is shown a picture; the path names the content, so that his browser never asks again.
FOR_EVER = "private, max-age=31536000, immutable"


class PictureRoutes:
    def __init__(self, door: HttpDoor) -> None:
        self.door = door
        self._free = asyncio.Semaphore(UPLOADS_AT_ONCE)

    def routes(self) -> list[Route]:
        return [
            Route(PICTURE_PATH, self.show, methods=["GET"]),
            Route(OWN_PICTURE_PATH, self.put, methods=["PUT"]),
        ]

    async def show(self, request: Request) -> Response:
        """A picture, to everybody signed in. No rate limit, as for the page's files: a list shows a hundred at once."""
        knock = self.door.knock(request)
        try:
            found = await sign_in.identify(self.door.chat, knock)
        except ChatError:
            self.door.limit("address:" + place(knock.address))
            raise
        show_session(request, found)
        if found.session.restricted is not None:
            raise ChatError(ErrorCode.RESTRICTED, RESTRICTED[found.session.restricted])
        content = await pictures.content(self.door.chat, request.path_params["id"])
        return Response(content, media_type=portrait.CONTENT_TYPE, headers={"Cache-Control": FOR_EVER})

    async def put(self, request: Request) -> Response:
        """The body is the file as it is; what its name or Content-Type says of it does not count."""
        found, actor = await self.door.asker(request)
        if self._free.locked():
            raise unavailable("Others are sending pictures; try again in a moment.")
        if (declared := request.headers.get("content-length", "")).isdigit():
            portrait.require_size(int(declared))
        async with self._free:
            with pictures.alone(self.door.chat, found.user):
                content = await body_of(request, portrait.MAX_BYTES)
                user = await pictures.put(self.door.chat, actor, request.path_params["id"], content)
        reply: OneUserReply = {"user": await reading.shown_to(self.door.chat, actor, user)}
        return json_response(reply)
