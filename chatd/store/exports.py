"""Statements about exports: the one-time links to them, and what goes into them, some rows at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, Result, delete, insert, select, tuple_

from chatd.store.schema import channels, exports, memberships, messages, reactions


@dataclass(slots=True, frozen=True)
class Link:
    """Whose link it is, by which session, and what it opens."""

    user_id: str
    session_id: str
    wanted: dict[str, Any]


def insert_link(connection: Connection, token_hash: str, link: Link, expires_at: int) -> None:
    values = {"token_hash": token_hash, "user_id": link.user_id, "session_id": link.session_id}
    values["wanted"] = orjson.dumps(link.wanted).decode()
    connection.execute(insert(exports), values | {"expires_at": expires_at})


def holder_of_link(connection: Connection, token_hash: str) -> str | None:
    """Whose link it is, without using it up."""
    mine = select(exports.c.user_id).where(exports.c.token_hash == token_hash)
    found: str | None = connection.execute(mine).scalar_one_or_none()
    return found


def take_link(connection: Connection, token_hash: str, now: int) -> Link | None:
    """What the link opens, this once."""
    mine = exports.c.token_hash == token_hash
    row = connection.execute(
        select(exports.c.user_id, exports.c.session_id, exports.c.wanted).where(mine, exports.c.expires_at > now)
    ).first()
    connection.execute(delete(exports).where(mine))
    return None if row is None else Link(row[0], row[1], orjson.loads(row[2]))


def prune(connection: Connection, now: int) -> None:
    connection.execute(delete(exports).where(exports.c.expires_at <= now))


def messages_after(connection: Connection, author_ids: Sequence[str], after: str, limit: int) -> list[dict[str, Any]]:
    """What these accounts wrote and is still there, in the order of the ids."""
    rows = connection.execute(
        select(
            messages.c.id,
            messages.c.channel_id.label("channelId"),
            messages.c.author_id.label("authorId"),
            messages.c.content,
            messages.c.created_at.label("createdAt"),
            messages.c.updated_at.label("updatedAt"),
            messages.c.thread_id.label("threadId"),
            messages.c.quoted_message_id.label("quotedMessageId"),
            messages.c.pinned_at.label("pinnedAt"),
        )
        .where(messages.c.author_id.in_(author_ids), messages.c.deleted_at.is_(None), messages.c.id > after)
        .order_by(messages.c.id)
        .limit(limit)
    )
    return _plain(rows)


def reactions_after(
    connection: Connection, user_ids: Sequence[str], after: tuple[str, str, str], limit: int
) -> list[dict[str, Any]]:
    """What these accounts reacted with; `after` is the message, the user and the emoji of the one before."""
    place = (reactions.c.message_id, reactions.c.user_id, reactions.c.reaction)
    rows = connection.execute(
        select(
            reactions.c.message_id.label("messageId"),
            reactions.c.user_id.label("userId"),
            reactions.c.reaction,
            reactions.c.created_at.label("createdAt"),
            messages.c.channel_id.label("channelId"),
        )
        .join(messages, messages.c.id == reactions.c.message_id)
        .where(reactions.c.user_id.in_(user_ids), tuple_(*place) > tuple_(*after))
        .order_by(*place)
        .limit(limit)
    )
    return _plain(rows)


def channels_of(connection: Connection, user_ids: Sequence[str]) -> list[dict[str, Any]]:
    """The channels that these accounts made, are in, or left."""
    rows = connection.execute(
        select(
            channels.c.id,
            channels.c.kind,
            channels.c.name,
            channels.c.created_by.label("createdBy"),
            memberships.c.user_id.label("userId"),
            memberships.c.state,
            memberships.c.since,
        )
        .outerjoin(memberships, (memberships.c.channel_id == channels.c.id) & memberships.c.user_id.in_(user_ids))
        .where(channels.c.created_by.in_(user_ids) | memberships.c.user_id.is_not(None))
        .order_by(channels.c.created_at, channels.c.id)
    )
    return _plain(rows)


def _plain(rows: Result[Any]) -> list[dict[str, Any]]:
    names = list(map(str, rows.keys()))  # SQLAlchemy's own kind of text is none for JSON
    return [dict(zip(names, row, strict=True)) for row in rows]
