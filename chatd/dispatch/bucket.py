"""The token bucket of the rate limit (PROTOCOL.md section 7). Counting failures of sign-in is the throttle's."""

from collections import OrderedDict

BUCKETS_MAX = 50_000  # sessions and addresses remembered; the least recent are forgotten, that is: full again


class Bucket:
    """`per_minute` requests, a tenth of it at once."""

    __slots__ = ("filled_at", "tokens")

    def __init__(self, tokens: float, now: float) -> None:
        self.tokens = tokens
        self.filled_at = now


class RateLimit:
    """The rule for all buckets. `per_minute` None lifts it."""

    def __init__(self, per_minute: int | None) -> None:
        self.per_second = (per_minute or 0) / 60
        self.burst = max(1.0, (per_minute or 0) / 10)
        self.enabled = per_minute is not None
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, bucket: Bucket, now: float) -> int:
        """0 when it was within the limit, else the milliseconds until it would be."""
        bucket.tokens = min(self.burst, bucket.tokens + (now - bucket.filled_at) * self.per_second)
        bucket.filled_at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return 0
        return int((1 - bucket.tokens) / self.per_second * 1000) + 1

    def full(self, now: float) -> Bucket:
        return Bucket(self.burst, now)

    def take_for(self, key: str, now: float) -> int:
        """The same for a bucket by name: an HTTP session or address."""
        if not self.enabled:
            return 0
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = self.full(now)
            if len(self._buckets) > BUCKETS_MAX:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(key)
        return self.take(bucket, now)
