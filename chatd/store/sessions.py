"""Statements about sessions. An ended session has no row: what is not here is worth nothing.

A token is a session of another kind: it is found, judged and ended like a sign-in, and stands in no list or count of
sign-ins. What is asked of tokens only is in tokens.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    not_,
    or_,
    select,
    true,
    update,
)

from chatd.domain.models import SYSTEM, Restriction, Session, SessionKind, User
from chatd.store import users
from chatd.store.dialect import IN_LIMIT
from chatd.store.makers import made_by_administrator
from chatd.store.schema import sessions
from chatd.store.schema import users as users_table

COLUMNS = (
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
    sessions.c.kind,
    sessions.c.name,
    sessions.c.created_by,
    sessions.c.uses,
    sessions.c.scopes,
)
SIGN_IN = sessions.c.kind == "sign_in"
ENROLMENT: Restriction = "totp_enrolment"


@dataclass(slots=True, frozen=True)
class SignedIn:
    """A live session and whose it is, read together."""

    session: Session
    holder: User

    @property
    def user(self) -> User:
        """Who they are in this session: by a token without an administrator's scopes, an administrator is none."""
        granted = self.session.granted
        if granted is None or self.holder.role != "admin" or any(scope.startswith("admin:") for scope in granted):
            return self.holder
        return replace(self.holder, role="user")


_owners = users_table.alias("owners")
_LIVE: Select[Any] = (
    select(*users.COLUMNS, *COLUMNS)
    .join(users_table, users_table.c.id == sessions.c.user_id)
    .where(
        sessions.c.expires_at > bindparam("now"),
        users_table.c.removed_at.is_(None),
        users_table.c.deactivated_at.is_(None),
        # A bot is worth what its owner is worth.
        or_(
            users_table.c.owner_id.is_(None),
            exists().where(
                _owners.c.id == users_table.c.owner_id,
                _owners.c.removed_at.is_(None),
                _owners.c.deactivated_at.is_(None),
            ),
        ),
        # So is a token worth what its maker is worth: for oneself or one's own bot anybody makes one, for others, the
        # server's own account among them, who is an administrator.
        or_(
            sessions.c.kind == "sign_in",
            sessions.c.created_by.is_(None),
            sessions.c.created_by == sessions.c.user_id,
            sessions.c.created_by == users_table.c.owner_id,
            made_by_administrator(sessions.c.created_by),
        ),
    )
)
# Built once: making a statement anew costs more than running it, and these run for every request or batch.
_BY_ID = _LIVE.where(sessions.c.id == bindparam("id"))
_BY_TOKEN = _LIVE.where(sessions.c.token_hash == bindparam("token_hash"), sessions.c.kind == bindparam("kind"))
_BY_IDS = _LIVE.where(sessions.c.id.in_(bindparam("ids", expanding=True)))


def _signed_in(row: Sequence[Any]) -> SignedIn:
    return SignedIn(Session(*row[users.WIDTH :]), users.from_row(row[: users.WIDTH]))


def get(connection: Connection, session_id: str, now: int) -> SignedIn | None:
    """The session while it is worth something: not expired, and user, owner and maker may do what it does."""
    row = connection.execute(_BY_ID, {"now": now, "id": session_id}).first()
    return None if row is None else _signed_in(row)


def by_token(connection: Connection, token_hash: str, kind: SessionKind, now: int) -> SignedIn | None:
    """By the secret of a cookie, or by a token: neither does the other's work."""
    row = connection.execute(_BY_TOKEN, {"now": now, "token_hash": token_hash, "kind": kind}).first()
    return None if row is None else _signed_in(row)


def get_many(connection: Connection, ids: Iterable[str], now: int) -> dict[str, SignedIn]:
    """By id, for the askers of one batch."""
    rows = connection.execute(_BY_IDS, {"now": now, "ids": list(ids)})
    return {signed_in.session.id: signed_in for signed_in in map(_signed_in, rows)}


