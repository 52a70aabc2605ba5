"""What happens to channels and memberships. Who hears what afterwards the hub learns from control_log."""

from collections.abc import Collection, Sequence
from typing import Any

from chatd.domain.errors import conflict, invalid, not_found
from chatd.domain.models import Actor, Channel, Kind, User
from chatd.domain.rules import MAX_PUBLIC_CHANNELS, PUBLIC_KEPT_FOR_ADMINS, require_manageable
from chatd.domain.text import fold, require_channel_name
from chatd.protocol import views
from chatd.protocol.control import Control
from chatd.protocol.shapes import ChannelShape
from chatd.services import making
from chatd.services.asking import audit, require_asker
from chatd.services.chat import Chat
from chatd.store import Reader, Tx, channels, users

NAME_TAKEN = "A public channel has this name already."
BOT_ALONE = "A bot is in a private channel only while its owner is there."


def shape_for(connection: Reader, chat: Chat, channel: Channel, user_id: str | None) -> ChannelShape:
    """The channel as one user sees it, or as events show it to everybody."""
    return shapes_for(connection, chat, [channel], user_id)[0]


def shapes_for(connection: Reader, chat: Chat, some: Sequence[Channel], user_id: str | None) -> list[ChannelShape]:
    counts = channels.member_counts(connection, some, auto_join=chat.auto_join)
    people = channels.participants(connection, [channel.id for channel in some if channel.kind == "dm"])
    standings = {}
    if user_id is not None:
        standings = channels.standings(connection, user_id, some, auto_join=chat.auto_join)
    return [
        views.channel(
            channel,
            member_count=counts[channel.id],
            user_ids=people.get(channel.id, ()),
            standing=standings.get(channel.id),
        )
        for channel in some
    ]


def tell(
    tx: Tx,
    chat: Chat,
    type: str,
    channel_id: str,
    members: list[str] | None = None,
    before: ChannelShape | None = None,
) -> Channel:
    channel = channels.get(tx.connection, channel_id)
    assert channel is not None
    shape = shape_for(tx.connection, chat, channel, None)
    tx.control(Control.CHANNEL, type=type, channel=shape, members=members, before=before)
    return channel


def without_owner(connection: Reader, people: Collection[str]) -> set[str]:
    """The bots among these people whose owner is not among them: nobody reads on through a bot where they are not."""
    found = users.get_many(connection, people)
    return {one.id for one in found if one.role == "bot" and one.owner_id not in people}


def require_people(tx: Tx, ids: Sequence[str]) -> None:
    found = {user.id for user in users.get_many(tx.connection, ids)}
    if found != set(ids):
        raise not_found("There is no such user.")


def _require_free_name(tx: Tx, name: str, *, but: str | None = None) -> None:
    other = channels.public_like(tx.connection, name, but=but)
    if other is not None and fold(other) == fold(name):
        raise conflict(NAME_TAKEN, "name")
    if other is not None:
        raise conflict(f"This name looks like the one of the public channel {other}; choose another.", "name")


def _require_room_for_public(tx: Tx, user: User) -> None:
    """A public channel may be everybody's: their number is bounded, and the last are administrators' to make."""
    most = MAX_PUBLIC_CHANNELS - (0 if user.role == "admin" else PUBLIC_KEPT_FOR_ADMINS)
    if len(channels.public_heads(tx.connection)) >= most:
        raise conflict(f"There are {most} public channels already; delete one, or make a private one.")


async def create(chat: Chat, actor: Actor, name: str, topic: str, kind: Kind, members: Sequence[str]) -> ChannelShape:
    """Make a channel; its creator is in it and manages it."""
    require_channel_name(name)
    channel_id = chat.new_id()

    def deed(tx: Tx) -> ChannelShape:
        user = require_asker(tx, actor)
        if kind == "public":
            _require_free_name(tx, name)
        require_people(tx, members)
        people = {user.id, *members}
        if kind == "private":
            if user.owner_id is not None:
                people.add(user.owner_id)
            if without_owner(tx.connection, people):
                raise conflict(BOT_ALONE, "members")
        making.require_room(tx, chat, user, "channel")
        making.require_room(tx, chat, user, "addition", len(people) - 1)
        making.require_room_in_all(tx, user, kind)
        if kind == "public":
            _require_room_for_public(tx, user)
        made_by = making.account_of(tx, user).id
        make(tx, chat, channel_id, name, topic, kind, created_by=user.id, members=sorted(people), made_by=made_by)
        making.count(tx, user, "channel")
        making.count(tx, user, "addition", len(people) - 1)
        channel = channels.get(tx.connection, channel_id)
        assert channel is not None
        return shape_for(tx.connection, chat, channel, user.id)

    return await chat.write(deed, actor)


def make(
    tx: Tx,
    chat: Chat,
    channel_id: str,
    name: str | None,
    topic: str,
    kind: Kind,
    *,
    created_by: str | None,
    members: Sequence[str] = (),
    **values: Any,
) -> None:
    """Insert a channel with its member rows and tell who may see it."""
    channels.insert_channel(
        tx.connection,
        id=channel_id,
        kind=kind,
        name=name,
        topic=topic,
        created_by=created_by,
        created_at=tx.now,
        changed_at=tx.now,
        **values,
    )
    rows = None
    if kind != "public" or not chat.auto_join:
        rows = sorted({*members, *([created_by] if created_by else [])})
        channels.set_states(tx.connection, channel_id, rows, "member", tx.now)
    tell(tx, chat, "channel.created", channel_id, rows)


