"""me.*: one's own account."""

from chatd.dispatch.registry import Access, Context, request
from chatd.protocol.requests import ChangePassword, LeaveServer, UpdateMe
from chatd.protocol.shapes import OneUserReply
from chatd.services import accounts, reading


@request("me.update", UpdateMe, OneUserReply)
async def update(context: Context, request: UpdateMe) -> OneUserReply:
    """Changes one's profile; what is left out stays, null clears."""
    user = await accounts.update_me(context.chat, context.actor, request.given())
    return {"user": await reading.shown_to_himself(context.chat, user)}


@request("me.changePassword", ChangePassword, access=Access.RESTRICTED)
async def change_password(context: Context, request: ChangePassword) -> None:
    """Sets a new password and lifts the restriction of those who had to; `signOutOthers` ends one's other sessions."""
    await accounts.change_password(
        context.chat,
        context.actor,
        request.current_password,
        request.new_password,
        sign_out_others=request.sign_out_others,
    )


@request("me.leaveServer", LeaveServer)
async def leave_server(context: Context, request: LeaveServer) -> None:
    """Removes one's own account for good; the messages stay. The last administrator cannot."""
    await accounts.leave(context.chat, context.actor, request.password)
