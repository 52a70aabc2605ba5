"""The fan-out: every socket gets every event once and in order, in few writes, and nobody waits for a big channel."""

import asyncio
from collections.abc import Sequence

from chatd.domain.errors import CloseCode
from chatd.hub.fanout import JOIN_BYTES, SLICE, FanOut
from chatd.hub.live import LiveChannel, LiveSession, LiveSocket


class Ear:
    """The far end of a socket: keeps what was written."""

    session: LiveSession
    watching: frozenset[str] | None = None

    def __init__(self, *, open: bool = True, congested: bool = False) -> None:
        self.open, self.congested = open, congested
        self.writes: list[bytes] = []
        self.squeezed: list[bytes] = []

    def write(self, data: bytes, /) -> None:
        self.writes.append(data)

    def write_congested(self, data: bytes, *, ephemeral: bool) -> bool:
        self.squeezed.append(data)
        return True

    def cut(self, code: CloseCode, *, by: str | None = None, reconnect_after_ms: int | None = None) -> None:
        self.open = False

    def cut_after_reply(self, asking: object, code: CloseCode, *, by: str | None = None) -> None:
        self.open = False


def hall(rooms: dict[str, Sequence[Ear]]) -> tuple[FanOut, dict[str, LiveChannel]]:
    """A fan-out over channels with these listeners."""

    def targets(channel: LiveChannel) -> list[LiveSocket]:
        return list(rooms[channel.id])

    return FanOut(targets), {id: LiveChannel(id, "public", 0) for id in rooms}


async def turn() -> None:
    """One turn of the loop, with all that was due in it."""
    done = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(done.set_result, None)
    await done


async def emptied(fanout: FanOut) -> None:
    while fanout.backlog:
        await turn()


async def test_events_of_one_turn_are_joined_in_order() -> None:
    """All events of one turn for one channel reach a socket as one write, in order."""
    alice, bob = Ear(), Ear()
    fanout, rooms = hall({"general": [alice, bob]})
    for frame in (b"1", b"2", b"3"):
        fanout.add(rooms["general"], frame)
    assert alice.writes == []
    await emptied(fanout)
    assert (alice.writes, bob.writes) == ([b"123"], [b"123"])
    assert (fanout.deliveries, fanout.writes) == (6, 2)


async def test_a_big_channel_is_written_in_slices() -> None:
    """After one turn of the loop a slice of the sockets was written, the rest is still to come."""
    ears = [Ear() for _ in range(2 * SLICE + 1)]
    fanout, rooms = hall({"general": ears})
    fanout.add(rooms["general"], b"x")
    seen: list[int] = []
    asyncio.get_running_loop().call_soon(lambda: seen.append(sum(len(ear.writes) for ear in ears)))
    await emptied(fanout)
    assert seen == [SLICE]
    assert all(ear.writes == [b"x"] for ear in ears)


async def test_events_that_come_between_slices_keep_their_order() -> None:
    """What is said while a write is under way goes to everybody after it, once."""
    ears = [Ear() for _ in range(2 * SLICE + 100)]
    fanout, rooms = hall({"general": ears})
    fanout.add(rooms["general"], b"1")
    await turn()
    fanout.add(rooms["general"], b"2")
    fanout.add(rooms["general"], b"3")
    await emptied(fanout)
    assert all(b"".join(ear.writes) == b"123" for ear in ears)


async def test_a_small_channel_does_not_wait_for_a_big_one() -> None:
    """The channels take turns: the small one is told before the big one is done."""
    crowd, bob = [Ear() for _ in range(4 * SLICE)], Ear()
    fanout, rooms = hall({"crowd": crowd, "small": [bob]})
    fanout.add(rooms["crowd"], b"big")
    fanout.add(rooms["small"], b"small")
    while not bob.writes:
        await turn()
    assert crowd[-1].writes == []
    await emptied(fanout)
    assert all(ear.writes == [b"big"] for ear in crowd)


