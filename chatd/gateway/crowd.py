"""Connections that are no sockets: how many there are of one place or account, and which make room. No I/O."""

from typing import Generic, TypeVar

CONNECTIONS_MAX = 200  # of one place: a browser opens six, so thirty pages load at once behind one address
QUIET_SECONDS = 1.0  # so long a connection may owe us its request before it makes room for one of its own place

C = TypeVar("C")


class Crowd(Generic[C]):
    """The connections of one node. A quiet one has asked for nothing yet, or for nothing more since its last answer.

    A place is an address or network of strangers, or an account. Quiet ones make room, the oldest first, and those of
    the newcomer's own place before others: a flood from one place competes with itself.
    """

    def __init__(self) -> None:
        self._of_place: dict[str, dict[C, None]] = {}
        self._place: dict[C, str] = {}
        self._quiet: dict[C, float] = {}  # and since when, the oldest first

    def enter(self, connection: C, place: str) -> None:
        """It counts for `place` from here on, and for no other."""
        self.forget_place(connection)
        self._place[connection] = place
        self._of_place.setdefault(place, {})[connection] = None

    def is_in(self, connection: C, place: str) -> bool:
        return self._place.get(connection) == place

    def forget_place(self, connection: C) -> None:
        """It counts for nobody: its proxy has nobody to speak for."""
        place = self._place.pop(connection, None)
        if place is not None:
            del self._of_place[place][connection]
            if not self._of_place[place]:
                del self._of_place[place]

    def quiet(self, connection: C, now: float) -> None:
        self._quiet.pop(connection, None)
        self._quiet[connection] = now

    def busy(self, connection: C) -> None:
        self._quiet.pop(connection, None)

    def leave(self, connection: C) -> None:
        self.forget_place(connection)
        self.busy(connection)

    def has_room(self, place: str) -> bool:
        return len(self._of_place.get(place, ())) < CONNECTIONS_MAX

    def in_the_way(self, place: str, now: float) -> C | None:
        """Which of `place` has been quiet for the longest, and long enough."""
        oldest = self._oldest_of(place)
        return oldest if oldest is not None and self._quiet[oldest] <= now - QUIET_SECONDS else None

    def to_drop(self, place: str | None) -> C | None:
        """Which goes when the node is full, and somebody comes from `place`."""
        own = self._oldest_of(place) if place is not None else None
        return own if own is not None else next(iter(self._quiet), None)

    def _oldest_of(self, place: str) -> C | None:
        quiet = [connection for connection in self._of_place.get(place, ()) if connection in self._quiet]
        return min(quiet, key=self._quiet.__getitem__, default=None)
