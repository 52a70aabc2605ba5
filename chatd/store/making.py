"""Statements about how much an account has made in the last hour. Rows: one an account and kind, used again."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import Connection, delete, exists, func, select

from chatd.store.dialect import upsert
from chatd.store.schema import channels, making, messages

Made = Literal["channel", "conversation", "addition"]
HOUR_MS = 3_600_000


def lately(connection: Connection, account_id: str, kind: Made, now: int) -> tuple[int, int]:
    """How many in the hour that runs, and when it began."""
    wanted = (making.c.account_id == account_id, making.c.kind == kind, making.c.since > now - HOUR_MS)
    row = connection.execute(select(making.c.number, making.c.since).where(*wanted)).first()
    return (0, now) if row is None else (row.number, row.since)


def put(connection: Connection, account_id: str, kind: Made, since: int, number: int) -> None:
    row = {"account_id": account_id, "kind": kind, "since": since, "number": number}
    upsert(connection, making, [row], ["account_id", "kind"])


def forget(connection: Connection, account_id: str) -> None:
    connection.execute(delete(making).where(making.c.account_id == account_id))


def channels_of(connection: Connection, account_id: str, kind: str | None = None) -> list[str]:
    """The channels that an account and its bots made and that are there, whoever has them now; of one kind, or all."""
    of_kind = [] if kind is None else [channels.c.kind == kind]
    wanted = select(channels.c.id).where(channels.c.made_by == account_id, channels.c.is_default.is_(False), *of_kind)
    return list(connection.execute(wanted).scalars())


def others_wrote_in(connection: Connection, account_id: str, going: Sequence[str]) -> int:
    """In how many of these somebody else has written."""
    others = exists().where(messages.c.channel_id == channels.c.id, messages.c.author_id.not_in(going))
    wanted = (channels.c.made_by == account_id, channels.c.is_default.is_(False), others)
    return connection.execute(select(func.count()).select_from(channels).where(*wanted)).scalar_one()


def count_channels(connection: Connection, account_id: str, kind: str | None = None) -> int:
    of_kind = [] if kind is None else [channels.c.kind == kind]
    counted = select(func.count()).select_from(channels).where(channels.c.made_by == account_id, *of_kind)
    return connection.execute(counted).scalar_one()