async def test_a_slice_cut_short_by_other_channels_is_not_repeated() -> None:
    """A channel that got only the rest of a turn goes on where it stopped: nobody gets an event twice."""
    first, second = [Ear() for _ in range(SLICE - 100)], [Ear() for _ in range(300)]
    fanout, rooms = hall({"first": first, "second": second})
    fanout.add(rooms["first"], b"1")
    fanout.add(rooms["second"], b"2")
    await emptied(fanout)
    assert [len(ear.writes) for ear in first + second] == [1] * (SLICE + 200)


async def test_finish_between_slices_writes_the_rest_once() -> None:
    """`finish` in the middle of a write completes it, and what waited, for everybody exactly once."""
    ears = [Ear() for _ in range(2 * SLICE + 1)]
    fanout, rooms = hall({"general": ears})
    fanout.add(rooms["general"], b"1")
    seen: list[bool] = []

    def leave() -> None:
        fanout.add(rooms["general"], b"2")
        fanout.finish(rooms["general"])
        seen.append(all(b"".join(ear.writes) == b"12" for ear in ears))

    asyncio.get_running_loop().call_soon(leave)
    await emptied(fanout)
    assert seen == [True]
    assert all(b"".join(ear.writes) == b"12" for ear in ears)


async def test_finish_before_a_join_keeps_the_past_from_the_newcomer() -> None:
    """Who joins after `finish` hears what is said from then on and nothing that was said before."""
    ears = [Ear()]
    fanout, rooms = hall({"secret": ears})
    fanout.add(rooms["secret"], b"before")
    fanout.finish(rooms["secret"])
    ears.append(bob := Ear())
    fanout.add(rooms["secret"], b"after")
    await emptied(fanout)
    assert b"".join(ears[0].writes) == b"beforeafter"
    assert bob.writes == [b"after"]


async def test_a_join_stays_below_a_sockets_limit() -> None:
    """Many events at once go out as several writes of at most JOIN_BYTES, still in order."""
    alice = Ear()
    fanout, rooms = hall({"general": [alice]})
    frames = [bytes([number]) * 50_000 for number in range(7)]
    for frame in frames:
        fanout.add(rooms["general"], frame)
    await emptied(fanout)
    assert b"".join(alice.writes) == b"".join(frames)
    assert [len(data) for data in alice.writes] == [100_000, 100_000, 100_000, 50_000]
    assert max(len(data) for data in alice.writes) <= JOIN_BYTES


async def test_one_event_over_the_join_is_written_alone() -> None:
    """An event that is larger than a whole write still goes out."""
    alice = Ear()
    fanout, rooms = hall({"general": [alice]})
    fanout.add(rooms["general"], b"x" * (JOIN_BYTES + 1))
    fanout.add(rooms["general"], b"y")
    await emptied(fanout)
    assert [len(data) for data in alice.writes] == [JOIN_BYTES + 1, 1]


async def test_closed_and_congested_sockets_go_their_own_way() -> None:
    """A closed socket gets nothing, one that reads slowly is asked whether it can take more."""
    gone, slow, bob = Ear(open=False), Ear(congested=True), Ear()
    fanout, rooms = hall({"general": [gone, slow, bob]})
    fanout.add(rooms["general"], b"x")
    await emptied(fanout)
    assert (gone.writes, slow.writes, bob.writes) == ([], [], [b"x"])
    assert (gone.squeezed, slow.squeezed) == ([], [b"x"])
    assert fanout.writes == 2


async def test_a_channel_without_listeners_ends_its_round() -> None:
    """Nobody hears it: the round ends and the next event finds everything in order."""
    ears: list[Ear] = []
    fanout, rooms = hall({"empty": ears})
    fanout.add(rooms["empty"], b"1")
    await emptied(fanout)
    ears.append(alice := Ear())
    fanout.add(rooms["empty"], b"2")
    await emptied(fanout)
    assert alice.writes == [b"2"]
