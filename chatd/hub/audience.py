"""Who is connected here and who hears what: sessions, sockets, subscriptions. What is told to them is the hub's."""

from collections.abc import Iterable
from dataclasses import dataclass

from chatd.domain.models import Kind, Restriction, Role
from chatd.hub.fanout import FanOut
from chatd.hub.live import LiveChannel, LiveSession, LiveSocket, LiveUser
from chatd.hub.panels import Panels
from chatd.hub.presence import Presence
from chatd.hub.registry import Registry


@dataclass(slots=True, frozen=True)
class Snapshot:
    """What the database said of a session when its socket was let in, as of one control row."""

    as_of: int
    session_id: str
    user_id: str
    role: Role
    restricted: Restriction | None
    expires_at: int
    ends_at: int
    remember: bool
    scopes: frozenset[str] | None
    rows: list[tuple[str, Kind, int, str]]  # channel id, kind, seq, membership state


class Audience:
    """The sockets of one node, by session, user and channel. Nothing here waits."""

    def __init__(self, registry: Registry, presence: Presence, *, auto_join: bool) -> None:
        self.registry = registry
        self.presence = presence
        self.fanout = FanOut(self._targets)
        self.sessions: dict[str, LiveSession] = {}
        self.users: dict[str, LiveUser] = {}
        self.channels: dict[str, LiveChannel] = {}
        self.active: set[LiveSocket] = set()  # sockets that hear events: one shared set for all public channels
        self.panels = Panels()
        self.watchers: set[LiveSocket] = set()  # sockets that named whose presence they want
        self._auto_join = auto_join

    def load(self, public_heads: Iterable[tuple[str, int, bool]]) -> None:
        """At the start: the public channels, which everybody hears."""
        for channel_id, seq, default in public_heads:
            self.channels[channel_id] = LiveChannel(channel_id, "public", seq, default=default)

    def attach(self, socket: LiveSocket, snapshot: Snapshot) -> None:
        """From here on the socket hears what its user may hear."""
        user = self.users.get(snapshot.user_id)
        if user is None:
            user = self.users[snapshot.user_id] = LiveUser(snapshot.user_id, snapshot.role, snapshot.as_of)
            for channel_id, kind, seq, state in snapshot.rows:
                self._place(user, channel_id, kind, seq, state)
        session = self.sessions.get(snapshot.session_id)
        if session is None:
            session = self.sessions[snapshot.session_id] = LiveSession(
                snapshot.session_id,
                user,
                restricted=snapshot.restricted,
                expires_at=snapshot.expires_at,
                ends_at=snapshot.ends_at,
                remember=snapshot.remember,
                scopes=snapshot.scopes,
            )
            user.sessions += (session,)
        session.sockets += (socket,)
        socket.session = session
        self.registry.set_sockets(session.id, len(session.sockets))
        if session.restricted is None:
            self._listen(socket)

    def _listen(self, socket: LiveSocket) -> None:
        self.active.add(socket)
        self.presence.arrived(socket.session.user.id)

    def _silence(self, socket: LiveSocket) -> None:
        """The socket stays open and hears nothing until `_listen`; its session is restricted already."""
        self.active.discard(socket)
        self.watchers.discard(socket)
        self.panels.leave(socket)
        if not any(True for _ in socket.session.user.sockets()):
            self.presence.departed(socket.session.user.id, at_once=True)

    def detach(self, socket: LiveSocket, *, at_once: bool = False) -> None:
        """The socket is gone or must hear no more; repeating it does nothing. `at_once`: no grace for presence."""
        session = socket.session
        if socket not in session.sockets:
            return
        session.sockets = tuple(other for other in session.sockets if other is not socket)
        self.active.discard(socket)
        self.watchers.discard(socket)
        self.panels.leave(socket)
        self.registry.set_sockets(session.id, len(session.sockets))
        if not session.sockets:
            self.sessions.pop(session.id, None)
            user = session.user
            user.sessions = tuple(other for other in user.sessions if other is not session)
            if not user.sessions:
                self._forget(user)
        if not any(True for _ in session.user.sockets()):
            self.presence.departed(session.user.id, at_once=at_once)

    def _forget(self, user: LiveUser) -> None:
        if self.users.get(user.id) is user:
            del self.users[user.id]
        for channel_id in user.rooms | user.left:
            channel = self.channels.get(channel_id)
            if channel is not None:
                channel.members.discard(user)
                channel.absent.discard(user)
                self._drop_silent(channel)

    def _drop_silent(self, channel: LiveChannel) -> None:
        """A private channel nobody here hears needs no sequencer."""
        if channel.kind != "public" and not channel.members:
            self.channels.pop(channel.id, None)

    def _place(self, user: LiveUser, channel_id: str, kind: Kind, seq: int, state: str | None) -> None:
        """Bring what this node knows of a membership in line with its row."""
        channel = self.channels.get(channel_id)
        if channel is None:
            if state != "member" and kind != "public":
                return
            channel = self.channels[channel_id] = LiveChannel(channel_id, kind, seq)
        self._change_place(user, channel, state)

    def _change_place(self, user: LiveUser, channel: LiveChannel, state: str | None) -> None:
        self.fanout.finish(channel)
        channel.members.discard(user)
        channel.absent.discard(user)
        user.rooms -= {channel.id}
        user.left -= {channel.id}
        if state == "member":
            channel.members.add(user)
            user.rooms |= {channel.id}
        elif state == "left":
            channel.absent.add(user)
            user.left |= {channel.id}
        self._drop_silent(channel)

    def _open_to_all(self, channel: LiveChannel) -> bool:
        return channel.kind == "public" and (self._auto_join or channel.default)

    def _hears(self, user: LiveUser, channel: LiveChannel) -> bool:
        return user not in channel.absent if self._open_to_all(channel) else user in channel.members

    def _targets(self, channel: LiveChannel) -> list[LiveSocket]:
        if self._open_to_all(channel):
            if not channel.absent:
                return list(self.active)
            return [socket for socket in self.active if socket.session.user not in channel.absent]
        return [socket for user in channel.members for socket in user.sockets()]

    def sees(self, channel: LiveChannel) -> Iterable[LiveSocket]:
        """Who hears of the channel itself: a public one everybody, also who left it."""
        if channel.kind == "public":
            return self.active
        return [socket for user in channel.members for socket in user.sockets()]

    def is_heard(self, user_id: str, channel_id: str) -> bool:
        """Is the user connected here and in the channel, which is not archived, as far as this node knows?"""
        user, channel = self.users.get(user_id), self.channels.get(channel_id)
        if user is None or channel is None or channel.archived is not False:
            return False
        return self._hears(user, channel)

    def is_not_archived(self, channel_id: str) -> None:
        """The database says so; what this node has heard since counts more."""
        channel = self.channels.get(channel_id)
        if channel is not None and channel.archived is None:
            channel.archived = False

    def sockets_of(self, user_id: str) -> Iterable[LiveSocket]:
        user = self.users.get(user_id)
        return () if user is None else user.sockets()

    def watch(self, socket: LiveSocket, user_ids: Iterable[str]) -> None:
        """Whose presence a socket hears of when too many people are online for everybody."""
        socket.watching = frozenset(user_ids)
        if socket in self.active:
            self.watchers.add(socket)
