"""Presence: batched, with a grace for those who come right back, and the best of what all nodes say."""

import asyncio

import pytest

from chatd.hub import presence as presence_module
from chatd.hub.bus_memory import Exchange, MemoryBus
from chatd.hub.presence import Presence
from chatd.hub.registry_memory import Ledger, MemoryRegistry
from chatd.protocol.shapes import PresenceShape
from tests.client import PATIENCE_SECONDS
from tests.hub.joints import turn
from tests.serving import MovableClock


class Desk:
    """The presence of one node and the batches it told."""

    def __init__(self, node: str, clock: MovableClock, exchange: Exchange | None, ledger: Ledger) -> None:
        self.bus = MemoryBus(exchange)
        self.registry = MemoryRegistry(node, ledger)
        self.presence = Presence(self.registry, self.bus, clock, node)
        self.batches: asyncio.Queue[list[PresenceShape]] = asyncio.Queue()
        self.presence.deliver = self.batches.put_nowait
        self.bus.receive = self.presence.hear

    async def told(self) -> dict[str, str]:
        """The next batch."""
        batch = await asyncio.wait_for(self.batches.get(), PATIENCE_SECONDS)
        return {one["userId"]: one["status"] for one in batch}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> MovableClock:
    monkeypatch.setattr(presence_module, "BATCH_SECONDS", 0.01)
    return MovableClock()


async def desks(clock: MovableClock, count: int = 1, *, deaf: bool = False) -> list[Desk]:
    """Nodes with one registry; `deaf`: their buses do not meet."""
    shared, ledger = Exchange() if count > 1 else None, Ledger()
    found = [Desk(f"node{number}", clock, Exchange() if deaf else shared, ledger) for number in range(count)]
    for desk in found:
        await desk.bus.start()
    return found


async def test_changes_of_a_moment_are_one_batch(clock: MovableClock) -> None:
    """Everybody who comes within a moment is told of at once, each person once."""
    (desk,) = await desks(clock)
    for user_id in ("alice", "bob", "carol"):
        desk.presence.arrived(user_id)
    desk.presence.choose("bob", "dnd")
    assert await desk.told() == {"alice": "online", "bob": "dnd", "carol": "online"}
    assert desk.batches.empty()
    assert desk.presence.online() == {"alice", "bob", "carol"}


async def test_a_second_socket_changes_nothing(clock: MovableClock) -> None:
    """Who is here already is not told of again."""
    (desk,) = await desks(clock)
    desk.presence.arrived("alice")
    await desk.told()
    desk.presence.arrived("alice")
    desk.presence.arrived("bob")
    assert await desk.told() == {"bob": "online"}


async def test_who_comes_right_back_was_never_gone(clock: MovableClock) -> None:
    """Back within the grace: nobody hears of it, and no timer is left that would take him away later."""
    (desk,) = await desks(clock)
    desk.presence.arrived("alice")
    await desk.told()
    desk.presence.departed("alice", at_once=False)
    assert desk.presence.status("alice") == "online"
    desk.presence.arrived("alice")
    desk.presence.arrived("bob")
    assert await desk.told() == {"bob": "online"}
    assert desk.presence._leaving == {}


