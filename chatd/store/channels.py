"""Statements about channels, who belongs to them and how far he has read."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    distinct,
    exists,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)

from chatd.domain.models import Channel, Kind, Standing, User
from chatd.domain.rules import Membership, is_in
from chatd.domain.text import fold, look
from chatd.store import users
from chatd.store.dialect import IN_LIMIT, upsert
from chatd.store.schema import channels, memberships, mentions, messages, read_markers
from chatd.store.schema import users as users_table

_COLUMNS = (
    channels.c.id,
    channels.c.kind,
    channels.c.name,
    channels.c.topic,
    channels.c.created_by,
    channels.c.created_at,
    channels.c.archived_at,
    channels.c.seq,
    channels.c.is_default,
)
_ACTIVE = and_(users_table.c.removed_at.is_(None), users_table.c.deactivated_at.is_(None))


# Built once, as they run for every batch of messages: making a statement anew costs more than running it.
_BY_IDS = select(*_COLUMNS).where(channels.c.id.in_(bindparam("ids", expanding=True)))
_STATES = select(memberships.c.channel_id, memberships.c.user_id, memberships.c.state).where(
    tuple_(memberships.c.channel_id, memberships.c.user_id).in_(bindparam("pairs", expanding=True))
)
_SET_HEAD = (
    update(channels).where(channels.c.id == bindparam("key")).values(seq=bindparam("head"), changed_at=bindparam("now"))
)


def get(connection: Connection, channel_id: str) -> Channel | None:
    return get_many(connection, [channel_id]).get(channel_id)


def get_many(connection: Connection, ids: Collection[str]) -> dict[str, Channel]:
    """By id, those that exist. At most IN_LIMIT ids."""
    rows = connection.execute(_BY_IDS, {"ids": list(ids)[:IN_LIMIT]})
    return {row[0]: Channel(*row) for row in rows}


def membership(connection: Connection, channel_id: str, user_id: str, *, auto_join: bool) -> Membership:
    state = connection.execute(
        select(memberships.c.state).where(memberships.c.channel_id == channel_id, memberships.c.user_id == user_id)
    ).scalar()
    return Membership(state, auto_join)


def states(connection: Connection, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """(channel, user) -> state of those that have a row."""
    rows = connection.execute(_STATES, {"pairs": list(pairs)})
    return {(channel_id, user_id): state for channel_id, user_id, state in rows}


def rows_of_user(connection: Connection, user_id: str) -> list[tuple[str, Kind, int, str]]:
    """(channel id, kind, seq, state) of every row the user has: what a node subscribes him to, or not."""
    rows = connection.execute(
        select(channels.c.id, channels.c.kind, channels.c.seq, memberships.c.state)
        .join(channels, channels.c.id == memberships.c.channel_id)
        .where(memberships.c.user_id == user_id)
    )
    return [(channel_id, kind, seq, state) for channel_id, kind, seq, state in rows]


def public_heads(connection: Connection) -> list[tuple[str, int, bool]]:
    """(id, seq, is_default) of every public channel."""
    rows = connection.execute(
        select(channels.c.id, channels.c.seq, channels.c.is_default).where(channels.c.kind == "public")
    )
    return [(channel_id, seq, is_default) for channel_id, seq, is_default in rows]


def heads_since(connection: Connection, since: int) -> list[tuple[str, int]]:
    """(id, seq) of the channels whose content changed after `since`."""
    rows = connection.execute(select(channels.c.id, channels.c.seq).where(channels.c.changed_at >= since))
    return [(channel_id, seq) for channel_id, seq in rows]


def insert_channel(connection: Connection, **values: Any) -> None:
    name = values.get("name")
    forms = {"name_key": None, "name_look": None} if name is None else {"name_key": fold(name), "name_look": look(name)}
    connection.execute(insert(channels), values | forms)


def update_channel(connection: Connection, channel_id: str, **values: Any) -> None:
    if "name" in values:
        values |= {"name_key": fold(values["name"]), "name_look": look(values["name"])}
    connection.execute(update(channels).where(channels.c.id == channel_id), values)


def delete_channel(connection: Connection, channel_id: str) -> None:
    """The channel with all that belongs to it."""
    connection.execute(delete(channels).where(channels.c.id == channel_id))


def set_heads(connection: Connection, heads: Sequence[tuple[str, int]], now: int) -> None:
    connection.execute(_SET_HEAD, [{"key": channel_id, "head": seq, "now": now} for channel_id, seq in heads])


def public_like(connection: Connection, name: str, *, but: str | None = None) -> str | None:
    """The name of a public channel that has this name, or one that looks the same."""
    same = or_(channels.c.name_key == fold(name), channels.c.name_look == look(name))
    others = [] if but is None else [channels.c.id != but]
    wanted = select(channels.c.name).where(channels.c.kind == "public", same, *others).limit(1)
    found: str | None = connection.execute(wanted).scalar()
    return found


def by_participants(connection: Connection, key: str) -> Channel | None:
    row = connection.execute(select(*_COLUMNS).where(channels.c.participants_key == key)).first()
    return None if row is None else Channel(*row)


def set_states(connection: Connection, channel_id: str, user_ids: Iterable[str], state: str, now: int) -> None:
    """Make each user `member` of the channel, or `left`."""
    rows = [{"channel_id": channel_id, "user_id": user_id, "state": state, "since": now} for user_id in user_ids]
    if rows:
        upsert(connection, memberships, rows, ["channel_id", "user_id"])


def drop_states(connection: Connection, *, channel_id: str | None = None, user_id: str | None = None) -> None:
    """Forget rows: of a channel, of a user, or of one in the other."""
    wanted = [memberships.c.channel_id == channel_id] if channel_id is not None else []
    wanted += [memberships.c.user_id == user_id] if user_id is not None else []
    assert wanted
    connection.execute(delete(memberships).where(*wanted))


def member_rows(connection: Connection, channel_id: str, state: str = "member") -> list[str]:
    """The ids that have a row: all members of a private channel or direct conversation, or who left a public one."""
    rows = connection.execute(
        select(memberships.c.user_id)
        .where(memberships.c.channel_id == channel_id, memberships.c.state == state)
        .order_by(memberships.c.user_id)
    )
    return list(rows.scalars())


def acquainted(connection: Connection, channel_id: str) -> list[str]:
    """Who posted in a channel or has a read marker there, removed users apart."""
    posted = select(messages.c.author_id).where(messages.c.channel_id == channel_id)
    marked = select(read_markers.c.user_id).where(read_markers.c.channel_id == channel_id)
    rows = connection.execute(
        select(users_table.c.id).where(
            users_table.c.removed_at.is_(None), or_(users_table.c.id.in_(posted), users_table.c.id.in_(marked))
        )
    )
    return list(rows.scalars())


def _belongs(channel: Channel, *, auto_join: bool) -> ColumnElement[bool]:
    """The rule of domain.rules.is_in as a condition on users."""

    def row(state: str) -> ColumnElement[bool]:
        return exists().where(
            memberships.c.channel_id == channel.id,
            memberships.c.user_id == users_table.c.id,
            memberships.c.state == state,
        )

    if channel.is_default:
        return users_table.c.id.is_not(None)
    return ~row("left") if channel.kind == "public" and auto_join else row("member")


def members(
    connection: Connection, channel: Channel, *, auto_join: bool, offset: int, limit: int
) -> tuple[list[User], int]:
    """One page of members by user name, and how many there are; deactivated people are not counted."""
    wanted = and_(_ACTIVE, _belongs(channel, auto_join=auto_join))
    total = connection.execute(select(func.count()).select_from(users_table).where(wanted)).scalar_one()
    rows = connection.execute(
        select(*users.COLUMNS)
        .where(wanted)
        .order_by(users_table.c.user_name_key, users_table.c.id)
        .offset(offset)
        .limit(limit)
    )
    return [users.from_row(row) for row in rows], total


def belonging(connection: Connection, channel: Channel, ids: Collection[str], *, auto_join: bool) -> set[str]:
    """Those of `ids` who are in the channel."""
    rows = connection.execute(
        select(users_table.c.id).where(
            _ACTIVE, users_table.c.id.in_(list(ids)[:IN_LIMIT]), _belongs(channel, auto_join=auto_join)
        )
    )
    return set(rows.scalars())


def _slices(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many as fit into one IN (...)."""
    return (ids[start : start + IN_LIMIT] for start in range(0, len(ids), IN_LIMIT))


