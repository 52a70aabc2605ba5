"""What a session must do before anything else is answered (FEATURES R35, R47), and how that ends."""

from itertools import groupby

from chatd.domain.models import Restriction, User
from chatd.protocol import views
from chatd.protocol.control import Control
from chatd.store import Reader, Tx, sessions, settings, users


def requires_totp(connection: Reader, user: User) -> bool:
    """Must this person use two-step sign-in, by the setting `totpRequired`?"""
    required = settings.get_all(connection)["totpRequired"]
    return user.role != "bot" and (required == "all" or (required == "admins" and user.role == "admin"))


def of_sign_in(connection: Reader, user: User, *, require_password_change: bool) -> Restriction | None:
    """With what a new session of this user begins."""
    if require_password_change:
        return "password_change"
    return "totp_enrolment" if not user.totp_enabled and requires_totp(connection, user) else None


def lift(tx: Tx, user: User, restricted: Restriction) -> None:
    """End one restriction on all sessions of a user; another one may take its place."""
    next_one = of_sign_in(tx.connection, user, require_password_change=False)
    ids = sessions.lift_restriction(tx.connection, user.id, restricted, next_one)
    _tell(tx, user, [(id, user.id) for id in ids], next_one)


def settle(tx: Tx, user_id: str | None = None) -> None:
    """Let `totpRequired` hold now: for everybody, or for one person, who they answer for, and what they made.

    Sessions of those who must have two-step sign-in and do not are restricted until they have, and so are the tokens
    of their bots and those that they made for others; whatever is not due any more ends.
    """
    required = settings.get_all(tx.connection)["totpRequired"]
    changed = sessions.settle_enrolment(tx.connection, required, user_id)
    for (holder_id, restricted), some in groupby(changed, key=lambda one: (one.user_id, one.restricted)):
        holder = users.get(tx.connection, holder_id)
        assert holder is not None
        _tell(tx, holder, [(one.session_id, holder_id) for one in some], restricted)


def _tell(tx: Tx, user: User, ids: list[tuple[str, str]], restricted: Restriction | None) -> None:
    if ids:
        shape = views.user(user, "admin")
        tx.control(Control.SESSIONS_RESTRICTED, sessions=ids, userId=user.id, user=shape, restricted=restricted)
