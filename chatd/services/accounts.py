"""What happens to accounts: made, deactivated, removed. What their owners do is own_account's, signing in sign_in's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import available_timezones

from chatd.domain.errors import ChatError, CloseCode, ErrorCode, conflict, invalid
from chatd.domain.models import Actor, Role, User
from chatd.domain.rules import require_other_admin, require_seat
from chatd.domain.text import fold, require_email, require_free_of_reserved, require_user_name, user_name_from_email
from chatd.protocol import views
from chatd.protocol.control import Control
from chatd.protocol.shapes import EndedReply
from chatd.services import erasure, new_password, removal, restrictions, revocation
from chatd.services.asking import audit, require_admin_asker, require_person, require_user
from chatd.services.chat import Chat
from chatd.store import Reader, Tx, channels, links, making, password_history, pictures, two_step, users, webhooks
from chatd.store import tokens as tokens_store


@dataclass(slots=True, frozen=True)
class NewUser:
    """An account to be made. Without `user_name` one is made from the address."""

    user_name: str | None
    email: str | None
    display_name: str | None
    role: Role = "user"
    password_hash: str | None = None
    password_origin: str | None = None
    require_password_change: bool = False
    verified: bool = False
    id: str | None = None
    last_login_at: int | None = None
    owner_id: str | None = None
    profile: Mapping[str, Any] = field(default_factory=dict)


def require_names(user_name: str | None, email: str | None, *, reserved: bool = True) -> tuple[str | None, str | None]:
    """Both as they may be stored; what can be refused without the database is refused here."""
    if user_name is None and email is None:
        raise invalid("Give a user name or an e-mail address.", "userName")
    if user_name is not None:
        user_name = require_user_name(user_name)
        if reserved:
            require_free_of_reserved(user_name)
    return user_name, require_email(email) if email is not None else None


def require_not_taken(connection: Reader, email: str | None, user_name: str | None) -> None:
    """Raises `conflict`, naming the field."""
    if email is not None and users.email_is_taken(connection, email):
        raise conflict("This e-mail address is in use already.", "email")
    if user_name is not None:
        require_free_name(connection, user_name)


def require_free_name(connection: Reader, user_name: str, *, but: str | None = None) -> None:
    """Raises `conflict` for the name of somebody else, or one that looks like it."""
    other = users.name_like(connection, user_name, but=but)
    if other is not None and fold(other) == fold(user_name):
        raise conflict("Username already exists", "userName")
    if other is not None:
        raise conflict(f"This user name looks like the one of {other}; choose another.", "userName")


def create(tx: Tx, chat: Chat, new: NewUser) -> User:
    """Insert the account and tell everybody. Refuses taken names and a full house."""
    connection = tx.connection
    require_not_taken(connection, new.email, new.user_name)
    if new.role != "bot":
        require_seat(users.seats_used(connection), chat.config.server.max_seats)
    name = new.user_name or user_name_from_email(new.email or "", lambda name: users.name_is_taken(connection, name))
    user_id = new.id or chat.chance.id(tx.now)
    users.insert_user(
        connection,
        id=user_id,
        user_name=name,
        display_name=new.display_name or name,
        email=new.email,
        role=new.role,
        password_hash=new.password_hash,
        password_origin=new.password_origin,
        require_password_change=new.require_password_change,
        email_verified=new.verified,
        created_at=tx.now,
        last_login_at=new.last_login_at,
        owner_id=new.owner_id,
        **new.profile,
    )
    return tell(tx, "user.created", user_id)


def tell(tx: Tx, type: str, user_id: str) -> User:
    """Every node tells everybody how the user is now."""
    user = users.get(tx.connection, user_id)
    assert user is not None
    held = users.held(tx.connection, [user_id], tx.now)[user_id]
    tx.control(Control.USER, userId=user_id, type=type, user=views.user(user, "admin", held))
    return user


def tell_held(tx: Tx, *user_ids: str | None) -> None:
    """Every open administration panel hears how many bots and tokens these accounts have now (FEATURES F14)."""
    ids = list(dict.fromkeys(filter(None, user_ids)))
    held = users.held(tx.connection, ids, tx.now)
    for user in users.get_many(tx.connection, ids):
        tx.control(Control.HELD, userId=user.id, user=views.user(user, "admin", held[user.id]))


async def add(
    chat: Chat,
    actor: Actor,
    *,
    user_name: str | None,
    email: str | None,
    display_name: str | None = None,
    password: str | None = None,
    role: Role = "user",
    require_change: bool = False,
    verified: bool = False,
    profile: Mapping[str, Any] | None = None,
    then: Callable[[Tx, User], None] = lambda tx, user: None,
) -> User:
    """An administrator makes an account (FEATURES M10-M13, F07, F08): with a password it can sign in at once.

    `profile` is what else is said of it (FEATURES RX01), by column. `then` runs in the same transaction.
    """
    user_name, email = require_names(user_name, email)
    profile = profile or {}
    if profile.get("timezone") is not None:
        require_timezone(profile["timezone"])
    if password is None and not (chat.config.email.is_configured and email is not None):
        raise invalid("Set a password; without e-mail nobody could be sent one.", "password")
    password_hash = await new_password.hashed(chat, password, by=actor.ip) if password is not None else None
    new = NewUser(
        user_name, email, display_name, role, password_hash, "chosen", require_change, verified, profile=profile
    )

    def deed(tx: Tx) -> User:
        require_admin_asker(tx, actor)
        user = create(tx, chat, new)
        audit(tx, actor, "user.added", user.id, userName=user.user_name, role=role)
        then(tx, user)
        return user

    return await chat.write(deed, actor)


@dataclass(slots=True, frozen=True)
class Removal:
    user_id: str
    closed_sockets: int


async def remove(chat: Chat, actor: Actor, user_id: str, *, kind: erasure.Erasure, confirm: str | None) -> Removal:
    """An administrator removes somebody for good (FEATURES M20-M23); messages obey `kind`."""

    def deed(tx: Tx) -> list[int]:
        require_admin_asker(tx, actor)
        if user_id == actor.user_id:
            raise ChatError(ErrorCode.CANNOT_REMOVE_SELF, "Cannot delete yourself")
        user = require_user(tx, user_id)
        if confirm is not None and fold(confirm) != fold(user.user_name):
            raise invalid(f"Type {user.user_name} to confirm the removal.", "confirm")
        rows = take_away(tx, chat, actor, user, CloseCode.ACCOUNT_REMOVED, kind=kind)
        audit(tx, actor, "user.removed", user_id, userName=user.user_name, erasure=kind)
        return rows

    rows = await chat.write(deed, actor)
    return Removal(user_id, await chat.hub.closed_sockets(rows))


def take_away(
    tx: Tx, chat: Chat, actor: Actor, user: User, code: CloseCode, *, by: str = "admin", kind: erasure.Erasure = "keep"
) -> list[int]:
    """Remove an account with its bots, all their sign-ins and tokens; the control rows that ended those.

    The messages of the bots obey `kind` too: who wants to keep them hands the bots over first (FEATURES F25, F43).
    """
    require_other_admin(user, users.active_admins(tx.connection, but=user.id))
    bots = users.bots_of(tx.connection, [user.id])
    rows = _leave_tombstone(tx, chat, user, code, by=by, kind=kind)
    for bot in bots:
        rows += _leave_tombstone(tx, chat, bot, CloseCode.ACCOUNT_REMOVED, by=by, kind=kind)
        audit(tx, actor, "bot.removed", bot.id, userName=bot.user_name, ownerId=user.id)
    return rows


def _leave_tombstone(tx: Tx, chat: Chat, user: User, code: CloseCode, *, by: str, kind: erasure.Erasure) -> list[int]:
    ended = revocation.end_everything(tx, user.id, code, by=by)
    revocation.cut_what_was_made(tx, user.id)
    webhooks.delete_of_bot(tx.connection, user.id, tx.now)
    erasure.erase(tx, chat, user, kind)
    removal.hand_over(tx, chat, user.id)
    for channel_id, channel_kind, _, _ in channels.rows_of_user(tx.connection, user.id):
        if channel_kind != "dm":  # the other side keeps reading the conversation, and sees with whom it was
            channels.drop_states(tx.connection, channel_id=channel_id, user_id=user.id)
    users.mark_removed(tx.connection, user.id, tx.now)
    password_history.forget(tx.connection, user.id)
    pictures.drop(tx.connection, user.id)
    two_step.disable(tx.connection, user.id)
    links.drop_of_user(tx.connection, user.id)
    making.forget(tx.connection, user.id)
    tell(tx, "user.removed", user.id)
    return ended.rows


async def set_role(chat: Chat, actor: Actor, user_id: str, role: Role) -> User:
    """Promote or demote; holds from the next frame on (FEATURES M24, F19)."""

    def deed(tx: Tx) -> User:
        require_admin_asker(tx, actor)
        user = require_person(tx, user_id)
        if user.role == role:
            return user
        if role != "admin":
            require_other_admin(user, users.active_admins(tx.connection, but=user.id))
        users.update_user(tx.connection, user_id, role=role)
        if role != "admin":
            revocation.cut_what_was_made(tx, user_id)
        restrictions.settle(tx, user_id)
        told = tell(tx, "user.updated", user_id)
        audit(tx, actor, "role.changed", user_id, role=role)  # after it: who is demoted hears no more of the log
        return told

    return await chat.write(deed, actor)


async def deactivate(chat: Chat, actor: Actor, user_id: str) -> User:
    """Nobody signs in as the user until he is activated; nothing of his is deleted (FEATURES R48)."""

    def deed(tx: Tx) -> User:
        require_admin_asker(tx, actor)
        return lock(tx, actor, user_id)

    return await chat.write(deed, actor)


def lock(tx: Tx, actor: Actor, user_id: str) -> User:
    """Deactivate one, in the transaction of an administrator; refuses before it changes anything."""
    if user_id == actor.user_id:
        raise ChatError(ErrorCode.CANNOT_REMOVE_SELF, "You cannot deactivate yourself; ask another administrator.")
    user = require_user(tx, user_id)
    if user.deactivated_at is not None:
        return user
    require_other_admin(user, users.active_admins(tx.connection, but=user.id))
    _suspend(tx, user_id)
    users.update_user(tx.connection, user_id, deactivated_at=tx.now)
    audit(tx, actor, "user.deactivated", user_id)
    return tell(tx, "user.updated", user_id)


def _suspend(tx: Tx, user_id: str) -> None:
    """Sign-ins end. Tokens, and those of his bots, are only refused while it lasts: activated they work at once."""
    revocation.end_all(tx, user_id, CloseCode.ACCOUNT_DEACTIVATED, by="admin")
    refused = [user_id, *(bot.id for bot in users.bots_of(tx.connection, [user_id]))]
    revocation.cut(tx, tokens_store.of_users(tx.connection, refused), CloseCode.ACCOUNT_DEACTIVATED, by="admin")
    revocation.cut_what_was_made(tx, user_id)


async def activate(chat: Chat, actor: Actor, user_id: str) -> User:
    """The user may sign in again with what he had (FEATURES R50); takes a seat."""

    def deed(tx: Tx) -> User:
        require_admin_asker(tx, actor)
        user = require_user(tx, user_id)
        if user.deactivated_at is None:
            return user
        if user.role != "bot":
            require_seat(users.seats_used(tx.connection), chat.config.server.max_seats)
        users.update_user(tx.connection, user_id, deactivated_at=None)
        audit(tx, actor, "user.activated", user_id)
        return tell(tx, "user.updated", user_id)

    return await chat.write(deed, actor)


async def reset_password(
    chat: Chat,
    actor: Actor,
    user_id: str,
    password: str | None,
    *,
    require_change: bool,
    revoke: bool,
    tokens: bool = False,
    first: Callable[[Tx, User], None] = lambda tx, user: None,
) -> EndedReply:
    """An administrator sets a password (FEATURES M18, F20-F22); sessions stay unless `revoke`. How much ended.

    `first` runs in the same transaction before anything changes, so it may refuse.
    """
    if password is None:
        raise invalid("Give the new password.", "password")
    password_hash = await new_password.hashed(chat, password, user_id=user_id, by=actor.ip)

    def deed(tx: Tx) -> EndedReply:
        require_admin_asker(tx, actor)
        first(tx, require_person(tx, user_id))
        new_password.put(tx, chat, user_id, password_hash, require_change=require_change)
        ended = revocation.end_all(tx, user_id, CloseCode.PASSWORD_RESET, by="admin").sessions if revoke else 0
        revoked = revocation.end_tokens(tx, user_id, by="admin") if tokens else 0
        audit(tx, actor, "user.passwordReset", user_id, requireChange=require_change, revokeSessions=revoke)
        return {"sessions": ended, "tokens": revoked}

    return await chat.write(deed, actor)


def require_timezone(name: str) -> None:
    """Raises `invalid` for a name that is not in the time zone database."""
    if name not in available_timezones():
        raise invalid("A time zone has a name such as Europe/Berlin.", "timezone")
