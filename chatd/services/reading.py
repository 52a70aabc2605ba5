"""What people look at: the whole state after signing in, what they missed, pages of history. Changes nothing."""

from collections.abc import Sequence

from chatd.domain.errors import invalid, not_found, unauthenticated
from chatd.domain.models import Actor, Channel, Message, User
from chatd.domain.rules import MAX_CHANNELS_PER_USER, can_see, require_admin, require_sight, require_writable
from chatd.protocol import frames, views
from chatd.protocol.shapes import (
    ChangesReply,
    ChannelShape,
    MembersReply,
    MessagePage,
    MessageShape,
    ResumeReply,
    SessionShape,
    SyncReply,
    UserShape,
)
from chatd.services.asking import require_free
from chatd.services.channels import shapes_for
from chatd.services.chat import Chat
from chatd.store import Reader, channels, messages, sessions, settings, users

PAGE_BYTES = 524_288  # PROTOCOL.md: pages end early rather than grow over it
CHANGES_BYTES = 393_216
CHANGES_MAX = 500
EVERYBODY_MAX = 500
NO_MESSAGE = "There is no such message, or you may not see it."


def asker(chat: Chat, connection: Reader, actor: Actor) -> User:
    """Who asks, on the same snapshot as what he gets to see."""
    if actor.session_id is None:
        raise unauthenticated()
    return require_free(sessions.get(connection, actor.session_id, chat.clock.now())).user


def require_admin_reader(chat: Chat, connection: Reader, actor: Actor) -> None:
    """What only administrators and the command line look at."""
    if not actor.is_command_line:
        require_admin(asker(chat, connection, actor))


def seen_channel(chat: Chat, connection: Reader, user: User, channel_id: str) -> Channel:
    """The channel if the user may read it."""
    membership = channels.membership(connection, channel_id, user.id, auto_join=chat.auto_join)
    return require_sight(channels.get(connection, channel_id), membership)


# --- sync --------------------------------------------------------------------------------------------------------


async def sync(chat: Chat, actor: Actor) -> SyncReply:
    """Everything a client shows before history: oneself, people, channels, presence, settings."""
    return await chat.read(lambda connection: _sync(chat, connection, asker(chat, connection, actor)))


def _sync(chat: Chat, connection: Reader, user: User) -> SyncReply:
    people = users.everybody(connection, EVERYBODY_MAX + 1)
    complete = len(people) <= EVERYBODY_MAX
    if not complete:
        near = [user.id, *channels.direct_partners(connection, user.id)]
        people = users.get_many(connection, list(dict.fromkeys(near)))
    return {
        "user": shown(chat, connection, [user], user)[0],
        "users": shown(chat, connection, people, user),
        "usersComplete": complete,
        "channels": shapes_for(connection, chat, channels.visible(connection, user.id), user.id),
        "presence": chat.hub.presence.shown(),
        "settings": settings.get_all(connection),  # type: ignore[typeddict-item]  # its keys are SettingsShape's
    }


def shown(chat: Chat, connection: Reader, people: Sequence[User], asker: User) -> list[UserShape]:
    """People as the asker sees them; administrators see how many sessions, bots and tokens each has."""
    held = {}
    if asker.role == "admin":
        held = users.held(connection, [one.id for one in people], chat.clock.now())
    return views.users(people, asker, held)


async def shown_to_himself(chat: Chat, user: User) -> UserShape:
    """A user as he sees himself."""
    return await chat.read(lambda connection: shown(chat, connection, [user], user)[0])


async def shown_to(chat: Chat, actor: Actor, user: User) -> UserShape:
    """A user as the asker sees him."""
    return await chat.read(lambda connection: shown(chat, connection, [user], asker(chat, connection, actor))[0])


async def list_channels(chat: Chat, actor: Actor, *, everything: bool) -> list[ChannelShape]:
    """What the asker may see; `everything`: for administrators also the private ones they are not in."""

    def look(connection: Reader) -> list[ChannelShape]:
        user = asker(chat, connection, actor)
        some = channels.visible(connection, user.id)
        if everything and user.role == "admin":
            some += channels.private_of_others(connection, user.id, MAX_CHANNELS_PER_USER)
        return shapes_for(connection, chat, some, user.id)

    return await chat.read(look)


