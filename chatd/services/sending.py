"""Messages on their way: as many as wait are decided and inserted together. What happens to them later is messages'."""

import asyncio
import hashlib
from collections.abc import Sequence
from functools import partial
from typing import Any

from chatd.domain.errors import ChatError, ErrorCode, conflict, invalid, not_found
from chatd.domain.models import Actor, Author, Channel, Message, User
from chatd.domain.rules import Membership, require_sight, require_writable
from chatd.domain.text import GROUP_MENTIONS, mentioned_names
from chatd.protocol import views
from chatd.protocol.requests import SendMessage
from chatd.protocol.shapes import MessageShape
from chatd.services.asking import require_free
from chatd.services.chat import Chat
from chatd.store import Reader, Tx, Work, channels, messages, sessions, users
from chatd.store.sessions import SignedIn
from chatd.store.writer import ContentEvent


def require_content(chat: Chat, content: str) -> str:
    """Lengths count code points; nothing is trimmed."""
    longest = chat.config.chat.max_content_length
    if len(content) > longest:
        raise ChatError(
            ErrorCode.TOO_LARGE, f"A message has {longest} characters at most; this one has {len(content)}.", "content"
        )
    if not content.strip():
        raise invalid("Write something: a message cannot be empty.", "content")
    mentioned_names(content)  # refused here, before the queue, if they are too many
    return content


def _digest(request: SendMessage) -> str:
    """What was first sent under a clientId, so that another content under it is noticed even after an edit."""
    parts = (request.content, request.thread_id or "", request.quoted_message_id or "")
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


class Send(Work[MessageShape]):
    """A message on its way: neighbours in the queue are read for, decided and inserted together."""

    __slots__ = ("actor", "chat", "id", "request")

    def __init__(self, chat: Chat, actor: Actor, request: SendMessage) -> None:
        super().__init__(None, actor, asyncio.get_running_loop().create_future())
        self.chat, self.actor, self.request = chat, actor, request
        self.size = 256 + len(request.content)
        self.id = chat.new_id()

    @classmethod
    def basis(cls, tx: Tx, run: "Sequence[Send]") -> "Basis":
        """What decides a run of this class."""
        return Basis(tx, run)

    @classmethod
    def apply_run(cls, tx: Tx, run: "Sequence[Send]") -> None:
        basis = cls.basis(tx, run)
        for work in run:
            tx.attempt(work, partial(basis.send, work))
        basis.write()


