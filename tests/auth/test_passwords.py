"""bcrypt behind its bounded queue: what matches, and what happens when too many wait."""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest

from chatd.auth.passwords import WAITING_MAX, WAITING_OF_ONE, Passwords, Turns
from chatd.domain.errors import ChatError


@pytest.fixture
async def passwords() -> AsyncIterator[Passwords]:
    made = Passwords(cost=4)
    yield made
    made.close()


async def test_a_password_matches_its_own_hash_only(passwords: Passwords) -> None:
    """Salted: two hashes of one password differ and both match."""
    one, other = await passwords.hash("correct horse"), await passwords.hash("correct horse")
    assert one != other
    assert await passwords.matches("correct horse", one)
    assert await passwords.matches("correct horse", other)
    assert not await passwords.matches("correct horse ", one)


async def test_nobody_has_no_password(passwords: Passwords) -> None:
    """Where there is no hash nothing matches, not even what stands in for it."""
    for guess in ("nobody", "too long", ""):
        assert not await passwords.matches(guess, None)


async def test_over_72_bytes_nothing_matches(passwords: Passwords) -> None:
    """A longer guess is not cut to one that fits."""
    known = await passwords.hash("x" * 72)
    assert await passwords.matches("x" * 72, known)
    assert not await passwords.matches("x" * 73, known)
    assert not await passwords.matches("y" * 73, await passwords.hash("too long"))


async def test_too_many_waiting_are_turned_away(passwords: Passwords) -> None:
    """As many as there are threads work, 256 wait, the others hear `unavailable` with a time to come back."""
    threads = os.cpu_count() or 1
    jobs = [passwords.matches("x", None, by=f"192.0.2.{number % 8}") for number in range(threads + WAITING_MAX + 40)]
    outcomes = await asyncio.gather(*jobs, return_exceptions=True)
    refused = [one for one in outcomes if isinstance(one, ChatError)]
    assert len(refused) == 40
    assert {(one.code, one.retry_after_ms) for one in refused} == {("unavailable", 2000)}
    assert not await passwords.matches("x", None)


async def order(turns: Turns, askers: list[str]) -> list[str]:
    """Who had their turn, one after the other, when all of them ask at once."""
    had: list[str] = []

    async def ask(address: str) -> None:
        await turns.take(address)
        had.append(address)
        await asyncio.sleep(0)
        turns.give_back()

    await asyncio.gather(*(ask(address) for address in askers), return_exceptions=True)
    return had


async def test_a_flood_waits_behind_itself() -> None:
    """Whoever comes from elsewhere is next but one, however many of one address came before."""
    had = await order(Turns(1), ["flood"] * 100 + ["alice", "bob", "alice"])
    assert had[:6] == ["flood", "flood", "alice", "bob", "flood", "alice"]
    assert had.count("flood") == 100


async def test_one_address_does_not_fill_the_queue() -> None:
    """It has half of it; the rest of its own is refused."""
    had = await order(Turns(1), ["flood"] * 300 + ["alice"])
    assert (had.count("flood"), had.count("alice")) == (1 + WAITING_OF_ONE, 1)


async def test_a_full_queue_makes_room_for_somebody_else() -> None:
    """Several addresses that fill it together lose their last to who has none in it."""
    floods = [f"flood {number % 4}" for number in range(600)]
    had = await order(Turns(1), [*floods, "alice"])
    assert "alice" in had
    assert had.index("alice") < 10
    assert len(had) == 1 + WAITING_MAX


async def test_whoever_gives_up_leaves_no_hole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cancelled or out of patience, before and in the moment of the turn: the next one comes."""
    turns = Turns(1)
    await turns.take("first")
    waiting = [asyncio.create_task(turns.take(name)) for name in ("bob", "eve", "alice")]
    await asyncio.sleep(0)
    waiting[0].cancel()
    await asyncio.sleep(0)
    turns.give_back()  # eve's turn comes,
    waiting[1].cancel()  # and she leaves before she knows
    async with asyncio.timeout(5):
        await waiting[2]
    monkeypatch.setattr("chatd.auth.passwords.WAIT_SECONDS", 0.01)
    with pytest.raises(ChatError, match="signing in"):
        await turns.take("late")
    turns.give_back()
    async with asyncio.timeout(5):
        await turns.take("bob")


async def test_a_network_of_ipv6_is_one_asker(passwords: Passwords, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its 2^64 addresses share one line; an IPv4 address written as IPv6 is itself."""
    seen: list[str] = []
    take = passwords._turns.take

    async def taking(address: str) -> None:
        seen.append(address)
        await take(address)

    monkeypatch.setattr(passwords._turns, "take", taking)
    for address in ("2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1", "::ffff:192.0.2.1", "192.0.2.1", ""):
        await passwords.matches("x", None, by=address)
    assert seen == ["2001:db8::/64", "2001:db8::/64", "2001:db8:0:1::/64", "192.0.2.1", "192.0.2.1", ""]
