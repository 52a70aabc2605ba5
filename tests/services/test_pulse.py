"""The counters of one node: what is taken is gone, what could not be written comes back, shares of answers."""

import pytest

from chatd.services.pulse import Pulse, Tally


def test_what_was_taken_is_not_counted_twice() -> None:
    pulse = Pulse()
    pulse.messages += 3
    pulse.here |= {"alice", "bob"}
    pulse.answered(0.002)
    first, second = pulse.take(), pulse.take()
    assert (first.messages, set(first.here), first.answers) == (3, {"alice", "bob"}, 1)
    assert (second.messages, len(second.here), second.answers, second.most_ms) == (0, 0, 0, 0.0)


def test_what_could_not_be_written_comes_with_the_next() -> None:
    pulse = Pulse()
    pulse.messages, pulse.here = 2, {"alice"}
    pulse.give_back(pulse.take())
    pulse.messages += 1
    pulse.here.add("bob")
    assert (beat := pulse.take()).messages == 3
    assert beat.here == {"alice", "bob"}


def test_half_and_99_of_100_lie_within_their_bounds() -> None:
    """Bounds are a quarter apart, so an answer of 4 ms is told as at most 5; what is slower than all is still told."""
    pulse = Pulse()
    for _ in range(98):
        pulse.answered(0.004)
    pulse.answered(0.1)
    pulse.answered(3600)
    beat = pulse.take()
    assert 4 <= beat.half_ms <= 5
    assert 100 <= beat.most_ms <= 125
    pulse.answered(3600)
    assert pulse.take().most_ms > 50_000


def test_a_count_that_takes_long_is_not_made_at_each_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quick ones are always fresh; one of 20 ms is made once in four seconds."""
    seconds = 0.0
    monkeypatch.setattr("chatd.services.pulse.time.perf_counter", lambda: seconds)
    tally = Tally()
    assert [tally.now(lambda n=n: n) for n in (1, 2)] == [1, 2]  # type: ignore[misc]

    def slow() -> int:
        nonlocal seconds
        seconds += 0.02
        return 3

    assert tally.now(slow) == 3
    seconds += 3
    assert tally.now(lambda: 4) == 3
    seconds += 2
    assert tally.now(lambda: 4) == 4
