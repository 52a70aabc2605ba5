"""channel.*: rooms and who is in them."""

from chatd.dispatch.registry import Context, request
from chatd.protocol.requests import (
    ChannelMember,
    ChannelMembers,
    CreateChannel,
    DeleteChannel,
    ListChannels,
    OneChannel,
    UpdateChannel,
)
from chatd.protocol.shapes import ChannelsReply, MembersReply, OneChannelReply
from chatd.services import channel_deletion, channels, memberships, reading


@request("channel.create", CreateChannel, OneChannelReply)
async def create(context: Context, request: CreateChannel) -> OneChannelReply:
    """Makes a channel; anybody may, and then manages it."""
    made = await channels.create(
        context.chat, context.actor, request.name, request.topic, request.kind, request.members
    )
    return {"channel": made}


@request("channel.update", UpdateChannel, OneChannelReply)
async def update(context: Context, request: UpdateChannel) -> OneChannelReply:
    """Renames, describes, archives, makes private or public; what is left out stays.

    For who made the channel and administrators. Made private it keeps as members those who posted or read there.
    """
    given = request.given()
    channel_id = given.pop("channel_id")
    return {"channel": await channels.update(context.chat, context.actor, channel_id, given)}


@request("channel.delete", DeleteChannel, proof=True)
async def delete(context: Context, request: DeleteChannel) -> None:
    """Deletes a channel with all its messages and webhooks; for who made it and administrators."""
    await channel_deletion.delete(context.chat, context.actor, request.channel_id)


@request("channel.join", OneChannel)
async def join(context: Context, request: OneChannel) -> None:
    """Comes into a public channel."""
    await memberships.join(context.chat, context.actor, request.channel_id)


@request("channel.leave", OneChannel)
async def leave(context: Context, request: OneChannel) -> None:
    """Leaves a channel; no event of its content comes after the reply."""
    await memberships.leave(context.chat, context.actor, request.channel_id)


@request("channel.members", ChannelMembers, MembersReply, page=True, reads=True)
async def members(context: Context, request: ChannelMembers) -> MembersReply:
    """A page of a channel's members by user name; deactivated people are left out."""
    return await reading.members(context.chat, context.actor, request.channel_id, request.offset, request.limit)


@request("channel.addMember", ChannelMember)
async def add_member(context: Context, request: ChannelMember) -> None:
    """Brings somebody in: any member into a private channel, who made it and administrators into any."""
    await memberships.add_member(context.chat, context.actor, request.channel_id, request.user_id)


@request("channel.removeMember", ChannelMember)
async def remove_member(context: Context, request: ChannelMember) -> None:
    """Takes somebody out; for who made the channel and administrators."""
    await memberships.remove_member(context.chat, context.actor, request.channel_id, request.user_id)


@request("channel.list", ListChannels, ChannelsReply, page=True, reads=True)
async def list_all(context: Context, request: ListChannels) -> ChannelsReply:
    """What the asker may see; `all` shows administrators the private ones too, 2,000 of them, without their content."""
    return {"channels": await reading.list_channels(context.chat, context.actor, everything=request.all)}
