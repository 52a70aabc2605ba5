"""Statements about accounts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, insert, literal, or_, select, update

from chatd.domain.models import SYSTEM, Author, Held, User
from chatd.domain.text import email_key, fold, look
from chatd.store import idle, links
from chatd.store.dialect import IN_LIMIT
from chatd.store.schema import sessions, users

COLUMNS = (
    users.c.id,
    users.c.user_name,
    users.c.display_name,
    users.c.email,
    users.c.role,
    users.c.created_at,
    users.c.last_login_at,
    users.c.deactivated_at,
    users.c.removed_at,
    users.c.avatar_url,
    users.c.status_message,
    users.c.bio,
    users.c.nickname,
    users.c.timezone,
    users.c.extension,
    users.c.email_verified,
    users.c.session_limit,
    users.c.password_hash.is_not(None).label("has_password"),
    users.c.owner_id,
    users.c.totp_enabled_at.is_not(None).label("totp_enabled"),
    users.c.pending_email,
)
WIDTH = len(COLUMNS)
_HERE = users.c.removed_at.is_(None)
_PERSON = and_(_HERE, users.c.role != "bot", users.c.id != SYSTEM)
_ACTIVATED = users.c.deactivated_at.is_(None)


def from_row(row: Sequence[Any]) -> User:
    return User(*row)


def get(connection: Connection, user_id: str) -> User | None:
    """The user, also one that was removed; None when there never was one."""
    row = connection.execute(select(*COLUMNS).where(users.c.id == user_id)).first()
    return None if row is None else from_row(row)


def get_many(connection: Connection, ids: Iterable[str]) -> list[User]:
    """Those that exist and were not removed, in no order. At most IN_LIMIT ids."""
    wanted = list(ids)[:IN_LIMIT]
    rows = connection.execute(select(*COLUMNS).where(users.c.id.in_(wanted), _HERE))
    return [from_row(row) for row in rows]


def faces(connection: Connection, ids: Iterable[str]) -> list[Author]:
    """What these were called, people who are gone too. At most IN_LIMIT ids."""
    face = (users.c.id, users.c.user_name, users.c.display_name, users.c.avatar_url)
    kind = (users.c.role == "bot", users.c.removed_at.is_not(None))
    rows = connection.execute(select(*face, *kind).where(users.c.id.in_(list(ids)[:IN_LIMIT])))
    return [Author(id, name, shown, picture, bool(bot), bool(gone)) for id, name, shown, picture, bot, gone in rows]


def everybody(connection: Connection, limit: int) -> list[User]:
    rows = connection.execute(select(*COLUMNS).where(_HERE).order_by(users.c.created_at, users.c.id).limit(limit))
    return [from_row(row) for row in rows]


def is_empty(connection: Connection) -> bool:
    return connection.execute(select(users.c.id).limit(1)).first() is None


@dataclass(slots=True, frozen=True)
class Credentials:
    """What a sign-in checks, and re-checks in its transaction by `password_version`."""

    user: User
    password_hash: str | None
    password_version: int
    password_origin: str | None
    require_password_change: bool


_CREDENTIALS = (
    *COLUMNS,
    users.c.password_hash,
    users.c.password_version,
    users.c.password_origin,
    users.c.require_password_change,
)


def _credentials(row: Sequence[Any] | None) -> Credentials | None:
    return None if row is None else Credentials(from_row(row[:WIDTH]), *row[WIDTH:])


# What changes whose an account is, or what it may do.
ENDS_LINKS = frozenset({"email", "role", "deactivated_at", "totp_enabled_at"})


def credentials(connection: Connection, user_id: str) -> Credentials | None:
    return _credentials(connection.execute(select(*_CREDENTIALS).where(users.c.id == user_id, _HERE)).first())


def by_login(connection: Connection, login: str) -> Credentials | None:
    """By user name or e-mail address, as people type them."""
    column, key = (
        (users.c.email_key, email_key(login)) if "@" in login else (users.c.user_name_key, fold(login.strip()))
    )
    return _credentials(connection.execute(select(*_CREDENTIALS).where(column == key, _HERE)).first())


def name_like(connection: Connection, name: str, *, but: str | None = None) -> str | None:
    """The user name of somebody who is called this, or so that it looks the same."""
    same = or_(users.c.user_name_key == fold(name), users.c.user_name_look == look(name))
    others = [] if but is None else [users.c.id != but]
    found: str | None = connection.execute(select(users.c.user_name).where(same, *others).limit(1)).scalar()
    return found


def name_is_taken(connection: Connection, name: str) -> bool:
    return name_like(connection, name) is not None


def email_is_taken(connection: Connection, email: str) -> bool:
    return connection.execute(select(users.c.id).where(users.c.email_key == email_key(email))).first() is not None


def insert_user(connection: Connection, **values: Any) -> None:
    """A new row; the keys that make names unique, and those that people are found by, are derived here."""
    connection.execute(insert(users), {**_keys(values), **values})


def update_user(connection: Connection, user_id: str, **values: Any) -> None:
    """Change some columns. A letter's link was sent to whoever the account was: `ENDS_LINKS` end all made before."""
    if not ENDS_LINKS.isdisjoint(values):
        links.drop_of_user(connection, user_id)
    connection.execute(update(users).where(users.c.id == user_id), {**_keys(values), **values})


