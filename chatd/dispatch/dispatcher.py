"""Authorises, validates, calls, maps errors: for a socket's frames and for POST /api/<type> alike."""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any, Protocol

from chatd.dispatch.bucket import Bucket, RateLimit
from chatd.dispatch.registry import REGISTRY, Access, Context, Endpoint
from chatd.domain.errors import ChatError, CloseCode, ErrorCode, forbidden
from chatd.domain.models import Actor, Restriction
from chatd.domain.rules import ADMIN_ONLY
from chatd.hub.live import LiveSocket
from chatd.protocol import frames
from chatd.protocol.frames import MalformedRequest
from chatd.protocol.requests import validate
from chatd.services import administration, two_step, witness
from chatd.services.asking import RESTRICTED, SIGN_IN_ONLY
from chatd.services.chat import Chat

FLOOD_REFUSALS = 100  # over the limit within FLOOD_SECONDS: the socket is closed with 4003
FLOOD_SECONDS = 10.0
# What a request under way is counted as, in bytes: task, coroutines and context; its JSON as objects; a page's reply.
REQUEST_BYTES = 2048
JSON_FACTOR = 4
PAGE_BYTES = 65_536
NO_TURN = nullcontext()
log = logging.getLogger("chatd.dispatch")


class AskingSocket(LiveSocket, Protocol):
    """A socket as the dispatcher sees it."""

    address: str
    buckets: tuple[Bucket, ...]
    refused: int
    refused_since: float

    def begin(self, size: int) -> None:
        """One more request is under way, which takes so many bytes."""
        ...

    def finish(self, frame: bytes | None, size: int, asking: object | None = None) -> None:
        """It is over: send its reply, if it wants one, and the farewell if `asking` is what ended the session."""
        ...

    def answer(self, frame: bytes) -> None:
        """Send a reply to what never was under way."""
        ...

    def page_turn(self) -> AbstractAsyncContextManager[None]:
        """Wait until the peer has read what it was sent, and until this is the only page of its session being made."""
        ...


def size_of(endpoint: Endpoint, data: bytes | bytearray | memoryview) -> int:
    """What a request under way is counted as, in bytes."""
    return REQUEST_BYTES + JSON_FACTOR * len(data) + (PAGE_BYTES if endpoint.page else 0)


def rate_limited(wait_ms: int) -> ChatError:
    return ChatError(ErrorCode.RATE_LIMITED, "Too many requests; wait a moment, then go on.", retry_after_ms=wait_ms)


