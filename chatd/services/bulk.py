"""Many accounts deactivated at once (FEATURES M36, RX07): a result for each. One alone is accounts'."""

from collections.abc import Iterable

from chatd.domain.errors import ChatError
from chatd.domain.models import Actor, User
from chatd.protocol import views
from chatd.protocol.shapes import DeactivationResult, IdleReply
from chatd.services import accounts
from chatd.services.asking import require_admin_asker
from chatd.services.chat import Chat
from chatd.store import Tx, idle, users

AT_ONCE = 100  # they share one transaction, and all other writes wait for it
DAY_MS = 86_400_000


async def deactivate(chat: Chat, actor: Actor, user_ids: list[str]) -> list[DeactivationResult]:
    """Lock each account that may be locked; one that may not be does not keep the others."""

    def deed(tx: Tx) -> list[DeactivationResult]:
        require_admin_asker(tx, actor)
        return _each(tx, actor, dict.fromkeys(user_ids))

    return await chat.write(deed, actor)


async def deactivate_idle(chat: Chat, actor: Actor, days: int, role: str) -> IdleReply:
    """The same for those who have not been here for so many days, the longest away first."""

    def deed(tx: Tx) -> IdleReply:
        require_admin_asker(tx, actor)
        away = idle.people(tx.connection, tx.now - days * DAY_MS, role=role, but=actor.user_id, limit=AT_ONCE + 1)
        return {"results": _each(tx, actor, away[:AT_ONCE]), "more": len(away) > AT_ONCE}

    return await chat.write(deed, actor)


def _each(tx: Tx, actor: Actor, user_ids: Iterable[str]) -> list[DeactivationResult]:
    locked: dict[str, User] = {}
    refused: dict[str, ChatError] = {}
    for user_id in (wanted := list(user_ids)):
        try:
            locked[user_id] = accounts.lock(tx, actor, user_id)
        except ChatError as error:
            refused[user_id] = error
    held = users.held(tx.connection, list(locked), tx.now)
    return [
        {
            "userId": user_id,
            "user": views.user(locked[user_id], "admin", held[user_id]) if user_id in locked else None,
            "code": refused[user_id].code.value if user_id in refused else None,
            "message": refused[user_id].message if user_id in refused else None,
        }
        for user_id in wanted
    ]