async def members(chat: Chat, actor: Actor, channel_id: str, offset: int, limit: int) -> MembersReply:
    def look(connection: Reader) -> MembersReply:
        user = asker(chat, connection, actor)
        channel = seen_channel(chat, connection, user, channel_id)
        people, total = channels.members(connection, channel, auto_join=chat.auto_join, offset=offset, limit=limit)
        return {"members": shown(chat, connection, people, user), "total": total}

    return await chat.read(look)


async def get_users(chat: Chat, actor: Actor, ids: Sequence[str]) -> list[UserShape]:
    def look(connection: Reader) -> list[UserShape]:
        user = asker(chat, connection, actor)
        return shown(chat, connection, users.get_many(connection, ids), user)

    return await chat.read(look)


async def find_users(chat: Chat, actor: Actor, query: str, limit: int) -> list[UserShape]:
    def look(connection: Reader) -> list[UserShape]:
        user = asker(chat, connection, actor)
        return shown(chat, connection, users.find(connection, query, limit), user)

    return await chat.read(look)


async def own_sessions(chat: Chat, actor: Actor) -> list[SessionShape]:
    now = chat.clock.now()
    held, _ = await chat.read(lambda connection: sessions.page(connection, sessions.Wanted(actor.user_id), now=now))
    counts = await chat.hub.registry.sockets([session.id for session in held])
    return [
        views.session(session, current=session.id == actor.session_id, sockets=counts[session.id]) for session in held
    ]


# --- history -----------------------------------------------------------------------------------------------------


def _within(
    found: list[Message], limit: int, most_bytes: int, *, newest_first: bool
) -> tuple[list[MessageShape], bool]:
    """As many of `found` as fit, from the edge asked for; is there more beyond them?"""
    shapes: list[MessageShape] = []
    size = 0
    for message in reversed(found) if newest_first else found:
        shape = views.message(message)
        size += len(frames.encode(shape)) + 1
        if shapes and (len(shapes) == limit or size > most_bytes):
            return shapes[::-1] if newest_first else shapes, True
        shapes.append(shape)
    return shapes[::-1] if newest_first else shapes, False


def _page(
    connection: Reader,
    channel: Channel,
    root_id: str | None,
    before: str | None,
    after: str | None,
    limit: int,
) -> MessagePage:
    edge = before or after
    seq = None
    if edge is not None:
        marker = messages.get(connection, edge)
        if marker is None or marker.channel_id != channel.id:
            raise not_found("There is no such message here to start from.")
        seq = marker.seq
    found = messages.page(
        connection,
        channel.id,
        root_id,
        before=seq if before else None,
        after=seq if after else None,
        limit=limit + 1,
    )
    shapes, more = _within(found, limit, PAGE_BYTES, newest_first=after is None)
    return {"messages": shapes, "hasMore": more}


async def history(
    chat: Chat, actor: Actor, channel_id: str, *, before: str | None, after: str | None, limit: int
) -> MessagePage:
    """A channel's messages without the replies of threads, in order of `seq`."""

    def look(connection: Reader) -> MessagePage:
        channel = seen_channel(chat, connection, asker(chat, connection, actor), channel_id)
        return _page(connection, channel, None, before, after, limit)

    return await chat.read(look)


async def thread(
    chat: Chat, actor: Actor, message_id: str, *, before: str | None, after: str | None, limit: int
) -> MessagePage:
    """The replies of one thread."""

    def look(connection: Reader) -> MessagePage:
        user = asker(chat, connection, actor)
        root = messages.get(connection, message_id)
        if root is None:
            raise not_found(NO_MESSAGE)
        membership = channels.membership(connection, root.channel_id, user.id, auto_join=chat.auto_join)
        channel = channels.get(connection, root.channel_id)
        if channel is None or not can_see(channel, membership):
            raise not_found(NO_MESSAGE)
        if root.thread_id is not None:
            raise invalid("Name the message that began the thread, not a reply.", "messageId")
        return _page(connection, channel, message_id, before, after, limit)

    return await chat.read(look)


