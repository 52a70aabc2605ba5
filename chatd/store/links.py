"""Statements about links that let somebody in: to choose a password, to confirm an address, to register."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from chatd.store.makers import made_by_administrator
from chatd.store.schema import links, users

Kind = Literal["password", "verify", "join"]


@dataclass(slots=True, frozen=True)
class Link:
    """`uses_left` is None without a bound; only links of the kind `join` have more than one use."""

    id: str
    kind: Kind
    user_id: str | None
    email: str | None
    created_by: str | None
    created_at: int
    expires_at: int
    uses_left: int | None
    used: int


_COLUMNS = (
    links.c.id,
    links.c.kind,
    links.c.user_id,
    links.c.email,
    links.c.created_by,
    links.c.created_at,
    links.c.expires_at,
    links.c.uses_left,
    links.c.used,
)


def insert_link(connection: Connection, token_hash: str, link: Link) -> None:
    values = {column.name: getattr(link, column.name) for column in _COLUMNS}
    connection.execute(insert(links), values | {"token_hash": token_hash})


def find(connection: Connection, token_hash: str, kind: Kind, now: int) -> Link | None:
    """The link while it may be used: what an administrator made is worth what they are worth now."""
    row = connection.execute(
        select(*_COLUMNS).where(
            links.c.token_hash == token_hash,
            links.c.kind == kind,
            links.c.expires_at > now,
            links.c.uses_left.is_(None) | (links.c.uses_left > 0),
            links.c.created_by.is_(None) | made_by_administrator(links.c.created_by),
        )
    ).first()
    return None if row is None else Link(*row)


def use(connection: Connection, link: Link) -> None:
    connection.execute(
        update(links).where(links.c.id == link.id).values(uses_left=links.c.uses_left - 1, used=links.c.used + 1)
    )


def drop_of_user(connection: Connection, user_id: str, kind: Kind | None = None) -> None:
    """Whatever was sent to this user before is worth nothing."""
    of_kind = [] if kind is None else [links.c.kind == kind]
    connection.execute(delete(links).where(links.c.user_id == user_id, *of_kind))


def drop_of_everybody(connection: Connection) -> None:
    """The same for all who have a password: who was only invited keeps the letter, and has nothing else."""
    have_password = exists().where(users.c.id == links.c.user_id, users.c.password_hash.is_not(None))
    connection.execute(delete(links).where(have_password))


def youngest(connection: Connection, user_id: str, kind: Kind, email: str | None = None) -> int:
    """When the last link of this kind was made for the user, and sent to this address if one is given; 0 never."""
    sent_to = [] if email is None else [links.c.email == email]
    made = select(links.c.created_at).where(links.c.user_id == user_id, links.c.kind == kind, *sent_to)
    return connection.execute(made.order_by(links.c.created_at.desc()).limit(1)).scalar() or 0


def joining(connection: Connection, now: int) -> list[Link]:
    """Links by which strangers may register, the newest first."""
    wanted = (links.c.kind == "join", links.c.expires_at > now, made_by_administrator(links.c.created_by))
    newest = (links.c.created_at.desc(), links.c.id.desc())
    return [Link(*row) for row in connection.execute(select(*_COLUMNS).where(*wanted).order_by(*newest))]


def made_by(connection: Connection, maker_id: str, now: int) -> int:
    """How many links of somebody's making wait: invitations, and links to register by."""
    wanted = (links.c.created_by == maker_id, links.c.expires_at > now)
    return connection.execute(select(func.count()).select_from(links).where(*wanted)).scalar_one()


def hand_over(connection: Connection, maker_id: str, heir_id: str) -> None:
    """What was made by one counts as made by another."""
    connection.execute(update(links).where(links.c.created_by == maker_id).values(created_by=heir_id))


def count_joining(connection: Connection, now: int) -> int:
    """All that have not expired, used up or not."""
    wanted = (links.c.kind == "join", links.c.expires_at > now)
    return connection.execute(select(func.count()).select_from(links).where(*wanted)).scalar_one()


def delete_link(connection: Connection, id: str) -> bool:
    return connection.execute(delete(links).where(links.c.id == id, links.c.kind == "join")).rowcount == 1


def prune(connection: Connection, now: int) -> None:
    connection.execute(delete(links).where(links.c.expires_at <= now))
