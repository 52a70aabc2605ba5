"""Writes a channel's events to its sockets: joined, one write per socket, in slices. Knows nothing of who may hear."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable

from chatd.hub.live import LiveChannel, LiveSocket

SLICE = 500  # sockets per loop turn: 10,000 in one go hold the loop for 70 ms
JOIN_BYTES = 131_072  # joined into one write at most, well below a socket's limit


class FanOut:
    """A round of slices over all channels with something to say; each channel's events keep their order.

    All events that gather for a channel while its last write is under way go out as one write.
    """

    def __init__(self, targets_of: Callable[[LiveChannel], list[LiveSocket]]) -> None:
        self._targets_of = targets_of
        self._queue: deque[LiveChannel] = deque()
        self._scheduled = False
        self.deliveries = 0
        self.writes = 0

    def add(self, channel: LiveChannel, frame: bytes) -> None:
        """Tell every socket of the channel; returns at once."""
        if not channel.pending and channel.targets is None:
            self._queue.append(channel)
        channel.pending.append(frame)
        if not self._scheduled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._turn)

    @property
    def backlog(self) -> int:
        """Channels with something still to write."""
        return len(self._queue)

    def finish(self, channel: LiveChannel) -> None:
        """Write all that the channel has to say now: before somebody joins or leaves it."""
        while channel.targets is not None or channel.pending:
            self._slice(channel, len(channel.targets or ()) + SLICE)

    def finish_all(self) -> None:
        """The same of all channels."""
        for channel in list(self._queue):
            self.finish(channel)

    def _turn(self) -> None:
        self._scheduled = False
        budget = SLICE
        while self._queue and budget > 0:
            channel = self._queue.popleft()
            budget -= self._slice(channel, budget)
            if channel.targets is not None or channel.pending:
                self._queue.append(channel)
        if self._queue:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._turn)

    def _slice(self, channel: LiveChannel, most: int) -> int:
        """Write to the next sockets of one channel; how many (at least 1, so that a round ends)."""
        if channel.targets is None:
            if not channel.pending:
                return 1
            self._begin(channel)
        targets = channel.targets
        assert targets is not None
        end = channel.position + most
        some = targets if not channel.position and most >= len(targets) else targets[channel.position : end]
        self.writes += write_all(some, channel.data)
        if end >= len(targets):
            channel.targets, channel.data = None, b""
        channel.position = end
        return max(1, len(some))

    def _begin(self, channel: LiveChannel) -> None:
        size = count = 0
        for frame in channel.pending:
            if count and size + len(frame) > JOIN_BYTES:
                break
            size += len(frame)
            count += 1
        channel.data = b"".join(channel.pending[:count])
        channel.pending = channel.pending[count:]
        channel.targets = self._targets_of(channel)
        channel.position = 0
        self.deliveries += count * len(channel.targets)


def write_all(sockets: Iterable[LiveSocket], data: bytes, *, ephemeral: bool = False) -> int:
    """One write per open socket; how many were written."""
    written = 0
    for socket in sockets:
        if socket.congested:
            written += socket.open and socket.write_congested(data, ephemeral=ephemeral)
        elif socket.open:
            socket.write(data)
            written += 1
    return written
