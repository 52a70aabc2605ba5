"""Who finds a place when a node fills up with sockets: shares of accounts, and what is kept for whom. No I/O."""

from dataclasses import dataclass

SOCKETS_PER_SESSION = 20
ACCOUNT_MAX = 400  # sockets of one account with its bots; a quarter of a small node
KEPT_PART = 20  # a twentieth is kept for who comes back, another for administrators
OVER = 16  # administrators without any socket here may go so far over the bound; SPARE_CONNECTIONS has room for them


@dataclass(slots=True, frozen=True)
class Newcomer:
    """Who asks for a socket: `account` is a bot's owner, `signed_in_at` epoch ms."""

    account: str
    is_admin: bool
    signed_in_at: int


class Capacity:
    """The sockets of one node, counted by account.

    Anybody's sockets fill nine tenths. The next twentieth is for people who hold none here and had signed in before
    the node filled up; the last one for administrators. An administrator who holds none gets in even then.
    """

    def __init__(self, most: int) -> None:
        kept = max(most // KEPT_PART, int(most >= KEPT_PART // 2))
        self.ordinary, self.returning, self.most = most - 2 * kept, most - kept, most
        self.of_account = max(SOCKETS_PER_SESSION, min(ACCOUNT_MAX, most // 4))
        self.count = 0
        self._held: dict[str, int] = {}
        self._filled_at: int | None = None

    def share_is_taken(self, newcomer: Newcomer) -> bool:
        return self._held.get(newcomer.account, 0) >= self.of_account

    def has_room(self, newcomer: Newcomer) -> bool:
        if self.count < self.ordinary:
            return True
        holds_none = newcomer.account not in self._held
        if newcomer.is_admin:
            return self.count < (self.most + OVER if holds_none else self.most)
        came_before = self._filled_at is None or newcomer.signed_in_at < self._filled_at
        return holds_none and came_before and self.count < self.returning

    def take(self, account: str, now: int) -> None:
        self.count += 1
        self._held[account] = self._held.get(account, 0) + 1
        if self._filled_at is None and self.count >= self.ordinary:
            self._filled_at = now

    def give_back(self, account: str) -> None:
        self.count -= 1
        if self._held[account] == 1:
            del self._held[account]
        else:
            self._held[account] -= 1
        if self.count < self.ordinary * 9 // 10:  # not at once: who got in by the first gap came no earlier
            self._filled_at = None