@dataclass(slots=True, frozen=True)
class Wanted:
    """Which sign-ins are looked for; None stands for all. Times are epoch milliseconds, both exclusive."""

    user_id: str | None = None
    search: str | None = None
    active_after: int | None = None
    active_before: int | None = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        if self.user_id is not None:
            yield sessions.c.user_id == self.user_id
        if self.search:
            like = users.pattern(self.search)
            yield or_(
                sessions.c.user_id.in_(users.called(self.search)),
                sessions.c.ip.like(like, escape="\\"),
                func.lower(sessions.c.user_agent).like(like, escape="\\"),
            )
        if self.active_after is not None:
            yield sessions.c.last_active_at > self.active_after
        if self.active_before is not None:
            yield sessions.c.last_active_at < self.active_before


SORTS = {
    "createdAt": sessions.c.created_at,
    "lastActiveAt": sessions.c.last_active_at,
    "expiresAt": sessions.c.expires_at,
}


def page(
    connection: Connection,
    which: Wanted,
    *,
    now: int,
    sort: str = "createdAt",
    order: str = "desc",
    among: Container[str] | None = None,
    offset: int = 0,
    limit: int = IN_LIMIT,
) -> tuple[list[Session], int]:
    """Live sign-ins, newest first unless said otherwise, and how many there are in all; of those `among` these ids."""
    wanted = and_(SIGN_IN, sessions.c.expires_at > now, *which.conditions())
    keys = (SORTS[sort], sessions.c.id)
    ordered = [key.desc() if order == "desc" else key.asc() for key in keys]
    if among is not None:  # tens of thousands of ids do not fit into a statement
        ids = connection.execute(select(sessions.c.id).where(wanted).order_by(*ordered)).scalars()
        held = [id for id in ids if id in among]
        rows = connection.execute(
            select(*COLUMNS).where(sessions.c.id.in_(held[offset : offset + limit])).order_by(*ordered)
        )
        return [Session(*row) for row in rows], len(held)
    total = connection.execute(select(func.count()).select_from(sessions).where(wanted)).scalar_one()
    rows = connection.execute(select(*COLUMNS).where(wanted).order_by(*ordered).offset(offset).limit(limit))
    return [Session(*row) for row in rows], total


def of_user(connection: Connection, user_id: str, now: int) -> list[Session]:
    """All live sign-ins of a user, the oldest (`createdAt`, then id) first."""
    rows = connection.execute(
        select(*COLUMNS)
        .where(SIGN_IN, sessions.c.user_id == user_id, sessions.c.expires_at > now)
        .order_by(sessions.c.created_at, sessions.c.id)
    )
    return [Session(*row) for row in rows]


def everybodys(connection: Connection) -> list[Session]:
    """All sign-ins."""
    return [Session(*row) for row in connection.execute(select(*COLUMNS).where(SIGN_IN))]


def was_here(connection: Connection, user_id: str, ip: str, user_agent: str) -> bool:
    """Has the user signed in from this address or with this browser in a session that is still kept?"""
    return (
        connection.execute(
            select(sessions.c.id)
            .where(SIGN_IN, sessions.c.user_id == user_id, sessions.c.ip == ip, sessions.c.user_agent == user_agent)
            .limit(1)
        ).first()
        is not None
    )


def has_been_at(connection: Connection, user_id: str, ip: str) -> bool:
    """Has the user a sign-in from this address that is still kept?"""
    wanted = (SIGN_IN, sessions.c.user_id == user_id, sessions.c.ip == ip)
    return connection.execute(select(sessions.c.id).where(*wanted).limit(1)).first() is not None


def insert_session(connection: Connection, **values: Any) -> None:
    connection.execute(insert(sessions), values)


def delete_many(connection: Connection, ids: Sequence[str]) -> None:
    for start in range(0, len(ids), IN_LIMIT):
        connection.execute(delete(sessions).where(sessions.c.id.in_(ids[start : start + IN_LIMIT])))


