"""Statements about profile pictures: one of each account, kept as it is sent."""

from sqlalchemy import Connection, delete, select

from chatd.store.dialect import upsert
from chatd.store.schema import pictures


def put(connection: Connection, user_id: str, id: str, content: bytes, now: int) -> None:
    """In the place of the one before, which is gone."""
    row = {"user_id": user_id, "id": id, "content": content, "created_at": now}
    upsert(connection, pictures, [row], ["user_id"])


def get(connection: Connection, id: str) -> bytes | None:
    return connection.execute(select(pictures.c.content).where(pictures.c.id == id)).scalar()


def of_user(connection: Connection, user_id: str) -> bytes | None:
    return connection.execute(select(pictures.c.content).where(pictures.c.user_id == user_id)).scalar()


def drop(connection: Connection, user_id: str) -> None:
    connection.execute(delete(pictures).where(pictures.c.user_id == user_id))
