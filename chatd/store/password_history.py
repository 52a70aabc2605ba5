"""Statements about the hashes of earlier passwords, kept as far as the policy asks for them."""

from sqlalchemy import Connection, delete, insert, select

from chatd.store.schema import password_history, users


def latest(connection: Connection, user_id: str, count: int) -> list[str]:
    """The hashes of the present password and those before it, `count` in all, the youngest first."""
    present = connection.execute(select(users.c.password_hash).where(users.c.id == user_id)).scalar()
    earlier = connection.execute(
        select(password_history.c.password_hash)
        .where(password_history.c.user_id == user_id)
        .order_by(password_history.c.id.desc())
        .limit(count)
    ).scalars()
    return [password_hash for password_hash in (present, *earlier) if password_hash is not None][:count]


def remember(connection: Connection, user_id: str, now: int, keep: int) -> None:
    """Put the present password into the history, before another takes its place; drop what is not asked for."""
    present = connection.execute(select(users.c.password_hash).where(users.c.id == user_id)).scalar()
    if present is not None and keep > 1:
        connection.execute(insert(password_history), {"user_id": user_id, "password_hash": present, "replaced_at": now})
    kept = (
        select(password_history.c.id)
        .where(password_history.c.user_id == user_id)
        .order_by(password_history.c.id.desc())
        .limit(max(0, keep - 1))
    )
    connection.execute(
        delete(password_history).where(password_history.c.user_id == user_id, password_history.c.id.not_in(kept))
    )


def forget(connection: Connection, user_id: str) -> None:
    connection.execute(delete(password_history).where(password_history.c.user_id == user_id))