def member_counts(connection: Connection, some: Collection[Channel], *, auto_join: bool) -> dict[str, int]:
    """Active members of each channel, in two queries for all of them."""
    everyone = users.active_count(connection)
    by_state: dict[tuple[str, str], int] = {}
    for ids in _slices([channel.id for channel in some]):
        rows = connection.execute(
            select(memberships.c.channel_id, memberships.c.state, func.count())
            .join(users_table, users_table.c.id == memberships.c.user_id)
            .where(_ACTIVE, memberships.c.channel_id.in_(ids))
            .group_by(memberships.c.channel_id, memberships.c.state)
        )
        by_state |= {(channel_id, state): count for channel_id, state, count in rows}

    def size(channel: Channel) -> int:
        if channel.is_default:
            return everyone
        if channel.kind == "public" and auto_join:
            return everyone - by_state.get((channel.id, "left"), 0)
        return by_state.get((channel.id, "member"), 0)

    return {channel.id: size(channel) for channel in some}


def participants(connection: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    """The participants of direct conversations."""
    found: dict[str, list[str]] = {channel_id: [] for channel_id in ids}
    for some in _slices(ids):
        rows = connection.execute(
            select(memberships.c.channel_id, memberships.c.user_id)
            .where(memberships.c.channel_id.in_(some))
            .order_by(memberships.c.user_id)
        )
        for channel_id, user_id in rows:
            found[channel_id].append(user_id)
    return found


def visible(connection: Connection, user_id: str) -> list[Channel]:
    """What a user sees: the public channels and those with a member row, by name."""
    mine = select(memberships.c.channel_id).where(memberships.c.user_id == user_id, memberships.c.state == "member")
    rows = connection.execute(
        select(*_COLUMNS)
        .where(or_(channels.c.kind == "public", channels.c.id.in_(mine)))
        .order_by(channels.c.name_key, channels.c.id)
    )
    return [Channel(*row) for row in rows]


def private_of_others(connection: Connection, user_id: str, limit: int) -> list[Channel]:
    """The private channels a user is not in, by name: for an administrator's list, never their content."""
    mine = select(memberships.c.channel_id).where(memberships.c.user_id == user_id, memberships.c.state == "member")
    rows = connection.execute(
        select(*_COLUMNS)
        .where(channels.c.kind == "private", channels.c.id.not_in(mine))
        .order_by(channels.c.name_key, channels.c.id)
        .limit(limit)
    )
    return [Channel(*row) for row in rows]


_READ = func.coalesce(read_markers.c.seq, 0)


def standings(connection: Connection, user_id: str, some: Sequence[Channel], *, auto_join: bool) -> dict[str, Standing]:
    """How the user stands to each channel: counted from his read marker, at most IN_LIMIT channels a query."""
    unread = (
        select(func.count())
        .where(
            messages.c.channel_id == channels.c.id,
            messages.c.seq > _READ,
            messages.c.thread_id.is_(None),
            messages.c.deleted_at.is_(None),
            messages.c.author_id != user_id,
        )
        .correlate(channels, read_markers)
        .scalar_subquery()
    )
    named = (
        select(func.count(distinct(mentions.c.message_id)))
        .where(
            mentions.c.channel_id == channels.c.id,
            mentions.c.seq > _READ,
            mentions.c.target.in_([user_id, "@channel", "@here"]),
            mentions.c.author_id != user_id,
        )
        .correlate(channels, read_markers)
        .scalar_subquery()
    )
    found: dict[str, Standing] = {}
    by_id = {channel.id: channel for channel in some}
    for start in range(0, len(some), IN_LIMIT):
        rows = connection.execute(
            select(channels.c.id, memberships.c.state, read_markers.c.message_id, unread, named)
            .select_from(channels)
            .outerjoin(memberships, and_(memberships.c.channel_id == channels.c.id, memberships.c.user_id == user_id))
            .outerjoin(
                read_markers, and_(read_markers.c.channel_id == channels.c.id, read_markers.c.user_id == user_id)
            )
            .where(channels.c.id.in_([channel.id for channel in some[start : start + IN_LIMIT]]))
        )
        for channel_id, state, last_read_id, unread_count, mention_count in rows:
            joined = is_in(by_id[channel_id], Membership(state, auto_join))
            unread_count, mention_count = (unread_count, mention_count) if joined else (0, 0)
            found[channel_id] = Standing(joined, unread_count, mention_count, last_read_id)
    return found


def move_marker(connection: Connection, user_id: str, channel_id: str, message_id: str, seq: int) -> bool:
    """Move a read marker forward, never back; did it move?"""
    row = {"user_id": user_id, "channel_id": channel_id, "message_id": message_id, "seq": seq}
    current = connection.execute(
        select(read_markers.c.seq).where(read_markers.c.user_id == user_id, read_markers.c.channel_id == channel_id)
    ).scalar()
    if current is not None and current >= seq:
        return False
    upsert(connection, read_markers, [row], ["user_id", "channel_id"])
    return True


def direct_partners(connection: Connection, user_id: str) -> list[str]:
    """Those with whom the user has a direct conversation."""
    mine = (
        select(memberships.c.channel_id)
        .join(channels, channels.c.id == memberships.c.channel_id)
        .where(memberships.c.user_id == user_id, channels.c.kind == "dm")
    )
    rows = connection.execute(select(memberships.c.user_id).where(memberships.c.channel_id.in_(mine)).distinct())
    return list(rows.scalars())


def count(connection: Connection) -> int:
    """Public and private channels; direct conversations are nobody else's business."""
    return connection.execute(select(func.count()).select_from(channels).where(channels.c.kind != "dm")).scalar_one()
