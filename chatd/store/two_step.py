"""Statements about two-step sign-in: secrets, recovery codes, and when a session proved itself again."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from chatd.store.dialect import upsert
from chatd.store.links import drop_of_user
from chatd.store.schema import recovery_codes, sessions, totp_secrets, users
from chatd.store.users import update_user


@dataclass(slots=True, frozen=True)
class Secret:
    """`used_step` is the last time step whose code was taken; enabled or only begun."""

    secret: str
    used_step: int
    enabled: bool


def get(connection: Connection, user_id: str) -> Secret | None:
    row = connection.execute(
        select(totp_secrets.c.secret, totp_secrets.c.used_step, users.c.totp_enabled_at.is_not(None))
        .join(users, users.c.id == totp_secrets.c.user_id)
        .where(totp_secrets.c.user_id == user_id)
    ).first()
    return None if row is None else Secret(row[0], row[1], bool(row[2]))


def begin(connection: Connection, user_id: str, secret: str) -> None:
    upsert(connection, totp_secrets, [{"user_id": user_id, "secret": secret, "used_step": 0}], ["user_id"])


def enable(connection: Connection, user_id: str, now: int, code_hashes: Sequence[str]) -> None:
    update_user(connection, user_id, totp_enabled_at=now)
    # A password given before is no second factor.
    connection.execute(update(sessions).where(sessions.c.user_id == user_id).values(proved_at=None))
    put_codes(connection, user_id, code_hashes)


def put_codes(connection: Connection, user_id: str, code_hashes: Sequence[str]) -> None:
    """These and no others: those before are worth nothing, nor are letters' links."""
    drop_of_user(connection, user_id)
    connection.execute(delete(recovery_codes).where(recovery_codes.c.user_id == user_id))
    connection.execute(insert(recovery_codes), [{"user_id": user_id, "code_hash": one} for one in code_hashes])


def disable(connection: Connection, user_id: str) -> None:
    update_user(connection, user_id, totp_enabled_at=None)
    connection.execute(delete(totp_secrets).where(totp_secrets.c.user_id == user_id))
    connection.execute(delete(recovery_codes).where(recovery_codes.c.user_id == user_id))


def use_step(connection: Connection, user_id: str, step: int) -> None:
    connection.execute(update(totp_secrets).where(totp_secrets.c.user_id == user_id).values(used_step=step))


def use_recovery_code(connection: Connection, user_id: str, code_hash: str) -> bool:
    """Take a code out; was it there?"""
    gone = connection.execute(
        delete(recovery_codes).where(recovery_codes.c.user_id == user_id, recovery_codes.c.code_hash == code_hash)
    )
    return gone.rowcount == 1


def codes_left(connection: Connection, user_id: str) -> int:
    return len(connection.execute(select(recovery_codes.c.code_hash).where(recovery_codes.c.user_id == user_id)).all())


def proved_at(connection: Connection, session_id: str) -> int:
    """When this session proved itself again, in epoch milliseconds; 0 never."""
    return connection.execute(select(sessions.c.proved_at).where(sessions.c.id == session_id)).scalar() or 0


def set_proved(connection: Connection, session_id: str, now: int) -> None:
    connection.execute(update(sessions).where(sessions.c.id == session_id).values(proved_at=now))