async def test_after_the_grace_he_is_offline(clock: MovableClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who does not come back is told of as offline, with the time, and forgotten by the registry."""
    monkeypatch.setattr(presence_module, "GRACE_SECONDS", 0.01)
    (desk,) = await desks(clock)
    desk.presence.arrived("alice")
    await desk.told()
    clock.advance(100)
    now = clock.now()
    desk.presence.departed("alice", at_once=False)
    assert await desk.told() == {"alice": "offline"}
    (shape,) = desk.presence.shapes(["alice"])
    assert shape["lastSeenAt"] is not None
    assert shape["lastSeenAt"] >= now
    assert desk.registry._ledger.presence["node0"] == {}


async def test_at_once_needs_no_grace(clock: MovableClock) -> None:
    """A removed person is offline at once, also when the grace had begun, and the timer is gone."""
    (desk,) = await desks(clock)
    desk.presence.arrived("alice")
    await desk.told()
    desk.presence.departed("alice", at_once=False)
    desk.presence.departed("alice", at_once=True)
    assert desk.presence.status("alice") == "offline"
    assert desk.presence._leaving == {}
    assert await desk.told() == {"alice": "offline"}


async def test_leaving_twice_is_leaving_once(clock: MovableClock) -> None:
    """One who is not here cannot leave: nothing is told."""
    (desk,) = await desks(clock)
    desk.presence.departed("eve", at_once=True)
    desk.presence.arrived("bob")
    assert await desk.told() == {"bob": "online"}


async def test_a_chosen_status_holds_until_he_goes(clock: MovableClock) -> None:
    """Chosen `dnd` outlives a reload; who goes for good and comes back is online again."""
    (desk,) = await desks(clock)
    desk.presence.arrived("alice")
    desk.presence.choose("alice", "dnd")
    desk.presence.departed("alice", at_once=False)
    desk.presence.arrived("alice")
    assert desk.presence.status("alice") == "dnd"
    desk.presence.departed("alice", at_once=True)
    desk.presence.arrived("alice")
    assert desk.presence.status("alice") == "online"


async def test_offline_by_choice_is_not_online(clock: MovableClock) -> None:
    """Somebody who wants to be seen as offline is in no list of those online."""
    (desk,) = await desks(clock)
    desk.presence.arrived("alice")
    desk.presence.choose("alice", "offline")
    assert desk.presence.online() == set()
    assert desk.presence.shown() == []
    desk.presence.choose("alice", "online")
    assert [one["userId"] for one in desk.presence.shown()] == ["alice"]


async def test_another_nodes_people_are_seen(clock: MovableClock) -> None:
    """Who is on another node is online here too, and told of here when he comes and goes."""
    here, there = await desks(clock, 2)
    there.presence.arrived("alice")
    assert await here.told() == {"alice": "online"}
    there.presence.departed("alice", at_once=True)
    assert await here.told() == {"alice": "offline"}


async def test_on_two_nodes_one_end_does_not_make_him_offline(clock: MovableClock) -> None:
    """One with sockets on two nodes stays online when those of one node end."""
    here, there = await desks(clock, 2)
    here.presence.arrived("alice")
    there.presence.arrived("alice")
    await here.told()
    there.presence.departed("alice", at_once=True)
    await turn()
    await turn()
    assert here.presence.status("alice") == there.presence.status("alice") == "online"


async def test_a_choice_holds_on_all_nodes(clock: MovableClock) -> None:
    """Chosen on one node, it is how all his sockets are seen, everywhere."""
    here, there = await desks(clock, 2)
    here.presence.arrived("alice")
    there.presence.arrived("alice")
    here.presence.choose("alice", "away")
    assert (await here.told())["alice"] == "away"
    assert here.presence.status("alice") == there.presence.status("alice") == "away"


async def test_a_choice_outlives_the_end_of_one_node(clock: MovableClock) -> None:
    """Gone from one node and still on another, he is seen as he chose when he comes back to the first."""
    here, there = await desks(clock, 2)
    here.presence.arrived("alice")
    there.presence.arrived("alice")
    here.presence.choose("alice", "away")
    await here.told()
    here.presence.departed("alice", at_once=True)
    here.presence.arrived("alice")
    assert here.presence.status("alice") == "away"


async def test_a_choice_ends_everywhere_when_he_goes(clock: MovableClock) -> None:
    """After he is gone from all nodes his choice is forgotten on all: back on another node he is online."""
    here, there = await desks(clock, 2)
    here.presence.arrived("alice")
    here.presence.choose("alice", "dnd")
    assert (await there.told())["alice"] == "dnd"
    here.presence.departed("alice", at_once=True)
    assert (await there.told())["alice"] == "offline"
    there.presence.arrived("alice")
    assert there.presence.status("alice") == "online"
    assert (here.presence._chosen, there.presence._chosen) == ({}, {})


async def test_the_registry_says_what_the_bus_lost(clock: MovableClock) -> None:
    """A comparison takes over who came unheard, and takes away those of a node whose lease ended."""
    here, there = await desks(clock, 2, deaf=True)
    there.presence.arrived("alice")
    await here.presence.compare()
    assert await here.told() == {"alice": "online"}
    await there.registry.stop()
    await here.presence.compare()
    assert await here.told() == {"alice": "offline"}
    await here.presence.compare()
    here.presence.arrived("bob")
    assert await here.told() == {"bob": "online"}


async def test_what_was_just_heard_is_newer_than_the_registry(clock: MovableClock) -> None:
    """The registry is written behind the bus: a comparison in between takes back neither an arrival nor an end."""
    here, there = await desks(clock, 2)
    there.presence.arrived("alice")
    assert await here.told() == {"alice": "online"}
    there.registry.set_presence("alice", None)  # as it was before her arrival
    await here.presence.compare()
    assert here.presence.status("alice") == "online"
    there.presence.departed("alice", at_once=True)
    assert await here.told() == {"alice": "offline"}
    there.registry.set_presence("alice", "online")  # as it was before her end
    await here.presence.compare()
    assert here.presence.status("alice") == "offline"
    clock.advance(presence_module.HEARD_SECONDS + 1)
    await here.presence.compare()
    assert await here.told() == {"alice": "online"}
    assert here.presence._heard == {}


async def test_stop_leaves_no_timer(clock: MovableClock) -> None:
    """After `stop` neither a departure nor a batch is told."""
    (desk,) = await desks(clock)
    desk.presence.arrived("alice")
    desk.presence.departed("alice", at_once=False)
    (timer,) = desk.presence._leaving.values()
    desk.presence.stop()
    assert timer.cancelled()
    assert desk.presence._flush is not None
    assert desk.presence._flush.cancelled()
