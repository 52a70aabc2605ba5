"""Statements about letters that wait to be sent. A row is gone once its letter is; nothing of it is kept."""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from chatd.store.schema import mails


@dataclass(slots=True, frozen=True)
class Mail:
    id: int
    to_address: str
    subject: str
    body: str
    tries: int


def insert_mail(connection: Connection, to_address: str, subject: str, body: str, now: int) -> None:
    values = {"to_address": to_address, "subject": subject, "body": body, "created_at": now, "next_try_at": now}
    connection.execute(insert(mails), values | {"tries": 0})


def any_due(connection: Connection, now: int) -> bool:
    return connection.execute(select(mails.c.id).where(mails.c.next_try_at <= now).limit(1)).first() is not None


def take(connection: Connection, now: int, lease_ms: int, limit: int) -> list[Mail]:
    """Letters that are due, for this node alone until the lease is over."""
    rows = connection.execute(
        select(mails.c.id, mails.c.to_address, mails.c.subject, mails.c.body, mails.c.tries)
        .where(mails.c.next_try_at <= now)
        .order_by(mails.c.id)
        .limit(limit)
    ).all()
    taken = [Mail(*row) for row in rows]
    connection.execute(
        update(mails)
        .where(mails.c.id.in_([mail.id for mail in taken]))
        .values(next_try_at=now + lease_ms, tries=mails.c.tries + 1)
    )
    return taken


def delete_mail(connection: Connection, id: int) -> None:
    connection.execute(delete(mails).where(mails.c.id == id))


def put_off(connection: Connection, id: int, until: int) -> None:
    connection.execute(update(mails).where(mails.c.id == id).values(next_try_at=until))


def count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(mails)).scalar_one()