def _keys(values: Mapping[str, Any]) -> dict[str, str | None]:
    """The folded form of each text that has one. What is given as a key itself stays."""
    texts = {name: values[name] for name in ("user_name", "display_name", "nickname", "email") if name in values}
    forms = {f"{name}_key": fold(text) if text else None for name, text in texts.items()}
    if values.get("email"):
        forms["email_key"] = email_key(values["email"])
    if "user_name" in values:
        forms["user_name_look"] = look(values["user_name"])
    return forms


def set_password(
    connection: Connection, user_id: str, password_hash: str, *, origin: str, require_change: bool
) -> None:
    """A new password; raising its version ends every sign-in that checked the old one, and its letters' links end."""
    links.drop_of_user(connection, user_id)
    connection.execute(
        update(users)
        .where(users.c.id == user_id)
        .values(
            password_hash=password_hash,
            password_version=users.c.password_version + 1,
            password_origin=origin,
            require_password_change=require_change,
        )
    )


def mark_removed(connection: Connection, user_id: str, now: int) -> None:
    """Leave a tombstone that only names the author of messages; names and address are free again."""
    update_user(
        connection,
        user_id,
        removed_at=now,
        user_name_key=None,
        user_name_look=None,
        email=None,
        pending_email=None,
        password_hash=None,
        avatar_url=None,
        status_message=None,
        bio=None,
        nickname=None,
        timezone=None,
        extension=None,
        owner_id=None,
        totp_enabled_at=None,
    )
    connection.execute(update(users).where(users.c.id == user_id, users.c.role != "bot").values(role="user"))


def active_admins(connection: Connection, *, but: str | None = None) -> int:
    """Those who can sign in, `but` one: the server's own account cannot look after the server, nor who is only invited.

    Without a password people have signed in where none is needed.
    """
    can_sign_in = users.c.password_hash.is_not(None) | users.c.last_login_at.is_not(None)
    others = [] if but is None else [users.c.id != but]
    wanted = (_PERSON, _ACTIVATED, users.c.role == "admin", can_sign_in, *others)
    return connection.execute(select(func.count()).select_from(users).where(*wanted)).scalar_one()


def bots_of(connection: Connection, owner_ids: Sequence[str]) -> list[User]:
    """The bots of these owners, the oldest first."""
    rows = connection.execute(
        select(*COLUMNS)
        .where(_HERE, users.c.owner_id.in_(list(owner_ids)[:IN_LIMIT]))
        .order_by(users.c.created_at, users.c.id)
    )
    return [from_row(row) for row in rows]


def bot_page(connection: Connection, owner_id: str | None, *, offset: int, limit: int) -> tuple[list[User], int]:
    """Bots, newest first, and how many there are in all: of one owner, or everybody's and those of webhooks."""
    wanted = [_HERE, users.c.role == "bot"] if owner_id is None else [_HERE, users.c.owner_id == owner_id]
    total = connection.execute(select(func.count()).select_from(users).where(*wanted)).scalar_one()
    newest = (users.c.created_at.desc(), users.c.id.desc())
    rows = connection.execute(select(*COLUMNS).where(*wanted).order_by(*newest).offset(offset).limit(limit))
    return [from_row(row) for row in rows], total


def seats_used(connection: Connection) -> int:
    """People who are not deactivated; bots take no seat (FEATURES A0)."""
    return connection.execute(select(func.count()).select_from(users).where(_PERSON, _ACTIVATED)).scalar_one()


def active_count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(users).where(_HERE, _ACTIVATED)).scalar_one()


def named(connection: Connection, keys: Sequence[str]) -> dict[str, str]:
    """Folded user name -> id, of those that exist."""
    if not keys:
        return {}
    rows = connection.execute(
        select(users.c.user_name_key, users.c.id).where(users.c.user_name_key.in_(list(keys)[:IN_LIMIT]))
    )
    return {row[0]: row[1] for row in rows}


