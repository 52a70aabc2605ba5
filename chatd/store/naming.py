"""Statements about everything that is called something: for `chatd check`, which looks through all of it."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Connection, Table, func, select

from chatd.domain.models import SYSTEM
from chatd.store.schema import channels, sessions, users, webhooks

Rows = list[tuple[str, dict[str, str | None]]]  # (id, field -> what it is called)


def _rows(table: Table, fields: dict[str, str], *wanted: ColumnElement[bool]) -> Callable[[Connection, str, int], Rows]:
    columns = [table.c[name] for name in fields.values()]

    def read(connection: Connection, after: str, limit: int) -> Rows:
        statement = select(table.c.id, *columns).where(table.c.id > after, *wanted).order_by(table.c.id).limit(limit)
        return [(row[0], dict(zip(fields, row[1:], strict=True))) for row in connection.execute(statement)]

    return read


SOURCES: dict[str, Callable[[Connection, str, int], Rows]] = {
    "user": _rows(
        users,
        {"userName": "user_name", "displayName": "display_name", "nickname": "nickname", "email": "email"},
        users.c.removed_at.is_(None),
        users.c.id != SYSTEM,
    ),
    "channel": _rows(channels, {"name": "name"}, channels.c.kind != "dm"),
    "token": _rows(sessions, {"name": "name"}, sessions.c.kind == "token"),
    "webhook": _rows(webhooks, {"name": "name"}),
}


def alike(connection: Connection) -> list[tuple[str, str, str]]:
    """(kind, id, name) of people, and of public channels, that look like others."""
    found: list[tuple[str, str, str]] = []
    of_people = (users, users.c.user_name, users.c.user_name_look, users.c.removed_at.is_(None))
    of_channels = (channels, channels.c.name, channels.c.name_look, channels.c.kind == "public")
    for kind, (table, name, looks, wanted) in {"user": of_people, "channel": of_channels}.items():
        twice = select(looks).where(wanted, looks.is_not(None)).group_by(looks).having(func.count() > 1)
        rows = connection.execute(select(table.c.id, name).where(wanted, looks.in_(twice)).order_by(looks, table.c.id))
        found += [(kind, id, called) for id, called in rows]
    return found
