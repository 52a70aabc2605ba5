"""What happens to messages that were sent: edited, deleted, reacted to. How they are sent is sending's."""

from typing import Any

from chatd.domain.errors import conflict, forbidden, not_found
from chatd.domain.models import Actor
from chatd.domain.rules import MAX_REACTION_KINDS, can_see, require_writable
from chatd.domain.text import mentioned_names, require_reaction
from chatd.protocol import views
from chatd.protocol.shapes import MessageShape
from chatd.services.asking import require_asker
from chatd.services.chat import Chat
from chatd.services.history import NO_MESSAGE
from chatd.services.sending import named_in, require_content, tell
from chatd.store import Tx, channels, messages
from chatd.store.writer import ContentEvent


class _Place:
    """A message with its channel and how the asker stands to it, read in the transaction that changes it."""

    def __init__(self, tx: Tx, chat: Chat, actor: Actor, message_id: str) -> None:
        self.user = require_asker(tx, actor)
        message = messages.get(tx.connection, message_id)
        if message is None:
            raise not_found(NO_MESSAGE)
        self.message = message
        self.membership = channels.membership(tx.connection, message.channel_id, self.user.id, auto_join=chat.auto_join)
        channel = channels.get(tx.connection, message.channel_id)
        if channel is None or not can_see(channel, self.membership):
            raise not_found(NO_MESSAGE)
        self.channel = channel

    def require_writable(self) -> None:
        require_writable(self.channel, self.membership)

    def require_present(self) -> None:
        if self.message.deleted_at is not None:
            raise conflict("This message was deleted.")

    def raise_seq(self, tx: Tx) -> int:
        seq = self.channel.seq + 1
        channels.set_heads(tx.connection, [(self.channel.id, seq)], tx.now)
        return seq

    def parent(self, tx: Tx, seq: int, *, recount: bool) -> dict[str, Any] | None:
        """The root of a reply, changed with it."""
        if self.message.thread_id is None:
            return None
        root = messages.get(tx.connection, self.message.thread_id)
        assert root is not None
        if recount:
            root.reply_count, root.last_reply_at, root.participants = messages.replies_of(tx.connection, root.id)
        root.changed_seq = seq
        messages.set_threads(tx.connection, [root])
        return {"id": root.id, "thread": views.thread(root)}


async def edit(chat: Chat, actor: Actor, message_id: str, content: str) -> MessageShape:
    """Change the text of one's own message; the same text again changes nothing."""
    require_content(chat, content)

    def deed(tx: Tx) -> MessageShape:
        place = _Place(tx, chat, actor, message_id)
        message = place.message
        if message.author.id != place.user.id:
            raise forbidden("Only its author edits a message.")
        place.require_present()
        place.require_writable()
        if message.content == content:
            return views.message(message)
        seq = place.raise_seq(tx)
        message.mentions = named_in(tx.connection, place.channel, mentioned_names(content), auto_join=chat.auto_join)
        message.content, message.updated_at, message.changed_seq = content, tx.now, seq
        messages.update_message(
            tx.connection, message_id, content=content, updated_at=tx.now, changed_seq=seq, mentions=message.mentions
        )
        named = [(message.id, message.channel_id, message.seq, message.author.id, message.mentions)]
        messages.set_mentions(tx.connection, named, fresh=False)
        return tell(tx, "message.updated", message, place.parent(tx, seq, recount=False))

    return await chat.write(deed, actor)


async def delete(chat: Chat, actor: Actor, message_id: str) -> MessageShape:
    """Leave a tombstone: one's own message, or as an administrator any that one may read (FEATURES M07)."""

    def deed(tx: Tx) -> MessageShape:
        place = _Place(tx, chat, actor, message_id)
        message = place.message
        if message.author.id != place.user.id and place.user.role != "admin":
            raise forbidden("Only its author and administrators delete a message.")
        if message.deleted_at is not None:
            return views.message(message)
        seq = place.raise_seq(tx)
        messages.bury(tx.connection, message_id, changed_seq=seq, now=tx.now)
        buried = messages.get(tx.connection, message_id)
        assert buried is not None
        return tell(tx, "message.deleted", buried, place.parent(tx, seq, recount=True))

    return await chat.write(deed, actor)


async def react(chat: Chat, actor: Actor, message_id: str, reaction: str, *, remove: bool) -> None:
    """Add or take back one's reaction; a set per user and emoji (FEATURES M03)."""
    require_reaction(reaction)

    def deed(tx: Tx) -> None:
        place = _Place(tx, chat, actor, message_id)
        place.require_present()
        place.require_writable()
        kinds = place.message.reactions
        if remove:
            changed = messages.remove_reaction(tx.connection, message_id, place.user.id, reaction)
        else:
            if reaction not in kinds and len(kinds) >= MAX_REACTION_KINDS:
                raise conflict(f"A message has {MAX_REACTION_KINDS} kinds of reactions at most.", "reaction")
            changed = messages.add_reaction(tx.connection, message_id, place.user.id, reaction, tx.now)
        if not changed:
            return
        seq = place.raise_seq(tx)
        messages.update_message(tx.connection, message_id, changed_seq=seq)
        payload = {"messageId": message_id, "userId": place.user.id, "reaction": reaction}
        type = "reaction.removed" if remove else "reaction.added"
        tx.tell(ContentEvent(place.channel.id, seq, type, payload))

    await chat.write(deed, actor)
