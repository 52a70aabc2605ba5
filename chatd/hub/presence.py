"""Who is seen as online: lossy, batched, with a grace for those who come right back. Rights play no part."""

import asyncio
from collections.abc import Callable, Iterable, Iterator

from chatd.domain.seams import Clock
from chatd.hub.bus import Bus, BusMessage
from chatd.hub.live import LiveSocket
from chatd.hub.registry import Registry
from chatd.protocol import frames
from chatd.protocol.shapes import PresenceShape, PresenceStatus

BATCH_SECONDS = 0.5
GRACE_SECONDS = 5.0  # a reload or a short gap in the network does not make anybody offline
EVERYBODY_MAX = 500  # PROTOCOL.md: while no more are online a socket hears of all of them
HEARD_SECONDS = 2.0  # the registry is written behind the bus: what was heard so lately is newer
SEEN_MAX = 10_000  # how many who went offline are remembered with their time

# Best first: one who is at a desk on any node is online.
_RANK: dict[PresenceStatus, int] = {"online": 0, "dnd": 1, "away": 2, "offline": 3}


class Presence:
    """The status of everybody, from this node's sockets and the other nodes' word."""

    def __init__(self, registry: Registry, bus: Bus, clock: Clock, node: str) -> None:
        self._registry, self._bus, self._clock, self._node = registry, bus, clock, node
        self._here: dict[str, PresenceStatus] = {}
        self._chosen: dict[str, PresenceStatus] = {}  # what connected people set, where it is not online
        self._elsewhere: dict[str, dict[str, PresenceStatus]] = {}
        self._heard: dict[tuple[str, str], float] = {}  # (node, user) -> when the bus spoke of him; since `compare`
        self._last_seen: dict[str, int] = {}
        self._leaving: dict[str, asyncio.TimerHandle] = {}
        self._changed: dict[str, None] = {}
        self._flush: asyncio.TimerHandle | None = None
        self.deliver: Callable[[list[PresenceShape]], None] = lambda changes: None

    def arrived(self, user_id: str) -> None:
        """The user's first socket here is open."""
        if (leaving := self._leaving.pop(user_id, None)) is not None:
            leaving.cancel()
        elif user_id not in self._here:
            self._put(user_id, self._chosen.get(user_id, "online"))

    def departed(self, user_id: str, *, at_once: bool) -> None:
        """The user's last socket here is gone: on purpose, or perhaps only for a moment."""
        if user_id not in self._here or (user_id in self._leaving and not at_once):
            return
        if (leaving := self._leaving.pop(user_id, None)) is not None:
            leaving.cancel()
        if at_once:
            self._put(user_id, None)
        else:
            loop = asyncio.get_running_loop()
            self._leaving[user_id] = loop.call_later(GRACE_SECONDS, self._left, user_id)

    def _left(self, user_id: str) -> None:
        del self._leaving[user_id]
        self._put(user_id, None)

    def choose(self, user_id: str, status: PresenceStatus) -> None:
        """The user says how he wants to be seen, on all nodes."""
        self._bus.publish({"t": "chosen", "user": user_id, "status": status})
        self._choose(user_id, status)

    def _choose(self, user_id: str, status: PresenceStatus) -> None:
        if status == "online":
            self._chosen.pop(user_id, None)
        else:
            self._chosen[user_id] = status
        if self._here.get(user_id, status) != status:
            self._put(user_id, status)

    def _put(self, user_id: str, status: PresenceStatus | None) -> None:
        if status is None:
            self._here.pop(user_id, None)
            self._forget_choice(user_id)
        else:
            self._here[user_id] = status
        self._registry.set_presence(user_id, status)
        if not self._bus.alone:
            self._bus.publish({"t": "presence", "node": self._node, "user": user_id, "status": status})
        self._mark(user_id)

    def hear(self, message: BusMessage) -> None:
        """Another node's word."""
        if message["t"] == "chosen":
            self._choose(message["user"], message["status"])
            return
        self._heard[message["node"], message["user"]] = self._clock.monotonic()
        entries = self._elsewhere.setdefault(message["node"], {})
        if message["status"] is None:
            entries.pop(message["user"], None)
            self._forget_choice(message["user"])
        else:
            entries[message["user"]] = message["status"]
        self._mark(message["user"])

    def _forget_choice(self, user_id: str) -> None:
        """What he chose holds until he is gone from all nodes."""
        if not any(user_id in entries for entries in self._all()):
            self._chosen.pop(user_id, None)

    async def compare(self) -> None:
        """Take over what the registry says of the other nodes: after the start, and when a lease has ended."""
        since = self._clock.monotonic() - HEARD_SECONDS
        told = await self._registry.presence_elsewhere()
        self._heard = {key: at for key, at in self._heard.items() if at > since}
        for node, user_id in self._heard:
            if (status := self._elsewhere.get(node, {}).get(user_id)) is not None:
                told.setdefault(node, {})[user_id] = status
            elif node in told:
                told[node].pop(user_id, None)
        for node in self._elsewhere.keys() | told.keys():
            before, after = self._elsewhere.get(node, {}), told.get(node, {})
            for user_id in before.keys() | after.keys():
                if before.get(user_id) != after.get(user_id):
                    self._mark(user_id)
        self._elsewhere = told

    def status(self, user_id: str) -> PresenceStatus:
        found = [entries[user_id] for entries in self._all() if user_id in entries]
        return min(found, key=_RANK.__getitem__, default="offline")

    def _all(self) -> Iterator[dict[str, PresenceStatus]]:
        yield self._here
        yield from self._elsewhere.values()

    def online(self) -> set[str]:
        """Everybody who is seen as other than offline."""
        ids = {user_id for entries in self._all() for user_id in entries}
        return {user_id for user_id in ids if self.status(user_id) != "offline"}

    def shapes(self, user_ids: Iterable[str]) -> list[PresenceShape]:
        return [
            {"userId": user_id, "status": self.status(user_id), "lastSeenAt": self._last_seen.get(user_id)}
            for user_id in user_ids
        ]

    def shown(self) -> list[PresenceShape]:
        """Those online, EVERYBODY_MAX at most."""
        return self.shapes(sorted(self.online())[:EVERYBODY_MAX])

    def _mark(self, user_id: str) -> None:
        self._last_seen.pop(user_id, None)
        self._last_seen[user_id] = self._clock.now()
        while len(self._last_seen) > SEEN_MAX:
            del self._last_seen[next(iter(self._last_seen))]
        self._changed[user_id] = None
        if self._flush is None:
            self._flush = asyncio.get_running_loop().call_later(BATCH_SECONDS, self._send)

    def _send(self) -> None:
        changed, self._changed, self._flush = list(self._changed), {}, None
        self.deliver(self.shapes(changed))

    def stop(self) -> None:
        for timer in (*self._leaving.values(), *([self._flush] if self._flush else [])):
            timer.cancel()


def event_for(socket: LiveSocket, changes: list[PresenceShape]) -> bytes | None:
    """What one socket hears of the changes when there are too many people for everybody to hear of all."""
    if socket.watching is None:
        return None
    some = [change for change in changes if change["userId"] in socket.watching]
    return frames.text_frame(frames.event("presence.changed", {"presence": some})) if some else None
