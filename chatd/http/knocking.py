"""What every HTTP request goes through: size, rate, whose it is, from which origin. Answers are JSON throughout."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from chatd.auth.address import place
from chatd.auth.door import Knock
from chatd.dispatch.dispatcher import Dispatcher, rate_limited, unknown_type
from chatd.dispatch.registry import REGISTRY
from chatd.domain.errors import ChatError, ErrorCode, forbidden, invalid
from chatd.domain.models import Actor
from chatd.protocol import frames, http_errors
from chatd.protocol.requests import Payload, validate
from chatd.services import sign_in
from chatd.services.asking import RESTRICTED
from chatd.services.chat import Chat
from chatd.services.place import Place
from chatd.store.sessions import SignedIn

AnyPayload = TypeVar("AnyPayload", bound=Payload)
SAFE_METHODS = ("GET", "HEAD")


class UnsupportedMediaType(ChatError):
    def __init__(self) -> None:
        super().__init__(ErrorCode.INVALID, "Send JSON: Content-Type must be application/json.")


def json_response(content: Any, status: int = 200) -> Response:
    response = Response(frames.encode(content), status, media_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def error_response(error: ChatError, status: int | None = None) -> Response:
    if isinstance(error, UnsupportedMediaType):
        status = 415
    response = Response(
        frames.encode(http_errors.body(error)), status or http_errors.STATUS[error.code], media_type="application/json"
    )
    response.headers.update(http_errors.headers(error))
    return response


async def on_chat_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ChatError)
    return error_response(error)


async def on_http_error(request: Request, error: Exception) -> Response:
    """Starlette's own refusals: no such path, no such method."""
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return error_response(ChatError(ErrorCode.NOT_FOUND, "There is nothing at this path."))
    response = error_response(invalid("This path is not for this method."), error.status_code)
    response.headers.update(error.headers or {})
    return response


async def on_failure(request: Request, error: Exception) -> Response:
    """A bug or a broken database; Starlette raises it again, so that it is logged once with its stack."""
    return error_response(ChatError(ErrorCode.INTERNAL, "Something went wrong here; it has been logged. Try again."))


def show_session(request: Request, found: SignedIn) -> None:
    """Its connection is no stranger's. Raises `unavailable` when its account has too many."""
    request.scope["state"]["show_session"](found.holder.owner_id or found.holder.id)


class HttpDoor:
    """The way in for requests of one node."""

    def __init__(self, chat: Chat, dispatcher: Dispatcher) -> None:
        self.chat = chat
        self.dispatcher = dispatcher

    def knock(self, request: Request) -> Knock:
        peer = request.client.host if request.client else ""
        return self.chat.door.knock(request.headers.raw, peer, request.url.scheme)

    def _take(self, key: str) -> int:
        return self.dispatcher.limit.take_for(key, self.chat.clock.monotonic())

    def limit(self, key: str) -> None:
        """Raises `rate_limited` for a name that has asked too often."""
        if wait := self._take(key):
            raise rate_limited(wait)

    def stranger(self, request: Request) -> Knock:
        """A call that needs no session: a foreign origin is refused, a missing one is not."""
        knock = self.knock(request)
        self.limit("address:" + place(knock.address))
        if request.method not in SAFE_METHODS:
            self.chat.door.require_origin(knock, missing=True)
        return knock

    async def asker(
        self, request: Request, *, restricted: bool = False, type: str | None = None
    ) -> tuple[SignedIn, Actor]:
        """Whose request it is: 401, then 403 for a cookie from elsewhere, 404, 429, and 403 while restricted.

        `type` is that of the request, where it is one of the registry's; for all else the method says what scope a
        token needs.
        """
        knock = self.knock(request)
        try:
            found = await sign_in.identify(self.chat, knock)
        except ChatError:
            self.limit("address:" + place(knock.address))
            raise
        show_session(request, found)
        cookie = knock.credential is not None and knock.credential.kind == "cookie"
        if cookie and request.method not in SAFE_METHODS:
            self.chat.door.require_origin(knock, missing=False)
        now = self.chat.clock.monotonic()
        wait = self.dispatcher.limit.take_of(found.session.id, found.user.id, now)
        if type is not None and type not in REGISTRY:
            raise unknown_type(type)
        if wait:
            raise rate_limited(wait)
        if found.session.restricted is not None and not restricted:
            raise ChatError(ErrorCode.RESTRICTED, RESTRICTED[found.session.restricted])
        sign_in.count_use(self.chat, found.session)
        granted = found.session.granted
        scope = "read" if request.method in SAFE_METHODS else "write"
        if type is None and granted is not None and scope not in granted:
            raise forbidden(f"This token lacks the scope {scope}.")
        return found, Actor(found.user.id, found.session.id, knock.address, knock.user_agent, scopes=granted)

    @staticmethod
    def place(knock: Knock, *, remember: bool) -> Place:
        return Place(knock.address, knock.user_agent, remember, knock.secure)


async def body_of(request: Request, limit: int = frames.MAX_FRAME_BYTES) -> bytes:
    """The whole body; of JSON as long as a socket's frame may be."""
    too_large = ChatError(ErrorCode.TOO_LARGE, f"This takes {limit} bytes at most.")
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > limit:
        raise too_large
    found = bytearray()
    try:
        async for piece in request.stream():
            found += piece
            if len(found) > limit:
                raise too_large
    except ClientDisconnect:
        raise invalid("The request ended before its body did.") from None
    return bytes(found)


def payload_of(request: Request, body: bytes) -> dict[str, Any]:
    """The JSON object of a body; none at all is `{}`."""
    if not body:
        return {}
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnsupportedMediaType
    payload = frames.load_json(body)
    if not isinstance(payload, dict):
        raise invalid("The body is one JSON object.")
    return frames.require_no_nul(body, payload)


async def model_of(request: Request, model: type[AnyPayload]) -> AnyPayload:
    return validate(model, payload_of(request, await body_of(request)))


Endpoint = Callable[[Request], Awaitable[Response]]
