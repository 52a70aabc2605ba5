"""What this node did and saw since the figures were last written; kept in memory. Writing them down is figures'."""

import time
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

# Upper bounds in milliseconds, a quarter apart: fine enough for a chart, from 0.1 ms to a minute.
BOUNDS = tuple(0.1 * 1.25**step for step in range(60))


@dataclass(slots=True, frozen=True)
class Beat:
    """One minute: messages sent, who was here, and how long requests took (half of them, 99 of 100)."""

    messages: int
    here: frozenset[str]
    answers: int
    half_ms: float
    most_ms: float
    queue_bytes: int


class Tally:
    """A count that is asked for again and again, and not made anew as often once it takes long."""

    QUICK_SECONDS = 0.005
    SHARE = 0.005  # of the time, at most, is spent on counting

    def __init__(self) -> None:
        self._count, self._took, self._at = 0, 0.0, 0.0

    def now(self, count: Callable[[], int]) -> int:
        """What `count` says, or said lately."""
        started = time.perf_counter()
        if self._took < self.QUICK_SECONDS or started - self._at > self._took / self.SHARE:
            self._count = count()
            self._at = time.perf_counter()
            self._took = self._at - started
        return self._count


class Pulse:
    """Counters of one node. What a crash takes away is a minute of figures."""

    def __init__(self) -> None:
        self.messages = 0
        self.here: set[str] = set()
        self.queue_bytes: Callable[[], int] = lambda: 0  # unsent bytes of slow sockets; the gateway's
        self.stored = Tally()  # all messages
        self._answers = [0] * (len(BOUNDS) + 1)

    def answered(self, seconds: float) -> None:
        """One request, from its frame to its reply."""
        self._answers[bisect_left(BOUNDS, seconds * 1000)] += 1

    def take(self) -> Beat:
        """All since the last call."""
        counted, self._answers = self._answers, [0] * (len(BOUNDS) + 1)
        here, self.here = self.here, set()
        messages, self.messages = self.messages, 0
        answers = sum(counted)
        half, most = (_within(counted, answers, share) for share in (0.5, 0.99))
        return Beat(messages, frozenset(here), answers, half, most, self.queue_bytes())

    def give_back(self, beat: Beat) -> None:
        """It could not be written: messages and people come with the next one; how long answers took is lost."""
        self.messages += beat.messages
        self.here |= beat.here


def _within(counted: list[int], answers: int, share: float) -> float:
    """The bound within which this share of the answers lies; 0 without any."""
    left = answers * share
    for place, count in enumerate(counted):
        left -= count
        if count and left <= 1e-9:
            return round(BOUNDS[min(place, len(BOUNDS) - 1)], 1)
    return 0.0
