"""Statements about who has not been here for long: neither signed in nor active in any session or token of his."""

from sqlalchemy import ColumnElement, Connection, exists, func, select

from chatd.domain.models import SYSTEM
from chatd.store.schema import sessions, users

_seen = func.coalesce(users.c.last_login_at, users.c.created_at)


def away(before: int) -> list[ColumnElement[bool]]:
    """Those who were last seen before then. Who never came counts from when his account was made."""
    lately = exists().where(sessions.c.user_id == users.c.id, sessions.c.last_active_at >= before)
    return [_seen < before, ~lately]


def people(connection: Connection, before: int, *, role: str, but: str, limit: int) -> list[str]:
    """The ids of active accounts of this role that were last seen before then, the longest away first, `but` one."""
    rows = connection.execute(
        select(users.c.id)
        .where(
            users.c.removed_at.is_(None),
            users.c.deactivated_at.is_(None),
            users.c.role == role,
            users.c.id.not_in([SYSTEM, but]),
            *away(before),
        )
        .order_by(_seen, users.c.id)
        .limit(limit)
    )
    return list(rows.scalars())
