"""What a session must do before anything else is answered (FEATURES R35, R47), and how that ends."""

from chatd.domain.models import Restriction, User
from chatd.protocol import views
from chatd.protocol.control import Control
from chatd.store import Reader, Tx, sessions, settings


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
    for session_id in sessions.lift_restriction(tx.connection, user.id, restricted, next_one):
        shape = views.user(user, "admin")
        tx.control(Control.SESSION_LIFTED, sessionId=session_id, userId=user.id, user=shape, restricted=next_one)
