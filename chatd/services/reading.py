"""What people look at: the whole state after signing in, others, channels. Messages are history's. Changes nothing."""

from collections.abc import Sequence

from chatd.domain.errors import unauthenticated
from chatd.domain.models import Actor, Channel, User
from chatd.domain.rules import require_admin, require_sight, require_writable
from chatd.protocol import views
from chatd.protocol.shapes import (
    ChannelShape,
    MembersReply,
    SessionShape,
    SyncReply,
    UserShape,
)
from chatd.services.asking import require_free
from chatd.services.channels import shapes_for
from chatd.services.chat import Chat
from chatd.store import Reader, channels, sessions, settings, users

EVERYBODY_MAX = 500
LISTED_OF_OTHERS = 2000  # private channels that an administrator is not in


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
    return await chat.read(lambda connection: state(chat, connection, asker(chat, connection, actor)))


def state(chat: Chat, connection: Reader, user: User) -> SyncReply:
    """All of it, on one snapshot."""
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


async def myself(chat: Chat, actor: Actor) -> UserShape:
    """The asker as they see themselves."""

    def look(connection: Reader) -> UserShape:
        user = asker(chat, connection, actor)
        return shown(chat, connection, [user], user)[0]

    return await chat.read(look)


async def shown_to(chat: Chat, actor: Actor, user: User) -> UserShape:
    """A user as the asker sees him."""
    return await chat.read(lambda connection: shown(chat, connection, [user], asker(chat, connection, actor))[0])


async def list_channels(chat: Chat, actor: Actor, *, everything: bool) -> list[ChannelShape]:
    """What the asker may see; `everything`: for administrators also the private ones they are not in."""

    def look(connection: Reader) -> list[ChannelShape]:
        user = asker(chat, connection, actor)
        some = channels.visible(connection, user.id)
        if everything and user.role == "admin":
            some += channels.private_of_others(connection, user.id, LISTED_OF_OTHERS)
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
