"""Statements about access tokens, which are rows of sessions: looked for by holder, counted, never slid."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, func, select, update

from chatd.domain.models import SYSTEM, Session
from chatd.store.dialect import IN_LIMIT
from chatd.store.schema import sessions, users
from chatd.store.sessions import COLUMNS, insert_session

TOKEN = sessions.c.kind == "token"


def insert_token(connection: Connection, token: Session, token_hash: str) -> None:
    values = {name: getattr(token, name) for name in Session.__dataclass_fields__}
    insert_session(connection, **values, token_hash=token_hash)


def of_users(connection: Connection, user_ids: Collection[str]) -> list[Session]:
    """All tokens of these accounts, the oldest first, expired ones too: they may still have sockets."""
    found: list[Session] = []
    holders = list(user_ids)
    for start in range(0, len(holders), IN_LIMIT):  # bots that were handed over know no bound
        rows = connection.execute(
            select(*COLUMNS).where(TOKEN, sessions.c.user_id.in_(holders[start : start + IN_LIMIT]))
        )
        found += [Session(*row) for row in rows]
    return sorted(found, key=lambda token: (token.created_at, token.id))


def everybodys(connection: Connection) -> list[Session]:
    """All tokens but those of the server's own account."""
    return [Session(*row) for row in connection.execute(select(*COLUMNS).where(TOKEN, sessions.c.user_id != SYSTEM))]


def made_for_others(connection: Connection, maker_id: str) -> list[Session]:
    """Tokens that somebody made for accounts other than their own and their bots: those take an administrator."""
    rows = connection.execute(
        select(*COLUMNS)
        .join(users, users.c.id == sessions.c.user_id)
        .where(
            TOKEN,
            sessions.c.created_by == maker_id,
            sessions.c.user_id != maker_id,
            users.c.owner_id.is_distinct_from(maker_id),
        )
    )
    return [Session(*row) for row in rows]


def hand_over(connection: Connection, maker_id: str, heir_id: str, holder_ids: Collection[str]) -> None:
    """What was made by one for these accounts counts as made by another."""
    connection.execute(
        update(sessions)
        .where(TOKEN, sessions.c.created_by == maker_id, sessions.c.user_id.in_(list(holder_ids)))
        .values(created_by=heir_id)
    )


def page(
    connection: Connection, user_ids: Collection[str] | None, now: int, *, offset: int = 0, limit: int = IN_LIMIT
) -> tuple[list[Session], int]:
    """Live tokens, newest first, and how many there are in all: of these accounts, or of all."""
    wanted: list[ColumnElement[bool]] = [TOKEN, sessions.c.expires_at > now]
    if user_ids is not None:
        wanted.append(sessions.c.user_id.in_(list(user_ids)[:IN_LIMIT]))
    total = connection.execute(select(func.count()).select_from(sessions).where(*wanted)).scalar_one()
    newest = (sessions.c.created_at.desc(), sessions.c.id.desc())
    rows = connection.execute(select(*COLUMNS).where(*wanted).order_by(*newest).offset(offset).limit(limit))
    return [Session(*row) for row in rows], total


def get(connection: Connection, token_id: str, now: int) -> Session | None:
    """A token that has not expired, also one of a deactivated account."""
    wanted = and_(TOKEN, sessions.c.id == token_id, sessions.c.expires_at > now)
    row = connection.execute(select(*COLUMNS).where(wanted)).first()
    return None if row is None else Session(*row)


def count(connection: Connection, user_id: str, now: int) -> int:
    """Live tokens of one account."""
    wanted = and_(TOKEN, sessions.c.user_id == user_id, sessions.c.expires_at > now)
    return connection.execute(select(func.count()).select_from(sessions).where(wanted)).scalar_one()


def add_uses(connection: Connection, used: Sequence[tuple[str, int, int]]) -> None:
    """(id, how many uses more, when the last was); when it was last used never moves back."""
    if used:
        connection.execute(
            update(sessions)
            .where(TOKEN, sessions.c.id == bindparam("key"))
            .values(
                uses=sessions.c.uses + bindparam("more"),
                last_active_at=case(
                    (sessions.c.last_active_at < bindparam("last"), bindparam("last")), else_=sessions.c.last_active_at
                ),
            ),
            [{"key": key, "more": more, "last": last} for key, more, last in used],
        )
