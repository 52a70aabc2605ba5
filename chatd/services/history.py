"""Messages as they are read: pages of history, and what somebody missed. Changes nothing."""

from chatd.domain.errors import invalid, not_found
from chatd.domain.models import Actor, Channel, Message
from chatd.domain.rules import can_see
from chatd.protocol import frames, views
from chatd.protocol.shapes import ChangesReply, MessagePage, MessageShape, ResumeReply
from chatd.services.chat import Chat
from chatd.services.reading import asker, seen_channel, state
from chatd.store import Reader, channels, control, messages

PAGE_BYTES = 524_288  # PROTOCOL.md: pages end early rather than grow over it
CHANGES_BYTES = 393_216
CHANGES_MAX = 500
NO_MESSAGE = "There is no such message, or you may not see it."


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


async def of_channel(
    chat: Chat, actor: Actor, channel_id: str, *, before: str | None, after: str | None, limit: int
) -> MessagePage:
    """A channel's messages without the replies of threads, in order of `seq`."""

    def look(connection: Reader) -> MessagePage:
        channel = seen_channel(chat, connection, asker(chat, connection, actor), channel_id)
        return _page(connection, channel, None, before, after, limit)

    return await chat.read(look)


async def of_thread(
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
        return {"channels": found, "sync": state(chat, connection, user)}

    return await chat.read(look)


async def fill(chat: Chat, channel_id: str, after: int) -> tuple[int, int, bytes]:
    """For the sequencer: the `seq` that a channel has come to, the last control row by then, and one `channel.changes`
    that stands for everything behind `after`.
    """

    def look(connection: Reader) -> tuple[int, int, bytes]:
        channel = channels.get(connection, channel_id)
        if channel is None:
            return 0, 0, b""
        reply, _ = _changes(connection, channel, after, CHANGES_MAX, CHANGES_BYTES)
        payload = {"after": after, "messages": reply["messages"], "resync": reply["resync"]}
        return channel.seq, control.head(connection), frames.event("channel.changes", payload, channel_id, channel.seq)

    return await chat.read(look)
