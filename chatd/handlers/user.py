"""user.*: people as everybody may see them, and their pictures."""

from chatd.dispatch.registry import Context, request
from chatd.protocol.requests import FetchPicture, FindUsers, GetUsers, RemovePicture
from chatd.protocol.shapes import OneUserReply, UsersReply
from chatd.services import pictures, reading


@request("user.get", GetUsers, UsersReply, page=True, reads=True)
async def get(context: Context, request: GetUsers) -> UsersReply:
    """The users with these ids; those that do not exist are left out."""
    return {"users": await reading.get_users(context.chat, context.actor, request.user_ids)}


@request("user.find", FindUsers, UsersReply, page=True, reads=True)
async def find(context: Context, request: FindUsers) -> UsersReply:
    """People whose user name, display name or nickname holds a text."""
    return {"users": await reading.find_users(context.chat, context.actor, request.query, request.limit)}


@request("user.fetchPicture", FetchPicture, OneUserReply)
async def fetch_picture(context: Context, request: FetchPicture) -> OneUserReply:
    """Makes a profile picture of the one at an address, which the server fetches: PNG, JPEG, WebP or GIF, 5 MB at most.

    A file is sent with `PUT /api/users/{id}/picture` instead. Either is drawn anew, 256 pixels square, and shown under
    a path of its own. Addresses inside the server's network are refused (`server.pictureNetworks` allows some).
    """
    chat, actor = context.chat, context.actor
    user = await pictures.fetch(chat, actor, request.user_id or actor.user_id, request.url)
    return {"user": await reading.shown_to(chat, actor, user)}


@request("user.removePicture", RemovePicture, OneUserReply)
async def remove_picture(context: Context, request: RemovePicture) -> OneUserReply:
    """Takes a profile picture away: the initials are shown again."""
    user = await pictures.remove(context.chat, context.actor, request.user_id or context.actor.user_id)
    return {"user": await reading.shown_to(context.chat, context.actor, user)}
