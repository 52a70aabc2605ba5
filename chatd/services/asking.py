"""Who asks, read again inside the transaction that acts for him: what he was when the frame came does not count."""

from chatd.domain.errors import ChatError, ErrorCode, not_found, unauthenticated
from chatd.domain.models import Actor, User
from chatd.domain.rules import require_admin
from chatd.store import Tx, settings, users
from chatd.store.sessions import SignedIn
from chatd.store.sessions import get as get_session

RESTRICTED = "Change your password first; until then nothing else is answered."


def require_free(signed_in: SignedIn | None) -> SignedIn:
    """The asker if his session lives and is not restricted."""
    if signed_in is None:
        raise unauthenticated()
    if signed_in.session.restricted is not None:
        raise ChatError(ErrorCode.RESTRICTED, RESTRICTED)
    return signed_in


def require_session(tx: Tx, actor: Actor) -> SignedIn:
    """The asker's live session, restricted or not."""
    assert actor.session_id is not None
    signed_in = get_session(tx.connection, actor.session_id, tx.now)
    if signed_in is None:
        raise unauthenticated()
    return signed_in


def require_asker(tx: Tx, actor: Actor) -> User:
    return require_free(require_session(tx, actor)).user


def require_admin_asker(tx: Tx, actor: Actor) -> User | None:
    """The administrator who asks; None stands for the command line, which may do everything."""
    if actor.session_id is None:
        return None
    user = require_asker(tx, actor)
    require_admin(user)
    return user


def require_user(tx: Tx, user_id: str) -> User:
    """The user an administrator named."""
    user = users.get(tx.connection, user_id)
    if user is None or user.removed_at is not None:
        raise not_found("There is no such user.")
    return user


def audit(tx: Tx, actor: Actor, action: str, target_id: str | None = None, **detail: object) -> None:
    """Write down an administrative deed together with the deed itself."""
    settings.audit(
        tx.connection,
        tx.now,
        actor_id=actor.user_id if actor.session_id else None,
        action=action,
        target_id=target_id,
        ip=actor.ip,
        **detail,
    )
