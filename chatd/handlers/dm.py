"""dm.*: direct conversations."""

from chatd.dispatch.registry import Context, request
from chatd.protocol.requests import OpenDirect
from chatd.protocol.shapes import OneChannelReply
from chatd.services import channels


@request("dm.open", OpenDirect, OneChannelReply)
async def open(context: Context, request: OpenDirect) -> OneChannelReply:
    """The conversation of oneself and 1 to 8 others; the same people always get the same one."""
    return {"channel": await channels.open_direct(context.chat, context.actor, request.user_ids)}
