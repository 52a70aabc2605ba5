"""control_log: every change of who may do what, numbered by the database. Applying the rows is the hub's."""

from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, delete, func, select

from chatd.store.schema import control_log

KEEP_MS = 600_000  # rows are kept ten minutes; a node that was away longer starts afresh


@dataclass(slots=True, frozen=True)
class ControlRow:
    id: int
    node: str
    kind: str
    body: dict[str, Any]


_AFTER = (
    select(control_log.c.id, control_log.c.node, control_log.c.kind, control_log.c.body)
    .where(control_log.c.id > bindparam("cursor"))
    .order_by(control_log.c.id)
)


def after(connection: Connection, cursor: int) -> list[ControlRow]:
    """The rows behind `cursor`, in the order of their commits."""
    rows = connection.execute(_AFTER, {"cursor": cursor})
    return [ControlRow(id, node, kind, orjson.loads(body)) for id, node, kind, body in rows]


def head(connection: Connection) -> int:
    """The id of the last row ever written, pruned or not."""
    found: int = connection.execute(select(func.coalesce(func.max(control_log.c.id), 0))).scalar_one()
    return found


def oldest(connection: Connection) -> int | None:
    found: int | None = connection.execute(select(func.min(control_log.c.id))).scalar_one()
    return found


def prune(connection: Connection, now: int) -> None:
    """Delete rows older than KEEP_MS, but never the last one: its id is the head."""
    last = select(func.max(control_log.c.id)).scalar_subquery()
    connection.execute(delete(control_log).where(control_log.c.at < now - KEEP_MS, control_log.c.id < last))
