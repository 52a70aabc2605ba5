"""Access tokens: what scripts carry instead of a sign-in. Who a token is, at each use, is sign_in's to say.

A token is a session of its own kind, so that the one road of revocation ends it and every door judges it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from chatd.auth.tokens import PREFIX, hashed
from chatd.domain.errors import ChatError, CloseCode, conflict, forbidden, invalid, not_found
from chatd.domain.models import NEVER, SYSTEM, Actor, Scope, Session, User
from chatd.domain.rules import MAX_TOKENS_PER_USER, can_use_bot
from chatd.domain.text import user_name_from_email
from chatd.protocol import views
from chatd.protocol.shapes import MadeTokenReply, TokenPage, TokenShape
from chatd.services import accounts, restrictions, revocation
from chatd.services.asking import (
    audit,
    require_admin_asker,
    require_asker,
    require_free,
    require_session,
    require_sign_in,
    require_user,
)
from chatd.services.chat import Chat
from chatd.services.reading import asker, require_admin_reader
from chatd.services.usage import Usage
from chatd.store import Reader, Tx, tokens, users, webhooks

NO_TOKEN = "There is no such token; it may have been revoked or have expired."  # noqa: S105 - a sentence, no secret
NO_BOT = "There is no such bot of yours."
SCOPES: tuple[Scope, ...] = ("read", "write", "admin:read", "admin:write")
KINDS = {"personal": "pat", "bot": "bot", "system": "sys"}


@dataclass(slots=True, frozen=True)
class Wanted:
    """A token to be made, with its secret; without `expires_at` it does not expire."""

    name: str
    expires_at: int | None
    id: str
    chance: str = field(repr=False)
    scopes: str


def require_sensible(chat: Chat, name: str, expires_at: int | None) -> None:
    """What can be refused without the database. Raises `invalid`."""
    if not name.strip():
        raise invalid("Give the token a name by which you will know it again.", "name")
    if expires_at is not None and expires_at <= chat.clock.now():
        raise invalid("A token expires later than now; leave the time out for one that does not.", "expiresAt")


def prepare(chat: Chat, name: str, expires_at: int | None, scopes: Collection[Scope] = ("read", "write")) -> Wanted:
    """What can be refused without the database is refused here."""
    require_sensible(chat, name, expires_at)
    kept = " ".join(scope for scope in SCOPES if scope in scopes)
    return Wanted(name, expires_at, chat.new_id(), chat.chance.token(), kept)


def issue(tx: Tx, actor: Actor, holder: User, wanted: Wanted) -> MadeTokenReply:
    """Insert the token; the reply is the only place where its secret is ever seen."""
    if tokens.count(tx.connection, holder.id, tx.now) >= MAX_TOKENS_PER_USER:
        raise conflict(f"There are {MAX_TOKENS_PER_USER} tokens already; revoke one that is not needed any more.")
    made = Session(
        id=wanted.id,
        user_id=holder.id,
        created_at=tx.now,
        last_active_at=tx.now,
        expires_at=NEVER if wanted.expires_at is None else wanted.expires_at,
        ip=actor.ip,
        user_agent="",
        remember=False,
        new_place=False,
        restricted=None,
        refresh_number=0,
        kind="token",
        name=wanted.name,
        created_by=actor.user_id,
        scopes=wanted.scopes,
    )
    shape = views.token(made, holder)
    secret = f"{PREFIX}{KINDS[shape['kind']]}_{wanted.chance}"
    tokens.insert_token(tx.connection, made, hashed(secret))
    restrictions.settle(tx, holder.id)
    audit(tx, actor, "token.created", holder.id, tokenId=made.id, name=made.name)
    accounts.tell_held(tx, holder.id)
    return {**shape, "token": secret}


async def create(
    chat: Chat, actor: Actor, name: str, expires_at: int | None, bot_id: str | None, scopes: Collection[Scope]
) -> MadeTokenReply:
    """A token for oneself, or for a bot of one's own; administrators make them for every bot."""
    wanted = prepare(chat, name, expires_at, scopes)

    def deed(tx: Tx) -> MadeTokenReply:
        user = require_sign_in(require_free(require_session(tx, actor))).user
        holder = user if bot_id is None else require_bot(tx.connection, user, bot_id)
        return issue(tx, actor, holder, wanted)

    return await chat.write(deed, actor)


async def create_for(
    chat: Chat, actor: Actor, holder_id: str, name: str, expires_at: int | None, scopes: Collection[Scope] = SCOPES
) -> MadeTokenReply:
    """A token for anybody, person or bot: from the command line only, since who has it is that person."""
    wanted = prepare(chat, name, expires_at, scopes)

    def deed(tx: Tx) -> MadeTokenReply:
        if not actor.is_command_line:
            raise forbidden("Tokens of others are made on the command line.")
        return issue(tx, actor, require_user(tx, holder_id), wanted)

    return await chat.write(deed, actor)


