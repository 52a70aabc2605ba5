"""Lets sockets in and sweeps over them: heartbeats, lingering closes, the bound of all queues. One per node."""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from websockets.datastructures import Headers
from websockets.exceptions import WebSocketException
from websockets.http11 import Request
from websockets.server import ServerProtocol
from websockets.typing import Subprotocol

from chatd.auth.address import place
from chatd.auth.dev_mode import DevMode
from chatd.auth.door import Credential
from chatd.dispatch.dispatcher import Dispatcher, rate_limited
from chatd.domain.errors import ChatError, CloseCode, forbidden, invalid, not_found, unauthenticated, unavailable
from chatd.gateway.capacity import SOCKETS_PER_SESSION, Capacity, Newcomer
from chatd.gateway.socket import Socket
from chatd.gateway.under_way import ACCOUNT_BYTES, SESSION_BYTES, UnderWay
from chatd.hub.audience import Snapshot
from chatd.hub.live import is_administrator
from chatd.hub.tasks import end_tasks
from chatd.protocol import frames, views
from chatd.protocol.http_errors import head_and_body
from chatd.protocol.shapes import UserShape
from chatd.services.chat import Chat
from chatd.services.sign_in import count_use, last_moment, look_up, slide
from chatd.store import Reader, channels, control, users

SOCKET_PATH = "/ws"
OURS = Subprotocol(frames.SUBPROTOCOL)
LINGER_SECONDS = 5.0  # for the peer to answer our close frame
SWEEP_SECONDS = 0.25
GROWN_BYTES = 1_048_576
UPGRADES_MAX = 1024  # waiting to be let in
SNAPSHOT_TRIES = 5
RETRY_MS = 5000
log = logging.getLogger("chatd.gateway")


@dataclass(slots=True)
class Upgrade:
    """A request to become a socket. `gone` when the peer left while it waited."""

    raw_headers: list[tuple[bytes, bytes]]
    method: str
    path: str
    peer: str
    scheme: str
    transport: asyncio.Transport
    rest: bytes
    leave: Callable[[], None]  # the HTTP stage: to be called when it is a socket
    gone: bool = False


@dataclass(slots=True, frozen=True)
class Asker:
    """Whose upgrade it is, as of one control row."""

    snapshot: Snapshot
    user: UserShape
    newcomer: Newcomer


