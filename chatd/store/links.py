"""Statements about links that let somebody in: to choose a password, to confirm an address, to register."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, delete, insert, select, update

from chatd.store.schema import links

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
    """The link while it may be used."""
    row = connection.execute(
        select(*_COLUMNS).where(
            links.c.token_hash == token_hash,
            links.c.kind == kind,
            links.c.expires_at > now,
            links.c.uses_left.is_(None) | (links.c.uses_left > 0),
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


def youngest(connection: Connection, user_id: str, kind: Kind) -> int:
    """When the last link of this kind was made for the user, 0 never."""
    made = select(links.c.created_at).where(links.c.user_id == user_id, links.c.kind == kind)
    return connection.execute(made.order_by(links.c.created_at.desc()).limit(1)).scalar() or 0


def joining(connection: Connection, now: int) -> list[Link]:
    """Links by which strangers may register, the newest first."""
    rows = connection.execute(
        select(*_COLUMNS).where(links.c.kind == "join", links.c.expires_at > now).order_by(links.c.created_at.desc())
    )
    return [Link(*row) for row in rows]


def delete_link(connection: Connection, id: str) -> bool:
    return connection.execute(delete(links).where(links.c.id == id, links.c.kind == "join")).rowcount == 1


def prune(connection: Connection, now: int) -> None:
    connection.execute(delete(links).where(links.c.expires_at <= now))
