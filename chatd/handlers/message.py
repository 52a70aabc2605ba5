"""message, message.*, reaction: what is said in channels."""

from chatd.dispatch.registry import Context, request
from chatd.protocol.requests import Changes, EditMessage, History, OneMessage, React, SendMessage
from chatd.protocol.shapes import ChangesReply, MessagePage, OneMessageReply
from chatd.services import history as pages
from chatd.services import messages, sending


@request("message", SendMessage, OneMessageReply)
async def send(context: Context, request: SendMessage) -> OneMessageReply:
    """Posts a message; answered when it is committed.

    The same `clientId` again gets the first message as it is now and causes no second event.
    """
    return {"message": await sending.send(context.chat, context.actor, request)}


@request("message.edit", EditMessage, OneMessageReply)
async def edit(context: Context, request: EditMessage) -> OneMessageReply:
    """Changes the text of one's own message; the same text again changes nothing."""
    return {"message": await messages.edit(context.chat, context.actor, request.message_id, request.content)}


@request("message.delete", OneMessage, OneMessageReply)
async def delete(context: Context, request: OneMessage) -> OneMessageReply:
    """Leaves a tombstone: of one's own message; administrators, of any that they may read."""
    return {"message": await messages.delete(context.chat, context.actor, request.message_id)}


@request("message.history", History, MessagePage, page=True, reads=True)
async def history(context: Context, request: History) -> MessagePage:
    """A page of a channel in order of `seq`, newest last, tombstones included, replies of threads not.

    Without `after` the newest (before `before`), with it the oldest after it.
    """
    return await pages.of_channel(
        context.chat,
        context.actor,
        request.channel_id,
        before=request.before,
        after=request.after,
        limit=request.limit,
    )


@request("message.changes", Changes, ChangesReply, page=True, reads=True)
async def changes(context: Context, request: Changes) -> ChangesReply:
    """Every message that changed after a `seq`, as it is now, replies included: fills a gap."""
    return await pages.changes(context.chat, context.actor, request.channel_id, request.after)


@request("reaction", React)
async def react(context: Context, request: React) -> None:
    """Adds or, with `remove`, takes back one's reaction; the same again changes nothing."""
    await messages.react(context.chat, context.actor, request.message_id, request.reaction, remove=request.remove)