# --- what was missed ---------------------------------------------------------------------------------------------


def _resync(channel: Channel) -> ChangesReply:
    return {"messages": [], "seq": channel.seq, "resync": True}


def _changes(connection: Reader, channel: Channel, after: int, most: int, most_bytes: int) -> tuple[ChangesReply, int]:
    """The changes of a channel behind `after` and their size, or `resync` when they do not fit."""
    if after > channel.seq:
        return _resync(channel), 0
    if after == channel.seq:
        return {"messages": [], "seq": channel.seq, "resync": False}, 0
    found = messages.changes(connection, channel.id, after, most + 1)
    shapes, more = _within(found, most, most_bytes, newest_first=False)
    size = len(frames.encode(shapes))
    if more or size > most_bytes:
        return _resync(channel), 0
    return {"messages": shapes, "seq": channel.seq, "resync": False}, size


async def changes(chat: Chat, actor: Actor, channel_id: str, after: int) -> ChangesReply:
    """Every message changed behind `after`, as it is now, replies and tombstones included."""

    def look(connection: Reader) -> ChangesReply:
        channel = seen_channel(chat, connection, asker(chat, connection, actor), channel_id)
        return _changes(connection, channel, after, CHANGES_MAX, CHANGES_BYTES)[0]

    return await chat.read(look)


async def resume(chat: Chat, actor: Actor, known: dict[str, int]) -> ResumeReply:
    """What a client missed in the channels it knows, and the whole state beside it, on one snapshot."""

    def look(connection: Reader) -> ResumeReply:
        user = asker(chat, connection, actor)
        seen = {channel.id: channel for channel in channels.visible(connection, user.id) if channel.id in known}
        behind = [channel for channel in seen.values() if known[channel.id] != channel.seq]
        found = {
            id: _changes(connection, channel, known[id], 0, 0)[0]
            for id, channel in seen.items()
            if known[id] == channel.seq
        }
        room, size = CHANGES_MAX, CHANGES_BYTES
        # The least changed first: so most channels are complete.
        for channel in sorted(behind, key=lambda channel: channel.seq - known[channel.id]):
            if room > 0 and size > 0:
                reply, used = _changes(connection, channel, known[channel.id], room, size)
            else:
                reply, used = _resync(channel), 0
            room, size = room - len(reply["messages"]), size - used
            found[channel.id] = reply
        return {"channels": found, "sync": _sync(chat, connection, user)}

    return await chat.read(look)


async def fill(chat: Chat, channel_id: str, after: int) -> tuple[int, bytes]:
    """For the sequencer: one `channel.changes` that stands for everything behind `after`, and its `seq`."""

    def look(connection: Reader) -> tuple[int, bytes]:
        channel = channels.get(connection, channel_id)
        if channel is None:
            return 0, b""
        reply, _ = _changes(connection, channel, after, CHANGES_MAX, CHANGES_BYTES)
        payload = {"after": after, "messages": reply["messages"], "resync": reply["resync"]}
        return channel.seq, frames.event("channel.changes", payload, channel_id, channel.seq)

    return await chat.read(look)


async def tell_typing(chat: Chat, actor: Actor, channel_id: str) -> None:
    """Tell a channel that somebody writes; only who is in it may."""

    def look(connection: Reader) -> None:
        user = asker(chat, connection, actor)
        membership = channels.membership(connection, channel_id, user.id, auto_join=chat.auto_join)
        require_writable(channels.get(connection, channel_id), membership)

    if not chat.hub.is_heard(actor.user_id, channel_id):  # what live sockets may hear is always up to date here
        await chat.read(look)
        chat.hub.is_not_archived(channel_id)
    chat.hub.tell_typing(channel_id, actor.user_id)
