"""Who is in a channel and how far he has read: joining, leaving, bringing in, taking out, read markers."""

from typing import Any

from chatd.domain.errors import conflict, forbidden, not_found
from chatd.domain.models import Actor, Channel, User
from chatd.domain.rules import can_see, is_in, require_manageable, require_sight
from chatd.protocol.control import Control
from chatd.services import making
from chatd.services.asking import audit, require_asker
from chatd.services.channels import BOT_ALONE, require_people, shape_for
from chatd.services.chat import Chat
from chatd.store import Tx, channels, messages, users


def _tell_member(tx: Tx, chat: Chat, channel: Channel, user_id: str, *, joined: bool) -> None:
    shape = shape_for(tx.connection, chat, channel, None)
    state = channels.membership(tx.connection, channel.id, user_id, auto_join=chat.auto_join).state
    tx.control(Control.MEMBER, userId=user_id, channel=shape, state=state, joined=joined)


def _seen(tx: Tx, chat: Chat, user_id: str, channel_id: str) -> tuple[Channel, bool]:
    """A channel the user may see, and whether he is in it."""
    membership = channels.membership(tx.connection, channel_id, user_id, auto_join=chat.auto_join)
    channel = require_sight(channels.get(tx.connection, channel_id), membership)
    return channel, is_in(channel, membership)


def _put_in(tx: Tx, chat: Chat, channel: Channel, user_id: str) -> None:
    if channel.kind == "public" and chat.auto_join:
        channels.drop_states(tx.connection, channel_id=channel.id, user_id=user_id)
    else:
        channels.set_states(tx.connection, channel.id, [user_id], "member", tx.now)
    _tell_member(tx, chat, channel, user_id, joined=True)


def _take_out(tx: Tx, chat: Chat, channel: Channel, user_id: str) -> None:
    """Out of a private channel somebody's bots go along: nobody reads on through them."""
    if channel.kind == "private":
        rows = set(channels.member_rows(tx.connection, channel.id))
        for bot in users.bots_of(tx.connection, [user_id]):
            if bot.id in rows:
                _take_out(tx, chat, channel, bot.id)
    if channel.kind == "public" and chat.auto_join:
        channels.set_states(tx.connection, channel.id, [user_id], "left", tx.now)
    else:
        channels.drop_states(tx.connection, channel_id=channel.id, user_id=user_id)
    _tell_member(tx, chat, channel, user_id, joined=False)


async def join(chat: Chat, actor: Actor, channel_id: str) -> None:
    """Come into a public channel; being in it already is fine."""

    def deed(tx: Tx) -> None:
        user = require_asker(tx, actor)
        channel, inside = _seen(tx, chat, user.id, channel_id)
        if not inside:
            _put_in(tx, chat, channel, user.id)

    await chat.write(deed, actor)


async def leave(chat: Chat, actor: Actor, channel_id: str) -> None:
    """Leave a channel; its content is heard no more before this is answered."""

    def deed(tx: Tx) -> None:
        user = require_asker(tx, actor)
        channel, inside = _seen(tx, chat, user.id, channel_id)
        _require_leavable(channel)
        if inside:
            _take_out(tx, chat, channel, user.id)

    await chat.write(deed, actor)


def _require_leavable(channel: Channel) -> None:
    if channel.kind == "dm":
        raise forbidden("Nobody leaves a direct conversation.")
    if channel.is_default:
        raise conflict("This channel is everybody's; nobody leaves it.")