def pattern(text: str) -> str:
    """For LIKE with the escape \\: whatever holds this text, in any case."""
    return "%" + fold(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _contains(text: str) -> ColumnElement[bool]:
    like = pattern(text)
    return or_(
        users.c.user_name_key.like(like, escape="\\"),
        users.c.display_name_key.like(like, escape="\\"),
        users.c.nickname_key.like(like, escape="\\"),
    )


def called(search: str) -> Select[Any]:
    """The ids of those whose names or address hold `search`, removed people too: for the lists of other tables."""
    return select(users.c.id).where(or_(_contains(search), users.c.email_key.like(pattern(search), escape="\\")))


def find(connection: Connection, query: str, limit: int) -> list[User]:
    """People whose user name, name or nickname holds `query`; never the address, which is not everybody's."""
    rows = connection.execute(
        select(*COLUMNS).where(_HERE, _contains(query)).order_by(users.c.user_name_key, users.c.id).limit(limit)
    )
    return [from_row(row) for row in rows]


_PENDING = and_(_ACTIVATED, users.c.last_login_at.is_(None), users.c.role != "bot")
TABS: dict[str, ColumnElement[bool]] = {
    "all": literal(value=True),
    "pending": _PENDING,
    "active": and_(_ACTIVATED, or_(users.c.last_login_at.is_not(None), users.c.role == "bot")),
    "deactivated": users.c.deactivated_at.is_not(None),
}
_SORTS: dict[str, ColumnElement[Any]] = {
    "createdAt": users.c.created_at,
    "lastLoginAt": func.coalesce(users.c.last_login_at, users.c.created_at),
    "name": users.c.display_name_key,
    "userName": users.c.user_name_key,
    "email": users.c.email_key,
    "status": case((TABS["active"], 0), (TABS["pending"], 1), else_=2),
}


@dataclass(slots=True, frozen=True)
class UserPage:
    users: list[User]
    total: int
    counts: dict[str, int]


def _wanted(search: str | None, role: str | None, away_since: int | None) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [_HERE]
    if search:
        wanted.append(or_(_contains(search), users.c.email_key.like(pattern(search), escape="\\")))
    if role:
        wanted.append(users.c.role == role)
    if away_since is not None:
        wanted += idle.away(away_since)
    return wanted


def some_after(
    connection: Connection,
    after: str,
    *,
    tab: str,
    search: str | None,
    role: str | None,
    away_since: int | None,
    limit: int,
) -> list[User]:
    """The next of those whom `page` counts, in the order of their ids: for who wants all of them."""
    wanted = _wanted(search, role, away_since)
    rows = connection.execute(
        select(*COLUMNS).where(*wanted, TABS[tab], users.c.id > after).order_by(users.c.id).limit(limit)
    )
    return [from_row(row) for row in rows]


def page(
    connection: Connection,
    *,
    tab: str,
    search: str | None,
    role: str | None,
    away_since: int | None,
    sort: str,
    order: str,
    offset: int,
    limit: int,
) -> UserPage:
    """One page for administrators; `search` also looks into addresses. Equal keys are ordered by id."""
    wanted = _wanted(search, role, away_since)
    counts = connection.execute(
        select(*(func.count().filter(condition).label(name) for name, condition in TABS.items())).where(*wanted)
    ).one()
    by = _SORTS[sort]
    direction = (by.desc(), users.c.id.desc()) if order == "desc" else (by.asc(), users.c.id.asc())
    # The ids first: to sort ten thousand whole rows takes half as long again.
    ids = select(users.c.id).where(*wanted, TABS[tab]).order_by(*direction).offset(offset).limit(limit)
    rows = connection.execute(select(*COLUMNS).where(users.c.id.in_(ids)).order_by(*direction)).all()
    named_counts = dict(zip(TABS, counts, strict=True))
    return UserPage([from_row(row) for row in rows], named_counts[tab], named_counts)


def held(connection: Connection, ids: Sequence[str], now: int) -> dict[str, Held]:
    """What the users on one page have: sign-ins and tokens not yet expired, bots (FEATURES F14, F33)."""
    some = list(ids)[:IN_LIMIT]
    signed_in = (
        select(sessions.c.user_id, sessions.c.kind, func.count())
        .where(sessions.c.user_id.in_(some), sessions.c.expires_at > now)
        .group_by(sessions.c.user_id, sessions.c.kind)
    )
    owning = select(users.c.owner_id, func.count()).where(_HERE, users.c.owner_id.in_(some)).group_by(users.c.owner_id)
    counts = {(user_id, kind): count for user_id, kind, count in connection.execute(signed_in)}
    counts |= {(owner_id, "bot"): count for owner_id, count in connection.execute(owning)}
    return {id: Held(*(counts.get((id, kind), 0) for kind in ("sign_in", "bot", "token"))) for id in some}


def count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(users).where(_HERE)).scalar_one()
