"""The HTTP stage in front of sockets and requests: uvicorn's, with the bounds in time and size that it lacks."""

import asyncio
import logging
import re
from typing import Any, ClassVar

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from chatd.domain.errors import ChatError, ErrorCode, unavailable
from chatd.gateway.gateway import Gateway, Upgrade
from chatd.protocol.http_errors import head_and_body

HEAD_MAX_BYTES = 16_384
HEAD_SECONDS = 10.0
BODY_SECONDS = 30.0
SPARE_CONNECTIONS = 64  # plain requests that are heard even when every socket is taken
# One name or address with or without a port (RFC 9110 section 7.2): no list, no user, no path.
HOST = re.compile(rb"(?:[A-Za-z0-9._~%!$&'()*+;=-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{0,5})?")
log = logging.getLogger("chatd.stage")


class _BadHead(Exception):
    """Stops the parser within a head; the message is for the peer."""


class Stage(HttpToolsProtocol):
    """A connection until it is a socket. One sweep over all of them enforces the deadlines: no timer of its own."""

    gateway: ClassVar[Gateway]
    waiting: ClassVar[dict["Stage", float]]  # whose head or body is not complete, and until when
    count: ClassVar[int]

    @classmethod
    def of(cls, gateway: Gateway) -> type["Stage"]:
        """The stage of one node: uvicorn makes its protocols from a class, so the node is the class's."""
        return type("Stage", (cls,), {"gateway": gateway, "waiting": {}, "count": 0})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._head_bytes = 0  # of a head or trailer: fed since the last request or piece of a body was complete
        self._upgrade: Upgrade | None = None
        self._counted = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        gateway = self.gateway
        type(self).count += 1
        self._counted = True
        if self.count + gateway.count > gateway.max_sockets + SPARE_CONNECTIONS:
            transport.write(head_and_body(unavailable("The server has as many connections as it can hold.", 5000)))
            transport.close()
            return
        self._expect(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._upgrade is not None:
            self._upgrade.gone = True
        self._uncount()
        super().connection_lost(exc)

    def _uncount(self) -> None:
        self.waiting.pop(self, None)
        if self._counted:
            self._counted = False
            type(self).count -= 1

    def _expect(self, seconds: float) -> None:
        self.waiting[self] = asyncio.get_running_loop().time() + seconds

    def data_received(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        if self not in self.waiting:
            self._expect(HEAD_SECONDS)
        while data and self.parser is not None and self._upgrade is None and not self.transport.is_closing():
            piece = data[: HEAD_MAX_BYTES - self._head_bytes]
            if not piece:
                self._refuse_head(ErrorCode.TOO_LARGE, "The head of this request is too long.", 431)
                return
            self._head_bytes += len(piece)
            data = data[len(piece) :]
            self._feed(piece, data)

    def _feed(self, piece: bytes, rest: bytes) -> None:
        try:
            self.parser.feed_data(piece)
        except httptools.HttpParserUpgrade as upgrade:
            if self._should_upgrade():  # any other upgrade is declined by answering as if it were not asked for
                self._become_socket(piece[upgrade.args[0] :] + rest)
        except httptools.HttpParserError as error:
            reason = error.__context__ if isinstance(error, httptools.HttpParserCallbackError) else None
            self._refuse_head(
                ErrorCode.INVALID, str(reason) if isinstance(reason, _BadHead) else "This is not HTTP.", 400
            )

    def _refuse_head(self, code: ErrorCode, message: str, status: int) -> None:
        if not self.transport.is_closing():
            self.transport.write(head_and_body(ChatError(code, message), status))
            self.transport.close()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._expect(HEAD_SECONDS)  # also for a head that began in the same segment as a whole request

    def on_headers_complete(self) -> None:
        hosts = [value for name, value in self.headers if name == b"host"]
        if len(hosts) != 1 or not HOST.fullmatch(hosts[0]):
            raise _BadHead("Say once which host this request is for: Host is missing, doubled or no name.")
        self._head_bytes = 0
        self._expect(BODY_SECONDS)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._head_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._head_bytes = 0
        self.waiting.pop(self, None)
        super().on_message_complete()

    def _become_socket(self, rest: bytes) -> None:
        self.connections.discard(self)
        self._uncount()
        self.transport.pause_reading()
        self._upgrade = Upgrade(
            list(self.headers),
            self.scope["method"],
            self.url.decode("latin-1"),
            self.client[0] if self.client else "",
            "wss" if self.scheme == "https" else "ws",
            self.transport,
            rest,
        )
        self.gateway.upgrade(self._upgrade)

    @classmethod
    def sweep(cls) -> None:
        """Close connections that take too long to say what they want."""
        now = asyncio.get_running_loop().time()
        for stage in [stage for stage, deadline in cls.waiting.items() if deadline <= now]:
            cls.waiting.pop(stage, None)
            stage._refuse_head(ErrorCode.INVALID, "This request took too long to arrive.", 408)
