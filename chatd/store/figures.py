"""Statements about the figures over time: a row for each hour and one for each day (UTC). They are pruned by age."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from typing import Literal

from sqlalchemy import Connection, delete, func, insert, select

from chatd.domain.models import SYSTEM
from chatd.store.dialect import IN_LIMIT, upsert
from chatd.store.schema import figures, people_here, users

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
Unit = Literal["hour", "day"]
UNIT_MS: dict[Unit, int] = {"hour": HOUR_MS, "day": DAY_MS}
KEPT_MS: dict[Unit, int] = {"hour": 3 * DAY_MS, "day": 400 * DAY_MS}


@dataclass(slots=True)
class Figures:
    """Messages and answers are sums; the median answer is an average, all else the most that was seen."""

    messages: int = 0
    people: int = 0
    sessions: int = 0
    sockets: int = 0
    queue_bytes: int = 0
    answers: int = 0
    half_ms: float = 0.0
    most_ms: float = 0.0

    def add(self, other: "Figures") -> None:
        """What another node, minute or day saw of the same time."""
        answers = self.answers + other.answers
        if answers:
            self.half_ms = (self.half_ms * self.answers + other.half_ms * other.answers) / answers
        self.messages, self.answers = self.messages + other.messages, answers
        self.people = max(self.people, other.people)
        self.sessions = max(self.sessions, other.sessions)
        self.sockets = max(self.sockets, other.sockets)
        self.queue_bytes = max(self.queue_bytes, other.queue_bytes)
        self.most_ms = max(self.most_ms, other.most_ms)


NAMES = tuple(field.name for field in fields(Figures))


def add(connection: Connection, unit: Unit, at: int, seen: Figures) -> None:
    """Add to the row of this hour or day."""
    now = since(connection, unit, at, at + 1).get(at, Figures())
    now.add(seen)
    upsert(
        connection, figures, [{"unit": unit, "at": at} | {name: getattr(now, name) for name in NAMES}], ["unit", "at"]
    )


def since(connection: Connection, unit: Unit, after: int, before: int) -> dict[int, Figures]:
    """By their beginnings, the hours or days that are known: `after` itself, not `before`."""
    rows = connection.execute(
        select(figures.c.at, *(figures.c[name] for name in NAMES)).where(
            figures.c.unit == unit, figures.c.at >= after, figures.c.at < before
        )
    )
    return {at: Figures(*values) for at, *values in rows}


def note_people(connection: Connection, day: int, ids: Collection[str]) -> int:
    """These were here on that day, bots aside; how many people there were in all that day."""
    for some in _chunks(sorted(ids)):
        known = select(people_here.c.user_id).where(people_here.c.day == day, people_here.c.user_id.in_(some))
        new = select(users.c.id).where(
            users.c.id.in_(some), users.c.id.not_in(known), users.c.role != "bot", users.c.id != SYSTEM
        )
        rows = [{"day": day, "user_id": user_id} for user_id in connection.execute(new).scalars()]
        if rows:
            connection.execute(insert(people_here), rows)
    return connection.execute(
        select(func.count()).select_from(people_here).where(people_here.c.day == day)
    ).scalar_one()


def _chunks(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + IN_LIMIT] for start in range(0, len(ids), IN_LIMIT)]


def prune(connection: Connection, now: int) -> None:
    """Forget what no chart shows any more; who was here is forgotten a day later, the number of them stays."""
    for unit, kept in KEPT_MS.items():
        connection.execute(delete(figures).where(figures.c.unit == unit, figures.c.at < now - kept))
    connection.execute(delete(people_here).where(people_here.c.day < now - 2 * DAY_MS))