class Gateway:
    def __init__(self, chat: Chat, dispatcher: Dispatcher, max_sockets: int) -> None:
        self.chat = chat
        self.dispatcher = dispatcher
        self.capacity = Capacity(max_sockets)
        self.congested: set[Socket] = set()
        self.under_way = UnderWay(chat.config.server.max_queue_bytes)
        self._grown = 0  # written to slow peers since their queues were last looked at
        self._relief: asyncio.Future[None] | None = None
        interval = chat.config.server.heartbeat_seconds
        self._buckets: list[set[Socket]] = [set() for _ in range(max(1, round(interval / SWEEP_SECONDS)))]
        self._next_bucket = 0
        self._arrivals = 0
        self._lingering: dict[Socket, float] = {}
        self._replies: dict[Socket, list[bytes]] = {}
        self._sweeper: asyncio.Task[None] | None = None
        self._upgrades: set[asyncio.Task[None]] = set()
        self._dev_mode = DevMode(chat.config)
        chat.hub.hello_extra |= {
            "heartbeatSeconds": interval,
            "limits": {
                "maxFrameBytes": frames.MAX_FRAME_BYTES,
                "maxContentLength": chat.config.chat.max_content_length,
            },
        }

    @property
    def max_sockets(self) -> int:
        return self.capacity.most

    @property
    def count(self) -> int:
        """Sockets whose connections are not closed yet."""
        return self.capacity.count

    # --- letting in ----------------------------------------------------------------------------------------------

    def upgrade(self, upgrade: Upgrade) -> None:
        """Authenticate, then answer 101 or refuse. Until then nothing is read from the peer."""
        task = asyncio.get_running_loop().create_task(self._open(upgrade))
        self._upgrades.add(task)
        task.add_done_callback(self._upgrades.discard)

    async def _open(self, upgrade: Upgrade) -> None:
        try:
            self._dev_mode.require_own_name(upgrade.raw_headers, _local_address(upgrade.transport))
            head = self._handshake_head(upgrade)
            knock = self.chat.door.knock(upgrade.raw_headers, upgrade.peer, upgrade.scheme, socket=True)
            if knock.credential is None:
                raise unauthenticated("Sign in first: a socket needs a token or a session's cookie.")
            try:
                asker = await self._asker(knock.credential)
            except ChatError:
                self._take_for_stranger(knock.address)
                raise
            if knock.credential.kind == "cookie":
                self.chat.door.require_origin(knock, missing=False)
            self._take_upgrade(asker.snapshot)
            self._require_running()
            self._require_place(asker)
        except ChatError as error:
            refuse(upgrade, error)
            return
        except Exception as error:  # one bad upgrade must not leave a silent connection
            log.error("upgrade failed", exc_info=error)
            refuse(upgrade, unavailable("Something went wrong here; try again."))
            return
        if not upgrade.gone:
            self._let_in(upgrade, head, asker, knock.address)

    def _take_upgrade(self, snapshot: Snapshot) -> None:
        """An upgrade costs what a request costs, so that new sockets bring no new allowance."""
        limit, now = self.dispatcher.limit, self.chat.clock.monotonic()
        if wait := limit.take_of(snapshot.session_id, snapshot.user_id, now):
            raise rate_limited(wait)

    def _take_for_stranger(self, address: str) -> None:
        if wait := self.dispatcher.limit.take_for("address:" + place(address), self.chat.clock.monotonic()):
            raise rate_limited(wait)

    def _require_place(self, asker: Asker) -> None:
        """Nothing is awaited from here until the socket is attached, so no number at once is too many."""
        session = self.chat.hub.sessions.get(asker.snapshot.session_id)
        if session is not None and len(session.sockets) >= SOCKETS_PER_SESSION:
            message = f"One session holds {SOCKETS_PER_SESSION} sockets at most; close one first."
            raise unavailable(message, RETRY_MS)
        if self.capacity.share_is_taken(asker.newcomer):
            message = f"One account holds {self.capacity.of_account} sockets at most; close one first."
            raise unavailable(message, RETRY_MS)
        if not self.capacity.has_room(asker.newcomer):
            raise unavailable("The server has as many connections as it can hold; try again later.", RETRY_MS)

    def _require_running(self) -> None:
        if self.chat.draining:
            raise unavailable("The server is restarting; come back in a moment.")

    def _handshake_head(self, upgrade: Upgrade) -> bytes:
        """The answer 101 for a correct opening handshake (RFC 6455 section 4.2). Raises ChatError."""
        path = upgrade.path.partition("?")[0]
        if path != SOCKET_PATH:
            raise not_found(f"There is no socket at this path; it is {SOCKET_PATH}.")
        self._require_running()
        if len(self._upgrades) > UPGRADES_MAX:
            raise unavailable("Too many are being let in at once; try again later.", RETRY_MS)
        headers = Headers()
        for name, value in upgrade.raw_headers:
            headers[name.decode("latin-1")] = value.decode("latin-1")
        engine = ServerProtocol(select_subprotocol=_select, subprotocols=[OURS])
        try:
            response = engine.accept(Request(upgrade.path, headers, upgrade.method))
        except WebSocketException as error:
            raise invalid(f"This is not a WebSocket handshake: {error}.") from None
        if response.status_code != 101:
            body = response.body.decode().strip() if response.body else "it is not one"
            raise invalid(f"This is not a WebSocket handshake (RFC 6455, version 13): {body}")
        return response.serialize()

    async def _asker(self, credential: Credential) -> Asker:
        """The session as of a control row behind which nothing touched it, however often it must be read."""
        for _ in range(SNAPSHOT_TRIES):
            found = await self.chat.read(lambda connection: self._look(connection, credential))
            if found is None:
                raise unauthenticated()
            snapshot = found.snapshot
            if not self.chat.hub.changed_since(snapshot.as_of, snapshot.session_id, snapshot.user_id):
                return found
        raise unavailable("This account is changing right now; try again.")

    def _look(self, connection: Reader, credential: Credential) -> Asker | None:
        as_of = control.head(connection)
        found = look_up(self.chat, connection, credential)
        if found is None:
            return None
        session, user = found.session, found.holder
        if session.granted is not None and "read" not in session.granted:
            raise forbidden("A socket hears what happens, and this token lacks the scope read.")
        slide(self.chat, session)
        count_use(self.chat, session)
        rows = channels.rows_of_user(connection, user.id)
        snapshot = Snapshot(
            as_of,
            session.id,
            user.id,
            user.role,
            session.restricted,
            session.expires_at,
            last_moment(self.chat, session.created_at),
            session.remember,
            session.granted,
            rows,
        )
        held = users.held(connection, [user.id], self.chat.clock.now())[user.id]
        newcomer = Newcomer(
            user.owner_id or user.id, is_administrator(snapshot.role, snapshot.scopes), session.created_at
        )
        return Asker(snapshot, views.user(user, "admin", held), newcomer)

    def _let_in(self, upgrade: Upgrade, head: bytes, asker: Asker, address: str) -> None:
        """From here to the end without a wait: attached, answered, greeted, then read."""
        hub, transport = self.chat.hub, upgrade.transport
        socket = Socket(self, transport, address, asker.newcomer.account)
        upgrade.leave()
        transport.set_protocol(socket)
        self.capacity.take(socket.account, self.chat.clock.now())
        self._buckets[self._arrivals % len(self._buckets)].add(socket)
        self._arrivals += 1
        hub.attach(socket, asker.snapshot)
        transport.write(head + hub.hello(socket.session, asker.user))
        transport.resume_reading()
        if upgrade.rest:
            socket.data_received(upgrade.rest)

    # --- replies -------------------------------------------------------------------------------------------------

    def reply(self, socket: Socket, frame: bytes) -> None:
        """Send a reply with the others of this loop turn: one write per socket, not one per reply."""
        replies = self._replies.get(socket)
        if replies is not None:
            replies.append(frame)
            return
        if not self._replies:
            asyncio.get_running_loop().call_soon(self._send_replies)
        self._replies[socket] = [frame]

    def take_replies(self, socket: Socket) -> list[bytes] | None:
        """What still waits, for a socket that is about to say `bye`."""
        return self._replies.pop(socket, None)

    def _send_replies(self) -> None:
        waiting, self._replies = self._replies, {}
        for socket, replies in waiting.items():
            if socket.open:
                socket.write_replies(replies)

    # --- what sockets report -------------------------------------------------------------------------------------

    def answered(self, socket: Socket) -> None:
        """A pong: the peer is there, and its session is in use."""
        socket.missed = 0
        socket.session.active_at = self.chat.clock.now()

    def left(self, socket: Socket, *, at_once: bool) -> None:
        """The socket hears nothing more."""
        self.chat.hub.detach(socket, at_once=at_once)
        self.congested.discard(socket)

    def linger(self, socket: Socket) -> None:
        """Abort the socket if its peer has not closed in time."""
        self._lingering.setdefault(socket, asyncio.get_running_loop().time() + LINGER_SECONDS)

    def lost(self, socket: Socket) -> None:
        self.capacity.give_back(socket.account)
        self._lingering.pop(socket, None)
        self.congested.discard(socket)
        for bucket in self._buckets:
            bucket.discard(socket)

    # --- sweeps --------------------------------------------------------------------------------------------------

    def start(self) -> None:
        self._sweeper = asyncio.create_task(self._sweep(), name="chatd-sweeper")

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            now = asyncio.get_running_loop().time()
            for socket in [socket for socket, deadline in self._lingering.items() if deadline <= now]:
                socket.abort()
            self._bound_queues()
            self._relieve()
            self._beat()

    async def relief(self) -> None:
        """Until the next sweep, when it may be looked again whether there is room."""
        if self._relief is None:
            self._relief = asyncio.get_running_loop().create_future()
        await asyncio.shield(self._relief)

    def _relieve(self) -> None:
        if self._relief is not None:
            self._relief.set_result(None)
            self._relief = None

    def _beat(self) -> None:
        """Ping one bucket of sockets: each socket once per interval, all of them spread over it."""
        bucket = self._buckets[self._next_bucket]
        self._next_bucket = (self._next_bucket + 1) % len(self._buckets)
        for socket in list(bucket):
            if not socket.open:
                continue
            if socket.is_held and not socket.congested:
                socket.ping()  # its pongs wait unread for its requests to be answered
            elif socket.missed >= 2:
                socket.cut(CloseCode.HEARTBEAT_TIMEOUT)
            else:
                socket.missed += 1
                socket.ping()

    def queue_grew(self, size: int) -> None:
        """Something was written to a peer that reads slowly; looked at with each sweep, and sooner when it is much."""
        self._grown += size
        if self._grown > max(GROWN_BYTES, self.under_way.unsent // 8):
            self._grown = 0
            asyncio.get_running_loop().call_soon(self._bound_queues)

    def _bound_queues(self) -> None:
        """Close the longest queues of whoever has too much unsent: a session, an account, the node (maxQueueBytes)."""
        self._grown = 0
        sizes = {socket: socket.held_bytes for socket in self.congested}
        unsent: Counter[str] = Counter()
        total = sum(sizes.values())
        for socket, size in sizes.items():
            unsent[socket.session.id] += size
            unsent[socket.session.user.id] += size
        most, of_session, of_account = self.under_way.node_bytes, 2 * SESSION_BYTES, 2 * ACCOUNT_BYTES
        self.under_way.unsent = total
        if total <= min(most, of_session, of_account):
            return
        for socket in sorted(sizes, key=sizes.__getitem__, reverse=True):
            session, account = socket.session.id, socket.session.user.id
            if total > most or unsent[session] > of_session or unsent[account] > of_account:
                for id in (session, account):
                    unsent[id] -= sizes[socket]
                total -= sizes[socket]
                socket.cut(CloseCode.SLOW_CONSUMER)
        self.under_way.unsent = total

    def queue_bytes(self) -> int:
        return sum(socket.unsent_bytes for socket in self.congested)

    def sockets(self) -> Iterable[Socket]:
        return [socket for bucket in self._buckets for socket in bucket]

    # --- draining ------------------------------------------------------------------------------------------------

    async def drain(self, answer_seconds: float, spread_ms: int) -> None:
        """Answer what was asked, then send everybody away with 1012, spread over `spread_ms` for their return."""
        for socket in self.sockets():
            socket.pause()
        end = asyncio.get_running_loop().time() + answer_seconds
        while any(not socket.idle for socket in self.sockets()) and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.02)
        for socket in self.sockets():
            delay = random.randrange(spread_ms)  # noqa: S311 - spreads load, protects nothing
            socket.cut(CloseCode.RESTART, reconnect_after_ms=delay)

    async def stop(self, close_seconds: float) -> None:
        """Wait for the peers to close, then abort."""
        end = asyncio.get_running_loop().time() + close_seconds
        while self.count and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.02)
        for socket in self.sockets():
            socket.abort()
        if self._sweeper is not None:
            await end_tasks([self._sweeper])
        self._relieve()


def _local_address(transport: asyncio.Transport) -> str:
    name = transport.get_extra_info("sockname")
    return str(name[0]) if isinstance(name, tuple) else ""


def _select(_: ServerProtocol, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """Ours if it is offered; a client that offers none gets none."""
    return OURS if OURS in offered else None


def refuse(upgrade: Upgrade, error: ChatError) -> None:
    """Answer an upgrade, or a connection over capacity, with an HTTP error and close."""
    if not upgrade.gone:
        upgrade.transport.write(head_and_body(error))
        upgrade.transport.close()
