"""How often tokens and webhooks are used: counted in memory, written once a minute. Nothing is judged by it."""

from dataclasses import dataclass


@dataclass(slots=True)
class Use:
    count: int = 0
    last_at: int = 0


class Usage:
    """Uses not yet written, by id. What a crash takes away is a minute of figures."""

    def __init__(self) -> None:
        self._uses: dict[str, Use] = {}

    def add(self, id: str, now: int, count: int = 1) -> None:
        use = self._uses.setdefault(id, Use())
        use.count, use.last_at = use.count + count, max(use.last_at, now)

    def take(self) -> list[tuple[str, int, int]]:
        """(id, uses, the last one) of all that were used since the last call."""
        taken, self._uses = self._uses, {}
        return [(id, use.count, use.last_at) for id, use in taken.items()]

    def give_back(self, taken: list[tuple[str, int, int]]) -> None:
        """They could not be written: with the next ones, then."""
        for id, count, last_at in taken:
            self.add(id, last_at, count)
