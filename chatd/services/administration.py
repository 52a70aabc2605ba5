"""What administrators look at and set for everybody: people, sessions, figures, settings. Accounts are accounts'."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from chatd.domain.errors import not_found
from chatd.domain.models import Actor, AuditEntry, User
from chatd.domain.rules import require_admin
from chatd.hub.live import LiveSocket
from chatd.hub.panels import Topic
from chatd.protocol import views
from chatd.protocol.control import Control
from chatd.protocol.requests import ListAudit, ListSessions, ListUsers
from chatd.protocol.shapes import (
    AuditPage,
    FixedSettingsShape,
    SessionsPage,
    SettingsShape,
    StatsReply,
    UserPageReply,
    UserShape,
)
from chatd.services import figures, restrictions
from chatd.services.asking import audit as write_down
from chatd.services.asking import require_admin_asker
from chatd.services.chat import Chat
from chatd.services.reading import asker, require_admin_reader
from chatd.store import Reader, Tx, audit, channels, messages, sessions, settings, users

DAY_MS = 86_400_000


def require_admin_looking(chat: Chat, connection: Reader, actor: Actor, user_id: str) -> User:
    """The user whom an administrator looks at."""
    require_admin_reader(chat, connection, actor)
    user = users.get(connection, user_id)
    if user is None or user.removed_at is not None:
        raise not_found("There is no such user.")
    return user


async def require_admin_now(chat: Chat, actor: Actor) -> None:
    """Judge by the database before anything else of an admin request is looked at; a refusal is audited."""
    user = await chat.read(lambda connection: asker(chat, connection, actor))
    require_admin(user)


async def user_shape(chat: Chat, user: User) -> UserShape:
    """A user with what only administrators see."""
    now = chat.clock.now()
    held = await chat.read(lambda connection: users.held(connection, [user.id], now))
    return views.user(user, "admin", held[user.id])


async def get_user(chat: Chat, actor: Actor, user_id: str) -> UserShape:
    def look(connection: Reader) -> User:
        return require_admin_looking(chat, connection, actor, user_id)

    return await user_shape(chat, await chat.read(look))


async def list_users(chat: Chat, actor: Actor, request: ListUsers) -> UserPageReply:
    """One page of people with the counts of all tabs under the same search and role (FEATURES R05, R12-R14)."""

    def look(connection: Reader) -> UserPageReply:
        require_admin_reader(chat, connection, actor)
        page = users.page(
            connection,
            tab=request.tab,
            search=request.search,
            role=request.role,
            away_since=None if request.days_idle is None else chat.clock.now() - request.days_idle * DAY_MS,
            sort=request.sort,
            order=request.order,
            offset=request.offset,
            limit=request.limit,
        )
        held = users.held(connection, [user.id for user in page.users], chat.clock.now())
        return {
            "users": [views.user(user, "admin", held[user.id]) for user in page.users],
            "total": page.total,
            "counts": page.counts,  # type: ignore[typeddict-item]  # its keys are the tabs
            "seats": {"used": users.seats_used(connection), "max": chat.config.server.max_seats},
        }

    return await chat.read(look)


async def list_sessions(chat: Chat, actor: Actor, request: ListSessions) -> SessionsPage:
    """Live sessions of everybody or of one user, newest first, with the sockets they have on all nodes."""
    wanted = sessions.Wanted(request.user_id, request.search, request.active_after, request.active_before)

    online = await chat.hub.registry.online() if request.online else None

    def look(connection: Reader) -> Any:
        require_admin_reader(chat, connection, actor)
        return sessions.page(
            connection,
            wanted,
            now=chat.clock.now(),
            sort=request.sort,
            order=request.order,
            among=online,
            offset=request.offset,
            limit=request.limit,
        )

    held, total = await chat.read(look)
    counts = await chat.hub.registry.sockets([session.id for session in held])
    return {
        "sessions": [
            views.session(session, current=session.id == actor.session_id, sockets=counts[session.id])
            for session in held
        ],
        "total": total,
    }


async def stats(chat: Chat, actor: Actor, period: figures.Period | None) -> StatsReply:
    """The figures of now, and those over a time where that is asked for."""
    reply = await _figures(chat, lambda connection: require_admin_reader(chat, connection, actor))
    if period is not None:
        reply["series"] = await figures.series(chat, actor, period)
    return reply


async def _figures(chat: Chat, judge: Callable[[Reader], None]) -> StatsReply:
    def look(connection: Reader) -> Any:
        judge(connection)
        now = chat.clock.now()
        return (
            users.count(connection),
            sessions.count(connection, now),
            chat.pulse.stored.now(lambda: messages.count(connection)),
            channels.count(connection),
            users.active_admins(connection),
            *figures.today(connection, now),
        )

    people, held, written, rooms, admins, today, yesterday = await chat.read(look)
    totals = await chat.hub.registry.totals()
    return {
        "users": people,
        "sessions": held,
        "sockets": totals.sockets,
        "messages": written,
        "nodes": totals.nodes,
        "channels": rooms,
        "admins": admins,
        "messagesToday": today.messages + chat.pulse.messages,
        "messagesYesterday": yesterday.messages,
        "peopleToday": today.people,
        "queueBytes": chat.pulse.queue_bytes(),
    }


async def list_audit(chat: Chat, actor: Actor, request: ListAudit) -> AuditPage:
    """The audit log, newest first (FEATURES F40): who did what to whom, when and from where."""
    wanted = audit.Wanted(
        request.action, request.actor_id, request.target_id, request.after, request.before, request.search
    )

    def look(connection: Reader) -> AuditPage:
        require_admin_reader(chat, connection, actor)
        entries, total = audit.page(
            connection, wanted, before_id=request.before_id, offset=request.offset, limit=request.limit
        )
        ids = {id for entry in entries for id in _named(entry)}
        rooms = channels.get_many(connection, ids)
        return {
            "entries": [views.audit_entry(entry) for entry in entries],
            "people": [views.author(face) for face in users.faces(connection, ids)],
            "channels": {id: room.name for id, room in rooms.items() if room.name is not None},
            "total": total,
        }

    return await chat.read(look)


def _named(entry: AuditEntry) -> Iterator[str]:
    """The ids in an entry that may be those of people or channels, whose names the reader wants to see."""
    yield from filter(None, (entry.actor_id, entry.target_id))
    for name, value in entry.detail.items():
        if name in ("channelId", "ownerId", "fromUserId", "toUserId") and isinstance(value, str):
            yield value


def watch(chat: Chat, socket: LiveSocket, topics: Sequence[Topic]) -> None:
    """An open panel. Whoever was demoted or cut while this was judged hears nothing: it is looked at again here."""
    if socket.open and socket.session.is_admin:
        chat.hub.panels.watch(socket, topics)


async def tell_stats(chat: Chat) -> None:
    """The figures for the panels of this node that show them."""
    if chat.hub.panels.any("stats"):
        chat.hub.panels.tell("stats", "admin.stats", await _figures(chat, lambda connection: None))


async def get_settings(chat: Chat, actor: Actor) -> SettingsShape:
    def look(connection: Reader) -> Any:
        require_admin_reader(chat, connection, actor)
        return settings.get_all(connection)

    found: SettingsShape = await chat.read(look)
    return found


def fixed_settings(chat: Chat) -> FixedSettingsShape:
    """What was decided before the start and administrators may know; 0 stands for no limit."""
    auth, server = chat.config.auth, chat.config.server
    return {
        "authMode": auth.auth_mode,
        "isInviteRequired": auth.is_invite_required,
        "hasEmail": chat.config.email.is_configured,
        "maxActiveSessions": auth.max_active_sessions,
        "sessionSeconds": auth.refresh_token_expiry_seconds,
        "rememberedSeconds": auth.remember_me_expiry_seconds,
        "maxSeats": server.max_seats,
        "maxSockets": server.max_sockets,
        "maxContentLength": chat.config.chat.max_content_length,
        "requestsPerMinute": server.rate_limit.requests_per_minute if server.rate_limit.enabled else 0,
        "autoJoinPublicChannels": chat.config.chat.auto_join_public_channels,
        "passwordPolicy": auth.password_policy.public(),
    }


async def public_name(chat: Chat) -> str:
    """The server's name, which a sign-in page shows."""
    return str((await chat.read(settings.get_all))["name"])


async def update_settings(chat: Chat, actor: Actor, given: dict[str, Any]) -> SettingsShape:
    """Change what is given; every client hears of it at once (FEATURES M08)."""
    wanted = {key: value for key, value in given.items() if value is not None}

    def deed(tx: Tx) -> SettingsShape:
        require_admin_asker(tx, actor)
        before = settings.get_all(tx.connection)
        changed = {key: value for key, value in wanted.items() if before[key] != value}
        if not changed:
            return before  # type: ignore[return-value]  # its keys are SettingsShape's
        settings.put(tx.connection, changed)
        now = before | changed
        tx.control(Control.SETTINGS, settings=now)
        if "totpRequired" in changed:
            restrictions.settle(tx)
        write_down(tx, actor, "settings.updated", None, **changed)
        return now  # type: ignore[return-value]  # as above

    return await chat.write(deed, actor)
