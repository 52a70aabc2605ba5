"""Who finds a place when a node fills up: shares of accounts, and what is kept for whom."""

import asyncio

import pytest
from websockets.exceptions import InvalidStatus

from chatd.gateway.capacity import OVER, Capacity, Newcomer
from tests.client import Client, Person
from tests.gateway.conftest import Bounded
from tests.serving import ADMIN_EMAIL, Running
from tests.tokens import make_bot

EVE, BOB = Newcomer("eve", is_admin=False, signed_in_at=200), Newcomer("bob", is_admin=False, signed_in_at=200)
ALICE, ADMIN = Newcomer("alice", is_admin=False, signed_in_at=50), Newcomer("admin", is_admin=True, signed_in_at=200)


def filled(most: int, now: int = 100) -> Capacity:
    """A node whose ordinary places are taken, by as many accounts."""
    capacity = Capacity(most)
    for number in range(capacity.ordinary):
        capacity.take(f"account {number}", now)
    return capacity


@pytest.mark.parametrize(("most", "ordinary", "returning"), [(1, 1, 1), (9, 9, 9), (10, 8, 9), (100, 90, 95)])
def test_a_twentieth_is_kept_for_each(most: int, ordinary: int, returning: int) -> None:
    """Of a node with room for ten or more; a smaller one has nothing to keep."""
    capacity = Capacity(most)
    assert (capacity.ordinary, capacity.returning, capacity.most) == (ordinary, returning, most)


def test_who_signed_in_before_the_node_filled_up_finds_a_place() -> None:
    """But not whoever signed in afterwards, nor somebody's further sockets."""
    capacity = filled(100)
    assert not capacity.has_room(EVE)
    assert capacity.has_room(ALICE)
    capacity.take("alice", 100)
    assert not capacity.has_room(ALICE)
    for number in range(4):
        capacity.take(f"returning {number}", 100)
    assert not capacity.has_room(Newcomer("carol", is_admin=False, signed_in_at=50))


def test_one_gap_does_not_make_newcomers_older() -> None:
    """Who signed in while the node was full has not signed in before it was."""
    capacity = filled(100)
    capacity.give_back("account 0")
    assert capacity.has_room(EVE)
    capacity.take("eve", 300)
    assert not capacity.has_room(BOB)
    for number in range(1, 12):
        capacity.give_back(f"account {number}")
    for number in range(1, 12):
        capacity.take(f"account {number}", 300)
    assert capacity.has_room(BOB)


def test_an_administrator_without_a_place_finds_one_though_none_is_left() -> None:
    """The last twentieth is theirs; beyond it only who holds none gets in, and only so many."""
    capacity = filled(20)
    for _ in range(2):
        assert capacity.has_room(ADMIN)
        capacity.take("admin", 100)
    assert not capacity.has_room(ADMIN)
    for number in range(OVER):
        another = Newcomer(f"admin {number}", is_admin=True, signed_in_at=200)
        assert capacity.has_room(another)
        capacity.take(another.account, 100)
    assert not capacity.has_room(Newcomer("one more", is_admin=True, signed_in_at=200))


@pytest.mark.parametrize(("most", "share"), [(10, 20), (100, 25), (1000, 250), (100_000, 400)])
def test_an_account_holds_a_share(most: int, share: int) -> None:
    """A quarter of the node, what one session may hold at least, 400 at most."""
    capacity = Capacity(most)
    for _ in range(share):
        assert not capacity.share_is_taken(EVE)
        capacity.take("eve", 1)
    assert capacity.share_is_taken(EVE)
    assert not capacity.share_is_taken(BOB)
    capacity.give_back("eve")
    assert not capacity.share_is_taken(EVE)


# --- on the wire -------------------------------------------------------------------------------------------------


async def status_of(node: Running, person: Person) -> int:
    """101 or what an upgrade is refused with."""
    try:
        person.clients.append(await Client.open(node.url, person.access_token))
    except InvalidStatus as refusal:
        assert int(refusal.response.headers["Retry-After"]) > 0
        return refusal.response.status_code
    return 101


async def test_one_person_cannot_take_the_place_of_others(bounded: Bounded) -> None:
    """Eve opens what she can by many sessions at once: alice, who was here before, and the administrator get in."""
    async with bounded(server={"maxSockets": 20}) as (node, other):
        alice, bob = await node.sign_in(), await node.sign_in("bob@example.com")
        eves = [await node.sign_in(f"eve{number % 3}@example.com") for number in range(6)]
        answers = await asyncio.gather(*(status_of(node, eve) for eve in eves for _ in range(8)))
        assert sorted(answers) == [101] * 18 + [503] * 30
        late, admin = await node.sign_in("late@example.com"), await node.sign_in(ADMIN_EMAIL)
        assert await status_of(node, late) == 503
        assert await status_of(node, alice) == 101
        assert await status_of(node, bob) == 503
        assert [await status_of(node, admin) for _ in range(2)] == [101, 503]
        assert await admin.clients[0].ask("ping") == {}
        if other is not node:
            assert await status_of(other, late) == 101


async def test_sessions_of_one_account_share_its_places(bounded: Bounded) -> None:
    """Forty upgrades of ten sessions at once: a quarter of the node; its bots are counted with it."""
    async with bounded(server={"maxSockets": 100}) as (node, _):
        eves = [await node.sign_in("eve@example.com") for _ in range(10)]
        owner = await eves[0].connect()
        _, token = await make_bot(owner)
        answers = await asyncio.gather(*(status_of(node, eve) for eve in eves for _ in range(4)))
        assert sorted(answers) == [101] * 24 + [503] * 16
        with pytest.raises(InvalidStatus):
            await Client.open(node.url, token)
        assert await status_of(node, await node.sign_in()) == 101


async def test_an_administrator_gets_in_though_every_place_is_taken(bounded: Bounded) -> None:
    """Also on a node that is too small to keep any."""
    async with bounded(server={"maxSockets": 2}) as (node, _):
        eve, admin = await node.sign_in("eve@example.com"), await node.sign_in(ADMIN_EMAIL)
        assert [await status_of(node, eve) for _ in range(3)] == [101, 101, 503]
        assert [await status_of(node, admin) for _ in range(2)] == [101, 503]
