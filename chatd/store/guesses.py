"""Statements that count wrong second proofs: of an account at its sign-ins, of a session inside.

They stand in the rows themselves, so that no restart, address, node or clearing of Redis forgets them.
"""

from dataclasses import dataclass

from sqlalchemy import Column, Connection, Table, case, select, update

from chatd.store.schema import sessions, users

LOCK_MS = 15 * 60_000


@dataclass(slots=True, frozen=True)
class Counted:
    """Whose wrong proofs are counted, and how many in a row lock them out for a while."""

    table: Table
    wrong: Column[int]
    locked_until: Column[int | None]
    most: int


OF_SESSION = Counted(sessions, sessions.c.wrong_proofs, sessions.c.proofs_locked_until, 5)
OF_ACCOUNT = Counted(users, users.c.wrong_codes, users.c.codes_locked_until, 10)


def begin(connection: Connection, whose: Counted, id: str, now: int) -> int:
    """Count one as wrong before it is heard, so that any number at once are no more than one after the other.

    0, or the milliseconds until it would be heard: then nothing is counted.
    """
    row = connection.execute(select(whose.wrong, whose.locked_until).where(whose.table.c.id == id)).first()
    if row is None:
        return 0
    wrong, locked_until = row
    if locked_until is not None and locked_until > now:
        return int(locked_until - now)
    locks = (wrong + 1) % whose.most == 0
    _put(connection, whose, id, wrong + 1, now + LOCK_MS if locks else None)
    return 0


def forgive(connection: Connection, whose: Counted, id: str) -> None:
    """It was right: what was wrong before counts no more."""
    _put(connection, whose, id, 0, None)


def take_back(connection: Connection, whose: Counted, id: str) -> None:
    """It was not heard after all: neither right nor wrong."""
    fewer = case((whose.wrong > 0, whose.wrong - 1), else_=0)
    connection.execute(
        update(whose.table).where(whose.table.c.id == id).values({whose.wrong: fewer, whose.locked_until: None})
    )


def wrong(connection: Connection, whose: Counted, id: str) -> int:
    """How many in a row."""
    return connection.execute(select(whose.wrong).where(whose.table.c.id == id)).scalar() or 0


def _put(connection: Connection, whose: Counted, id: str, count: int, locked_until: int | None) -> None:
    connection.execute(
        update(whose.table).where(whose.table.c.id == id).values({whose.wrong: count, whose.locked_until: locked_until})
    )
