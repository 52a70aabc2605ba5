"""Who asks, read again inside the transaction that acts for him: what he was when the frame came does not count."""

from typing import Any

from chatd.domain.audited import Action
from chatd.domain.errors import ChatError, ErrorCode, conflict, forbidden, not_found, unauthenticated
from chatd.domain.models import SYSTEM, Actor, Restriction, User
from chatd.domain.rules import require_admin
from chatd.protocol import views
from chatd.protocol.control import Control
from chatd.store import Tx, users
from chatd.store import audit as log
from chatd.store.sessions import SignedIn
from chatd.store.sessions import get as get_session

RESTRICTED: dict[Restriction, str] = {
    "password_change": "Change your password first; until then nothing else is answered.",
    "totp_enrolment": "Set up two-step sign-in first; until then nothing else is answered.",
}


MEMBERS_ROWS = 100
WINDOW_MS = 300_000
SIGN_IN_ONLY = "This takes somebody who has signed in; a token cannot do it."


def require_free(signed_in: SignedIn | None) -> SignedIn:
    """The asker if his session lives and is not restricted."""
    if signed_in is None:
        raise unauthenticated()
    if signed_in.session.restricted is not None:
        raise ChatError(ErrorCode.RESTRICTED, RESTRICTED[signed_in.session.restricted])
    return signed_in


def require_session(tx: Tx, actor: Actor) -> SignedIn:
    """The asker's live session, restricted or not."""
    if actor.session_id is None:
        raise unauthenticated()
    signed_in = get_session(tx.connection, actor.session_id, tx.now)
    if signed_in is None:
        raise unauthenticated()
    return signed_in


def require_sign_in(signed_in: SignedIn) -> SignedIn:
    """The asker if he has signed in himself: a stolen token must not make others, nor change who the account is."""
    if signed_in.session.kind == "token":
        raise forbidden(SIGN_IN_ONLY)
    return signed_in


def refuse_tokens(actor: Actor) -> None:
    """`require_sign_in`, before anything is read."""
    if actor.scopes is not None:
        raise forbidden(SIGN_IN_ONLY)


def require_asker(tx: Tx, actor: Actor) -> User:
    return require_free(require_session(tx, actor)).user


def require_admin_asker(tx: Tx, actor: Actor) -> User | None:
    """The administrator who asks; None stands for the command line, which may do everything."""
    if actor.is_command_line:
        return None
    user = require_asker(tx, actor)
    require_admin(user)
    return user


def require_user(tx: Tx, user_id: str) -> User:
    """The user an administrator named, whom he may change."""
    user = users.get(tx.connection, user_id)
    if user is None or user.removed_at is not None:
        raise not_found("There is no such user.")
    if user.id == SYSTEM:
        raise conflict("This is the server's own account, which stays as it is; revoke system tokens instead.")
    return user


def require_person(tx: Tx, user_id: str) -> User:
    """The same, and no bot."""
    user = require_user(tx, user_id)
    if user.role == "bot":
        raise conflict("This is a bot: it has no password and no other role, only tokens.")
    return user


def audit(tx: Tx, actor: Actor, action: Action, target_id: str | None = None, **detail: object) -> None:
    """Write down what was done together with the change itself, and the token it came by, if any.

    What administrators do is always written; of what others do to what is their own, MEMBERS_ROWS of each kind in
    five minutes. Kinds count apart, so that noise of one hides nothing of another.
    """
    session = None
    if actor.session_id is not None:
        signed_in = get_session(tx.connection, actor.session_id, tx.now)
        session = signed_in.session if signed_in is not None else None
        is_admin = signed_in is not None and signed_in.user.role == "admin"
        if not is_admin and log.count_since(tx.connection, actor.user_id, action, tx.now - WINDOW_MS) >= MEMBERS_ROWS:
            tx.leave_out(action)
            return
    if session is not None and session.kind == "token":
        detail["viaToken"] = session.id
    actor_id = actor.user_id if actor.session_id is not None or actor.is_command_line else None
    device = actor.user_agent or (session.user_agent if session is not None else "")
    write_down(tx, action, actor_id, target_id, ip=actor.ip, user_agent=device, detail=detail)


def write_down(
    tx: Tx,
    action: Action,
    actor_id: str | None,
    target_id: str | None,
    *,
    ip: str,
    user_agent: str,
    detail: dict[str, Any],
) -> None:
    """One row of the audit log, told to the panels that show it."""
    entry = log.insert_entry(
        tx.connection,
        tx.now,
        actor_id=actor_id,
        action=action,
        target_id=target_id,
        ip=ip,
        user_agent=user_agent,
        detail=detail,
    )
    tx.control(Control.AUDITED, entry=views.audit_entry(entry))
