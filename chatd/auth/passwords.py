"""bcrypt in threads behind a bounded queue. What a password must be is domain.passwords'."""

import asyncio
import os
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import bcrypt

from chatd.domain.errors import unavailable
from chatd.domain.passwords import MAX_BYTES, PasswordPolicy, broken_rules

T = TypeVar("T")
WAITING_MAX = 256
WAIT_SECONDS = 5.0
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"  # nothing that is mistaken for something else


class Passwords:
    """Hashes and checks, a quarter of a second each: as many at once as there are cores."""

    def __init__(self, cost: int) -> None:
        self._cost = cost
        self._threads = os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="bcrypt")
        self._free = asyncio.Semaphore(self._threads)
        self._waiting = 0
        # Checked when there is no such user, so that the answer takes as long as for a wrong password.
        self._nobody = bcrypt.hashpw(b"nobody", bcrypt.gensalt(cost))

    async def hash(self, password: str) -> str:
        """Raises `unavailable` when too many wait. The caller has checked the policy, MAX_BYTES with it."""
        return (await self._run(lambda: bcrypt.hashpw(password.encode(), bcrypt.gensalt(self._cost)))).decode()

    async def matches(self, password: str, password_hash: str | None) -> bool:
        """Is it the password? Without a hash never, after the same time. Raises `unavailable`."""
        known = password_hash.encode() if password_hash is not None else self._nobody
        tried = password.encode()
        fits = len(tried) <= MAX_BYTES
        same = await self._run(lambda: bcrypt.checkpw(tried if fits else b"too long", known))
        return same and fits and password_hash is not None

    async def _run(self, work: Callable[[], T]) -> T:
        if self._waiting >= WAITING_MAX:
            raise unavailable("Too many people are signing in; try again in a moment.")
        self._waiting += 1
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await self._free.acquire()
        except TimeoutError:
            raise unavailable("Too many people are signing in; try again in a moment.") from None
        finally:
            self._waiting -= 1
        job = asyncio.get_running_loop().run_in_executor(self._pool, work)
        job.add_done_callback(lambda _: self._free.release())  # also when the asker has gone: the thread still works
        return await job

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def random_password(policy: PasswordPolicy) -> str:
    """A password that nobody chose: it keeps the policy, whatever that asks for."""
    while True:
        words = ["".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4)]
        password = "-".join(words)
        if not broken_rules(policy, password):
            return password
