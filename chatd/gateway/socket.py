"""One WebSocket: an asyncio protocol round the sans-I/O engine of `websockets`, with slots and nothing else.

No task, timer, set, deque or event of our own lives here while the socket is idle: 10,000 idle sockets are the rule.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.server import ServerProtocol

from chatd.dispatch.bucket import Bucket
from chatd.domain.errors import CloseCode
from chatd.hub.live import LiveSession
from chatd.protocol import frames

if TYPE_CHECKING:
    from chatd.gateway.gateway import Gateway

PIECE_BYTES = 1200  # fed to the engine at a time: 200 of the smallest frames (6 bytes, masked and empty)
CRUMB_BYTES = 128  # the same while its session has too much under way: four of the smallest requests
TURN_FRAMES = 200  # parsed per loop turn; one read of 256 KiB of pings held the loop for 117 ms
TURN_BYTES = 65_536
FRAGMENTS_MAX = 64
PENDING_MAX = 256  # requests under way; over it reading stops
PENDING_BYTES_MAX = 1_048_576  # and as they are counted in memory (Dispatcher.size_of)
FRAGMENT_BYTES = 1024  # a smaller fragment, being one that nobody needs, costs what a request costs
EVENTS_MAX_BYTES = 1_048_576  # unsent, beside one page
ABORT_BYTES = 65_536  # unsent when the socket is cut: the peer is not reading, its reply is not waited for
PING = bytes(Frame(Opcode.PING, b"").serialize(mask=False))
BINARY_REFUSED, BAD_TEXT, TOO_FRAGMENTED = 1003, 1007, 1008  # RFC 6455 section 7.4.1

engine_log = logging.getLogger("chatd.websockets")
engine_log.setLevel(logging.ERROR)


class Socket(asyncio.Protocol):
    """What the hub and the dispatcher call LiveSocket and AskingSocket."""

    __slots__ = (
        "_drained",
        "_engine",
        "_farewell",
        "_fragments",
        "_gateway",
        "_page_bytes",
        "_page_turn",
        "_pending",
        "_pending_bytes",
        "_rest",
        "_transport",
        "account",
        "address",
        "buckets",
        "congested",
        "missed",
        "open",
        "refused",
        "refused_since",
        "session",
        "watching",
        "write",
    )

    session: LiveSession

    def __init__(self, gateway: "Gateway", transport: asyncio.Transport, address: str, account: str) -> None:
        self._gateway = gateway
        self._transport = transport
        self._engine = ServerProtocol(state=State.OPEN, max_size=frames.MAX_FRAME_BYTES, logger=engine_log)
        self.write = transport.write
        self.address = address
        self.account = account  # whose sockets it is one of: of a bot its owner's
        self.open = True
        self.congested = False  # over 64 KiB unsent
        self.missed = 0  # heartbeats not answered
        self.watching: frozenset[str] | None = None
        self.buckets: tuple[Bucket, ...] = ()
        self.refused = 0
        self.refused_since = 0.0
        self._pending = 0
        self._pending_bytes = 0
        self._rest = b""  # read, not yet parsed; while there is some, reading is paused
        self._fragments: list[bytes] | None = None
        self._farewell: tuple[object, CloseCode, str | None] | None = None  # first: which request's reply it follows
        self._page_bytes = 0
        self._page_turn: asyncio.Lock | None = None
        self._drained: asyncio.Future[None] | None = None

    # --- reading -------------------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        if self._rest:  # pause_reading took effect a little late
            self._rest += data
        else:
            self._parse(data)

    def _parse(self, data: bytes) -> None:
        """Parse one turn's worth; what is left is taken up in the next turn."""
        position = parsed = 0
        while position < len(data):
            if parsed >= TURN_FRAMES or position >= TURN_BYTES or self._is_full():
                self._pause(data[position:])
                return
            size = CRUMB_BYTES if self._gateway.under_way.is_over(self.session) else PIECE_BYTES
            self._engine.receive_data(data[position : position + size])
            position += size
            pongs = 0
            for frame in self._engine.events_received():
                parsed += 1
                if self.open and isinstance(frame, Frame):
                    pongs += self._take(frame)
            self._flush_engine(pongs)
            if self._transport.is_closing():
                return

    def _pause(self, rest: bytes) -> None:
        if not self._rest:
            self._transport.pause_reading()
        self._rest = rest
        self._go_on()

    def _is_full(self) -> bool:
        """Is nothing more to be read before something is answered or sent?

        Of who has nothing under way himself one request is read, however much others of his session have.
        """
        if self._pending >= PENDING_MAX or self._pending_bytes > PENDING_BYTES_MAX:
            return True
        if self._pending_bytes and self._gateway.under_way.is_over(self.session):
            return True
        return self.congested and self.unsent_bytes > EVENTS_MAX_BYTES // 2

    def _go_on(self) -> None:
        if self._rest and not self._is_full():
            asyncio.get_running_loop().call_soon(self._continue)

    @property
    def is_held(self) -> bool:
        """Did the peer send something that is not looked at yet?"""
        return bool(self._rest)

    def _continue(self) -> None:
        rest, self._rest = self._rest, b""
        if not rest or self._transport.is_closing() or self._gateway.chat.draining:
            return
        self._transport.resume_reading()
        self._parse(rest)

    def _take(self, frame: Frame) -> bool:
        """Is it a ping that is answered?"""
        opcode = frame.opcode
        if opcode is Opcode.TEXT and frame.fin:
            self._text(bytes(frame.data))
        elif opcode is Opcode.TEXT:
            self._fragments = [bytes(frame.data)]
            self._charge_fragment(frame)
        elif opcode is Opcode.CONT and self._fragments is not None:
            self._fragments.append(bytes(frame.data))
            if len(self._fragments) > FRAGMENTS_MAX:
                self._fail(TOO_FRAGMENTED, f"a message has {FRAGMENTS_MAX} fragments at most")
            elif frame.fin:
                whole, self._fragments = b"".join(self._fragments), None
                self._text(whole)
            else:
                self._charge_fragment(frame)
        elif opcode is Opcode.BINARY:
            self._fail(BINARY_REFUSED, "text frames only")
        elif opcode is Opcode.PING:
            return self._gateway.dispatcher.charge(self)
        elif opcode is Opcode.PONG and (self.missed or self._gateway.dispatcher.charge(self)):
            self._gateway.answered(self)
        return False

    def _charge_fragment(self, frame: Frame) -> None:
        """Its message costs a request of its own; one fragment cannot be left out of it, but too many are a flood."""
        if len(frame.data) < FRAGMENT_BYTES:
            self._gateway.dispatcher.charge(self)

    def _text(self, data: bytes) -> None:
        try:
            data.decode()
        except UnicodeDecodeError:
            self._fail(BAD_TEXT, "text must be UTF-8")
            return
        self._gateway.dispatcher.receive(self, data)

    def _fail(self, code: int, reason: str) -> None:
        """The transport's own failure (RFC 6455 section 7.1.7): no `bye`, and nothing behind it is looked at."""
        if self._engine.state is State.OPEN:
            self._engine.fail(code, reason)
            self._flush_engine()

    def _flush_engine(self, pongs: int = 0) -> None:
        """Send what the engine answers, of its pongs so many; after a cut nothing but the end of the connection."""
        for data in self._engine.data_to_send():
            if data and self.open:
                is_pong = self._engine.state is State.OPEN
                if is_pong and pongs == 0:
                    continue
                pongs -= is_pong
                if self.congested and is_pong:
                    self.write_congested(data, ephemeral=True)  # pongs that nobody reads must not pile up
                else:
                    self.write(data)
            elif not data:
                self._end()
        if self.open and self._engine.state is not State.OPEN:
            self._leave()

    def _end(self) -> None:
        if self._engine.close_rcvd is not None:
            self._transport.close()
            return
        # A failing close: half-close and go on discarding, or unread input would turn our close frame into a reset.
        if self._transport.can_write_eof():
            self._transport.write_eof()
        self._linger()

    def _linger(self) -> None:
        self._gateway.linger(self)

    def _leave(self) -> None:
        self.open = False
        clean = self._engine.close_rcvd is not None and self._engine.close_rcvd.code == 1000
        self._gateway.left(self, at_once=clean)

    # --- requests ------------------------------------------------------------------------------------------------

    def begin(self, size: int) -> None:
        self._pending += 1
        self._pending_bytes += size
        self._gateway.under_way.add(self.session, size)

    def finish(self, frame: bytes | None, size: int, asking: object | None = None) -> None:
        self._pending -= 1
        self._pending_bytes -= size
        self._gateway.under_way.remove(self.session, size)
        if frame is not None:
            self.answer(frame)
        if self._farewell is not None and self._farewell[0] is asking:
            (_, code, by), self._farewell = self._farewell, None
            self.cut(code, by=by)
        self._go_on()

    def answer(self, frame: bytes) -> None:
        if self.open:
            self._gateway.reply(self, frame)

    def write_replies(self, replies: list[bytes]) -> None:
        """The replies of one loop turn in one write."""
        data = b"".join(replies)
        self._page_bytes = max(self._page_bytes, len(data)) if self.congested else len(data)
        if not self.congested:
            self.write(data)
        else:
            self.write_congested(data, ephemeral=False)

    @property
    def idle(self) -> bool:
        return self._pending == 0

    @asynccontextmanager
    async def page_turn(self) -> AsyncIterator[None]:
        turn = self._page_turn
        if turn is None:
            turn = self._page_turn = asyncio.Lock()
        under_way, session = self._gateway.under_way, self.session
        try:
            async with turn:
                await self._drain()
                async with under_way.turn(session.id):
                    while self.open and not under_way.has_page_room(session):
                        await self._gateway.relief()
                    under_way.begin_page(session)
                    try:
                        yield
                    finally:
                        under_way.end_page(session)
        finally:
            if not turn.locked() and not turn._waiters:
                self._page_turn = None

    async def _drain(self) -> None:
        """Until the peer has read what it was sent, before the turn of its session: it keeps nobody else waiting."""
        while self.congested and self.open:
            if self._drained is None:
                self._drained = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._drained)

    # --- writing -------------------------------------------------------------------------------------------------

    def pause_writing(self) -> None:
        if not self.open:
            self._transport.abort()
            return
        self.congested = True
        self._gateway.congested.add(self)

    def resume_writing(self) -> None:
        self.congested = False
        self._page_bytes = 0
        self._gateway.congested.discard(self)
        self._wake()
        self._go_on()

    def _wake(self) -> None:
        if self._drained is not None:
            self._drained.set_result(None)
            self._drained = None

    @property
    def unsent_bytes(self) -> int:
        return self._transport.get_write_buffer_size()

    @property
    def held_bytes(self) -> int:
        """What is unsent; of a page that is not sent to its end the whole is kept."""
        unsent = self.unsent_bytes
        return max(unsent, self._page_bytes) if self.congested else unsent

    def write_congested(self, data: bytes, *, ephemeral: bool) -> bool:
        size = self.unsent_bytes + len(data) - self._page_bytes
        if ephemeral and size > EVENTS_MAX_BYTES // 2:
            return False
        if size > EVENTS_MAX_BYTES:
            self.cut(CloseCode.SLOW_CONSUMER)
            return False
        self.write(data)
        self._gateway.queue_grew(len(data))
        return True

    # --- closing -------------------------------------------------------------------------------------------------

    def cut(self, code: CloseCode, *, by: str | None = None, reconnect_after_ms: int | None = None) -> None:
        if not self.open:
            return
        if (replies := self._gateway.take_replies(self)) is not None:
            self.write(b"".join(replies))
        self.open = False
        self._gateway.left(self, at_once=not code.reconnect)
        if self.congested:
            self._transport.abort()  # the peer is not reading; `bye` would never come through
            return
        self.write(frames.bye(code, by=by, reconnect_after_ms=reconnect_after_ms))
        if self._engine.state is State.OPEN:
            self._engine.send_close(int(code), code.reason)
            self.write(b"".join(self._engine.data_to_send()))
        self._rest = b""
        self._transport.resume_reading()  # to see the peer's close frame
        self._linger()

    def cut_after_reply(self, asking: object, code: CloseCode, *, by: str | None = None) -> None:
        self._farewell = (asking, code, by)

    def pause(self) -> None:
        """Take no more requests: the server is stopping."""
        if not self._transport.is_closing():
            self._transport.pause_reading()

    def abort(self) -> None:
        self._transport.abort()

    def ping(self) -> None:
        self.write(PING)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.open:
            self._leave()
        self.congested = False
        self._wake()
        self._gateway.lost(self)
