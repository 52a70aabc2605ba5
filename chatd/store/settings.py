"""Settings that an administrator changes while the server runs, and the audit log's rows."""

from typing import Any

import orjson
from sqlalchemy import Connection, insert, select

from chatd.store.dialect import upsert
from chatd.store.schema import audit_log, settings

DEFAULTS: dict[str, Any] = {"name": "chatd"}


def get_all(connection: Connection) -> dict[str, Any]:
    found = {key: orjson.loads(value) for key, value in connection.execute(select(settings.c.key, settings.c.value))}
    return DEFAULTS | {key: found[key] for key in DEFAULTS if key in found}


def put(connection: Connection, values: dict[str, Any]) -> None:
    rows = [{"key": key, "value": orjson.dumps(value).decode()} for key, value in values.items()]
    upsert(connection, settings, rows, ["key"])


def audit(
    connection: Connection,
    now: int,
    *,
    actor_id: str | None,
    action: str,
    target_id: str | None,
    ip: str,
    **detail: Any,
) -> None:
    """One administrative deed or refusal: who, what, whom, from where, when."""
    connection.execute(
        insert(audit_log),
        {
            "at": now,
            "actor_id": actor_id,
            "action": action,
            "target_id": target_id,
            "ip": ip,
            "detail": orjson.dumps(detail).decode(),
        },
    )