def slide(connection: Connection, moved: Sequence[tuple[str, int, int]]) -> None:
    """Move `last_active_at` and `expires_at` forward: (session id, active, expires). One that is over stays over.

    A token ends when it was said to.
    """
    if moved:
        connection.execute(
            update(sessions)
            .where(sessions.c.id == bindparam("key"), sessions.c.expires_at > bindparam("active"))
            .values(
                last_active_at=bindparam("active"),
                expires_at=case((SIGN_IN, bindparam("expires")), else_=sessions.c.expires_at),
            ),
            [{"key": key, "active": active, "expires": expires} for key, active, expires in moved],
        )


def set_refresh_number(connection: Connection, session_id: str, number: int) -> None:
    connection.execute(update(sessions).where(sessions.c.id == session_id).values(refresh_number=number))


def lift_restriction(connection: Connection, user_id: str, restricted: str, next_one: str | None) -> list[str]:
    """Put another restriction, or none, in the place of one on all sessions of a user; the sessions it held."""
    held = and_(sessions.c.user_id == user_id, sessions.c.restricted == restricted)
    ids = list(connection.execute(select(sessions.c.id).where(held)).scalars())
    connection.execute(update(sessions).where(held).values(restricted=next_one))
    return ids


@dataclass(slots=True, frozen=True)
class Changed:
    """A session whose restriction is another now."""

    session_id: str
    user_id: str
    restricted: Restriction | None


def settle_enrolment(connection: Connection, required: str, user_id: str | None) -> list[Changed]:
    """Restrict the sessions of those who must have two-step sign-in and have not, free those of others; by user.

    Theirs are their own, those of their bots, and tokens that they made. `required` is `none`, `admins` or `all`; with
    a `user_id` only what is theirs is looked at.
    """
    lacking = select(users_table.c.id).where(
        users_table.c.role.in_({"none": [], "admins": ["admin"], "all": ["admin", "user"]}[required]),
        users_table.c.totp_enabled_at.is_(None),
        users_table.c.removed_at.is_(None),
        users_table.c.id != SYSTEM,
    )
    due = _theirs(lacking)
    wanted = true() if user_id is None else _theirs(select(users_table.c.id).where(users_table.c.id == user_id))
    begun = select(sessions.c.id, sessions.c.user_id).where(sessions.c.restricted.is_(None), due, wanted)
    ended = select(sessions.c.id, sessions.c.user_id).where(sessions.c.restricted == ENROLMENT, not_(due), wanted)
    changed = [Changed(id, holder_id, ENROLMENT) for id, holder_id in connection.execute(begun)]
    changed += [Changed(id, holder_id, None) for id, holder_id in connection.execute(ended)]
    if changed:
        connection.execute(
            update(sessions).where(sessions.c.id == bindparam("key")).values(restricted=bindparam("now")),
            [{"key": one.session_id, "now": one.restricted} for one in changed],
        )
    return sorted(changed, key=lambda one: (one.user_id, one.restricted or ""))


def _theirs(people: Select[Any]) -> ColumnElement[bool]:
    """Sessions that these people answer for. Never NULL, so that it can be negated."""
    bots = select(users_table.c.id).where(users_table.c.owner_id.in_(people))
    return or_(
        sessions.c.user_id.in_(people),
        sessions.c.user_id.in_(bots),
        and_(sessions.c.created_by.is_not(None), sessions.c.created_by.in_(people)),
    )


def expired(connection: Connection, now: int, limit: int) -> list[Session]:
    rows = connection.execute(
        select(*COLUMNS).where(sessions.c.expires_at <= now).order_by(sessions.c.expires_at).limit(limit)
    )
    return [Session(*row) for row in rows]


def count(connection: Connection, now: int) -> int:
    """Live sign-ins."""
    return connection.execute(
        select(func.count()).select_from(sessions).where(SIGN_IN, sessions.c.expires_at > now)
    ).scalar_one()
