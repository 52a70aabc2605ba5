"""Bots: posting identities that a user owns (FEATURES A0). They sign in with tokens, which are tokens'."""

from typing import Any

from pydantic.alias_generators import to_camel

from chatd.domain.errors import CloseCode, conflict, forbidden, invalid, not_found
from chatd.domain.models import Actor, User
from chatd.domain.rules import MAX_BOTS_PER_USER, require_admin
from chatd.domain.text import fold, require_free_of_reserved, require_user_name
from chatd.protocol.requests import Proof
from chatd.protocol.shapes import BotPage, MadeBotReply, TokenOnce, UserShape
from chatd.services import accounts, memberships, reading, restrictions, tokens, two_step
from chatd.services.accounts import NewUser, Removal
from chatd.services.asking import (
    audit,
    require_admin_asker,
    require_asker,
    require_person,
    require_session,
    require_sign_in,
)
from chatd.services.chat import Chat
from chatd.services.own_account import require_own_picture
from chatd.services.reading import asker
from chatd.services.tokens import require_bot
from chatd.store import Reader, Tx, pictures, users
from chatd.store import tokens as tokens_store

CLEARABLE = {"avatar_url", "status_message", "bio"}


async def create(
    chat: Chat, actor: Actor, user_name: str, display_name: str | None, *, with_token: bool
) -> MadeBotReply:
    """A bot of one's own, with its first token if that is wanted."""
    name, _ = accounts.require_names(user_name, None)
    wanted = tokens.prepare(chat, "First token", None) if with_token else None
    new = NewUser(name, None, display_name, "bot", owner_id=actor.user_id)

    def deed(tx: Tx) -> MadeBotReply:
        owner = require_asker(tx, actor)
        if owner.role == "bot":
            raise forbidden("A bot has no bots.")
        if wanted is not None:
            require_sign_in(require_session(tx, actor))
        if len(users.bots_of(tx.connection, [owner.id])) >= MAX_BOTS_PER_USER:
            raise conflict(f"You have {MAX_BOTS_PER_USER} bots already; remove one that is not needed any more.")
        bot = accounts.create(tx, chat, new)
        audit(tx, actor, "bot.added", bot.id, userName=bot.user_name)
        token: TokenOnce = {"token": tokens.issue(tx, actor, bot, wanted)["token"]} if wanted is not None else {}
        accounts.tell_held(tx, owner.id)
        return {"user": reading.shown(chat, tx.connection, [bot], owner)[0], **token}

    return await chat.write(deed, actor)


async def page(chat: Chat, actor: Actor, user_id: str | None, *, everybodys: bool, offset: int, limit: int) -> BotPage:
    """One's own bots, newest first; for administrators also another's, or all there are."""

    def look(connection: Reader) -> BotPage:
        user = asker(chat, connection, actor)
        if everybodys or user_id not in (None, user.id):
            require_admin(user)
        owner_id = None if everybodys else user_id or user.id
        found, total = users.bot_page(connection, owner_id, offset=offset, limit=limit)
        return {"bots": reading.shown(chat, connection, found, user), "total": total}

    return await chat.read(look)


async def update(chat: Chat, actor: Actor, bot_id: str, given: dict[str, Any]) -> UserShape:
    """Change what a bot is called and shows: the fields given and no others."""
    if nulls := [name for name, value in given.items() if value is None and name not in CLEARABLE]:
        raise invalid("Leave out what shall stay as it is; a name cannot be empty.", to_camel(nulls[0]))
    if "user_name" in given:
        given["user_name"] = require_user_name(given["user_name"])

    def deed(tx: Tx) -> UserShape:
        user = require_asker(tx, actor)
        bot = require_bot(tx.connection, user, bot_id)
        changed = {name: value for name, value in given.items() if getattr(bot, name) != value}
        if (name := changed.get("user_name")) is not None and fold(name) != fold(bot.user_name):
            require_free_of_reserved(name)
            accounts.require_free_name(tx.connection, name, but=bot.id)
        if "avatar_url" in changed:
            require_own_picture(changed["avatar_url"])
            pictures.drop(tx.connection, bot_id)
        if changed:
            users.update_user(tx.connection, bot_id, **changed)
            bot = accounts.tell(tx, "user.updated", bot_id)
            audit(tx, actor, "bot.updated", bot_id, fields=sorted(map(to_camel, changed)))
        return reading.shown(chat, tx.connection, [bot], user)[0]

    return await chat.write(deed, actor)


async def remove(chat: Chat, actor: Actor, bot_id: str, proof: Proof | None) -> Removal:
    """Remove a bot for good with its tokens; its sockets are cut, its messages stay.

    An administrator who removes another's proves himself first, as before every removal.
    """

    def is_anothers(connection: Reader) -> bool:
        user = asker(chat, connection, actor)
        return require_bot(connection, user, bot_id).owner_id != user.id

    if await chat.read(is_anothers):
        await two_step.require_proof(chat, actor, proof)

    def deed(tx: Tx) -> list[int]:
        user = require_asker(tx, actor)
        bot = require_bot(tx.connection, user, bot_id)
        by = "self" if bot.owner_id == user.id else "admin"
        rows = accounts.take_away(tx, chat, actor, bot, CloseCode.ACCOUNT_REMOVED, by=by)
        audit(tx, actor, "bot.removed", bot_id, userName=bot.user_name, ownerId=bot.owner_id)
        accounts.tell_held(tx, bot.owner_id)
        return rows

    rows = await chat.write(deed, actor)
    return Removal(bot_id, await chat.hub.closed_sockets(rows))


async def transfer(
    chat: Chat, actor: Actor, from_id: str, to_id: str, bot_ids: list[str] | None, *, revoke_tokens: bool
) -> int:
    """An administrator hands bots over, all or some, with everything they are and wrote (FEATURES F43); how many."""

    def deed(tx: Tx) -> int:
        require_admin_asker(tx, actor)
        former = users.get(tx.connection, from_id)
        if former is None or former.removed_at is not None:
            raise not_found("There is no such user.")
        heir = require_person(tx, to_id)
        if heir.deactivated_at is not None:
            raise conflict("Who gets the bots is deactivated, and so would they be.", "toUserId")
        if from_id == to_id:
            raise conflict("They are this user's already.", "toUserId")
        owned = {bot.id: bot for bot in users.bots_of(tx.connection, [from_id])}
        if bot_ids is not None and not owned.keys() >= set(bot_ids):
            raise not_found("One of these is no bot of this user.")
        moving = [bot for bot in owned.values() if bot_ids is None or bot.id in bot_ids]
        for bot in moving:
            _hand_over(tx, chat, actor, bot, to_id, revoke_tokens=revoke_tokens)
        if moving:
            restrictions.settle(tx, from_id)
            restrictions.settle(tx, to_id)
            accounts.tell_held(tx, from_id, to_id)
        return len(moving)

    return await chat.write(deed, actor)


def _hand_over(tx: Tx, chat: Chat, actor: Actor, bot: User, to_id: str, *, revoke_tokens: bool) -> None:
    users.update_user(tx.connection, bot.id, owner_id=to_id)
    memberships.leave_private_without(tx, chat, bot.id, to_id)
    if revoke_tokens:
        tokens.revoke_all(tx, bot.id)
    elif bot.owner_id is not None:
        tokens_store.hand_over(tx.connection, bot.owner_id, to_id, [bot.id])
    audit(tx, actor, "bot.transferred", bot.id, fromUserId=bot.owner_id, toUserId=to_id, tokensRevoked=revoke_tokens)
    accounts.tell_held(tx, bot.id)
