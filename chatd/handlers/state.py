"""ping, sync, resume: is the server there, and what is the state of everything?"""

from chatd.dispatch.registry import Access, Context, request
from chatd.protocol.requests import Empty, Resume
from chatd.protocol.shapes import Nothing, ResumeReply, SyncReply
from chatd.services import history, reading


@request("ping", Empty, access=Access.RESTRICTED, reads=True)
async def ping(context: Context, request: Empty) -> Nothing:
    """Answers at once: the connection and the server are alive."""
    return {}


@request("sync", Empty, SyncReply, page=True, reads=True)
async def sync(context: Context, request: Empty) -> SyncReply:
    """Everything to show before history: oneself, people, channels, presence, settings.

    All people when they are at most 500, otherwise oneself and those of one's direct conversations.
    """
    return await reading.sync(context.chat, context.actor)


@request("resume", Resume, ResumeReply, page=True, reads=True)
async def resume(context: Context, request: Resume) -> ResumeReply:
    """What changed in the channels one knows since their last `seq`, and the whole state beside it.

    Keep events aside until the answer, apply it, then of what was kept those with a higher `seq`.
    """
    return await history.resume(context.chat, context.actor, request.channels)
