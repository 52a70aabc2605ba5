"""user.*: other people, as far as everybody may see them."""

from chatd.dispatch.registry import Context, request
from chatd.protocol.requests import FindUsers, GetUsers
from chatd.protocol.shapes import UsersReply
from chatd.services import reading


@request("user.get", GetUsers, UsersReply, page=True)
async def get(context: Context, request: GetUsers) -> UsersReply:
    """The users with these ids; those that do not exist are left out."""
    return {"users": await reading.get_users(context.chat, context.actor, request.user_ids)}


@request("user.find", FindUsers, UsersReply, page=True)
async def find(context: Context, request: FindUsers) -> UsersReply:
    """People whose user name, display name or nickname holds a text."""
    return {"users": await reading.find_users(context.chat, context.actor, request.query, request.limit)}
