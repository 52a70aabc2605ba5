"""What goes with a channel that is deleted: all its messages, and the webhooks that post into it."""

from chatd.domain.errors import conflict
from chatd.domain.models import Actor
from chatd.services.asking import audit
from chatd.services.channels import managed, tell
from chatd.services.chat import Chat
from chatd.services.webhooks import take_away
from chatd.store import Tx, channels, webhooks


async def delete(chat: Chat, actor: Actor, channel_id: str) -> None:
    """Delete a channel with everything in it."""

    def deed(tx: Tx) -> None:
        user, channel = managed(tx, chat, actor, channel_id)
        if channel.is_default:
            raise conflict("This channel is everybody's and cannot be deleted.")
        tell(tx, chat, "channel.deleted", channel_id)
        channels.delete_channel(tx.connection, channel_id)
        for webhook in webhooks.of_channel(tx.connection, channel_id):
            take_away(tx, chat, actor, webhook)
        if user.id != channel.created_by:
            audit(tx, actor, "channel.deleted", channel_id, name=channel.name)

    await chat.write(deed, actor)
