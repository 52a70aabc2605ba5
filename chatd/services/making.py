"""How much one account may make: bounded for who makes it, never for those whom others bring in (domain.rules)."""

from chatd.domain.errors import ChatError, ErrorCode, conflict
from chatd.domain.models import User
from chatd.domain.rules import MAKING
from chatd.services.chat import Chat
from chatd.store import Tx, making, users
from chatd.store.making import HOUR_MS, Made

_WORDS: dict[Made, str] = {
    "channel": "channels",
    "conversation": "direct conversations",
    "addition": "people brought into channels",
}


def require_room(tx: Tx, chat: Chat, user: User, kind: Made, number: int = 1) -> None:
    """May this account make so many more within the hour? Changes nothing. Raises `rate_limited`."""
    account = account_of(tx, user)
    most = MAKING[account.role].an_hour[kind]
    found, since = making.lately(tx.connection, account.id, kind, tx.now)
    if chat.config.server.rate_limit.enabled and found + number > most:
        wait = max(1000, since + HOUR_MS - tx.now)
        raise ChatError(
            ErrorCode.RATE_LIMITED,
            f"That is more than {most} {_WORDS[kind]} in an hour. Try again in {-(-wait // 60_000)} minutes.",
            retry_after_ms=wait,
        )


def require_room_in_all(tx: Tx, user: User, channel_kind: str) -> None:
    """May this account have made one more channel? Raises `conflict`."""
    account = account_of(tx, user)
    bounds = MAKING[account.role]
    if making.count_channels(tx.connection, account.id) >= bounds.channels:
        raise conflict(f"You made {bounds.channels} channels, as many as one may. Delete one that nobody needs.")
    if channel_kind == "public" and making.count_channels(tx.connection, account.id, "public") >= bounds.publics:
        raise conflict(f"You made {bounds.publics} public channels, as many as one may. Delete or hide one.")


def count(tx: Tx, user: User, kind: Made, number: int = 1) -> None:
    """So many more were made."""
    if number:
        account = account_of(tx, user)
        found, since = making.lately(tx.connection, account.id, kind, tx.now)
        making.put(tx.connection, account.id, kind, since, found + number)


def account_of(tx: Tx, user: User) -> User:
    """Who answers for it: twenty bots are not twenty accounts."""
    owner = users.get(tx.connection, user.owner_id) if user.owner_id is not None else None
    return owner or user