class Basis:
    """What a run of messages rests on, read once, and what it changes, written once."""

    def __init__(self, tx: Tx, run: Sequence[Send]) -> None:
        connection = tx.connection
        self.tx = tx
        self.auto_join = run[0].chat.auto_join
        self.askers = sessions.get_many(connection, {work.actor.session_id or "" for work in run}, tx.now)
        self.channels = channels.get_many(connection, {work.request.channel_id for work in run})
        self.states = channels.states(connection, {(work.request.channel_id, work.actor.user_id) for work in run})
        keys = {self._client_key(work) for work in run if work.request.client_id is not None}
        self.sent = messages.by_client_ids(connection, keys) if keys else {}
        self.others: dict[str, Message] = {}
        # Apart: a whole batch of replies that quote names more messages than one statement takes.
        for name in ("thread_id", "quoted_message_id"):
            if named := {id for work in run if (id := getattr(work.request, name)) is not None}:
                self.others |= messages.get_many(connection, named)
        names = {work: mentioned_names(work.request.content) for work in run if "@" in work.request.content}
        self.mentions = _targets(connection, self.channels, names, auto_join=self.auto_join) if names else {}
        self.heads = {channel.id: channel.seq for channel in self.channels.values()}
        self.fresh: dict[str, Message] = {}
        self.rows: list[dict[str, Any]] = []
        self.roots: dict[str, Message] = {}

    @staticmethod
    def _client_key(work: Send) -> tuple[str, str, str]:
        return work.actor.user_id, work.request.channel_id, work.request.client_id or ""

    def asker(self, work: Send) -> User:
        """Who sends, as he is now."""
        found: SignedIn | None = self.askers.get(work.actor.session_id or "")
        return require_free(found).user

    def membership(self, work: Send, user: User) -> Membership:
        return Membership(self.states.get((work.request.channel_id, user.id)), self.auto_join)

    def send(self, work: Send) -> MessageShape:
        """Decide one message; raises before anything is changed."""
        user, request = self.asker(work), work.request
        membership = self.membership(work, user)
        channel = require_sight(self.channels.get(request.channel_id), membership)
        if request.client_id is not None and (earlier := self.sent.get(self._client_key(work))) is not None:
            return self._again(work, *earlier)
        require_writable(channel, membership)
        root = self._root(request)
        self._require_quoted(request)
        message = self._make(work, user, channel)
        if root is not None:
            _count_reply(root, message)
            self.roots[root.id] = root
        parent = None if root is None else {"id": root.id, "thread": views.thread(root)}
        return tell(self.tx, "message.created", message, parent)

    def _again(self, work: Send, message_id: str, digest: str | None) -> MessageShape:
        """The same clientId again: the first message as it is now, and no event."""
        if digest != _digest(work.request):
            raise conflict("This clientId was used for another message; make a new one.", "clientId")
        first = self.fresh.get(message_id) or messages.get(self.tx.connection, message_id)
        assert first is not None
        return views.message(first)

    def _root(self, request: SendMessage) -> Message | None:
        if request.thread_id is None:
            return None
        root = self.others.get(request.thread_id) or self.fresh.get(request.thread_id)
        if root is None or root.channel_id != request.channel_id:
            raise not_found("There is no such message in this channel to reply to.")
        if root.thread_id is not None:
            raise invalid("Reply to the message that began the thread, not to a reply.", "threadId")
        if root.deleted_at is not None:
            raise conflict("The message that began this thread was deleted.", "threadId")
        return root

    def _require_quoted(self, request: SendMessage) -> None:
        id = request.quoted_message_id
        if id is not None:
            quoted = self.others.get(id) or self.fresh.get(id)
            if quoted is None or quoted.channel_id != request.channel_id:
                raise not_found("There is no such message in this channel to quote.")

    def _make(self, work: Send, user: User, channel: Channel) -> Message:
        request = work.request
        seq = self.heads[channel.id] = self.heads[channel.id] + 1
        message = Message(
            id=work.id,
            channel_id=channel.id,
            seq=seq,
            changed_seq=seq,
            author=Author(user.id, user.user_name, user.display_name, user.avatar_url, user.role == "bot", False),
            content=request.content,
            created_at=self.tx.now,
            thread_id=request.thread_id,
            quoted_message_id=request.quoted_message_id,
            mentions=self.mentions.get(work, []),
            client_id=request.client_id,
        )
        digest = None
        if request.client_id is not None:
            digest = _digest(request)
            self.sent[self._client_key(work)] = (message.id, digest)
        self.fresh[message.id] = message
        self.rows.append(messages.row_of(message, digest))
        return message

    def write(self) -> None:
        if not self.rows:
            return
        connection = self.tx.connection
        messages.insert_many(connection, self.rows)
        touched = {row["channel_id"] for row in self.rows}
        channels.set_heads(connection, [(id, self.heads[id]) for id in touched], self.tx.now)
        messages.set_threads(connection, self.roots.values())
        messages.set_mentions(
            connection,
            (
                (message.id, message.channel_id, message.seq, message.author.id, message.mentions)
                for message in self.fresh.values()
                if message.mentions
            ),
            fresh=True,
        )


def _count_reply(root: Message, reply: Message) -> None:
    root.reply_count += 1
    root.last_reply_at = reply.created_at
    root.changed_seq = reply.seq
    if reply.author.id not in root.participants:
        root.participants.append(reply.author.id)


def _targets(
    connection: Reader, some: dict[str, Channel], names: "dict[Send, list[str]]", *, auto_join: bool
) -> "dict[Send, list[str]]":
    """Whom each message names: members of its channel, and groups."""
    return {
        work: named_in(connection, channel, found, auto_join=auto_join)
        for work, found in names.items()
        if (channel := some.get(work.request.channel_id)) is not None
    }


def named_in(connection: Reader, channel: Channel, names: Sequence[str], *, auto_join: bool) -> list[str]:
    """The ids of the members so named, and the group mentions, in order of appearance."""
    by_name = users.named(connection, names)
    ids = set(by_name.values())
    members = channels.belonging(connection, channel, ids, auto_join=auto_join) if ids else set()
    targets: dict[str, None] = {}
    for name in names:
        if name in GROUP_MENTIONS:
            targets[GROUP_MENTIONS[name]] = None
        elif by_name.get(name) in members:
            targets[by_name[name]] = None
    return list(targets)


def tell(tx: Tx, type: str, message: Message, parent: dict[str, Any] | None) -> MessageShape:
    shape = views.message(message)
    payload: dict[str, Any] = {"message": shape}
    if parent is not None:
        payload["parent"] = parent
    tx.tell(ContentEvent(message.channel_id, message.changed_seq, type, payload))
    return shape


async def send(chat: Chat, actor: Actor, request: SendMessage) -> MessageShape:
    """Post a message; the same clientId again gets the first one and causes no second event."""
    require_content(chat, request.content)
    return await chat.store.submit(Send(chat, actor, request))
