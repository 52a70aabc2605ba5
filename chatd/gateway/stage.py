"""The HTTP stage in front of sockets and requests: uvicorn's, with the bounds in time and size that it lacks."""

import asyncio
import logging
import re
from typing import Any, ClassVar

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from chatd.auth.address import place
from chatd.domain.errors import ChatError, ErrorCode, unavailable
from chatd.gateway.crowd import Crowd
from chatd.gateway.gateway import Gateway, Upgrade
from chatd.protocol.http_errors import head_and_body

HEAD_MAX_BYTES = 16_384
HEAD_SECONDS = 10.0
BODY_SECONDS = 30.0
SPARE_CONNECTIONS = 64  # plain requests that are heard even when every socket is taken
RETRY_MS = 5000
ACCOUNT = "account "  # before an id, where a place stands otherwise
TOO_MANY = "Your address has as many connections as one may hold without a session."
# One name or address with or without a port (RFC 9110 section 7.2): no list, no user, no path.
HOST = re.compile(rb"(?:[A-Za-z0-9._~%!$&'()*+;=-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{0,5})?")
log = logging.getLogger("chatd.stage")


class _BadHead(Exception):
    """Stops the parser within a head; the message is for the peer."""


class _TooMany(Exception):
    """Stops the parser behind a head: whoever the proxy asks for has too many connections."""


class Stage(HttpToolsProtocol):
    """A connection until it is a socket. One sweep over all of them enforces the deadlines: no timer of its own."""

    gateway: ClassVar[Gateway]
    waiting: ClassVar[dict["Stage", float]]  # whose head or body is not complete, and until when
    crowd: ClassVar[Crowd["Stage"]]
    count: ClassVar[int]

    @classmethod
    def of(cls, gateway: Gateway) -> type["Stage"]:
        """The stage of one node: uvicorn makes its protocols from a class, so the node is the class's."""
        return type("Stage", (cls,), {"gateway": gateway, "waiting": {}, "crowd": Crowd(), "count": 0})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._head_bytes = 0  # of a head or trailer: fed since the last request or piece of a body was complete
        self._upgrade: Upgrade | None = None
        self._counted = False
        self._peer = ""
        self._proxy = False  # the peer is a proxy of ours: whom it asks for is known behind each head

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._peer = self.client[0] if self.client else ""
        self._proxy = self.gateway.chat.door.is_proxy(self._peer)
        origin = None if self._proxy else place(self._peer)
        type(self).count += 1
        self._counted = True
        if origin is not None and not self._has_room(origin):
            self._refuse_connection(TOO_MANY, 1000)
        elif self.count + self.gateway.count > self.gateway.max_sockets + SPARE_CONNECTIONS and not self._drop(
            self.crowd.to_drop(origin)
        ):
            self._refuse_connection("The server has as many connections as it can hold.", RETRY_MS)
        else:
            if origin is not None:
                self.crowd.enter(self, origin)
            self.crowd.quiet(self, asyncio.get_running_loop().time())
            self._expect(HEAD_SECONDS)

    def _has_room(self, origin: str) -> bool:
        """One that has owed us its request for a while makes room; without any there is none."""
        crowd = self.crowd
        return crowd.has_room(origin) or self._drop(crowd.in_the_way(origin, asyncio.get_running_loop().time()))

    def _refuse_connection(self, message: str, retry_ms: int) -> None:
        self.transport.write(head_and_body(unavailable(message, retry_ms)))
        self.transport.close()

    @staticmethod
    def _drop(quiet: "Stage | None") -> bool:
        """Close a connection that asks for nothing, without a word: nothing of it is lost."""
        if quiet is None:
            return False
        quiet.leave()
        if quiet.transport.get_write_buffer_size():
            quiet.transport.abort()  # an answer that nobody reads
        else:
            quiet.transport.close()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        if self._upgrade is not None:
            self._upgrade.gone = True
        self.leave()
        super().connection_lost(exc)

    def leave(self) -> None:
        """It counts no longer; repeating it does nothing."""
        self.waiting.pop(self, None)
        self.crowd.leave(self)
        if self._counted:
            self._counted = False
            type(self).count -= 1

    def _hand_over(self) -> None:
        """It is a socket: nothing is kept that would keep the rest of it until the garbage collector comes."""
        self.leave()
        self.parser = self.scope = self.headers = self._upgrade = None  # type: ignore[assignment]

    def show_session(self, account: str) -> None:
        """The request under way is that of a live session: from here on its connection counts for the account.

        Raises `unavailable`.
        """
        origin = ACCOUNT + account
        if not self.crowd.is_in(self, origin):
            self.crowd.forget_place(self)
            if not self._has_room(origin):
                raise unavailable("Your account has as many connections as one may hold.", 1000)
            self.crowd.enter(self, origin)

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
            if isinstance(reason, _TooMany):
                self._refuse_connection(TOO_MANY, 1000)
                return
            self._refuse_head(
                ErrorCode.INVALID, str(reason) if isinstance(reason, _BadHead) else "This is not HTTP.", 400
            )

    def _refuse_head(self, code: ErrorCode, message: str, status: int) -> None:
        if not self.transport.is_closing():
            self.transport.write(head_and_body(ChatError(code, message), status))
            self.transport.close()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["state"]["show_session"] = self.show_session
        self._expect(HEAD_SECONDS)  # also for a head that began in the same segment as a whole request

    def on_headers_complete(self) -> None:
        hosts = [value for name, value in self.headers if name == b"host"]
        if len(hosts) != 1 or not HOST.fullmatch(hosts[0]):
            raise _BadHead("Say once which host this request is for: Host is missing, doubled or no name.")
        if self._proxy:
            self._enter_for_client()
        self._head_bytes = 0
        self._expect(BODY_SECONDS)
        super().on_headers_complete()

    def _enter_for_client(self) -> None:
        """A proxy's connection counts for the client it asks for, while it does."""
        client = place(self.gateway.chat.door.client_address(self.headers, self._peer))
        self.crowd.forget_place(self)
        if not self._has_room(client):
            raise _TooMany
        self.crowd.enter(self, client)

    def on_body(self, body: bytes) -> None:
        self._head_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._head_bytes = 0
        self.waiting.pop(self, None)
        self.crowd.busy(self)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        if self._counted and not self.pipeline:
            if self._proxy:
                self.crowd.forget_place(self)
            self.crowd.quiet(self, asyncio.get_running_loop().time())
        super().on_response_complete()

    def _become_socket(self, rest: bytes) -> None:
        """From here on it is the gateway's, and counts here until it is a socket or gone."""
        self.connections.discard(self)
        self.waiting.pop(self, None)
        self.crowd.busy(self)
        self.transport.pause_reading()
        self._upgrade = Upgrade(
            list(self.headers),
            self.scope["method"],
            self.url.decode("latin-1"),
            self.client[0] if self.client else "",
            "wss" if self.scheme == "https" else "ws",
            self.transport,
            rest,
            self._hand_over,
        )
        self.gateway.upgrade(self._upgrade)

    @classmethod
    def sweep(cls) -> None:
        """Close connections that take too long to say what they want."""
        now = asyncio.get_running_loop().time()
        for stage in [stage for stage, deadline in cls.waiting.items() if deadline <= now]:
            cls.waiting.pop(stage, None)
            stage._refuse_head(ErrorCode.INVALID, "This request took too long to arrive.", 408)
