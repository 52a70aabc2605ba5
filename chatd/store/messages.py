"""Statements about messages, their threads, mentions and reactions. Content of deleted messages is gone for good."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, Select, and_, bindparam, delete, func, insert, select, tuple_, update

from chatd.domain.models import Author, Message
from chatd.store.dialect import IN_LIMIT, insert_missing
from chatd.store.schema import channels, mentions, messages, reactions, users

_COLUMNS = (
    messages.c.id,
    messages.c.channel_id,
    messages.c.seq,
    messages.c.changed_seq,
    messages.c.content,
    messages.c.created_at,
    messages.c.updated_at,
    messages.c.deleted_at,
    messages.c.thread_id,
    messages.c.reply_count,
    messages.c.last_reply_at,
    messages.c.participants,
    messages.c.quoted_message_id,
    messages.c.mentions,
    messages.c.pinned_at,
    messages.c.client_id,
    users.c.id,
    users.c.user_name,
    users.c.display_name,
    users.c.avatar_url,
    users.c.role,
    users.c.removed_at,
)


def _query() -> Select[Any]:
    return select(*_COLUMNS).join(users, users.c.id == messages.c.author_id)


def _from_row(row: Sequence[Any]) -> Message:
    (
        id,
        channel_id,
        seq,
        changed_seq,
        content,
        created_at,
        updated_at,
        deleted_at,
        thread_id,
        reply_count,
        last_reply_at,
        participants,
        quoted,
        named,
        pinned_at,
        client_id,
        *author,
    ) = row
    user_id, user_name, display_name, avatar_url, role, removed_at = author
    return Message(
        id=id,
        channel_id=channel_id,
        seq=seq,
        changed_seq=changed_seq,
        author=Author(user_id, user_name, display_name, avatar_url, role == "bot", removed_at is not None),
        content=content,
        created_at=created_at,
        updated_at=updated_at,
        deleted_at=deleted_at,
        thread_id=thread_id,
        reply_count=reply_count,
        last_reply_at=last_reply_at,
        participants=orjson.loads(participants) if participants else [],
        quoted_message_id=quoted,
        mentions=orjson.loads(named) if named else [],
        pinned_at=pinned_at,
        client_id=client_id,
    )


def _with_reactions(connection: Connection, found: list[Message]) -> list[Message]:
    by_id = {message.id: message for message in found if message.deleted_at is None}
    ids = list(by_id)
    for start in range(0, len(ids), IN_LIMIT):
        rows = connection.execute(
            select(reactions.c.message_id, reactions.c.reaction, reactions.c.user_id)
            .where(reactions.c.message_id.in_(ids[start : start + IN_LIMIT]))
            .order_by(reactions.c.created_at, reactions.c.user_id)
        )
        for message_id, reaction, user_id in rows:
            by_id[message_id].reactions.setdefault(reaction, []).append(user_id)
    return found


def _fetch(connection: Connection, query: Select[Any]) -> list[Message]:
    return _with_reactions(connection, [_from_row(row) for row in connection.execute(query)])


def get(connection: Connection, message_id: str) -> Message | None:
    found = _fetch(connection, _query().where(messages.c.id == message_id))
    return found[0] if found else None


def get_many(connection: Connection, ids: Collection[str]) -> dict[str, Message]:
    found = _fetch(connection, _query().where(messages.c.id.in_(list(ids)[:IN_LIMIT])))
    return {message.id: message for message in found}


_CLIENT_KEY = (messages.c.author_id, messages.c.channel_id, messages.c.client_id)
_BY_CLIENT_IDS = select(*_CLIENT_KEY, messages.c.id, messages.c.client_digest).where(
    tuple_(*_CLIENT_KEY).in_(bindparam("keys", expanding=True))
)
_INSERT = insert(messages)


def by_client_ids(
    connection: Connection, keys: Collection[tuple[str, str, str]]
) -> dict[tuple[str, str, str], tuple[str, str | None]]:
    """(author, channel, clientId) -> (message id, digest of what was first sent)."""
    rows = connection.execute(_BY_CLIENT_IDS, {"keys": list(keys)})
    return {(author, channel, client): (id, digest) for author, channel, client, id, digest in rows}


def insert_many(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    connection.execute(_INSERT, rows)


def set_mentions(
    connection: Connection, named: Iterable[tuple[str, str, int, str, Sequence[str]]], *, fresh: bool
) -> None:
    """Whom messages name: (message, channel, seq, author, targets). `fresh` ones have no rows to replace."""
    named = list(named)
    if not fresh:
        connection.execute(delete(mentions).where(mentions.c.message_id.in_([entry[0] for entry in named])))
    rows = [
        {"message_id": message_id, "target": target, "channel_id": channel_id, "seq": seq, "author_id": author_id}
        for message_id, channel_id, seq, author_id, targets in named
        for target in targets
    ]
    if rows:
        connection.execute(insert(mentions), rows)


def set_threads(connection: Connection, roots: Iterable[Message]) -> None:
    """Write back what a reply changes of its root."""
    rows = [
        {
            "key": root.id,
            "changed": root.changed_seq,
            "replies": root.reply_count,
            "last": root.last_reply_at,
            "people": orjson.dumps(root.participants).decode(),
        }
        for root in roots
    ]
    if rows:
        connection.execute(
            update(messages)
            .where(messages.c.id == bindparam("key"))
            .values(
                changed_seq=bindparam("changed"),
                reply_count=bindparam("replies"),
                last_reply_at=bindparam("last"),
                participants=bindparam("people"),
            ),
            rows,
        )


def update_message(connection: Connection, message_id: str, **values: Any) -> None:
    if "mentions" in values:
        values["mentions"] = orjson.dumps(values["mentions"]).decode()
    connection.execute(update(messages).where(messages.c.id == message_id), values)


def bury(connection: Connection, message_id: str, *, changed_seq: int, now: int) -> None:
    """Turn a message into a tombstone: nothing of its text, mentions or reactions stays."""
    update_message(
        connection, message_id, content="", mentions=[], deleted_at=now, pinned_at=None, changed_seq=changed_seq
    )
    connection.execute(delete(mentions).where(mentions.c.message_id == message_id))
    connection.execute(delete(reactions).where(reactions.c.message_id == message_id))


def add_reaction(connection: Connection, message_id: str, user_id: str, reaction: str, now: int) -> bool:
    """Did this change anything? The same reaction again does not."""
    row = {"message_id": message_id, "user_id": user_id, "reaction": reaction, "created_at": now}
    return bool(insert_missing(connection, reactions, [row]))


def remove_reaction(connection: Connection, message_id: str, user_id: str, reaction: str) -> bool:
    return bool(
        connection.execute(
            delete(reactions).where(
                reactions.c.message_id == message_id,
                reactions.c.user_id == user_id,
                reactions.c.reaction == reaction,
            )
        ).rowcount
    )


def page(
    connection: Connection, channel_id: str, root_id: str | None, *, before: int | None, after: int | None, limit: int
) -> list[Message]:
    """At most `limit` messages nearest to the edge asked for, in order of `seq`: a channel's, or a thread's replies."""
    place = messages.c.thread_id.is_(None) if root_id is None else messages.c.thread_id == root_id
    query = _query().where(messages.c.channel_id == channel_id, place)
    if before is not None:
        query = query.where(messages.c.seq < before)
    if after is not None:
        query = query.where(messages.c.seq > after).order_by(messages.c.seq)
        return _fetch(connection, query.limit(limit))
    return _fetch(connection, query.order_by(messages.c.seq.desc()).limit(limit))[::-1]


def changes(connection: Connection, channel_id: str, after: int, limit: int) -> list[Message]:
    """Messages changed after `after`, present states, replies and tombstones included, oldest change first."""
    return _fetch(
        connection,
        _query()
        .where(messages.c.channel_id == channel_id, messages.c.changed_seq > after)
        .order_by(messages.c.changed_seq, messages.c.seq)
        .limit(limit),
    )


def count(connection: Connection) -> int:
    """Messages stored, tombstones apart."""
    return connection.execute(
        select(func.count()).select_from(messages).where(messages.c.deleted_at.is_(None))
    ).scalar_one()


def channels_of_author(connection: Connection, user_id: str) -> list[tuple[str, int]]:
    """(channel id, its seq) where the user has written and not deleted."""
    rows = connection.execute(
        select(channels.c.id, channels.c.seq)
        .join(messages, messages.c.channel_id == channels.c.id)
        .where(messages.c.author_id == user_id, messages.c.deleted_at.is_(None))
        .distinct()
    )
    return [(channel_id, seq) for channel_id, seq in rows]


def unlink_author(connection: Connection, user_id: str, to: str, raised: Iterable[tuple[str, int]]) -> None:
    """Give all messages of an author to another one; one change per channel."""
    for channel_id, seq in raised:
        connection.execute(
            update(messages)
            .where(messages.c.author_id == user_id, messages.c.channel_id == channel_id)
            .values(author_id=to, changed_seq=seq, client_id=None)
        )


def bury_author(connection: Connection, user_id: str, raised: Iterable[tuple[str, int]], now: int) -> None:
    """Turn all messages of an author into tombstones; one change per channel."""
    for channel_id, seq in raised:
        his = and_(
            messages.c.author_id == user_id, messages.c.channel_id == channel_id, messages.c.deleted_at.is_(None)
        )
        ids = select(messages.c.id).where(his)
        connection.execute(delete(mentions).where(mentions.c.message_id.in_(ids)))
        connection.execute(delete(reactions).where(reactions.c.message_id.in_(ids)))
        connection.execute(
            update(messages)
            .where(his)
            .values(content="", mentions="[]", deleted_at=now, pinned_at=None, changed_seq=seq)
        )


def row_of(message: Message, digest: str | None) -> dict[str, Any]:
    """A new message as a row; every column is named, so that a whole batch is one statement."""
    return {
        "id": message.id,
        "channel_id": message.channel_id,
        "seq": message.seq,
        "changed_seq": message.changed_seq,
        "author_id": message.author.id,
        "content": message.content,
        "created_at": message.created_at,
        "thread_id": message.thread_id,
        "quoted_message_id": message.quoted_message_id,
        "mentions": orjson.dumps(message.mentions).decode() if message.mentions else None,
        "client_id": message.client_id,
        "client_digest": digest,
    }


def replies_of(connection: Connection, message_id: str) -> tuple[int, int | None, list[str]]:
    """How many replies a thread has, when the last came, who wrote them; tombstones apart."""
    rows = connection.execute(
        select(messages.c.author_id, func.count(), func.max(messages.c.created_at), func.min(messages.c.seq))
        .where(messages.c.thread_id == message_id, messages.c.deleted_at.is_(None))
        .group_by(messages.c.author_id)
        .order_by(func.min(messages.c.seq))
    ).all()
    return sum(row[1] for row in rows), max((row[2] for row in rows), default=None), [row[0] for row in rows]