class Dispatcher:
    """One per node."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        limit = chat.config.server.rate_limit
        self.limit = RateLimit(limit.requests_per_minute if limit.enabled else None)
        self.tasks: set[asyncio.Task[None]] = set()
        self.frames_in = 0
        self.replies = 0
        self.observe: Callable[[str, float], None] = lambda type, seconds: None

    # --- a socket's frame ----------------------------------------------------------------------------------------

    def receive(self, socket: AskingSocket, data: bytes | bytearray | memoryview) -> None:
        """Take one text frame. Returns at once; the requests of a socket run side by side."""
        self.frames_in += 1
        wait = self._take(socket)
        try:
            request = frames.parse(data)
        except MalformedRequest as malformed:
            self._refuse(socket, malformed.id, malformed.error, over_limit=wait > 0, always=True)
            return
        endpoint = REGISTRY.get(request.type)
        if endpoint is None:
            self._refuse(socket, request.id, unknown_type(request.type), over_limit=wait > 0)
        elif wait:
            self._refuse(socket, request.id, rate_limited(wait), over_limit=True)
        else:
            try:
                require_access(endpoint, socket.session.restricted)
            except ChatError as error:
                self._refuse(socket, request.id, error)
                return
            session = socket.session
            actor = Actor(session.user.id, session.id, socket.address, "", socket, session.scopes)
            size = size_of(endpoint, data)
            socket.begin(size)
            task = asyncio.get_running_loop().create_task(
                self._answer(socket, endpoint, Context(self.chat, actor, socket), request, size)
            )
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    def _take(self, socket: AskingSocket) -> int:
        if not self.limit.enabled:
            return 0
        now = self.chat.clock.monotonic()
        if not socket.buckets:
            session = socket.session
            socket.buckets = self.limit.of_session(session.id, session.user.id, now)
        return self.limit.take(socket.buckets, now)

    def _refuse(
        self, socket: AskingSocket, id: str | None, error: ChatError, *, over_limit: bool = False, always: bool = False
    ) -> None:
        if id is not None or always:
            self.replies += 1
            socket.answer(frames.refusal(id, error))
        if over_limit:
            self._count_refusal(socket)

    def _count_refusal(self, socket: AskingSocket) -> None:
        now = self.chat.clock.monotonic()
        if now - socket.refused_since > FLOOD_SECONDS:
            socket.refused, socket.refused_since = 0, now
        socket.refused += 1
        if socket.refused >= FLOOD_REFUSALS:
            socket.cut(CloseCode.FLOODING)

    def charge(self, socket: AskingSocket) -> bool:
        """A ping, an unasked pong or a small fragment costs what a request costs. False: it is one too many."""
        if not self._take(socket):
            return True
        self._count_refusal(socket)
        return False

    async def _answer(
        self, socket: AskingSocket, endpoint: Endpoint, context: Context, request: frames.Request, size: int
    ) -> None:
        started = time.perf_counter()
        async with socket.page_turn() if endpoint.page else NO_TURN:
            frame = None
            try:
                if socket.open or not endpoint.page:  # a page that nobody waits for any more is not made
                    frame = await self._reply(endpoint, context, request)
            finally:
                self.replies += frame is not None
                socket.finish(frame, size, context.actor)
        self.observe(endpoint.type, time.perf_counter() - started)

    async def _reply(self, endpoint: Endpoint, context: Context, request: frames.Request) -> bytes | None:
        try:
            payload = await self._perform(endpoint, context, request.checked)
            return frames.reply(request.id, payload) if request.id is not None else None
        except ChatError as error:
            return frames.refusal(request.id, error) if request.id is not None else None

    # --- both roads ----------------------------------------------------------------------------------------------

    async def call(
        self, actor: Actor, restricted: Restriction | None, type: str, payload: Callable[[], dict[str, Any]]
    ) -> Any:
        """The same over HTTP, where the rate limit was looked at already. Raises ChatError."""
        endpoint = REGISTRY.get(type)
        if endpoint is None:
            raise unknown_type(type)
        require_access(endpoint, restricted)
        started = time.perf_counter()
        try:
            return await self._perform(endpoint, Context(self.chat, actor, None), payload)
        finally:
            self.observe(type, time.perf_counter() - started)

    async def _perform(self, endpoint: Endpoint, context: Context, payload: Callable[[], dict[str, Any]]) -> Any:
        """Up to the write queue this runs without a wait, so that writes keep the order of their frames."""
        self.chat.pulse.here.add(context.actor.user_id)
        try:
            if endpoint.access is Access.ADMIN and not (endpoint.at_once and is_admin_here(context)):
                await self._require_admin(context, endpoint)
            require_scope(endpoint, context.actor)
            asked = validate(endpoint.model, payload())
            if endpoint.proof:
                await two_step.require_proof(context.chat, context.actor, getattr(asked, "proof", None))
            return await endpoint.handler(context, asked) or {}
        except ChatError:
            raise
        except Exception as error:
            log.error("request failed", exc_info=error, extra={"request": endpoint.type})
            message = "Something went wrong here; it has been logged. Try again."
            raise ChatError(ErrorCode.INTERNAL, message) from None

    async def _require_admin(self, context: Context, endpoint: Endpoint) -> None:
        try:
            await administration.require_admin_now(context.chat, context.actor)
        except ChatError as error:
            if error.message == ADMIN_ONLY:
                await witness.denied(context.chat, context.actor, endpoint.type)
            raise


def is_admin_here(context: Context) -> bool:
    """As far as this node knows live: enough for what is judged again with every event."""
    return context.socket is not None and context.socket.session.is_admin


def unknown_type(type: str) -> ChatError:
    return ChatError(ErrorCode.UNKNOWN_TYPE, f"There is no request of the type {type[:64]}.")


def require_scope(endpoint: Endpoint, actor: Actor) -> None:
    """What a token may not do, whoever's it is: a stolen one makes no other, and opens no account."""
    if actor.scopes is None:
        return
    if endpoint.sign_in:
        raise forbidden(SIGN_IN_ONLY)
    if endpoint.scope not in actor.scopes:
        raise forbidden(f"This token lacks the scope {endpoint.scope}.")


def require_access(endpoint: Endpoint, restricted: Restriction | None) -> None:
    """What can be refused by the session alone."""
    if restricted is not None and endpoint.access is not Access.RESTRICTED:
        raise ChatError(ErrorCode.RESTRICTED, RESTRICTED[restricted])
