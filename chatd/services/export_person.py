"""What belongs to one account, as a zip that is made while it is sent (FEATURES F31)."""

import asyncio
import zipfile
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import orjson

from chatd.domain.errors import not_found
from chatd.domain.models import Actor
from chatd.domain.rules import Membership, can_see
from chatd.protocol import views
from chatd.services.chat import Chat
from chatd.services.reading import asker, require_admin_reader
from chatd.store import Reader, channels, exports, pictures, sessions, tokens, users

AT_ONCE = 100  # messages: 4 MB at most, were all of them as long as may be

Rows = list[dict[str, Any]]


async def archive(chat: Chat, actor: Actor, user_id: str) -> AsyncIterator[bytes]:
    """The zip in pieces. Raises ChatError as soon as the asker may not have it any more.

    An administrator gets of private conversations that he is not in only that something was written, never what:
    an export is no way round the rule that administrators read them as members. Somebody's own export holds all.
    """
    person = _Person(chat, actor, user_id)
    made, going = await chat.read(person.files)
    sink = _Sink()
    file = zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED)
    at = datetime.fromtimestamp(chat.clock.now() / 1000, UTC).timetuple()[:6]
    for name, content in made.items():
        file.writestr(zipfile.ZipInfo(name, at), content, zipfile.ZIP_DEFLATED)
    yield sink.take()
    for name, look in {"messages.json": person.messages, "reactions.json": person.reactions}.items():
        entry = zipfile.ZipInfo(name, at)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with file.open(entry, "w", force_zip64=True) as out:
            before = b"[\n"
            async for some in _pages(chat, look, going):
                await asyncio.to_thread(_write, out, before, some)  # compressing 4 MB takes a tenth of a second
                before = b",\n"
                yield sink.take()
            out.write(b"[]\n" if before == b"[\n" else b"\n]\n")
    file.close()
    yield sink.take()


class _Sink:
    """Where the zip is written to: what gathered since the last look is taken out and sent."""

    def __init__(self) -> None:
        self._gathered = bytearray()

    def write(self, content: bytes, /) -> int:
        self._gathered += content
        return len(content)

    def flush(self) -> None:
        """Nothing is kept back."""

    def close(self) -> None:
        """There is nothing to close."""

    def take(self) -> bytes:
        taken, self._gathered = bytes(self._gathered), bytearray()
        return taken


def _write(out: Any, before: bytes, some: Rows) -> None:
    out.write(before + b",\n".join(map(orjson.dumps, some)))


Row = dict[str, Any]
Look = Callable[[Reader, list[str], Row | None], tuple[Rows, Row | None]]


async def _pages(chat: Chat, look: Look, going: list[str]) -> AsyncIterator[Rows]:
    """What `look` finds behind the last row, until there is none."""
    last: Row | None = None
    while True:

        def next_ones(connection: Reader, last: Row | None = last) -> tuple[Rows, Row | None]:
            return look(connection, going, last)

        some, last = await chat.read(next_ones)
        if last is None:
            return
        yield some


class _Person:
    """One account as one asker may see it. Each look judges anew whether he still may."""

    def __init__(self, chat: Chat, actor: Actor, user_id: str) -> None:
        self._chat, self._actor, self._user_id = chat, actor, user_id
        self._is_own = actor.user_id == user_id

    def _judge(self, connection: Reader) -> None:
        if self._is_own:
            asker(self._chat, connection, self._actor)
        else:
            require_admin_reader(self._chat, connection, self._actor)

    def files(self, connection: Reader) -> tuple[dict[str, bytes], list[str]]:
        """What is small, by the names of the files; and whose messages go with it, his own and those of his bots."""
        self._judge(connection)
        user, now = users.get(connection, self._user_id), self._chat.clock.now()
        if user is None or user.removed_at is not None:
            raise not_found("There is no such user.")
        bots = users.bots_of(connection, [user.id])
        holders = {one.id: one for one in (user, *bots)}
        held = users.held(connection, list(holders), now)
        viewer: views.Viewer = "self" if self._is_own else "admin"
        found: dict[str, Any] = {
            "profile": views.user(user, viewer, held[user.id]),
            "bots": [views.user(bot, viewer, held[bot.id]) for bot in bots],
            "channels": self._channels(connection, list(holders)),
            "sessions": [
                views.session(one, current=one.id == self._actor.session_id, sockets=0)
                for one in sessions.of_user(connection, user.id, now)
            ],
            "tokens": [
                views.token(one, holders[one.user_id]) for one in tokens.page(connection, list(holders), now)[0]
            ],
        }
        files = {f"{name}.json": orjson.dumps(value, option=orjson.OPT_INDENT_2) for name, value in found.items()}
        if (picture := pictures.of_user(connection, user.id)) is not None:
            files["picture.webp"] = picture
        return files, list(holders)

    def _channels(self, connection: Reader, going: list[str]) -> Rows:
        rows = exports.channels_of(connection, going)
        readable = self._readable(connection, {row["id"] for row in rows})
        direct = [row["id"] for row in rows if row["kind"] == "dm" and row["id"] in readable]
        people = channels.participants(connection, direct)
        return [row | {"userIds": people.get(row["id"], [])} for row in rows]

    def _readable(self, connection: Reader, ids: set[str]) -> set[str]:
        if self._is_own:
            return ids
        reader = self._actor.user_id
        states = channels.states(connection, [(id, reader) for id in ids]) if ids else {}
        return {
            id
            for id, channel in channels.get_many(connection, ids).items()
            if can_see(channel, Membership(states.get((id, reader)), self._chat.auto_join))
        }

    def messages(self, connection: Reader, going: list[str], last: Row | None) -> tuple[Rows, Row | None]:
        after = "" if last is None else last["id"]
        return self._shown(connection, exports.messages_after(connection, going, after, AT_ONCE), "content")

    def reactions(self, connection: Reader, going: list[str], last: Row | None) -> tuple[Rows, Row | None]:
        after = ("", "", "") if last is None else (last["messageId"], last["userId"], last["reaction"])
        return self._shown(connection, exports.reactions_after(connection, going, after, AT_ONCE), "reaction")

    def _shown(self, connection: Reader, rows: Rows, private: str) -> tuple[Rows, Row | None]:
        """The rows as the asker may see them, and the last one as it is."""
        self._judge(connection)
        readable = self._readable(connection, {row["channelId"] for row in rows})
        shown = [row if row["channelId"] in readable else row | {private: None} for row in rows]
        return shown, rows[-1] if rows else None