async def create_system(
    chat: Chat, actor: Actor, name: str, expires_at: int | None, scopes: Collection[Scope] = SCOPES
) -> MadeTokenReply:
    """A token that acts as the server's own account, which has an administrator's rights and belongs to nobody."""
    wanted = prepare(chat, name, expires_at, scopes)

    def deed(tx: Tx) -> MadeTokenReply:
        require_admin_asker(tx, actor)
        if not actor.is_command_line:
            require_sign_in(require_session(tx, actor))
        return issue(tx, actor, _system(tx), wanted)

    return await chat.write(deed, actor)


def _system(tx: Tx) -> User:
    """The server's own account, made with its first token."""
    found = users.get(tx.connection, SYSTEM)
    if found is not None:
        return found
    name = SYSTEM  # reserved, but chat.initialUser may have it
    if users.name_is_taken(tx.connection, name):
        name = user_name_from_email(name, lambda found: users.name_is_taken(tx.connection, found))
    users.insert_user(
        tx.connection,
        id=SYSTEM,
        user_name=name,
        display_name="System",
        role="admin",
        created_at=tx.now,
        last_login_at=tx.now,
    )
    return accounts.tell(tx, "user.created", SYSTEM)


def require_bot(connection: Reader, user: User, bot_id: str) -> User:
    """The bot, if the user may do with it as he likes: his own, as an administrator any."""
    bot = users.get(connection, bot_id)
    if bot is None or bot.removed_at is not None or not can_use_bot(bot, user):
        raise not_found(NO_BOT)
    return bot


async def revoke(chat: Chat, actor: Actor, token_id: str) -> None:
    """End a token of one's own or of one's own bot; its sockets are cut."""

    def deed(tx: Tx) -> None:
        user = require_asker(tx, actor)
        token = tokens.get(tx.connection, token_id, tx.now)
        holder = None if token is None else users.get(tx.connection, token.user_id)
        if token is None or holder is None or user.id not in (holder.id, holder.owner_id):
            raise not_found(NO_TOKEN)
        if actor.scopes is not None and token.id != actor.session_id:
            raise forbidden("A token ends no other than itself; sign in for that.")
        _end(tx, actor, token, by="self")

    await chat.write(deed, actor)


async def revoke_any(chat: Chat, actor: Actor, token_id: str) -> None:
    """An administrator ends anybody's token."""

    def deed(tx: Tx) -> None:
        require_admin_asker(tx, actor)
        token = tokens.get(tx.connection, token_id, tx.now)
        if token is None:
            raise not_found(NO_TOKEN)
        _end(tx, actor, token, by="admin")

    await chat.write(deed, actor)


def revoke_all(tx: Tx, user_id: str) -> None:
    """For deeds that take an account's tokens with them."""
    revocation.end(tx, tokens.of_users(tx.connection, [user_id]), CloseCode.SESSION_REVOKED, by="admin")


def _end(tx: Tx, actor: Actor, token: Session, *, by: str) -> None:
    audit(tx, actor, "token.revoked", token.user_id, tokenId=token.id, name=token.name)
    revocation.end(tx, [token], CloseCode.SESSION_REVOKED, by=by)
    accounts.tell_held(tx, token.user_id)


def _shapes(connection: Reader, found: list[Session]) -> list[TokenShape]:
    holders = {user.id: user for user in users.get_many(connection, {token.user_id for token in found})}
    return [views.token(token, holders[token.user_id]) for token in found]


async def own(chat: Chat, actor: Actor, bot_id: str | None) -> list[TokenShape]:
    """One's tokens and those of one's bots, newest first; or of one bot."""

    def look(connection: Reader) -> list[TokenShape]:
        user = asker(chat, connection, actor)
        if bot_id is not None:
            holders = [require_bot(connection, user, bot_id).id]
        else:
            holders = [user.id, *(bot.id for bot in users.bots_of(connection, [user.id]))]
        return _shapes(connection, tokens.page(connection, holders, chat.clock.now())[0])

    return await chat.read(look)


async def everybodys(chat: Chat, actor: Actor, user_id: str | None, offset: int, limit: int) -> TokenPage:
    """For administrators: all tokens, or those of one account, newest first."""

    def look(connection: Reader) -> TokenPage:
        require_admin_reader(chat, connection, actor)
        holders = None if user_id is None else [user_id]
        found, total = tokens.page(connection, holders, chat.clock.now(), offset=offset, limit=limit)
        return {"tokens": _shapes(connection, found), "total": total}

    return await chat.read(look)


async def write_uses(chat: Chat) -> None:
    """Write how often tokens and webhooks were used since the last time."""
    await _write(chat, chat.token_uses, tokens.add_uses)
    await _write(chat, chat.webhook_uses, webhooks.add_uses)


async def _write(chat: Chat, usage: Usage, add: Callable[[Reader, list[tuple[str, int, int]]], None]) -> None:
    taken = usage.take()
    if not taken:
        return
    try:
        await chat.write(lambda tx: add(tx.connection, taken))
    except ChatError:
        usage.give_back(taken)
        raise
