"""thread.*: the replies to one message."""

from chatd.dispatch.registry import Context, request
from chatd.protocol.requests import ThreadHistory
from chatd.protocol.shapes import MessagePage
from chatd.services import history as pages


@request("thread.history", ThreadHistory, MessagePage, page=True, reads=True)
async def history(context: Context, request: ThreadHistory) -> MessagePage:
    """A page of the replies to one message, in order of `seq`, without the message itself."""
    return await pages.of_thread(
        context.chat,
        context.actor,
        request.message_id,
        before=request.before,
        after=request.after,
        limit=request.limit,
    )
