"""The registry of a single node; the nodes of one test may share a Ledger."""

from collections import defaultdict

from chatd.hub.registry import Totals
from chatd.protocol.shapes import PresenceStatus


class Ledger:
    """What the nodes of one process say of themselves."""

    def __init__(self) -> None:
        self.sockets: dict[str, dict[str, int]] = defaultdict(dict)
        self.presence: dict[str, dict[str, PresenceStatus]] = defaultdict(dict)


class MemoryRegistry:
    def __init__(self, node: str, ledger: Ledger | None = None) -> None:
        self._node = node
        self._ledger = ledger or Ledger()

    async def start(self) -> None:
        self._ledger.sockets[self._node] = {}

    async def stop(self) -> None:
        self._ledger.sockets.pop(self._node, None)
        self._ledger.presence.pop(self._node, None)

    def set_sockets(self, session_id: str, count: int) -> None:
        here = self._ledger.sockets[self._node]
        if count:
            here[session_id] = count
        else:
            here.pop(session_id, None)

    def set_presence(self, user_id: str, status: PresenceStatus | None) -> None:
        here = self._ledger.presence[self._node]
        if status is None:
            here.pop(user_id, None)
        else:
            here[user_id] = status

    async def sockets(self, session_ids: list[str]) -> dict[str, int]:
        nodes = self._ledger.sockets.values()
        return {session_id: sum(node.get(session_id, 0) for node in nodes) for session_id in session_ids}

    async def online(self) -> set[str]:
        return {session_id for node in self._ledger.sockets.values() for session_id in node}

    async def totals(self) -> Totals:
        nodes = self._ledger.sockets
        return Totals(sum(sum(node.values()) for node in nodes.values()), len(nodes))

    async def presence_elsewhere(self) -> dict[str, dict[str, PresenceStatus]]:
        return {node: dict(entries) for node, entries in self._ledger.presence.items() if node != self._node}
