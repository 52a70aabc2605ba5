"""bcrypt behind its bounded queue: what matches, and what happens when too many wait."""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest

from chatd.auth.passwords import WAITING_MAX, Passwords
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
    jobs = [passwords.matches("x", None) for _ in range(threads + WAITING_MAX + 40)]
    outcomes = await asyncio.gather(*jobs, return_exceptions=True)
    refused = [one for one in outcomes if isinstance(one, ChatError)]
    assert len(refused) == 40
    assert {(one.code, one.retry_after_ms) for one in refused} == {("unavailable", 2000)}
    assert not await passwords.matches("x", None)
