"""Links in letters: made and sent in the transaction that asks for them. What they open is invitations'."""

from dataclasses import replace

from chatd.auth.tokens import hashed
from chatd.domain import mails as letters
from chatd.domain.errors import ChatError, ErrorCode
from chatd.domain.models import User
from chatd.services import mail
from chatd.services.allowance import WINDOW_SECONDS
from chatd.services.chat import Chat
from chatd.store import Tx, links
from chatd.store.links import Kind, Link

DAY_MS = 86_400_000
VERIFY_DAYS = 3
AGAIN_AFTER_MS = 60_000  # a second letter of the same kind to the same person: nobody fills another one's mailbox


def make(
    tx: Tx, chat: Chat, kind: Kind, life_ms: int, *, user: User | None, created_by: str | None, uses: int | None = 1
) -> tuple[str, Link]:
    """A new link; the secret in it, which is kept nowhere, and the row."""
    token = chat.chance.token()
    link = Link(
        id=chat.chance.id(tx.now),
        kind=kind,
        user_id=user.id if user else None,
        email=user.email if user else None,
        created_by=created_by,
        created_at=tx.now,
        expires_at=tx.now + life_ms,
        uses_left=uses,
        used=0,
    )
    links.insert_link(tx.connection, hashed(token), link)
    return token, link


def send_invitation(tx: Tx, chat: Chat, user: User, *, by: str | None, days: int) -> None:
    """The letter by which somebody chooses his first password; the one before is worth nothing."""
    assert user.email is not None
    links.drop_of_user(tx.connection, user.id, "password")
    token, _ = make(tx, chat, "password", days * DAY_MS, user=user, created_by=by)
    words = letters.invitation(mail.server_name(tx), mail.page_address(chat, "password/" + token), days)
    mail.queue(tx, user.email, words)


def send_verification(tx: Tx, chat: Chat, user: User, email: str) -> None:
    """A link that confirms an address, the user's or one that they want; not twice within a minute to the same.

    To so many different ones an account sends letters: each of them may be a stranger's. Raises `rate_limited`.
    """
    if tx.now - links.youngest(tx.connection, user.id, "verify", email) < AGAIN_AFTER_MS:
        return
    if email != user.email and not chat.allowances.confirmations.take(user.id, chat.clock.monotonic()):
        message = "You gave many addresses in a short time. Wait some minutes, then try again."
        raise ChatError(ErrorCode.RATE_LIMITED, message, "email", retry_after_ms=round(1000 * WINDOW_SECONDS))
    links.drop_of_user(tx.connection, user.id, "verify")
    token, _ = make(tx, chat, "verify", VERIFY_DAYS * DAY_MS, user=replace(user, email=email), created_by=None)
    words = letters.verification(mail.server_name(tx), mail.page_address(chat, "verify/" + token))
    mail.queue(tx, email, words)