def managed(tx: Tx, chat: Chat, actor: Actor, channel_id: str) -> tuple[User, Channel]:
    user = require_asker(tx, actor)
    channel = channels.get(tx.connection, channel_id)
    membership = channels.membership(tx.connection, channel_id, user.id, auto_join=chat.auto_join)
    return user, require_manageable(channel, membership, user)


async def update(chat: Chat, actor: Actor, channel_id: str, given: dict[str, Any]) -> ChannelShape:
    """Rename, describe, archive, open again, make private or public; what is not given stays."""
    if nulls := [name for name, value in given.items() if value is None]:
        raise invalid("Leave out what shall stay as it is; null is no value here.", nulls[0])
    if "name" in given:
        require_channel_name(given["name"])

    def deed(tx: Tx) -> ChannelShape:
        user, channel = managed(tx, chat, actor, channel_id)
        changed = _changes(tx, user, channel, given)
        if changed:
            members = before = None
            if "kind" in changed:
                # Who loses sight of it must not learn what it is called from then on.
                before = shape_for(tx.connection, chat, channel, None)
                members = _reshape(tx, chat, channel, changed["kind"])
            channels.update_channel(tx.connection, channel_id, **changed)
            tell(tx, chat, "channel.updated", channel_id, members, before)
            if user.id != channel.created_by:
                audit(tx, actor, "channel.updated", channel_id, fields=sorted(changed))
        channel = channels.get(tx.connection, channel_id) or channel
        return shape_for(tx.connection, chat, channel, user.id)

    return await chat.write(deed, actor)


def _changes(tx: Tx, user: User, channel: Channel, given: dict[str, Any]) -> dict[str, Any]:
    """What of `given` differs from what is, as columns. Refuses before anything is written."""
    changed: dict[str, Any] = {name: given[name] for name in ("name", "topic", "kind") if name in given}
    changed = {name: value for name, value in changed.items() if value != getattr(channel, name)}
    if "archived" in given and given["archived"] != (channel.archived_at is not None):
        changed["archived_at"] = tx.now if given["archived"] else None
    if channel.is_default and changed.keys() & {"name", "kind", "archived_at"}:
        raise conflict("This channel is everybody's: it keeps its name, stays public and is never archived.")
    becomes_public = changed.get("kind", channel.kind) == "public" and changed.keys() & {"name", "kind"}
    name = changed.get("name", channel.name)
    if becomes_public:
        _require_free_name(tx, name or "", but=channel.id)
    if changed.get("kind") == "public":
        making.require_room_in_all(tx, user, "public")
        _require_room_for_public(tx, user)
    return changed


def _reshape(tx: Tx, chat: Chat, channel: Channel, kind: Kind) -> list[str]:
    """Rows of a channel that changes sides: made private it keeps who posted or read there."""
    if kind == "public":
        members = channels.member_rows(tx.connection, channel.id)
        channels.drop_states(tx.connection, channel_id=channel.id)
        if chat.auto_join:
            return []
    else:
        keep = set(channels.acquainted(tx.connection, channel.id))
        if chat.auto_join:
            keep -= set(channels.member_rows(tx.connection, channel.id, "left"))
        else:  # who left has no row
            keep &= set(channels.member_rows(tx.connection, channel.id))
        keep |= {channel.created_by} if channel.created_by else set()
        members = sorted(keep - without_owner(tx.connection, keep))
        channels.drop_states(tx.connection, channel_id=channel.id)
    channels.set_states(tx.connection, channel.id, members, "member", tx.now)
    return members


async def open_direct(chat: Chat, actor: Actor, user_ids: Sequence[str]) -> ChannelShape:
    """The one direct conversation of this set of people, made when it is first opened."""
    people = sorted({actor.user_id, *user_ids})
    if not 2 <= len(people) <= 9:
        raise invalid("A direct conversation is between you and 1 to 8 others.", "userIds")
    key = " ".join(people)
    channel_id = chat.new_id()

    def deed(tx: Tx) -> ChannelShape:
        user = require_asker(tx, actor)
        channel = channels.by_participants(tx.connection, key)
        if channel is None:
            require_people(tx, people)
            making.require_room(tx, chat, user, "conversation")
            making.count(tx, user, "conversation")
            make(tx, chat, channel_id, None, "", "dm", created_by=user.id, members=people, participants_key=key)
            channel = channels.get(tx.connection, channel_id)
            assert channel is not None
        return shape_for(tx.connection, chat, channel, user.id)

    return await chat.write(deed, actor)


def prepare_default(tx: Tx, chat: Chat) -> None:
    """Make `general` on the first start: public, everybody's, for ever."""
    if not channels.public_heads(tx.connection):
        make(tx, chat, chat.chance.id(tx.now), "general", "", "public", created_by=None, is_default=True)
