"""The bus within one process: joins the nodes that share an Exchange, and is silent for a single one."""

import asyncio
from collections.abc import Callable

import orjson

from chatd.hub.bus import BusMessage


class Exchange:
    """Where the nodes of one process meet."""

    def __init__(self) -> None:
        self.buses: list[MemoryBus] = []


class MemoryBus:
    def __init__(self, exchange: Exchange | None = None) -> None:
        self.alone = exchange is None
        self._exchange = exchange or Exchange()
        self.receive: Callable[[BusMessage], None] = lambda message: None

    async def start(self) -> None:
        self._exchange.buses.append(self)

    async def stop(self) -> None:
        self._exchange.buses.remove(self)

    def publish(self, message: BusMessage) -> None:
        """Encoded and decoded as over a wire, so that nothing is shared between nodes."""
        if self.alone:
            return
        text = orjson.dumps(message)
        for other in self._exchange.buses:
            if other is not self:
                asyncio.get_running_loop().call_soon(other.receive, orjson.loads(text))
