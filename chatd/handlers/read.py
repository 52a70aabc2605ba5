"""read and typing: how far one has read, and that one is writing."""

from chatd.dispatch.registry import Context, request
from chatd.protocol.requests import OneChannel, Read
from chatd.services import memberships, reading


@request("read", Read)
async def mark(context: Context, request: Read) -> None:
    """Moves the read marker forward, never back; one's other sockets hear `read.updated`."""
    await memberships.mark_read(context.chat, context.actor, request.channel_id, request.message_id)


@request("typing", OneChannel)
async def typing(context: Context, request: OneChannel) -> None:
    """Tells the channel that one is writing; ephemeral."""
    await reading.tell_typing(context.chat, context.actor, request.channel_id)
