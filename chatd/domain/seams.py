"""Time and chance, handed in so that tests neither sleep nor guess."""

import secrets
import time
from typing import Protocol


class Clock(Protocol):
    def now(self) -> int:
        """Epoch milliseconds."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        ...


class SystemClock:
    def now(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()


class TokenSource(Protocol):
    def token(self) -> str:
        """A secret of 256 bits, URL-safe."""
        ...

    def id(self, now: int) -> str:
        """An identifier that sorts by time, so that new rows stand together in every index."""
        ...


class SystemTokens:
    def __init__(self) -> None:
        self._chance = ""  # hexadecimal digits in store: asking the system for each id took 5 % of a message

    def token(self) -> str:
        return secrets.token_urlsafe(32)

    def id(self, now: int) -> str:
        if len(self._chance) < 12:
            self._chance = secrets.token_hex(3072)
        digits, self._chance = self._chance[:12], self._chance[12:]
        return f"{now:011x}{digits}"
