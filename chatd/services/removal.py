"""What a removal would keep and erase, said before it is done, and who inherits what nobody else could manage."""

from collections.abc import Sequence

from chatd.domain.models import Actor
from chatd.domain.rules import is_last_admin
from chatd.protocol.control import Control
from chatd.protocol.shapes import HeirShape, PreviewReply
from chatd.services.administration import require_admin_looking
from chatd.services.channels import shape_for
from chatd.services.chat import Chat
from chatd.services.taking_over import made_by
from chatd.store import Reader, Tx, channels, making, ownership, sessions, tokens, users


async def preview(chat: Chat, actor: Actor, user_id: str) -> PreviewReply:
    """Counts of everything that hangs on an account and its bots (FEATURES F23), and who inherits private channels."""

    def look(connection: Reader) -> tuple[PreviewReply, list[str]]:
        user = require_admin_looking(chat, connection, actor, user_id)
        going = [user_id, *(bot.id for bot in users.bots_of(connection, [user_id]))]
        signed_in = sessions.of_user(connection, user_id, chat.clock.now())
        scripts, _ = tokens.page(connection, going, chat.clock.now())
        own, reacted, direct = ownership.written(connection, going)
        reply: PreviewReply = {
            "userId": user_id,
            "userName": user.user_name,
            "lastAdmin": is_last_admin(user, users.active_admins(connection, but=user.id)),
            "counts": {
                "messages": own,
                "reactions": reacted,
                "directConversations": direct,
                "sessions": len(signed_in),
                "sockets": 0,
                "bots": len(going) - 1,
                "tokens": len(scripts),
                "madeChannels": len(making.channels_of(connection, user_id)),
                "othersWroteIn": making.others_wrote_in(connection, user_id, going),
                **made_by(connection, user_id, chat.clock.now()),
            },
            "heirs": _heirs(connection, going),
        }
        return reply, [session.id for session in (*signed_in, *scripts)]

    reply, held = await chat.read(look)
    reply["counts"]["sockets"] = sum((await chat.hub.registry.sockets(held)).values())
    return reply


def _heirs(connection: Reader, going: Sequence[str]) -> list[HeirShape]:
    owned = ownership.owned_private(connection, going)
    heirs = ownership.heirs(connection, [channel_id for channel_id, _ in owned], going)
    return [{"channelId": channel_id, "name": name, "heirId": heirs.get(channel_id)} for channel_id, name in owned]


def hand_over(tx: Tx, chat: Chat, user_id: str) -> None:
    """Give a user's private channels to their heirs, so that somebody but an administrator can manage them."""
    for heir in _heirs(tx.connection, [user_id]):
        if heir["heirId"] is not None:
            channels.update_channel(tx.connection, heir["channelId"], created_by=heir["heirId"])
            channel = channels.get(tx.connection, heir["channelId"])
            assert channel is not None
            shape = shape_for(tx.connection, chat, channel, None)
            tx.control(Control.CHANNEL, type="channel.updated", channel=shape, members=None)
