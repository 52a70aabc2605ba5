"""The Starlette application: /api/<type>, health, metrics, the page, and the headers that every answer carries."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatd import __version__
from chatd.auth.address import place
from chatd.auth.dev_mode import DevMode
from chatd.auth.door import Door
from chatd.auth.operators import Operators
from chatd.dispatch.dispatcher import Dispatcher
from chatd.dispatch.openapi import openapi
from chatd.domain.errors import ChatError, forbidden, invalid, not_found, unavailable
from chatd.http import resource_routes
from chatd.http.assets import Assets
from chatd.http.auth_routes import AuthRoutes
from chatd.http.export_routes import ExportRoutes
from chatd.http.knocking import (
    HttpDoor,
    body_of,
    error_response,
    json_response,
    on_chat_error,
    on_failure,
    on_http_error,
    payload_of,
)
from chatd.http.metrics import CONTENT_TYPE, Metrics
from chatd.http.picture_routes import PictureRoutes
from chatd.http.webhook_routes import WebhookRoutes
from chatd.protocol import frames
from chatd.services import sign_in
from chatd.services.chat import Chat

PACKAGE = Path(__file__).parent.parent
STATIC = next(folder for folder in (PACKAGE / "static", PACKAGE.parent / "static") if folder.is_dir())
README = next((file for file in (PACKAGE / "README.md", PACKAGE.parent / "README.md") if file.is_file()), None)
SECURITY_HEADERS = [
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        b"connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
# A year, for this host alone: what else its domain serves is not ours to say (RFC 6797).
OVER_TLS = [*SECURITY_HEADERS, (b"strict-transport-security", b"max-age=31536000")]


def own_names_only(app: ASGIApp, dev_mode: DevMode) -> ASGIApp:
    """In dev mode, refuse whatever was asked of another name."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            dev_mode.require_own_name(scope["headers"], scope["server"][0] if scope["server"] else "")
        except ChatError as error:
            await error_response(error)(scope, receive, send)
            return
        await app(scope, receive, send)

    return wrapped if dev_mode.is_on else app


def with_security_headers(app: ASGIApp, door: Door) -> ASGIApp:
    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        peer = scope["client"][0] if scope["client"] else ""
        headers = OVER_TLS if door.is_secure(scope["headers"], peer, scope["scheme"]) else SECURITY_HEADERS

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *headers]
            await send(message)

        await app(scope, receive, sending)

    return wrapped


class Routes:
    def __init__(self, chat: Chat, dispatcher: Dispatcher, metrics: Metrics) -> None:
        self.chat = chat
        self.dispatcher = dispatcher
        self.metrics = metrics
        self.door = HttpDoor(chat, dispatcher)
        self._describing = asyncio.Lock()
        self._operators = Operators(chat.config.server)

    async def api(self, request: Request) -> Response:
        """Any request of the registry, with the payload as the body."""
        type = request.path_params["type"]
        found, actor = await self.door.asker(request, restricted=True, type=type)
        body = await body_of(request)
        if body:  # it may have been long in coming: who asks is judged when all of it is here
            found = await sign_in.identify(self.chat, self.door.knock(request))
        reply = await self.dispatcher.call(actor, found.session.restricted, type, lambda: payload_of(request, body))
        return json_response(reply)

    async def openapi(self, request: Request) -> Response:
        self.door.stranger(request)
        async with self._describing:  # many may ask first at once
            content = await run_in_threadpool(description)
        return Response(content, media_type="application/json")

    async def health(self, request: Request) -> Response:
        """The process runs."""
        return json_response({"status": "ok", "version": __version__})

    async def ready(self, request: Request) -> Response:
        """The server takes sockets; why it does not is for operators."""
        reason = self._why_not_ready()
        if reason is None:
            return json_response({"status": "ready"})
        shown = self._operators.admits(self.door.knock(request))
        raise unavailable(f"Not ready: {reason}." if shown else "Not ready; try again in a moment.")

    def _why_not_ready(self) -> str | None:
        if self.chat.draining:
            return "the server is stopping"
        if self.chat.hub.sequencer.held:
            return "it has lost sight of its database"
        if (reason := self.chat.store.health.reason) is not None:
            return f"the database cannot be written: {reason}"
        return None

    async def show_metrics(self, request: Request) -> Response:
        """Figures for Prometheus: for operators."""
        knock = self.door.knock(request)
        if not self._operators.admits(knock):
            self.door.limit("address:" + place(knock.address))
            raise forbidden(
                "Figures are shown to this machine itself, to server.metricsNetworks, "
                "and to whoever sends server.metricsToken as a bearer token."
            )
        return Response(self.metrics.text(), media_type=CONTENT_TYPE)

    async def readme(self, request: Request) -> Response:
        if README is None:
            raise not_found("The README is not part of this installation.")
        return FileResponse(README, media_type="text/plain; charset=utf-8")

    async def socket(self, request: Request) -> Response:
        return error_response(invalid("This path is for WebSocket upgrades only."))


@cache
def description() -> bytes:
    """OpenAPI of the registry, made when somebody asks for it: it takes as long as all else of a start together."""
    return frames.encode(openapi())


@cache
def assets() -> Assets:
    """The page's files, the same for all nodes of a process."""
    return Assets(STATIC, __version__)


def build(chat: Chat, dispatcher: Dispatcher, metrics: Metrics) -> ASGIApp:
    """The whole HTTP side of one node."""
    routes = Routes(chat, dispatcher, metrics)
    dev_mode = DevMode(chat.config)
    handlers: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
        ChatError: on_chat_error,
        HTTPException: on_http_error,
        Exception: on_failure,
    }
    app = Starlette(
        routes=[
            Route("/", assets().dev_page if dev_mode.is_on else assets().page),
            Route("/README.md", routes.readme),
            Route("/health", routes.health),
            Route("/ready", routes.ready),
            Route("/metrics", routes.show_metrics),
            Route("/ws", routes.socket),
            *AuthRoutes(chat, routes.door).routes(),
            Route("/api/openapi.json", routes.openapi),
            *resource_routes.routes(routes.door),
            *WebhookRoutes(routes.door).routes(),
            *ExportRoutes(routes.door).routes(),
            *PictureRoutes(routes.door).routes(),
            Route("/api/{type:path}", routes.api, methods=["POST"]),
            Mount("/static", assets()),
        ],
        exception_handlers=handlers,
    )
    return with_security_headers(own_names_only(app, dev_mode), chat.door)
