"""How much of what people cause enters the audit log: so many rows in a while, the rest only as a number.

Unless its entries have an age to go at, the log is never shortened: whoever guesses passwords all day would fill the
disk. Letters to an address that was just given up are bounded likewise. Kept per node.
"""

from collections import Counter

WINDOW_SECONDS = 300.0


class Allowance:
    """So many rows or letters for one key (an address, an account), and for all together, in five minutes."""

    def __init__(self, *, per_key: int, total: int) -> None:
        self._per_key, self._total = per_key, total
        self._taken: Counter[str] = Counter()  # holds no more keys than `total`: what is refused is not remembered
        self._left = total
        self._until = 0.0

    def take(self, key: str, now: float) -> bool:
        """May there be one more at this moment of the monotonic clock?"""
        if now >= self._until:
            self._taken.clear()
            self._left, self._until = self._total, now + WINDOW_SECONDS
        if self._left == 0 or self._taken[key] >= self._per_key:
            return False
        self._taken[key] += 1
        self._left -= 1
        return True


class Allowances:
    """Those of one node, and what they left out since it was last written."""

    def __init__(self) -> None:
        self.failures = Allowance(per_key=20, total=100)  # by address: the throttle lets 50 through, and refuses more
        self.denials = Allowance(per_key=100, total=300)  # by account
        self.sign_ins = Allowance(per_key=60, total=100_000)  # by account: people sign in when they like
        self.letters = Allowance(per_key=3, total=10_000)  # by account
        self.confirmations = Allowance(per_key=5, total=10_000)  # by account: letters to addresses that it gave
        self._left_out: Counter[str] = Counter()

    def leave_out(self, action: str) -> None:
        self._left_out[action] += 1

    def take_left_out(self) -> dict[str, int]:
        """Action -> how often it was not written since the last call."""
        taken, self._left_out = self._left_out, Counter()
        return dict(taken)
