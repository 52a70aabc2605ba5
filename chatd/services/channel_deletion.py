"""What goes with a channel that is deleted: all its messages, and the webhooks that post into it."""

from chatd.domain.errors import conflict
from chatd.domain.models import Actor, Channel
from chatd.services.asking import audit, require_admin_asker
from chatd.services.channels import managed, tell
from chatd.services.chat import Chat
from chatd.services.webhooks import take_away
from chatd.store import Tx, channels, making, webhooks


async def delete_made_by(chat: Chat, actor: Actor, account_id: str) -> int:
    """Delete every channel that an account and its bots made, one by one, so that nobody waits long; how many."""

    def deed(tx: Tx) -> bool:
        require_admin_asker(tx, actor)
        for channel_id in making.channels_of(tx.connection, account_id):
            channel = channels.get(tx.connection, channel_id)
            assert channel is not None
            _delete(tx, chat, actor, channel)
            audit(tx, actor, "channel.deleted", channel_id, name=channel.name)
            return True
        return False

    deleted = 0
    while await chat.write(deed, actor):
        deleted += 1
    return deleted


def _delete(tx: Tx, chat: Chat, actor: Actor, channel: Channel) -> None:
    tell(tx, chat, "channel.deleted", channel.id)
    channels.delete_channel(tx.connection, channel.id)
    for webhook in webhooks.of_channel(tx.connection, channel.id):
        take_away(tx, chat, actor, webhook)


async def delete(chat: Chat, actor: Actor, channel_id: str) -> None:
    """Delete a channel with everything in it."""

    def deed(tx: Tx) -> None:
        user, channel = managed(tx, chat, actor, channel_id)
        if channel.is_default:
            raise conflict("This channel is everybody's and cannot be deleted.")
        _delete(tx, chat, actor, channel)
        if user.id != channel.created_by:
            audit(tx, actor, "channel.deleted", channel_id, name=channel.name)

    await chat.write(deed, actor)
