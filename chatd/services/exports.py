"""Files with what the server knows, for administrators and for oneself: asked for here, fetched by a one-time link.

What stands in them is export_tables' and export_person's; it is put together while it is sent, some rows at a time.
"""

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from chatd.auth.tokens import hashed
from chatd.domain.errors import ChatError, not_found
from chatd.domain.models import Actor
from chatd.protocol.requests import Export
from chatd.protocol.shapes import ExportReply
from chatd.services import export_person, export_tables
from chatd.services.asking import audit, require_admin_asker, require_asker, require_user
from chatd.services.chat import Chat
from chatd.store import Tx, exports

LINK_LASTS_MS = 5 * 60_000
WORTHLESS = "This link is not valid any more: each works once, for five minutes. Export again."
CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "zip": "application/zip"}


@dataclass(slots=True, frozen=True)
class File:
    """What a link opened. Reading `pieces` raises ChatError when its asker loses the right to it meanwhile."""

    name: str
    content_type: str
    pieces: AsyncIterator[bytes]


async def of_table(chat: Chat, actor: Actor, asked: Export) -> ExportReply:
    """All users, or the audit log, as far as the filters want them."""
    wanted = asked.model_dump(exclude={"proof"}, exclude_none=True)

    def judge(tx: Tx) -> None:
        require_admin_asker(tx, actor)

    return await _link(chat, actor, judge, wanted, asked.what, None)


async def of_user(chat: Chat, actor: Actor, user_id: str) -> ExportReply:
    """What belongs to one account, before it goes (FEATURES F31)."""

    def judge(tx: Tx) -> None:
        require_admin_asker(tx, actor)
        require_user(tx, user_id)

    return await _link(chat, actor, judge, {"what": "user", "format": "zip", "user_id": user_id}, "user", user_id)


async def of_oneself(chat: Chat, actor: Actor) -> ExportReply:
    """What belongs to oneself."""
    wanted = {"what": "user", "format": "zip", "user_id": actor.user_id}
    return await _link(chat, actor, lambda tx: require_asker(tx, actor), wanted, "user", actor.user_id)


async def _link(
    chat: Chat, actor: Actor, judge: Callable[[Tx], object], wanted: dict[str, Any], what: str, target_id: str | None
) -> ExportReply:
    token = chat.chance.token()

    def deed(tx: Tx) -> ExportReply:
        judge(tx)
        assert actor.session_id is not None
        exports.prune(tx.connection, tx.now)
        link = exports.Link(actor.user_id, actor.session_id, wanted)
        exports.insert_link(tx.connection, hashed(token), link, tx.now + LINK_LASTS_MS)
        audit(tx, actor, "export.made", target_id, what=what, format=wanted["format"])
        return {"url": f"/exports/{token}", "name": _name(chat, wanted), "expiresAt": tx.now + LINK_LASTS_MS}

    return await chat.write(deed, actor)


def _name(chat: Chat, wanted: dict[str, Any]) -> str:
    day = datetime.fromtimestamp(chat.clock.now() / 1000, UTC).strftime("%Y-%m-%d")
    return f"chatd-{wanted['what']}-{day}.{wanted['format']}"


@contextlib.asynccontextmanager
async def alone(chat: Chat, token: str) -> AsyncIterator[None]:
    """Hold the one place for a file of whoever has this link, which is not used up by that. Raises `unavailable`."""
    user_id = await chat.read(lambda connection: exports.holder_of_link(connection, hashed(token)))
    if user_id is None:
        raise not_found(WORTHLESS)
    with chat.exports_going.of(user_id, "You are fetching an export already; this link waits until it is through."):
        yield


async def open_link(chat: Chat, token: str, ip: str, user_agent: str) -> File:
    """The file behind a link, which is used up by this. Worth what the session is worth that asked for it."""

    def deed(tx: Tx) -> exports.Link | None:
        link = exports.take_link(tx.connection, hashed(token), tx.now)
        if link is None:
            return None
        actor = Actor(link.user_id, link.session_id, ip, user_agent)
        try:
            user = require_asker(tx, actor)
        except ChatError:
            return None
        target_id = link.wanted.get("user_id")
        if user.role != "admin" and target_id != user.id:
            return None
        audit(tx, actor, "export.fetched", target_id, what=link.wanted["what"], format=link.wanted["format"])
        return link

    link = await chat.write(deed)
    if link is None:
        raise not_found(WORTHLESS)
    wanted, actor = link.wanted, Actor(link.user_id, link.session_id)
    pieces = (
        export_person.archive(chat, actor, wanted["user_id"])
        if wanted["what"] == "user"
        else export_tables.table(chat, actor, Export.model_construct(**wanted))
    )
    return File(_name(chat, wanted), CONTENT_TYPES[wanted["format"]], pieces)
