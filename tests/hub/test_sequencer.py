"""The sequencer: by whatever road events come, sockets get them in the order of `seq`, once, without a gap."""

import asyncio
from collections.abc import Callable

from chatd.hub import sequencer as sequencing
from chatd.hub.live import LiveChannel
from chatd.hub.sequencer import Sequencer


class Road:
    """A sequencer over one channel at seq 0, and a database that has come to `stored`."""

    def __init__(self, stored: int = 0) -> None:
        self.stored = stored
        self.asked: list[int] = []
        self.waited_for: list[int] = []  # rows of the control log
        self.told: list[bytes] = []
        self.broken = 0  # how often the database fails before it works
        self.meanwhile: Callable[[], object] = lambda: None
        self.channel = LiveChannel("general", "public", 0)
        self.sequencer = Sequencer(lambda channel, frame: self.told.append(frame), self._fill, self._applied)

    async def _applied(self, row: int) -> None:
        self.waited_for.append(row)

    async def _fill(self, channel_id: str, after: int) -> tuple[int, int, bytes]:
        self.asked.append(after)
        if self.broken:
            self.broken -= 1
            raise OSError("the database is away")
        answer = self.stored, 5, f"{after + 1}-{self.stored}".encode()
        self.meanwhile()
        return answer

    def hear(self, *seqs: int) -> None:
        for seq in seqs:
            self.sequencer.offer(self.channel, seq, str(seq).encode())

    async def settled(self) -> list[bytes]:
        """What was told when nothing is waited for any more."""
        while tasks := list(self.sequencer._filling):
            await asyncio.gather(*tasks)
        return self.told


async def test_events_in_order_pass_at_once() -> None:
    """Nothing waits that comes in order."""
    road = Road()
    road.hear(1, 2, 3)
    assert road.told == [b"1", b"2", b"3"]
    assert road.channel.head == 3


async def test_what_came_before_is_dropped() -> None:
    """The same event by two roads is told once."""
    road = Road()
    road.hear(1, 1, 2, 1, 2, 3)
    assert road.told == [b"1", b"2", b"3"]


async def test_a_hole_waits_for_the_bus() -> None:
    """Events that overtook another wait for it; the database is not asked when it comes."""
    road = Road(stored=4)
    road.hear(1, 4, 3)
    assert road.told == [b"1"]
    road.hear(2)
    assert await road.settled() == [b"1", b"2", b"3", b"4"]
    assert road.asked == []


async def test_a_hole_is_filled_from_the_database_as_one_event() -> None:
    """What the bus lost becomes one `channel.changes`; what it stands for is not told again."""
    road = Road(stored=4)
    road.hear(1, 4)
    assert await road.settled() == [b"1", b"2-4"]
    road.hear(2, 3, 4, 5)
    assert road.told == [b"1", b"2-4", b"5"]
    assert road.asked == [1]


async def test_what_waited_beyond_the_filled_hole_follows() -> None:
    """Events newer than what the database said follow in order."""
    road = Road(stored=3)
    road.hear(3, 5, 4)
    assert await road.settled() == [b"1-3", b"4", b"5"]


async def test_the_bus_may_win_against_the_database() -> None:
    """Events that come while the database is asked are told, and its answer is dropped as old."""
    road = Road(stored=2)
    road.meanwhile = lambda: road.hear(1, 2, 3)
    road.hear(3)
    assert await road.settled() == [b"1", b"2", b"3"]


async def test_a_second_hole_is_filled_too() -> None:
    """A hole behind the filled one is mended in its turn."""
    road = Road(stored=2)
    road.meanwhile = lambda: setattr(road, "stored", 6)
    road.hear(2, 6)
    assert await road.settled() == [b"1-2", b"3-6"]


async def test_the_poll_of_heads_finds_what_nobody_told() -> None:
    """The database's head is beyond this node's: the rest is fetched. A head already reached asks nothing."""
    road = Road(stored=2)
    road.hear(1)
    road.sequencer.head_is(road.channel, 1)
    assert await road.settled() == [b"1"]
    road.sequencer.head_is(road.channel, 2)
    assert await road.settled() == [b"1", b"2-2"]
    assert road.asked == [1]


async def test_a_hole_that_could_not_be_filled_is_tried_again() -> None:
    """After a failure of the database the next poll fills the hole, and what waited is not lost."""
    road = Road(stored=2)
    road.broken = 1
    road.hear(2, 3)
    assert await road.settled() == []
    road.sequencer.head_is(road.channel, 3)
    assert await road.settled() == [b"1-2", b"3"]
    assert road.asked == [0, 0]


async def test_held_nothing_passes_and_the_heads_catch_up() -> None:
    """While the node may not deliver nothing is told; afterwards the database says it all at once."""
    road = Road(stored=3)
    road.sequencer.held = True
    road.hear(1, 2, 3)
    road.sequencer.head_is(road.channel, 3)
    assert await road.settled() == []
    road.sequencer.held = False
    road.sequencer.head_is(road.channel, 3)
    assert await road.settled() == [b"1-3"]


async def test_held_while_a_hole_is_filled() -> None:
    """An answer of the database that comes while nothing may be delivered is kept back as well."""
    road = Road(stored=2)
    road.meanwhile = lambda: setattr(road.sequencer, "held", True)
    road.sequencer.head_is(road.channel, 2)
    assert await road.settled() == []
    assert road.channel.head == 0


async def test_a_change_told_by_other_means_takes_its_place() -> None:
    """The `seq` of an erasure counts as told; what waited behind it follows."""
    road = Road()
    road.hear(1, 3)
    road.sequencer.skip_to(road.channel, 2)
    assert await road.settled() == [b"1", b"3"]


async def test_a_deleted_channel_is_given_up() -> None:
    """Events beyond a hole of a channel that the database no longer has are forgotten, not asked for for ever."""
    road = Road(stored=0)
    road.hear(2)
    assert await road.settled() == []
    assert road.channel.waiting is None
    assert road.asked == [0]


async def test_what_waits_is_bounded() -> None:
    """Beyond WAITING_MAX events are not kept; the database supplies them."""
    most = sequencing.WAITING_MAX
    road = Road(stored=most + 100)
    road.hear(*range(2, most + 102))
    assert road.channel.waiting is not None
    assert len(road.channel.waiting) == most
    assert await road.settled() == [f"1-{most + 100}".encode(), str(most + 101).encode()][: len(road.told)]
    assert road.channel.head >= most + 100


async def test_stop_ends_what_is_waited_for() -> None:
    """After `stop` nothing runs that could still ask the database."""
    road = Road(stored=5)
    road.hear(5)
    await road.sequencer.stop()
    assert road.asked == []
    assert await road.settled() == []
