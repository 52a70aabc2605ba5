"""Statements about whose a private channel is, and what a removal would touch."""

from collections.abc import Sequence

from sqlalchemy import Connection, distinct, func, select

from chatd.store.schema import channels, memberships, messages, reactions, users


def owned_private(connection: Connection, user_ids: Sequence[str]) -> list[tuple[str, str]]:
    """(id, name) of the private channels that these users made."""
    rows = connection.execute(
        select(channels.c.id, channels.c.name)
        .where(channels.c.created_by.in_(user_ids), channels.c.kind == "private")
        .order_by(channels.c.created_at, channels.c.id)
    )
    return [(channel_id, name) for channel_id, name in rows]


def heirs(connection: Connection, channel_ids: Sequence[str], but: Sequence[str]) -> dict[str, str]:
    """Channel id -> who comes after those in `but`: the active person who has been in it longest (FEATURES RX04)."""
    rows = connection.execute(
        select(memberships.c.channel_id, users.c.id)
        .join(users, users.c.id == memberships.c.user_id)
        .where(
            memberships.c.channel_id.in_(channel_ids),
            memberships.c.state == "member",
            users.c.id.not_in(but),
            users.c.role != "bot",
            users.c.removed_at.is_(None),
            users.c.deactivated_at.is_(None),
        )
        .order_by(memberships.c.since.desc(), users.c.created_at.desc(), users.c.id.desc())
    )
    return {row[0]: row[1] for row in rows}  # the last of a channel stays: the one who came first


def written(connection: Connection, user_ids: Sequence[str]) -> tuple[int, int, int]:
    """How many messages, how many reactions, and in how many direct conversations, these users have."""
    own = connection.execute(
        select(func.count())
        .select_from(messages)
        .where(messages.c.author_id.in_(user_ids), messages.c.deleted_at.is_(None))
    ).scalar_one()
    reacted = connection.execute(
        select(func.count()).select_from(reactions).where(reactions.c.user_id.in_(user_ids))
    ).scalar_one()
    direct = connection.execute(
        select(func.count(distinct(memberships.c.channel_id)))
        .join(channels, channels.c.id == memberships.c.channel_id)
        .where(memberships.c.user_id.in_(user_ids), channels.c.kind == "dm")
    ).scalar_one()
    return own, reacted, direct
