"""What an administrator made for the server becomes another's: system tokens, tokens of bots, webhooks, links."""

from chatd.domain.errors import conflict, not_found
from chatd.domain.models import Actor
from chatd.protocol.shapes import MadeCounts
from chatd.services import restrictions
from chatd.services.asking import audit, require_admin_asker
from chatd.services.chat import Chat
from chatd.store import Reader, Tx, links, tokens, users, webhooks


def made_by(connection: Reader, user_id: str, now: int) -> MadeCounts:
    """How much of it there is: it is worth what its maker is worth, so it ends with their rights."""
    return {
        "madeTokens": len(tokens.made_for_others(connection, user_id)),
        "madeWebhooks": len(webhooks.made_by(connection, user_id)),
        "madeLinks": links.made_by(connection, user_id, now),
    }


async def take_over(chat: Chat, actor: Actor, user_id: str) -> MadeCounts:
    """All of it counts as made by the asker from now on, also what somebody made who is gone."""

    def deed(tx: Tx) -> MadeCounts:
        require_admin_asker(tx, actor)
        if users.get(tx.connection, user_id) is None:
            raise not_found("There is no such user.")
        if user_id == actor.user_id:
            raise conflict("This is yours already.", "userId")
        made = made_by(tx.connection, user_id, tx.now)
        holders = {token.user_id for token in tokens.made_for_others(tx.connection, user_id)}
        tokens.hand_over(tx.connection, user_id, actor.user_id, holders)
        webhooks.hand_over(tx.connection, user_id, actor.user_id)
        links.hand_over(tx.connection, user_id, actor.user_id)
        restrictions.settle(tx, actor.user_id)
        if any(made.values()):
            audit(tx, actor, "made.takenOver", user_id, **made)
        return made

    return await chat.write(deed, actor)
