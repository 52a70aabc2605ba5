"""The live-session registry: which node has which session's sockets, and who is present where. Never who may."""

from dataclasses import dataclass
from typing import Protocol

from chatd.protocol.shapes import PresenceStatus


@dataclass(slots=True, frozen=True)
class Totals:
    sockets: int
    nodes: int


class Registry(Protocol):
    """Each node says what it has; everybody may ask about all. A dead node's entries end with its lease."""

    async def start(self) -> None: ...

    async def stop(self) -> None:
        """Take back what this node said."""
        ...

    def set_sockets(self, session_id: str, count: int) -> None:
        """This node has `count` sockets of the session; returns at once."""
        ...

    def set_presence(self, user_id: str, status: PresenceStatus | None) -> None:
        """How the user is seen from this node; None when he is not here any more."""
        ...

    async def sockets(self, session_ids: list[str]) -> dict[str, int]:
        """Open sockets of each session, on all nodes."""
        ...

    async def online(self) -> set[str]:
        """The sessions that have an open socket on any node."""
        ...

    async def totals(self) -> Totals: ...

    async def presence_elsewhere(self) -> dict[str, dict[str, PresenceStatus]]:
        """Node -> user -> status, of the other live nodes."""
        ...
