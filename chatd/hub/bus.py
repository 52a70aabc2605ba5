"""The way to the other nodes: a fast hint, never the truth. What it loses, polls of the database find."""

from collections.abc import Callable
from typing import Any, Protocol

BusMessage = dict[str, Any]


class Bus(Protocol):
    """Messages to all other nodes, in the order of one sender, at most once."""

    receive: Callable[[BusMessage], None]

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def publish(self, message: BusMessage) -> None:
        """Send without waiting; dropped when the other side is away."""
        ...

    @property
    def alone(self) -> bool:
        """Is there no other node by construction? Then nobody need encode for the bus."""
        ...