async def add_member(chat: Chat, actor: Actor, channel_id: str, user_id: str) -> None:
    """Bring somebody in: any member into a private channel, otherwise creator and administrators."""

    def deed(tx: Tx) -> None:
        user = require_asker(tx, actor)
        membership = channels.membership(tx.connection, channel_id, user.id, auto_join=chat.auto_join)
        channel = channels.get(tx.connection, channel_id)
        if channel is not None and channel.kind == "dm" and can_see(channel, membership):
            raise forbidden("The people of a direct conversation stay the same; open another one.")
        if channel is None or channel.kind != "private" or membership.state != "member":
            channel = require_manageable(channel, membership, user)
        require_people(tx, [user_id])
        _require_owner_inside(tx, chat, channel, user, user_id)
        others = channels.membership(tx.connection, channel_id, user_id, auto_join=chat.auto_join)
        if is_in(channel, others):
            return
        making.require_room(tx, chat, user, "addition")
        making.count(tx, user, "addition")
        _put_in(tx, chat, channel, user_id)
        if user.role == "admin":
            audit(tx, actor, "channel.memberAdded", user_id, channelId=channel_id)

    await chat.write(deed, actor)


def _require_owner_inside(tx: Tx, chat: Chat, channel: Channel, asking: User, user_id: str) -> None:
    """A bot comes into a private channel only where its owner is, and adds nobody whom its owner could not add."""
    if channel.kind != "private":
        return
    coming = users.get(tx.connection, user_id)
    for bot in (asking, coming):
        if bot is not None and bot.role == "bot":
            owner = bot.owner_id or ""
            if channels.membership(tx.connection, channel.id, owner, auto_join=chat.auto_join).state != "member":
                raise conflict(BOT_ALONE, "userId") if bot is coming else forbidden(BOT_ALONE)


def leave_private_without(tx: Tx, chat: Chat, bot_id: str, owner_id: str) -> None:
    """A bot that has another owner now leaves the private channels where this one is not."""
    for channel_id, kind, _, state in channels.rows_of_user(tx.connection, bot_id):
        if kind != "private" or state != "member":
            continue
        if channels.membership(tx.connection, channel_id, owner_id, auto_join=chat.auto_join).state != "member":
            channel = channels.get(tx.connection, channel_id)
            assert channel is not None
            _take_out(tx, chat, channel, bot_id)


async def remove_member(chat: Chat, actor: Actor, channel_id: str, user_id: str) -> None:
    """Take somebody out: creator and administrators. He hears nothing more before this is answered."""

    def deed(tx: Tx) -> None:
        user = require_asker(tx, actor)
        membership = channels.membership(tx.connection, channel_id, user.id, auto_join=chat.auto_join)
        channel = channels.get(tx.connection, channel_id)
        if channel is not None and can_see(channel, membership) and channel.kind == "dm":
            _require_leavable(channel)
        channel = require_manageable(channel, membership, user)
        _require_leavable(channel)
        others = channels.membership(tx.connection, channel_id, user_id, auto_join=chat.auto_join)
        if not is_in(channel, others) or users.get(tx.connection, user_id) is None:
            raise not_found("This user is not in the channel.")
        _take_out(tx, chat, channel, user_id)
        if user.role == "admin":
            audit(tx, actor, "channel.memberRemoved", user_id, channelId=channel_id)

    await chat.write(deed, actor)


async def mark_read(chat: Chat, actor: Actor, channel_id: str, message_id: str) -> None:
    """Move the read marker forward, here and on the user's other sockets."""

    def deed(tx: Tx) -> dict[str, Any] | None:
        user = require_asker(tx, actor)
        channel, _ = _seen(tx, chat, user.id, channel_id)
        message = messages.get(tx.connection, message_id)
        if message is None or message.channel_id != channel_id:
            raise not_found("There is no such message in this channel.")
        if not channels.move_marker(tx.connection, user.id, channel_id, message_id, message.seq):
            return None
        standing = channels.standings(tx.connection, user.id, [channel], auto_join=chat.auto_join)[channel_id]
        return {
            "channelId": channel_id,
            "messageId": message_id,
            "unread": standing.unread,
            "mentions": standing.mentions,
        }

    moved = await chat.write(deed, actor)
    if moved is not None:
        chat.hub.tell_user(actor.user_id, "read.updated", moved)
