"""Statements about sessions. An ended session has no row: what is not here is worth nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, delete, func, insert, select, update

from chatd.domain.models import Session, User
from chatd.store import users
from chatd.store.dialect import IN_LIMIT
from chatd.store.schema import sessions
from chatd.store.schema import users as users_table

_COLUMNS = (
    sessions.c.id,
    sessions.c.user_id,
    sessions.c.created_at,
    sessions.c.last_active_at,
    sessions.c.expires_at,
    sessions.c.ip,
    sessions.c.user_agent,
    sessions.c.remember,
    sessions.c.new_place,
    sessions.c.restricted,
    sessions.c.refresh_number,
)


@dataclass(slots=True, frozen=True)
class SignedIn:
    """A live session and its user, read together."""

    session: Session
    user: User


_LIVE: Select[Any] = (
    select(*users.COLUMNS, *_COLUMNS)
    .join(users_table, users_table.c.id == sessions.c.user_id)
    .where(
        sessions.c.expires_at > bindparam("now"),
        users_table.c.removed_at.is_(None),
        users_table.c.deactivated_at.is_(None),
    )
)
# Built once: making a statement anew costs more than running it, and these run for every request or batch.
_BY_ID = _LIVE.where(sessions.c.id == bindparam("id"))
_BY_TOKEN = _LIVE.where(sessions.c.token_hash == bindparam("token_hash"))
_BY_IDS = _LIVE.where(sessions.c.id.in_(bindparam("ids", expanding=True)))


def _signed_in(row: Sequence[Any]) -> SignedIn:
    return SignedIn(Session(*row[users.WIDTH :]), users.from_row(row[: users.WIDTH]))


def get(connection: Connection, session_id: str, now: int) -> SignedIn | None:
    """The session while it is worth something: not expired, its user neither removed nor deactivated."""
    row = connection.execute(_BY_ID, {"now": now, "id": session_id}).first()
    return None if row is None else _signed_in(row)


def by_token(connection: Connection, token_hash: str, now: int) -> SignedIn | None:
    row = connection.execute(_BY_TOKEN, {"now": now, "token_hash": token_hash}).first()
    return None if row is None else _signed_in(row)


def get_many(connection: Connection, ids: Iterable[str], now: int) -> dict[str, SignedIn]:
    """By id, for the askers of one batch."""
    rows = connection.execute(_BY_IDS, {"now": now, "ids": list(ids)})
    return {signed_in.session.id: signed_in for signed_in in map(_signed_in, rows)}


def page(
    connection: Connection, *, user_id: str | None, now: int, offset: int = 0, limit: int = IN_LIMIT
) -> tuple[list[Session], int]:
    """Live sessions, newest first, and how many there are in all."""
    wanted = and_(sessions.c.expires_at > now, *([] if user_id is None else [sessions.c.user_id == user_id]))
    total = connection.execute(select(func.count()).select_from(sessions).where(wanted)).scalar_one()
    rows = connection.execute(
        select(*_COLUMNS)
        .where(wanted)
        .order_by(sessions.c.created_at.desc(), sessions.c.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [Session(*row) for row in rows], total


def of_user(connection: Connection, user_id: str, now: int) -> list[Session]:
    """All live sessions of a user, the oldest (`createdAt`, then id) first."""
    rows = connection.execute(
        select(*_COLUMNS)
        .where(sessions.c.user_id == user_id, sessions.c.expires_at > now)
        .order_by(sessions.c.created_at, sessions.c.id)
    )
    return [Session(*row) for row in rows]


def everybodys(connection: Connection) -> list[Session]:
    return [Session(*row) for row in connection.execute(select(*_COLUMNS))]


def was_here(connection: Connection, user_id: str, ip: str, user_agent: str) -> bool:
    """Has the user signed in from this address or with this browser in a session that is still kept?"""
    return (
        connection.execute(
            select(sessions.c.id)
            .where(sessions.c.user_id == user_id, (sessions.c.ip == ip) & (sessions.c.user_agent == user_agent))
            .limit(1)
        ).first()
        is not None
    )


def insert_session(connection: Connection, **values: Any) -> None:
    connection.execute(insert(sessions), values)


def delete_many(connection: Connection, ids: Sequence[str]) -> None:
    for start in range(0, len(ids), IN_LIMIT):
        connection.execute(delete(sessions).where(sessions.c.id.in_(ids[start : start + IN_LIMIT])))


def slide(connection: Connection, moved: Sequence[tuple[str, int, int]]) -> None:
    """Move `last_active_at` and `expires_at` forward: (session id, active, expires). One that is over stays over."""
    if moved:
        connection.execute(
            update(sessions)
            .where(sessions.c.id == bindparam("key"), sessions.c.expires_at > bindparam("active"))
            .values(last_active_at=bindparam("active"), expires_at=bindparam("expires")),
            [{"key": key, "active": active, "expires": expires} for key, active, expires in moved],
        )


def set_refresh_number(connection: Connection, session_id: str, number: int) -> None:
    connection.execute(update(sessions).where(sessions.c.id == session_id).values(refresh_number=number))


def lift_restriction(connection: Connection, user_id: str, restricted: str) -> list[str]:
    """End one restriction on all sessions of a user; the sessions it held."""
    held = and_(sessions.c.user_id == user_id, sessions.c.restricted == restricted)
    ids = list(connection.execute(select(sessions.c.id).where(held)).scalars())
    connection.execute(update(sessions).where(held).values(restricted=None))
    return ids


def expired(connection: Connection, now: int, limit: int) -> list[Session]:
    rows = connection.execute(
        select(*_COLUMNS).where(sessions.c.expires_at <= now).order_by(sessions.c.expires_at).limit(limit)
    )
    return [Session(*row) for row in rows]


def count(connection: Connection, now: int) -> int:
    return connection.execute(
        select(func.count()).select_from(sessions).where(sessions.c.expires_at > now)
    ).scalar_one()
