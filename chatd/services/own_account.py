"""What people do with their own account: profile, password, leaving. What administrators do is accounts', editing's."""

from typing import Any

from chatd.domain.errors import ChatError, CloseCode, ErrorCode, conflict, forbidden, invalid
from chatd.domain.models import Actor, User
from chatd.domain.passwords import require_password
from chatd.domain.text import email_key, require_email
from chatd.protocol.shapes import EndedReply
from chatd.services import link_letters, mail, new_password, restrictions, revocation, witness
from chatd.services.accounts import require_timezone, take_away, tell
from chatd.services.asking import audit, require_asker, require_free, require_session, require_sign_in
from chatd.services.chat import Chat
from chatd.services.proving import hearing
from chatd.store import Tx, pictures, users

WRONG_PASSWORD = "This is not your current password."  # noqa: S105 - a sentence, not a secret
_CLEARABLE = {"email", "avatar_url", "status_message", "bio", "nickname", "timezone"}


async def update(chat: Chat, actor: Actor, given: dict[str, Any]) -> User:
    """Change one's own profile: the fields given and no others; null clears what may be empty."""
    for name, value in given.items():
        if value is None and name not in _CLEARABLE:
            raise invalid("A display name cannot be empty.", "displayName")
    if (email := given.get("email")) is not None:
        email = given["email"] = require_email(email)
    if (timezone := given.get("timezone")) is not None:
        require_timezone(timezone)

    def deed(tx: Tx) -> User:
        user = require_asker(tx, actor)
        changed = {name: value for name, value in given.items() if getattr(user, name) != value}
        if "email" in given and "email" not in changed and user.pending_email is not None:
            changed["pending_email"] = None  # the old one stays
        if not changed:
            return user
        if "email" in changed:
            require_sign_in(require_session(tx, actor))
            _change_address(tx, chat, user, changed)
        if "avatar_url" in changed:
            require_own_picture(changed["avatar_url"])
            pictures.drop(tx.connection, user.id)
        users.update_user(tx.connection, user.id, **changed)
        return tell(tx, "user.updated", user.id)

    if email is None:
        return await chat.write(deed, actor)
    if chat.config.email.is_configured:
        await mail.require_deliverable(chat, email)
    # Counted for the account, wherever it asks from: a taken address says who has an account here.
    async with chat.throttle.guess("email", f"account:{actor.user_id}") as guess:
        try:
            return await chat.write(deed, actor)
        except ChatError as error:
            guess.failed = error.code is ErrorCode.CONFLICT
            raise


async def is_other_address(chat: Chat, actor: Actor, email: str | None) -> bool:
    """Is it another than the asker has?"""
    user = await chat.read(lambda connection: users.get(connection, actor.user_id))
    return user is None or email_key(email or "") != email_key(user.email or "")


def require_own_picture(avatar_url: str | None) -> None:
    """Nobody points browsers at what this server did not draw; the picture there is was compared already."""
    if avatar_url is not None:
        raise invalid("Send the picture itself: PUT /api/users/{id}/picture; null takes it away.", "avatarUrl")


def _change_address(tx: Tx, chat: Chat, user: User, changed: dict[str, Any]) -> None:
    """Another address holds once a letter to it was answered, at once where no letters are sent.

    Until then it opens nothing: a stolen session with a password cannot have a new one sent there. The old one hears.
    """
    email = changed["email"]
    changed["pending_email"] = None
    if email_key(email or "") == email_key(user.email or ""):
        return
    if email is not None and users.email_is_taken(tx.connection, email):
        raise conflict("This e-mail address is in use already.", "email")
    if email is None or not chat.config.email.is_configured:
        changed["email_verified"] = False
    else:
        link_letters.send_verification(tx, chat, user, email)
        changed["pending_email"] = changed.pop("email")
    mail.tell_old_address(tx, chat, user)


async def change_password(
    chat: Chat, actor: Actor, current: str, new: str, *, sign_out_others: bool, tokens: bool
) -> EndedReply:
    """One's own password; ends the restriction of those who had to change it (FEATURES R35). How much else ended."""
    require_password(chat.config.auth.password_policy, new, "newPassword")
    found = await chat.read(lambda connection: users.credentials(connection, actor.user_id))
    await _require_own_password(chat, actor, current, found.password_hash if found else None, "currentPassword")
    if current == new:
        raise invalid("The new password is the old one; choose another.", "newPassword")
    password_hash = await new_password.hashed(chat, new, user_id=actor.user_id, field="newPassword", by=actor.ip)
    version = found.password_version if found else -1

    def deed(tx: Tx) -> EndedReply:
        signed_in = require_sign_in(require_session(tx, actor))
        now = users.credentials(tx.connection, signed_in.user.id)
        if now is None or now.password_version != version:
            raise ChatError(ErrorCode.FORBIDDEN, WRONG_PASSWORD, "currentPassword")
        new_password.put(tx, chat, actor.user_id, password_hash, require_change=False)
        others = None
        if sign_out_others:
            others = revocation.end_all(tx, actor.user_id, CloseCode.SESSION_REVOKED, by="self", but=actor.session_id)
        ended = revocation.end_tokens(tx, actor.user_id, by="self") if tokens else 0
        restrictions.lift(tx, signed_in.user, "password_change")
        audit(tx, actor, "user.passwordChanged", actor.user_id)
        return {"sessions": others.sessions if others else 0, "tokens": ended}

    return await chat.write(deed, actor)


async def leave(chat: Chat, actor: Actor, password: str | None) -> None:
    """Somebody removes his own account (FEATURES M25-M27); his messages stay."""
    found = await chat.read(lambda connection: users.credentials(connection, actor.user_id))
    if found is not None and found.password_hash is not None:
        await _require_own_password(chat, actor, password or "", found.password_hash, "password")
    version = found.password_version if found else -1

    def deed(tx: Tx) -> None:
        user = require_sign_in(require_free(require_session(tx, actor))).user
        current = users.credentials(tx.connection, user.id)
        if current is None or current.password_version != version:
            raise forbidden(WRONG_PASSWORD)
        take_away(tx, chat, actor, user, CloseCode.ACCOUNT_LEFT, by="self")
        audit(tx, actor, "user.left", user.id, userName=user.user_name)

    await chat.write(deed, actor)


async def _require_own_password(chat: Chat, actor: Actor, password: str, known: str | None, field: str) -> None:
    """A stolen session must not become a way to guess: wrong answers count as failed sign-ins."""
    async with hearing(chat, actor) as guess:
        guess.failed = not await chat.passwords.matches(password, known, by=actor.ip)
    if guess.failed:
        await witness.failed_proof(chat, actor, "proof.failed")
        raise ChatError(ErrorCode.FORBIDDEN, WRONG_PASSWORD, field)
