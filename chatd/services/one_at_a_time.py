"""What one account does once at a time, so that its slowness takes no place from others. Kept per node."""

import contextlib
from collections.abc import Iterator

from chatd.domain.errors import unavailable
from chatd.domain.models import User

AGAIN_MS = 5000


class OneAtATime:
    def __init__(self) -> None:
        self._busy: set[str] = set()

    @contextlib.contextmanager
    def of(self, account_id: str, refusal: str) -> Iterator[None]:
        """Hold the account's one place for this block. Raises `unavailable` with `refusal` while it is taken."""
        if account_id in self._busy:
            raise unavailable(refusal, AGAIN_MS)
        self._busy.add(account_id)
        try:
            yield
        finally:
            self._busy.discard(account_id)


def account_of(user: User) -> str:
    """Who answers for it: a bot has no place of its own, or twenty of them would be twenty places."""
    return user.owner_id or user.id
