"""bcrypt in threads behind a bounded queue, shared by address. What a password must be is domain.passwords'."""

import asyncio
import os
import secrets
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import bcrypt

from chatd.auth.address import place
from chatd.domain.errors import ChatError, unavailable
from chatd.domain.passwords import MAX_BYTES, PasswordPolicy, broken_rules, composed

T = TypeVar("T")
WAITING_MAX = 256
WAITING_OF_ONE = 128  # address, of IPv6 a /64: a whole company may sign in from one
WAIT_SECONDS = 5.0
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"  # nothing that is mistaken for something else


def _too_many() -> ChatError:
    return unavailable("Too many people are signing in; try again in a moment.")


class Turns:
    """So many at once; those who wait are let in one address after the other, each address in its own order.

    One that sends a flood waits behind itself: whoever comes from elsewhere is next but one. Who finds the whole queue
    full takes the place of the last one of the address with the most.
    """

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._lines: dict[str, deque[asyncio.Future[None]]] = {}  # in the order in which addresses have their turns

    async def take(self, address: str) -> None:
        """Wait for a turn, which `give_back` ends. Raises `unavailable` when too many wait, or after WAIT_SECONDS."""
        if self._free and not self._lines:
            self._free -= 1
            return
        turn = self._line_up(address)
        is_ours = False
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await turn
            is_ours = True
        except TimeoutError:
            raise _too_many() from None
        finally:
            if not is_ours:
                self._give_up(address, turn)

    def _give_up(self, address: str, turn: "asyncio.Future[None]") -> None:
        if turn.cancelled():
            self._leave(address, turn)
        elif turn.exception() is None:
            self.give_back()  # it came in the moment in which its asker left

    def _line_up(self, address: str) -> "asyncio.Future[None]":
        waiting = len(self._lines.get(address, ()))
        if waiting >= WAITING_OF_ONE:
            raise _too_many()
        if sum(map(len, self._lines.values())) >= WAITING_MAX:
            longest = max(self._lines, key=lambda one: len(self._lines[one]))
            if len(self._lines[longest]) <= waiting + 1:
                raise _too_many()
            last = self._lines[longest][-1]
            self._leave(longest, last)
            last.set_exception(_too_many())
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lines.setdefault(address, deque()).append(turn)
        return turn

    def _leave(self, address: str, turn: "asyncio.Future[None]") -> None:
        line = self._lines.get(address)
        if line is not None and turn in line:
            line.remove(turn)
            if not line:
                del self._lines[address]

    def give_back(self) -> None:
        """Let the next one in: the first of the address whose turn it is, which then goes behind the others."""
        while self._lines:
            address = next(iter(self._lines))
            line = self._lines.pop(address)
            turn = line.popleft()
            if line:
                self._lines[address] = line
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


class Passwords:
    """Hashes and checks, a quarter of a second each: as many at once as there are cores.

    `by` is the address for which it is done.
    """

    def __init__(self, cost: int) -> None:
        self._cost = cost
        threads = os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="bcrypt")
        self._turns = Turns(threads)
        # Checked when there is no such user, so that the answer takes as long as for a wrong password.
        self._nobody = bcrypt.hashpw(b"nobody", bcrypt.gensalt(cost))

    async def hash(self, password: str, *, by: str = "") -> str:
        """Raises `unavailable` when too many wait. The caller has checked the policy, MAX_BYTES with it."""
        text = composed(password).encode()
        return (await self._run(lambda: bcrypt.hashpw(text, bcrypt.gensalt(self._cost)), by)).decode()

    async def matches(self, password: str, password_hash: str | None, *, by: str = "") -> bool:
        """Is it the password? Without a hash never, after the same time. Raises `unavailable`."""
        known = password_hash.encode() if password_hash is not None else self._nobody
        # As keyboards compose it, and as it was typed: so it was hashed before passwords were composed.
        forms = [form.encode() for form in dict.fromkeys((composed(password), password))]

        def check() -> bool:
            fitting = [form for form in forms if len(form) <= MAX_BYTES] or [b"too long"]
            found = [bcrypt.checkpw(form, known) for form in fitting]  # all of them, whichever it is
            return any(found) and fitting != [b"too long"]

        return await self._run(check, by) and password_hash is not None

    async def _run(self, work: Callable[[], T], by: str) -> T:
        await self._turns.take(place(by))
        job = asyncio.get_running_loop().run_in_executor(self._pool, work)
        job.add_done_callback(lambda _: self._turns.give_back())  # also when the asker has gone: the thread still works
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
