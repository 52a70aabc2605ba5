"""The heart of a node: tells what was committed, by any node, to those here who may hear it."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from chatd.domain.errors import CloseCode
from chatd.domain.models import Actor, Restriction
from chatd.domain.seams import Clock
from chatd.hub.audience import Audience
from chatd.hub.bus import Bus, BusMessage
from chatd.hub.fanout import write_all
from chatd.hub.following import Following
from chatd.hub.live import LiveChannel, LiveSession, LiveSocket
from chatd.hub.presence import EVERYBODY_MAX, Presence, event_for
from chatd.hub.registry import Registry
from chatd.hub.sequencer import Fill, Sequencer
from chatd.protocol import frames
from chatd.protocol.control import Control
from chatd.protocol.shapes import ChannelShape, PresenceShape, UserShape

RECENT_ROWS = 10_000  # control rows remembered, for doors that were opening while one came
TALLIES_MAX = 256
TALLY_SECONDS = 1.0  # PROTOCOL.md: other nodes cut within a second
log = logging.getLogger("chatd.hub")


@dataclass(slots=True)
class Tally:
    """How many sockets a row of control_log closed, and how many other nodes have said so."""

    sockets: int
    nodes: int = 0


class Hub(Audience):
    """The audience of one node, and all that it is told. Between two awaits of others its state is whole."""

    def __init__(
        self, *, node: str, clock: Clock, bus: Bus, registry: Registry, fill: Fill, server_version: str, auto_join: bool
    ) -> None:
        self.node = node
        self.clock = clock
        self.bus = bus
        super().__init__(registry, Presence(registry, bus, clock, node), auto_join=auto_join)
        self.presence.deliver = self._deliver_presence
        self.wake_control = asyncio.Event()  # another node says that there are new control rows
        self.cursor = 0  # the last control row applied here
        self.following = Following(lambda: self.cursor, self.wake_control)
        self.sequencer = Sequencer(self._add, fill, self.following.applied)
        self.recent: deque[tuple[int, str | None, str | None]] = deque(maxlen=RECENT_ROWS)
        self._tallies: dict[int, Tally] = {}
        self._hint_due = False
        self._outbox: list[list[Any]] = []
        self.hello_extra = {"protocol": frames.PROTOCOL_VERSION, "serverVersion": server_version, "node": node}
        bus.receive = self._hear

    def _add(self, channel: LiveChannel, event: bytes) -> None:
        if self.channels.get(channel.id) is channel:  # it may be deleted while an event of it was waited for
            self.fanout.add(channel, frames.text_frame(event))

    def changed_since(self, as_of: int, session_id: str, user_id: str) -> bool:
        """Was anything applied here behind row `as_of` that touches this session or user? Then read again."""
        if self.cursor <= as_of:
            return False
        if not self.recent or self.recent[0][0] > as_of + 1:
            return True
        for row_id, session, user in reversed(self.recent):
            if row_id <= as_of:
                return False
            if session == session_id or user == user_id:
                return True
        return False

    # --- telling -------------------------------------------------------------------------------------------------

    def publish(self, channel_id: str, seq: int, event: bytes) -> None:
        """A content event committed by this node: to its sockets through the sequencer, to the others by the bus."""
        self._offer(channel_id, seq, event)
        if not self.bus.alone:
            if not self._outbox:
                asyncio.get_running_loop().call_soon(self._post)
            self._outbox.append([channel_id, seq, event.decode()])

    def _post(self) -> None:
        outbox, self._outbox = self._outbox, []
        self.bus.publish({"t": "content", "row": self.cursor, "e": outbox})

    def _offer(self, channel_id: str, seq: int, event: bytes) -> None:
        channel = self.channels.get(channel_id)
        if channel is not None:
            self.sequencer.offer(channel, seq, event)

    def tell_user(self, user_id: str, type: str, payload: Any) -> None:
        """An event for one person's sockets on all nodes. Not stored: who is away finds the same in `sync`."""
        event = frames.event(type, payload)
        if not self.bus.alone:
            self.bus.publish({"t": "person", "row": self.cursor, "user": user_id, "e": event.decode()})
        self._tell_person(user_id, event)

    def _tell_person(self, user_id: str, event: bytes) -> None:
        write_all(list(self.sockets_of(user_id)), frames.text_frame(event))

    def tell_typing(self, channel_id: str, user_id: str) -> None:
        """Ephemeral: dropped first for a slow socket."""
        if not self.bus.alone:
            self.bus.publish({"t": "typing", "row": self.cursor, "channel": channel_id, "user": user_id})
        self._typing(channel_id, user_id)

    def _typing(self, channel_id: str, user_id: str) -> None:
        channel = self.channels.get(channel_id)
        if channel is not None and not self.sequencer.held:
            frame = frames.text_frame(frames.event("typing", {"channelId": channel_id, "userId": user_id}))
            write_all(self._targets(channel), frame, ephemeral=True)

    def _deliver_presence(self, changes: list[PresenceShape]) -> None:
        if len(self.presence.online()) <= EVERYBODY_MAX:
            frame = frames.text_frame(frames.event("presence.changed", {"presence": changes}))
            write_all(list(self.active), frame, ephemeral=True)
            return
        for socket in list(self.watchers):
            if (own := event_for(socket, changes)) is not None:
                write_all((socket,), own, ephemeral=True)

    def _hear(self, message: BusMessage) -> None:
        match message["t"]:
            case "content":
                for channel_id, seq, event in message["e"]:
                    self.following.after(message["row"], partial(self._offer, channel_id, seq, event.encode()))
            case "control":
                self.wake_control.set()
            case "closed":
                if (tally := self._tallies.get(message["row"])) is not None:
                    tally.nodes += 1
                    tally.sockets += message["sockets"]
            case "person":
                event = message["e"].encode()
                self.following.after(message["row"], partial(self._tell_person, message["user"], event))
            case "typing":
                self.following.after(message["row"], partial(self._typing, message["channel"], message["user"]))
            case _:
                self.presence.hear(message)

    # --- control rows: every change of who may do what -----------------------------------------------------------

    def apply(self, row_id: int, kind: str, body: dict[str, Any], *, own: bool, asking: Actor | None = None) -> None:
        """Apply one row of control_log, in the order of ids. `asking` is the request whose reply comes first."""
        self._apply(row_id, kind, body, own=own, asking=asking)
        self.following.release()
        if own and not self.bus.alone and not self._hint_due:
            self._hint_due = True
            asyncio.get_running_loop().call_soon(self._hint)

    def _apply(self, row_id: int, kind: str, body: dict[str, Any], *, own: bool, asking: Actor | None) -> None:
        self.cursor = max(self.cursor, row_id)
        touched = body.get("sessions") or [(body.get("sessionId"), body.get("userId"))]
        self.recent.extend((row_id, session_id, user_id) for session_id, user_id in touched)
        match kind:
            case Control.SESSIONS_ENDED:
                code, by = CloseCode(body["code"]), body["by"]
                cut = sum(self._end_session(session_id, code, by, asking) for session_id, _ in body["sessions"])
                self._count_closed(row_id, cut, own=own)
                ids, people = ([pair[at] for pair in body["sessions"]] for at in (0, 1))
                ended = {"change": "ended", "sessionIds": ids, "userIds": people}
                self.panels.tell("sessions", "admin.sessionChanged", ended | {"code": int(code)})
            case Control.SESSION_STARTED:
                started = {"change": "started", "session": body["session"]}
                self.panels.tell("sessions", "admin.sessionChanged", started)
            case Control.AUDITED:
                self.panels.tell("audit", "admin.auditAdded", {"entry": body["entry"]})
            case Control.SESSIONS_RESTRICTED:
                for session_id, _ in body["sessions"]:
                    self._restrict(session_id, body["user"], body["restricted"])
            case Control.USER:
                self._tell_of_user(body["type"], body["user"])
            case Control.HELD:
                self.panels.tell("users", "admin.userChanged", {"change": "updated", "user": body["user"]})
            case Control.MEMBER:
                self._member(row_id, body)
            case Control.CHANNEL:
                self._tell_of_channel(body)
            case Control.ERASED:
                self._tell_of_erasure(body)
            case Control.SETTINGS:
                self._tell_everybody("settings.updated", {"settings": body["settings"]})

    def _hint(self) -> None:
        self._hint_due = False
        self.bus.publish({"t": "control"})

    def _end_session(self, session_id: str, code: CloseCode, by: str | None, asking: Actor | None) -> int:
        session = self.sessions.get(session_id)
        if session is None:
            return 0
        sockets = session.sockets
        for socket in sockets:
            self.detach(socket, at_once=True)
            if asking is not None and socket is asking.asking:
                socket.cut_after_reply(asking, code, by=by)
            else:
                socket.cut(code, by=by)
        return len(sockets)

    def _count_closed(self, row_id: int, cut: int, *, own: bool) -> None:
        if not own:
            self.bus.publish({"t": "closed", "row": row_id, "sockets": cut})
            return
        self._tallies[row_id] = Tally(cut)
        while len(self._tallies) > TALLIES_MAX:
            del self._tallies[next(iter(self._tallies))]

    async def closed_sockets(self, rows: Iterable[int]) -> int:
        """How many sockets all nodes closed for these rows of ours; waits for the other nodes' word, not for ever."""
        tallies = [self._tallies[row] for row in rows if row in self._tallies]
        if self.bus.alone or not tallies:
            return sum(tally.sockets for tally in tallies)
        others = (await self.registry.totals()).nodes - 1
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(TALLY_SECONDS):
                while any(tally.nodes < others for tally in tallies):
                    await asyncio.sleep(0.005)
        return sum(tally.sockets for tally in tallies)

    def _restrict(self, session_id: str, user: UserShape, restricted: Restriction | None) -> None:
        """A restriction begins, ends, or makes room for another: each socket is greeted anew."""
        session = self.sessions.get(session_id)
        if session is None or session.restricted == restricted:
            return
        if session.restricted is None:
            self.fanout.finish_all()  # what is under way to its sockets was told before
        session.restricted = restricted
        for socket in session.sockets:
            if restricted is not None:
                self._silence(socket)
            socket.write(self.hello(session, user))
            if restricted is None:
                self._listen(socket)

    def hello(self, session: LiveSession, user: UserShape) -> bytes:
        """The first frame, and again when a restriction ends. `user` as an administrator sees it."""
        payload = self.hello_extra | {
            "sessionId": session.id,
            "user": user if session.is_admin else _pruned(user, keep_email=True),
            "restricted": session.restricted,
        }
        return frames.text_frame(frames.event("hello", payload))

    def _tell_everybody(self, type: str, payload: Any) -> None:
        write_all(list(self.active), frames.text_frame(frames.event(type, payload)))

    def _tell_of_user(self, type: str, user: UserShape) -> None:
        """Three encodings: for administrators, for the user himself, for all others."""
        live = self.users.get(user["id"])
        if live is not None:
            live.role = user["role"]
        whole, own, public = (
            frames.text_frame(frames.event(type, {"user": shape}))
            for shape in (user, _pruned(user, keep_email=True), _pruned(user, keep_email=False))
        )
        for socket in list(self.active):
            person = socket.session.user
            write_all((socket,), whole if socket.session.is_admin else own if person is live else public)
        self.panels.tell("users", "admin.userChanged", {"change": type.removeprefix("user."), "user": user})
        if type == "user.removed" or user["status"] == "deactivated":
            self.presence.departed(user["id"], at_once=True)

    def _member(self, row_id: int, body: dict[str, Any]) -> None:
        """Somebody joined or left: his subscription first, then the event to those who see the channel."""
        shape: ChannelShape = body["channel"]
        user_id, state, kind = body["userId"], body["state"], shape["kind"]
        user = self.users.get(user_id)
        joined = body["joined"]
        if user is not None and row_id > user.as_of:
            self._place(user, shape["id"], kind, shape["seq"], state)
        if kind != "public":
            seen = frames.event("channel.created" if joined else "channel.deleted", {"channel": shape})
            write_all(list(self.sockets_of(user_id)), frames.text_frame(seen))
        channel = self.channels.get(shape["id"])
        if channel is not None:
            type = "channel.memberAdded" if joined else "channel.memberRemoved"
            frame = frames.text_frame(frames.event(type, {"channelId": shape["id"], "userId": user_id}))
            write_all(list(self.sees(channel)), frame)

    def _tell_of_channel(self, body: dict[str, Any]) -> None:
        shape: ChannelShape = body["channel"]
        members: list[str] | None = body["members"]
        channel = self.channels.get(shape["id"])
        if channel is not None:
            self.fanout.finish(channel)
        before = set(self.sees(channel)) if channel is not None else set()
        if body["type"] != "channel.deleted":
            channel = self._reshape(channel, shape, members)
        after = set(self.sees(channel)) if channel is not None else set()
        self._write_channel(body["type"], shape, before & after)
        if body["type"] == "channel.deleted":
            self._remove_channel(shape["id"])
        else:
            self._write_channel("channel.created", shape, after - before)
            self._write_channel("channel.deleted", body.get("before") or shape, before - after)
            if channel is not None:
                self._drop_silent(channel)

    def _write_channel(self, type: str, shape: ChannelShape, sockets: set[LiveSocket]) -> None:
        if sockets:
            write_all(sockets, frames.text_frame(frames.event(type, {"channel": shape})))

    def _reshape(self, channel: LiveChannel | None, shape: ChannelShape, members: list[str] | None) -> LiveChannel:
        """A channel is new, or its kind changed: `members` are then all who have a member row."""
        if channel is None:
            channel = self.channels[shape["id"]] = LiveChannel(shape["id"], shape["kind"], shape["seq"])
        channel.kind = shape["kind"]
        channel.archived = shape["archivedAt"] is not None
        if members is not None:
            for user in list(channel.members | channel.absent):
                self._change_place(user, channel, None)
            for user_id in members:
                if (live := self.users.get(user_id)) is not None:
                    self._change_place(live, channel, "member")
            self.channels[channel.id] = channel
        return channel

    def _remove_channel(self, channel_id: str) -> None:
        channel = self.channels.pop(channel_id, None)
        if channel is not None:
            for user in channel.members | channel.absent:
                user.rooms -= {channel_id}
                user.left -= {channel_id}

    def _tell_of_erasure(self, body: dict[str, Any]) -> None:
        """One event for many messages; each socket hears of the channels that it may see."""
        for channel_id in body["channels"]:
            if (channel := self.channels.get(channel_id)) is not None:
                self.fanout.finish(channel)  # what came before the erasure is heard before it
        for user in self.users.values():
            seen = {
                channel_id: seq
                for channel_id, seq in body["channels"].items()
                if (channel := self.channels.get(channel_id)) is not None and self._hears(user, channel)
            }
            if seen:
                payload = {"userId": body["author"], "erasure": body["erasure"], "channels": seen}
                write_all(list(user.sockets()), frames.text_frame(frames.event("messages.erased", payload)))
        for channel_id, seq in body["channels"].items():
            if (channel := self.channels.get(channel_id)) is not None:
                self.sequencer.skip_to(channel, seq)


def _pruned(user: UserShape, *, keep_email: bool) -> UserShape:
    """The administrators' shape of a user as another person sees it."""
    shape = user.copy()
    for name in ("emailVerified", "totpEnabled", "extension", "ownerId", "sessionLimit", "counts"):
        shape.pop(name, None)  # type: ignore[misc]  # the names are literals in UserShape
    if not keep_email:
        shape["email"] = None
        shape.pop("pendingEmail", None)
    return shape
