"""Statements about the audit log: rows are added and read, nothing changes one, and only their age deletes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select

from chatd.domain.models import AuditEntry
from chatd.store import users
from chatd.store.schema import audit_log


@dataclass(slots=True, frozen=True)
class Wanted:
    """Which entries are looked for; None stands for all. Times are epoch milliseconds, both exclusive.

    `action` names one, or a group such as `role.*`, or several of these with commas between them.
    """

    action: str | None = None
    actor_id: str | None = None
    target_id: str | None = None
    after: int | None = None
    before: int | None = None
    search: str | None = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        if self.action is not None:
            yield or_(*map(_is, self.action.split(",")))
        if self.actor_id is not None:
            yield audit_log.c.actor_id == self.actor_id
        if self.target_id is not None:
            yield audit_log.c.target_id == self.target_id
        if self.after is not None:
            yield audit_log.c.at > self.after
        if self.before is not None:
            yield audit_log.c.at < self.before
        if self.search:
            like, named = users.pattern(self.search), users.called(self.search)
            yield or_(
                audit_log.c.actor_id.in_(named),
                audit_log.c.target_id.in_(named),
                audit_log.c.ip.like(like, escape="\\"),
                func.lower(audit_log.c.detail).like(like, escape="\\"),
            )


def _is(action: str) -> ColumnElement[bool]:
    group = action.removesuffix(".*")
    if group != action:
        return audit_log.c.action.startswith(group + ".", autoescape=True)
    return audit_log.c.action == action


_COLUMNS = (
    audit_log.c.id,
    audit_log.c.at,
    audit_log.c.actor_id,
    audit_log.c.action,
    audit_log.c.target_id,
    audit_log.c.ip,
    audit_log.c.user_agent,
    audit_log.c.detail,
)


def insert_entry(
    connection: Connection,
    now: int,
    *,
    actor_id: str | None,
    action: str,
    target_id: str | None,
    ip: str,
    user_agent: str,
    detail: dict[str, Any],
) -> AuditEntry:
    values = {
        "at": now,
        "actor_id": actor_id,
        "action": action,
        "target_id": target_id,
        "ip": ip,
        "user_agent": user_agent,
        "detail": orjson.dumps(detail).decode(),
    }
    id = connection.execute(insert(audit_log).returning(audit_log.c.id), values).scalar_one()
    return AuditEntry(id, now, actor_id, action, target_id, ip, user_agent, detail)


def count_since(connection: Connection, actor_id: str, action: str, since: int) -> int:
    """How many entries of one kind an account has caused. Two look-ups by index, then what it caused since then."""
    first = select(audit_log.c.id).where(audit_log.c.at > since).order_by(audit_log.c.at).limit(1).scalar_subquery()
    found: int = connection.execute(
        select(func.count()).where(
            audit_log.c.actor_id == actor_id, audit_log.c.id >= first, audit_log.c.action == action
        )
    ).scalar_one()
    return found


def prune(connection: Connection, before: int, limit: int) -> int:
    """Delete the oldest entries of before a time, so many at most; how many."""
    old = select(audit_log.c.id).where(audit_log.c.at < before).order_by(audit_log.c.at).limit(limit)
    return connection.execute(delete(audit_log).where(audit_log.c.id.in_(old))).rowcount


def page(
    connection: Connection, wanted: Wanted, *, before_id: int | None = None, offset: int = 0, limit: int
) -> tuple[list[AuditEntry], int]:
    """Entries, newest first, and how many there are in all; `before_id` goes on behind an entry that is known."""
    counting = select(func.count()).select_from(audit_log).where(*wanted.conditions())
    total: int = connection.execute(counting).scalar_one()
    return some(connection, wanted, before_id=before_id, offset=offset, limit=limit), total


def some(
    connection: Connection, wanted: Wanted, *, before_id: int | None, offset: int = 0, limit: int
) -> list[AuditEntry]:
    """The same without the count."""
    where = list(wanted.conditions())
    if before_id is not None:
        where.append(audit_log.c.id < before_id)
    rows = connection.execute(
        select(*_COLUMNS).where(*where).order_by(audit_log.c.id.desc()).offset(offset).limit(limit)
    )
    return [AuditEntry(*row[:-1], orjson.loads(row[-1])) for row in rows]
