"""Statements about the settings that an administrator changes while the server runs."""

from typing import Any

import orjson
from sqlalchemy import Connection, select

from chatd.store.dialect import upsert
from chatd.store.schema import settings

DEFAULTS: dict[str, Any] = {"name": "chatd", "totpRequired": "none", "requireVerifiedEmail": False}


def get_all(connection: Connection) -> dict[str, Any]:
    found = {key: orjson.loads(value) for key, value in connection.execute(select(settings.c.key, settings.c.value))}
    return DEFAULTS | {key: found[key] for key in DEFAULTS if key in found}


def put(connection: Connection, values: dict[str, Any]) -> None:
    rows = [{"key": key, "value": orjson.dumps(value).decode()} for key, value in values.items()]
    upsert(connection, settings, rows, ["key"])
