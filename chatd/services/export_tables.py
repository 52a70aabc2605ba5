"""All users or the audit log as a file, some rows at a time: memory stays bounded, and nothing holds the loop."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from chatd.domain import cells
from chatd.domain.models import Actor, AuditEntry
from chatd.protocol import views
from chatd.protocol.requests import Export
from chatd.protocol.shapes import UserShape
from chatd.services.chat import Chat
from chatd.services.reading import require_admin_reader
from chatd.store import Reader, audit, users

DAY_MS = 86_400_000
AT_ONCE = 100  # rows: some 2 ms of the loop
USER_COLUMNS = (
    *("id", "userName", "displayName", "email", "emailVerified", "role", "status", "totpEnabled"),
    *("createdAt", "lastLoginAt", "sessions", "bots", "tokens", "nickname", "timezone", "extension", "ownerId"),
)
AUDIT_COLUMNS = ("id", "at", "action", "actorId", "actor", "targetId", "target", "ip", "userAgent", "detail")


async def table(chat: Chat, actor: Actor, wanted: Export) -> AsyncIterator[bytes]:
    """The file in pieces. Raises `forbidden` or `unauthenticated` when the asker is no administrator any more."""
    rows = _users(chat, actor, wanted) if wanted.what == "users" else _entries(chat, actor, wanted)
    if wanted.format == "csv":
        yield cells.rows([USER_COLUMNS if wanted.what == "users" else AUDIT_COLUMNS])
        async for _, lines in rows:
            yield cells.rows(lines)
        return
    before = b"[\n"
    async for shapes, _ in rows:
        yield before + b",\n".join(map(orjson.dumps, shapes))
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


Rows = AsyncIterator[tuple[Sequence[Any], list[list[cells.Cell]]]]  # as JSON, and as the cells of a table


async def _users(chat: Chat, actor: Actor, wanted: Export) -> Rows:
    after = ""
    away_since = None if wanted.days_idle is None else chat.clock.now() - wanted.days_idle * DAY_MS
    while True:

        def look(connection: Reader, after: str = after) -> list[UserShape]:
            require_admin_reader(chat, connection, actor)
            some = users.some_after(
                connection,
                after,
                tab=wanted.tab,
                search=wanted.search,
                role=wanted.role,
                away_since=away_since,
                limit=AT_ONCE,
            )
            held = users.held(connection, [user.id for user in some], chat.clock.now())
            return [views.user(user, "admin", held[user.id]) for user in some]

        shapes = await chat.read(look)
        if not shapes:
            return
        yield shapes, list(map(_user_cells, shapes))
        after = shapes[-1]["id"]


def _user_cells(shape: UserShape) -> list[cells.Cell]:
    times = {name: _time(shape[name]) for name in ("createdAt", "lastLoginAt")}
    flat: dict[str, Any] = {**shape, **shape["counts"], **times}
    return [flat[name] for name in USER_COLUMNS]


async def _entries(chat: Chat, actor: Actor, asked: Export) -> Rows:
    wanted = audit.Wanted(asked.action, asked.actor_id, asked.target_id, asked.after, asked.before, asked.search)
    before: int | None = None
    while True:

        def look(connection: Reader, before: int | None = before) -> tuple[list[AuditEntry], dict[str, str]]:
            require_admin_reader(chat, connection, actor)
            entries = audit.some(connection, wanted, before_id=before, limit=AT_ONCE)
            ids = {id for entry in entries for id in (entry.actor_id, entry.target_id) if id is not None}
            return entries, {face.id: face.user_name for face in users.faces(connection, ids)}

        entries, names = await chat.read(look)
        if not entries:
            return
        yield [views.audit_entry(entry) for entry in entries], [_entry_cells(entry, names) for entry in entries]
        before = entries[-1].id


def _entry_cells(entry: AuditEntry, names: dict[str, str]) -> list[cells.Cell]:
    return [
        entry.id,
        _time(entry.at),
        entry.action,
        entry.actor_id,
        names.get(entry.actor_id or ""),
        entry.target_id,
        names.get(entry.target_id or ""),
        entry.ip,
        entry.user_agent,
        orjson.dumps(entry.detail).decode(),
    ]


def _time(at: int | None) -> str | None:
    """As spreadsheets and people read it, in UTC."""
    return None if at is None else datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds")
