"""Who may do what, as pure functions of what the transaction read. `can_…` answers, `require_…` refuses."""

from dataclasses import dataclass

from chatd.domain.errors import ChatError, ErrorCode, conflict, forbidden, not_found
from chatd.domain.models import Channel, User

MAX_PUBLIC_CHANNELS = 1000  # everybody may be in all of them
PUBLIC_KEPT_FOR_ADMINS = 100  # of these
MAX_REACTION_KINDS = 50
MAX_BOTS_PER_USER = 20
MAX_TOKENS_PER_USER = 20  # of a bot too
MAX_WEBHOOKS_PER_CHANNEL = 20
MAX_JOIN_LINKS = 100  # live ones, in all
ADMIN_ONLY = "Admin access required"  # FEATURES F45, to the letter


@dataclass(slots=True, frozen=True)
class Bounds:
    """What one account with its bots may make: in an hour by kind, and how many channels in all, of them public ones.

    Bounded is who makes, never who is brought in: nobody is kept out of a channel or a conversation by what others did.
    """

    an_hour: dict[str, int]
    channels: int
    publics: int


MAKING = {
    "user": Bounds({"channel": 200, "conversation": 200, "addition": 2000}, channels=1000, publics=200),
    "admin": Bounds({"channel": 2000, "conversation": 2000, "addition": 50_000}, channels=20_000, publics=1000),
}
MAKING["bot"] = MAKING["user"]  # of a webhook, which nobody owns


@dataclass(slots=True, frozen=True)
class Membership:
    """A row of memberships for one user and channel, or none (`state` is None), under the rule of the server."""

    state: str | None
    auto_join: bool


def is_in(channel: Channel, membership: Membership) -> bool:
    """Does the user belong to the channel? A public one has everybody in it who has not left."""
    if channel.kind != "public":
        return membership.state == "member"
    if channel.is_default:
        return True
    return membership.state != "left" if membership.auto_join else membership.state == "member"


def can_see(channel: Channel, membership: Membership) -> bool:
    """May the user read it? Nobody reads a private channel or direct conversation as an administrator only."""
    return channel.kind == "public" or membership.state == "member"


def require_sight(channel: Channel | None, membership: Membership) -> Channel:
    """The channel, or `not_found`: a channel one may not see looks like one that does not exist."""
    if channel is None or not can_see(channel, membership):
        raise not_found("There is no such channel, or you may not see it.")
    return channel


def require_writable(channel: Channel | None, membership: Membership) -> Channel:
    """The channel if its content may be changed by this user."""
    channel = require_sight(channel, membership)
    if not is_in(channel, membership):
        raise forbidden("Join the channel first")
    if channel.archived_at is not None:
        raise conflict("This channel is archived; ask who made it or an administrator to open it again.")
    return channel


def can_manage(channel: Channel, user: User) -> bool:
    """Creator and administrators update, archive, delete, add and remove; nobody manages a direct conversation."""
    return channel.kind != "dm" and (user.role == "admin" or channel.created_by == user.id)


def require_manageable(channel: Channel | None, membership: Membership, user: User) -> Channel:
    """An administrator manages also the private channels that he may not read."""
    if channel is None or not (can_see(channel, membership) or (user.role == "admin" and channel.kind == "private")):
        raise not_found("There is no such channel, or you may not see it.")
    if not can_manage(channel, user):
        raise forbidden("Only who made the channel and administrators may do this.")
    return channel


def can_use_bot(bot: User, user: User) -> bool:
    """A bot is its owner's and the administrators'."""
    return bot.role == "bot" and (user.role == "admin" or bot.owner_id == user.id)


def require_admin(user: User) -> None:
    if user.role != "admin":
        raise forbidden(ADMIN_ONLY)


def is_last_admin(user: User, others: int) -> bool:
    """Would nobody be left to look after the server? `others` are the other administrators who can sign in."""
    return user.role == "admin" and user.deactivated_at is None and others < 1


def require_other_admin(user: User, others: int) -> None:
    """Refuse to take the last administrator away (FEATURES M27, MX01)."""
    if is_last_admin(user, others):
        raise ChatError(
            ErrorCode.LAST_ADMIN, "This is the last administrator. Make somebody else an administrator first."
        )


def require_seat(used: int, maximum: int) -> None:
    """Refuse one more active person than `server.maxSeats` (FEATURES RX15)."""
    if maximum and used >= maximum:
        raise ChatError(ErrorCode.SEAT_LIMIT, f"All {maximum} seats are taken. Deactivate somebody or raise maxSeats.")
