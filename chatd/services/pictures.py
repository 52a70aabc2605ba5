"""Profile pictures (FEATURES R18): one's own, those of one's bots, and for administrators anybody's."""

from contextlib import AbstractContextManager
from hashlib import sha256

from chatd.domain.errors import not_found
from chatd.domain.models import Actor, User
from chatd.domain.rules import can_use_bot, require_admin
from chatd.services import accounts, portrait
from chatd.services.asking import audit, require_asker, require_user
from chatd.services.chat import Chat
from chatd.services.one_at_a_time import account_of
from chatd.services.reading import asker
from chatd.store import Reader, Tx, pictures, users


async def put(chat: Chat, actor: Actor, user_id: str, content: bytes) -> User:
    """Draw what was sent and show it everywhere at once; the same picture again changes nothing."""
    await _judge(chat, actor, user_id)
    drawn = await chat.drawing.portrait(content)
    # Made of the content, so that it never stands for another one: whoever has it may keep it for ever.
    id = sha256(f"{user_id}\0".encode() + drawn).hexdigest()[:32]

    def deed(tx: Tx) -> User:
        user = _require(tx, actor, user_id)
        if user.avatar_url == address(id):
            return user
        pictures.put(tx.connection, user_id, id, drawn, tx.now)
        return _changed(tx, actor, user_id, address(id))

    return await chat.write(deed, actor)


async def fetch(chat: Chat, actor: Actor, user_id: str, url: str) -> User:
    """The same with what stands at an address, which the server fetches: no browser is sent there."""
    user = await _judge(chat, actor, user_id)
    with alone(chat, user):
        return await put(chat, actor, user_id, await chat.fetcher.get(url, portrait.MAX_BYTES))


def alone(chat: Chat, user: User) -> AbstractContextManager[None]:
    """Hold the one place of an account for a picture on its way, sent or fetched. Raises `unavailable`."""
    return chat.pictures_coming.of(account_of(user), "Your last picture is still on its way; try again in a moment.")


async def remove(chat: Chat, actor: Actor, user_id: str) -> User:
    """Back to the initials."""

    def deed(tx: Tx) -> User:
        user = _require(tx, actor, user_id)
        if user.avatar_url is None:
            return user
        pictures.drop(tx.connection, user_id)
        return _changed(tx, actor, user_id, None)

    return await chat.write(deed, actor)


async def content(chat: Chat, id: str) -> bytes:
    """A picture as it is sent."""
    found = await chat.read(lambda connection: pictures.get(connection, id))
    if found is None:
        raise not_found("There is no such picture any more.")
    return found


def address(id: str) -> str:
    return f"/pictures/{id}"


def _changed(tx: Tx, actor: Actor, user_id: str, avatar_url: str | None) -> User:
    users.update_user(tx.connection, user_id, avatar_url=avatar_url)
    told = accounts.tell(tx, "user.updated", user_id)
    if user_id != actor.user_id:
        audit(tx, actor, "bot.updated" if told.role == "bot" else "user.updated", user_id, fields=["avatarUrl"])
    return told


async def _judge(chat: Chat, actor: Actor, user_id: str) -> User:
    """Before anything is fetched or drawn for somebody who may not; judged again in the transaction. Who asks."""

    def look(connection: Reader) -> User:
        user = asker(chat, connection, actor)
        _require_right(user, users.get(connection, user_id))
        return user

    return await chat.read(look)


def _require(tx: Tx, actor: Actor, user_id: str) -> User:
    if not actor.is_command_line:
        _require_right(require_asker(tx, actor), users.get(tx.connection, user_id))
    return require_user(tx, user_id)


def _require_right(user: User, target: User | None) -> None:
    if target is None or (target.id != user.id and not can_use_bot(target, user)):
        require_admin(user)
