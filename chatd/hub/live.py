"""What a node holds of connected people: small objects with slots, per user, session and channel. No behaviour."""

from collections.abc import Iterator
from typing import Protocol

from chatd.domain.errors import CloseCode
from chatd.domain.models import Kind, Restriction, Role


class LiveSocket(Protocol):
    """One end of a connection, as the hub sees it. Nothing here ever waits."""

    session: "LiveSession"
    open: bool
    congested: bool
    watching: frozenset[str] | None

    @property
    def held_bytes(self) -> int:
        """What is kept in memory of all that was written."""
        ...

    def write(self, data: bytes, /) -> object:
        """Send complete frames; the caller has looked at `congested`."""
        ...

    def write_congested(self, data: bytes, *, ephemeral: bool) -> bool:
        """Send to a socket whose peer reads slowly: drops what is ephemeral, cuts at the limit. Was it sent?"""
        ...

    def cut(self, code: CloseCode, *, by: str | None = None, reconnect_after_ms: int | None = None) -> None:
        """Send `bye`, close; nothing is sent afterwards, whatever the peer does."""
        ...

    def cut_after_reply(self, asking: object, code: CloseCode, *, by: str | None = None) -> None:
        """The same for the socket that asked: the reply to `asking`, one of its requests, is still sent."""
        ...


def is_administrator(role: Role, scopes: frozenset[str] | None) -> bool:
    """By a token only with the scope for it."""
    return role == "admin" and (scopes is None or "admin:read" in scopes)


class LiveSession:
    """A session with at least one socket on this node."""

    __slots__ = ("active_at", "ends_at", "expires_at", "id", "remember", "restricted", "scopes", "sockets", "user")

    def __init__(
        self,
        id: str,
        user: "LiveUser",
        *,
        restricted: Restriction | None,
        expires_at: int,
        ends_at: int,
        remember: bool,
        scopes: frozenset[str] | None = None,
    ) -> None:
        self.id = id
        self.user = user
        self.restricted = restricted
        self.expires_at = expires_at
        self.ends_at = ends_at  # however often it is used
        self.remember = remember
        self.scopes = scopes  # of a token; None: a sign-in
        self.active_at = 0  # epoch ms of the last answered heartbeat not yet written to the database
        self.sockets: tuple[LiveSocket, ...] = ()  # almost always one; a tuple of one takes 48 bytes

    @property
    def is_admin(self) -> bool:
        """Does it hear what only administrators hear?"""
        return is_administrator(self.user.role, self.scopes)


class LiveUser:
    """A user with at least one session on this node."""

    __slots__ = ("as_of", "id", "left", "role", "rooms", "sessions")

    def __init__(self, id: str, role: Role, as_of: int) -> None:
        self.id = id
        self.role: Role = role
        self.as_of = as_of  # the control row up to which `rooms` and `left` were read from the database
        self.sessions: tuple[LiveSession, ...] = ()
        self.rooms: frozenset[str] = frozenset()  # channels with a member row
        self.left: frozenset[str] = frozenset()  # public channels he left

    def sockets(self) -> Iterator[LiveSocket]:
        """Those that hear events: restricted sessions do not."""
        for session in self.sessions:
            if session.restricted is None:
                yield from session.sockets


class LiveChannel:
    """A channel somebody here hears. `head` is the last `seq` handed to the fan-out on this node."""

    __slots__ = (
        "absent",
        "archived",
        "data",
        "default",
        "head",
        "id",
        "kind",
        "members",
        "pending",
        "position",
        "targets",
        "waiting",
    )

    def __init__(self, id: str, kind: Kind, head: int, *, default: bool = False) -> None:
        self.id = id
        self.kind: Kind = kind
        self.head = head
        self.archived: bool | None = None  # None: not heard of since this node knows the channel
        self.default = default  # the one that nobody leaves
        self.members: set[LiveUser] = set()  # connected users with a member row
        self.absent: set[LiveUser] = set()  # connected users who left this public channel
        self.waiting: dict[int, bytes] | None = None  # events beyond a hole, by seq
        self.pending: list[bytes] = []  # frames for the next write to each socket
        self.targets: list[LiveSocket] | None = None  # of the write that is under way, in slices
        self.position = 0
        self.data = b""
