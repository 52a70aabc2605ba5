"""The brake on guessing passwords: failures are counted per account-and-address, per address, and per account."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from chatd.auth.address import place, site
from chatd.domain.errors import ChatError, ErrorCode
from chatd.domain.text import fold
from chatd.hub.limits import Counters

WINDOW_SECONDS = 300
PER_ACCOUNT_AND_ADDRESS = 10  # never per account alone: anybody could lock out anybody
PER_ADDRESS = 50  # of IPv6 a /64
PER_SITE = 200  # of IPv6 a /48: who has one has 65,536 of those
PER_ACCOUNT = 100  # within ACCOUNT_SECONDS, from wherever: then only places are heard that the account is known at
ACCOUNT_SECONDS = 3600
PENDING_SECONDS = 60  # an attempt whose node died stops counting
WAIT_SECONDS = 5.0  # for attempts under way, before one more is heard
LOOK_AGAIN_SECONDS = 0.02


@dataclass(slots=True)
class Guess:
    """One attempt; whoever finds it wrong sets `failed`."""

    failed: bool = False


def _refusal(wait_ms: int) -> ChatError:
    message = "Too many failed sign-ins from here. Wait a few minutes, then try again."
    return ChatError(ErrorCode.RATE_LIMITED, message, retry_after_ms=wait_ms)


def _name_of(login: str) -> str:
    return hashlib.sha256(fold(login).encode()).hexdigest()[:32]


class SignInThrottle:
    """Only failures count. Attempts under way might fail, so beyond the limit with them the next one waits for them."""

    def __init__(self, counters: Counters, *, enabled: bool) -> None:
        self._counters, self.enabled = counters, enabled

    @asynccontextmanager
    async def guess(self, login: str, address: str) -> AsyncIterator[Guess]:
        """Hear one attempt. Raises `rate_limited` with the time until a new try is heard."""
        guess = Guess()
        if not self.enabled:
            yield guess
            return
        account = _name_of(login)
        here, around = place(address), site(address)
        keys = [f"signin:{account}:{here}", f"signin:{here}", f"signin:site:{around}"]
        pending = [f"pending:{key}" for key in keys]
        await self._enter(keys, pending)
        try:
            yield guess
        finally:
            if guess.failed:
                await self._counters.add(keys, WINDOW_SECONDS)
                await self._counters.add([f"signin:account:{account}"], ACCOUNT_SECONDS)
            await self._counters.subtract(pending)

    async def require_not_hunted(self, login: str) -> None:
        """Raises `rate_limited` where very many addresses try one account: nobody new is heard for a while.

        Not for who comes from where the account is known: nobody locks out anybody.
        """
        if self.enabled:
            ((count, wait),) = await self._counters.look([f"signin:account:{_name_of(login)}"])
            if count >= PER_ACCOUNT:
                raise _refusal(wait)

    async def _enter(self, keys: list[str], pending: list[str]) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + WAIT_SECONDS
        while True:
            under_way = await self._counters.add(pending, PENDING_SECONDS)
            failed = await self._counters.look(keys)
            left = [
                most - count
                for (count, _), most in zip(failed, (PER_ACCOUNT_AND_ADDRESS, PER_ADDRESS, PER_SITE), strict=True)
            ]
            if min(left) > 0 and all(count <= rest for (count, _), rest in zip(under_way, left, strict=True)):
                return
            await self._counters.subtract(pending)
            if min(left) <= 0:
                raise _refusal(max(wait for (_, wait), rest in zip(failed, left, strict=True) if rest <= 0))
            if loop.time() > deadline:
                raise _refusal(1000)
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
