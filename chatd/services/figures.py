"""The figures over time: what each node saw is written down once a minute, and read for the charts (FEATURES F02)."""

from typing import Literal

from chatd.domain.errors import ChatError
from chatd.domain.models import Actor
from chatd.protocol.shapes import FigurePoint, SeriesShape
from chatd.services.chat import Chat
from chatd.services.reading import require_admin_reader
from chatd.store import Reader, Tx, figures, sessions
from chatd.store.figures import DAY_MS, HOUR_MS, UNIT_MS, Figures, Unit

Period = Literal["day", "month", "year"]
# What a chart shows: how many steps, how long each, and of which rows it is made. Never more than 364 rows.
STEPS: dict[Period, tuple[int, int, Unit]] = {
    "day": (24, HOUR_MS, "hour"),
    "month": (30, DAY_MS, "day"),
    "year": (52, 7 * DAY_MS, "day"),
}


async def write_down(chat: Chat) -> None:
    """What this node saw since the last time, into the hour and the day."""
    chat.pulse.here.update(live.user.id for live in chat.hub.sessions.values())
    beat = chat.pulse.take()
    sockets = (await chat.hub.registry.totals()).sockets

    def deed(tx: Tx) -> None:
        signed_in = sessions.count(tx.connection, tx.now)
        seen = Figures(beat.messages, 0, signed_in, sockets, beat.queue_bytes, beat.answers, beat.half_ms, beat.most_ms)
        figures.add(tx.connection, "hour", tx.now - tx.now % HOUR_MS, seen)
        today = tx.now - tx.now % DAY_MS
        seen.people = figures.note_people(tx.connection, today, beat.here)
        figures.add(tx.connection, "day", today, seen)
        figures.prune(tx.connection, tx.now)

    try:
        await chat.write(deed)
    except ChatError:
        chat.pulse.give_back(beat)
        raise


async def series(chat: Chat, actor: Actor, period: Period) -> SeriesShape:
    """The last 24 hours, 30 days or 52 weeks, the oldest first; what was before the first start is not in it."""
    steps, step_ms, unit = STEPS[period]
    unit_ms = UNIT_MS[unit]
    now = chat.clock.now()
    end = now - now % unit_ms + unit_ms
    start = end - steps * step_ms

    def look(connection: Reader) -> dict[int, Figures]:
        require_admin_reader(chat, connection, actor)
        return figures.since(connection, unit, start, end)

    known = await chat.read(look)
    points: dict[int, Figures] = {}
    for at, seen in sorted(known.items()):
        points.setdefault(at - (at - start) % step_ms, Figures()).add(seen)
    return {"period": period, "stepMs": step_ms, "start": start, "points": [_point(at, points[at]) for at in points]}


def _point(at: int, seen: Figures) -> FigurePoint:
    return {
        "at": at,
        "messages": seen.messages,
        "people": seen.people,
        "sessions": seen.sessions,
        "sockets": seen.sockets,
        "queueBytes": seen.queue_bytes,
        "halfMs": round(seen.half_ms, 1),
        "mostMs": round(seen.most_ms, 1),
    }


def today(connection: Reader, now: int) -> tuple[Figures, Figures]:
    """This day and the one before (UTC), as far as it was written down."""
    midnight = now - now % DAY_MS
    known = figures.since(connection, "day", midnight - DAY_MS, midnight + 1)
    return known.get(midnight, Figures()), known.get(midnight - DAY_MS, Figures())
