"""One sequencer per channel and node: whatever the road, events reach the sockets in the order of their `seq`."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from chatd.hub.live import LiveChannel
from chatd.hub.tasks import end_tasks

HOLE_SECONDS = 0.05  # how long a missing event may still come over the bus before the database is asked
STOP_SECONDS = 0.5
WAITING_MAX = 4096  # events kept beyond a hole; more are fetched from the database with the rest

Fill = Callable[[str, int], Awaitable[tuple[int, int, bytes]]]  # (channel, after) -> (seq, control row, frame)
log = logging.getLogger("chatd.hub")


class Sequencer:
    """Hands frames on in order. A hole waits for the bus, then becomes one `channel.changes` from the database."""

    def __init__(
        self,
        deliver: Callable[[LiveChannel, bytes], None],
        fill: Fill,
        applied: Callable[[int], Awaitable[None]],
    ) -> None:
        self._deliver, self._fill, self._applied = deliver, fill, applied
        self._filling: set[asyncio.Task[None]] = set()
        self._holes: set[str] = set()  # channels whose hole is being waited for or filled
        self._stopping = False
        self.held = False  # while the node may not deliver, nothing passes; the poll of heads catches up

    def offer(self, channel: LiveChannel, seq: int, frame: bytes) -> None:
        """An event by any road. One that came before is dropped, one beyond a hole waits."""
        if self.held or seq <= channel.head:
            return
        if seq == channel.head + 1:
            channel.head = seq
            self._deliver(channel, frame)
            if channel.waiting:
                self._continue(channel)
            return
        if channel.waiting is None:
            channel.waiting = {}
        if len(channel.waiting) < WAITING_MAX:
            channel.waiting[seq] = frame
        self._mend(channel, HOLE_SECONDS)

    def head_is(self, channel: LiveChannel, seq: int) -> None:
        """The database says that the channel has come to `seq`: what is missing here is fetched."""
        if not self.held and seq > channel.head:
            self._mend(channel, HOLE_SECONDS)

    def skip_to(self, channel: LiveChannel, seq: int) -> None:
        """A change told by other means has this `seq`."""
        if seq == channel.head + 1 and not self.held:
            channel.head = seq
            self._continue(channel)
        else:
            self.head_is(channel, seq)

    def _continue(self, channel: LiveChannel) -> None:
        waiting = channel.waiting
        while waiting and (frame := waiting.pop(channel.head + 1, None)) is not None:
            channel.head += 1
            self._deliver(channel, frame)
        if not waiting:
            channel.waiting = None

    def _mend(self, channel: LiveChannel, delay: float) -> None:
        if channel.id not in self._holes and not self._stopping:
            self._holes.add(channel.id)
            task = asyncio.create_task(self._mend_later(channel, channel.head, delay))
            self._filling.add(task)
            task.add_done_callback(self._filling.discard)

    async def _mend_later(self, channel: LiveChannel, before: int, delay: float) -> None:
        try:
            await asyncio.sleep(delay)
            if self._stopping or (channel.waiting is None and channel.head != before):
                return  # or it came over the bus
            head, row, frame = await self._fill(channel.id, channel.head)
            await self._applied(row)  # who may hear it is known only then
        except Exception as error:  # the next event or poll tries again
            log.warning("a hole could not be filled", exc_info=error)
            return
        finally:
            self._holes.discard(channel.id)
        if not head:
            channel.waiting = None  # the channel is deleted: nothing will ever fill the hole
            return
        if head > channel.head and not self.held:
            channel.head = head
            self._deliver(channel, frame)
        if channel.waiting is not None:
            channel.waiting = {seq: frame for seq, frame in channel.waiting.items() if seq > channel.head} or None
            self._continue(channel)
            if channel.waiting:
                self._mend(channel, delay)

    async def stop(self) -> None:
        """Begin nothing more, and let what is being read arrive, if it soon does."""
        self._stopping = True
        if filling := list(self._filling):
            await asyncio.wait(filling, timeout=STOP_SECONDS)
            await end_tasks(filling)
