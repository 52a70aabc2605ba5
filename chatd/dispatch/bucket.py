"""The token bucket of the rate limit (PROTOCOL.md section 7). Counting failures of sign-in is the throttle's."""

from collections import OrderedDict
from collections.abc import Collection

BUCKETS_MAX = 50_000  # sessions and addresses remembered; the least recent are forgotten, that is: full again
ACCOUNT_SHARE = 4  # what all sessions of one account have together: so many times what one has


class Bucket:
    """`per_minute` requests, a tenth of it at once; for an account `share` times that."""

    __slots__ = ("filled_at", "share", "tokens")

    def __init__(self, tokens: float, now: float, share: int = 1) -> None:
        self.tokens = tokens
        self.filled_at = now
        self.share = share


class RateLimit:
    """The rule for all buckets. `per_minute` None lifts it."""

    def __init__(self, per_minute: int | None) -> None:
        self.per_second = (per_minute or 0) / 60
        self.burst = max(1.0, (per_minute or 0) / 10)
        self.enabled = per_minute is not None
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, buckets: Collection[Bucket], now: float) -> int:
        """One out of each, and 0, when all have one; else nothing, and the milliseconds until they would."""
        wait = 0
        for bucket in buckets:
            rate = self.per_second * bucket.share
            bucket.tokens = min(self.burst * bucket.share, bucket.tokens + (now - bucket.filled_at) * rate)
            bucket.filled_at = now
            if bucket.tokens < 1:
                wait = max(wait, int((1 - bucket.tokens) / rate * 1000) + 1)
        if not wait:
            for bucket in buckets:
                bucket.tokens -= 1
        return wait

    def _named(self, key: str, now: float, share: int = 1) -> Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = Bucket(self.burst * share, now, share)
            if len(self._buckets) > BUCKETS_MAX:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(key)
        return bucket

    def of_session(self, session_id: str, user_id: str, now: float) -> tuple[Bucket, Bucket]:
        """The session's, over all its sockets and HTTP together, and its account's."""
        return self._named("session:" + session_id, now), self._named("account:" + user_id, now, ACCOUNT_SHARE)

    def take_of(self, session_id: str, user_id: str, now: float) -> int:
        """One request, or one upgrade, of somebody who is signed in."""
        return self.take(self.of_session(session_id, user_id, now), now) if self.enabled else 0

    def take_for(self, key: str, now: float) -> int:
        """One of whom there is no session of: by an address or a webhook."""
        return self.take((self._named(key, now),), now) if self.enabled else 0
