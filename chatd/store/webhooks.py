"""Statements about webhooks. One that was deleted keeps its row and the hash of its token, and nothing else works."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select, update

from chatd.domain.models import User, Webhook
from chatd.store import users
from chatd.store.makers import made_by_administrator
from chatd.store.schema import users as users_table
from chatd.store.schema import webhooks

_COLUMNS: tuple[ColumnElement[Any], ...] = (
    webhooks.c.id,
    webhooks.c.name,
    webhooks.c.channel_id,
    webhooks.c.bot_id,
    webhooks.c.token_hash,
    webhooks.c.created_by,
    webhooks.c.created_at,
    webhooks.c.deleted_at,
    webhooks.c.uses,
    webhooks.c.last_used_at,
)
_HERE = webhooks.c.deleted_at.is_(None)


def insert_webhook(connection: Connection, webhook: Webhook) -> None:
    connection.execute(insert(webhooks), {name: getattr(webhook, name) for name in Webhook.__dataclass_fields__})


def get(connection: Connection, webhook_id: str) -> Webhook | None:
    """The webhook, also one that was deleted."""
    row = connection.execute(select(*_COLUMNS).where(webhooks.c.id == webhook_id)).first()
    return None if row is None else Webhook(*row)


def posting(connection: Connection, ids: Collection[str]) -> dict[str, tuple[Webhook, User]]:
    """By id, those that may post now, each with its bot: not deleted, and made by who is an administrator still."""
    rows = connection.execute(
        select(*users.COLUMNS, *_COLUMNS)
        .join(users_table, users_table.c.id == webhooks.c.bot_id)
        .where(
            _HERE,
            webhooks.c.id.in_(list(ids)),
            users_table.c.removed_at.is_(None),
            made_by_administrator(webhooks.c.created_by),
        )
    )
    found = [(Webhook(*row[users.WIDTH :]), users.from_row(row[: users.WIDTH])) for row in rows]
    return {webhook.id: (webhook, bot) for webhook, bot in found}


def page(connection: Connection, channel_id: str | None, *, offset: int, limit: int) -> tuple[list[Webhook], int]:
    """Webhooks, newest first, and how many there are in all: of one channel, or of all."""
    wanted: list[ColumnElement[bool]] = [_HERE, *([] if channel_id is None else [webhooks.c.channel_id == channel_id])]
    total = connection.execute(select(func.count()).select_from(webhooks).where(*wanted)).scalar_one()
    newest = (webhooks.c.created_at.desc(), webhooks.c.id.desc())
    rows = connection.execute(select(*_COLUMNS).where(*wanted).order_by(*newest).offset(offset).limit(limit))
    return [Webhook(*row) for row in rows], total


def made_by(connection: Connection, maker_id: str) -> list[Webhook]:
    rows = connection.execute(select(*_COLUMNS).where(_HERE, webhooks.c.created_by == maker_id))
    return [Webhook(*row) for row in rows]


def hand_over(connection: Connection, maker_id: str, heir_id: str) -> None:
    """What was made by one counts as made by another."""
    connection.execute(update(webhooks).where(_HERE, webhooks.c.created_by == maker_id).values(created_by=heir_id))


def of_channel(connection: Connection, channel_id: str) -> list[Webhook]:
    rows = connection.execute(select(*_COLUMNS).where(_HERE, webhooks.c.channel_id == channel_id))
    return [Webhook(*row) for row in rows]


def delete_of_bot(connection: Connection, bot_id: str, now: int) -> None:
    """A webhook goes with its bot."""
    connection.execute(update(webhooks).where(_HERE, webhooks.c.bot_id == bot_id).values(deleted_at=now))


def add_uses(connection: Connection, used: Sequence[tuple[str, int, int]]) -> None:
    """(id, how many uses more, when the last was)."""
    if used:
        connection.execute(
            update(webhooks)
            .where(webhooks.c.id == bindparam("key"))
            .values(uses=webhooks.c.uses + bindparam("more"), last_used_at=bindparam("last")),
            [{"key": key, "more": more, "last": last} for key, more, last in used],
        )
