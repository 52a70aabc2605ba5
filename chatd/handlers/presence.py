"""presence.*: who is seen as online."""

from chatd.dispatch.registry import Context, request
from chatd.protocol.requests import ListPresence, SetPresence
from chatd.protocol.shapes import PresenceReply


@request("presence.set", SetPresence)
async def set(context: Context, request: SetPresence) -> None:
    """Says how one wants to be seen, on all devices."""
    context.chat.hub.presence.choose(context.actor.user_id, request.status)


@request("presence.list", ListPresence, PresenceReply, reads=True)
async def list_all(context: Context, request: ListPresence) -> PresenceReply:
    """Who is online; or the status of those named, whom the socket hears of from then on.

    A socket hears of at most 500 people: of all while no more are online, otherwise of those it named last.
    """
    presence = context.chat.hub.presence
    if request.user_ids is None:
        return {"presence": presence.shown()}
    if context.socket is not None:
        context.chat.hub.watch(context.socket, request.user_ids)
    return {"presence": presence.shapes(request.user_ids)}
