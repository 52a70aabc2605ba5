"""How administrators change an account (FEATURES R17-R30, F16-F19). Making and removing accounts is accounts'."""

from typing import Any

from chatd.domain.errors import conflict, invalid
from chatd.domain.models import Actor, User
from chatd.domain.rules import require_other_admin
from chatd.domain.text import email_key, fold, require_email, require_free_of_reserved, require_user_name
from chatd.services import accounts, new_password, restrictions, revocation
from chatd.services.asking import audit, require_admin_asker, require_person, require_user
from chatd.services.chat import Chat
from chatd.store import Tx, users

CLEARABLE = {"email", "status_message", "bio", "nickname", "timezone", "extension", "session_limit"}


async def update_user(chat: Chat, actor: Actor, user_id: str, given: dict[str, Any]) -> User:
    """Change the fields given and no others; an empty password keeps the present one (FEATURES F17).

    Sessions stay as they are. Refuses a taken name or address, and to demote the last administrator.
    """
    given = _checked(given)
    password, require_change = given.pop("password", None), given.pop("require_password_change", None)
    password_hash = None
    if password:
        password_hash = await new_password.hashed(chat, password, user_id=user_id, by=actor.ip)

    def deed(tx: Tx) -> User:
        require_admin_asker(tx, actor)
        user = require_user(tx, user_id) if password_hash is None else require_person(tx, user_id)
        changed = {name: value for name, value in given.items() if getattr(user, name) != value}
        _require_allowed(tx, user, changed)
        if changed:
            users.update_user(tx.connection, user_id, **changed)
            if changed.get("role", "admin") != "admin":
                revocation.cut_what_was_made(tx, user_id)
            if "role" in changed:
                restrictions.settle(tx, user_id)
        if password_hash is not None:
            change = bool(require_change)
            new_password.put(tx, chat, user_id, password_hash, require_change=change)
        elif require_change is not None:
            users.update_user(tx.connection, user_id, require_password_change=require_change)
        told = accounts.tell(tx, "user.updated", user_id) if changed else user
        _audit(tx, actor, user_id, changed, password=password_hash is not None, require_change=require_change)
        return told

    return await chat.write(deed, actor)


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    """What can be refused without the database is refused here."""
    for name, value in given.items():
        if value is None and name not in CLEARABLE and name != "password":
            raise invalid("Leave out what shall stay as it is; this cannot be empty.", _camel(name))
    if given.get("user_name") is not None:
        given["user_name"] = require_user_name(given["user_name"])
    if given.get("email") is not None:
        given["email"] = require_email(given["email"])
    if given.get("timezone") is not None:
        accounts.require_timezone(given["timezone"])
    return given


def _require_allowed(tx: Tx, user: User, changed: dict[str, Any]) -> None:
    if (name := changed.get("user_name")) is not None and fold(name) != fold(user.user_name):
        require_free_of_reserved(name)
        accounts.require_free_name(tx.connection, name, but=user.id)
    if "email" in changed and email_key(changed["email"] or "") != email_key(user.email or ""):
        if changed["email"] is not None and users.email_is_taken(tx.connection, changed["email"]):
            raise conflict("This e-mail address is in use already.", "email")
        changed.setdefault("email_verified", False)  # another address was never verified, unless it is said now
        changed["pending_email"] = None
    if "role" in changed:
        if user.role == "bot":
            raise conflict("A bot has no other role.", "role")
        if changed["role"] != "admin":
            require_other_admin(user, users.active_admins(tx.connection, but=user.id))


def _audit(
    tx: Tx, actor: Actor, user_id: str, changed: dict[str, Any], *, password: bool, require_change: bool | None
) -> None:
    if "role" in changed:
        audit(tx, actor, "role.changed", user_id, role=changed["role"])
    if password:
        audit(tx, actor, "user.passwordReset", user_id, requireChange=bool(require_change), revokeSessions=False)
    fields = sorted(_camel(name) for name in changed.keys() - {"role", "pending_email"})
    if fields or (require_change is not None and not password):
        audit(tx, actor, "user.updated", user_id, fields=fields)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))
