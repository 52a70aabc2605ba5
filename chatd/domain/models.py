"""What the chat is about, as the database knows it: users, sessions, channels, messages. No rules, no encodings."""

from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["admin", "user", "bot"]
Kind = Literal["public", "private", "dm"]
Status = Literal["pending", "active", "deactivated"]
Restriction = Literal["password_change", "totp_enrolment"]
Scope = Literal["read", "write", "admin:read", "admin:write"]
SessionKind = Literal["sign_in", "token"]
COMMAND_LINE = "command line"  # who acts on the machine itself, in the place of a user's id
SYSTEM = "system"  # the id of the account that system tokens act as
NEVER = 253_402_300_799_000  # `expires_at` of what does not expire: the end of the year 9999


@dataclass(slots=True, frozen=True)
class User:
    """An account. `removed_at` makes it a tombstone that only names the author of what it wrote."""

    id: str
    user_name: str
    display_name: str
    email: str | None
    role: Role
    created_at: int
    last_login_at: int | None
    deactivated_at: int | None
    removed_at: int | None
    avatar_url: str | None
    status_message: str | None
    bio: str | None
    nickname: str | None
    timezone: str | None
    extension: str | None
    email_verified: bool
    session_limit: int | None
    has_password: bool
    owner_id: str | None = None  # of a bot; None for people and for the bots of webhooks
    totp_enabled: bool = False
    pending_email: str | None = None  # given by themselves, and not confirmed yet

    @property
    def status(self) -> Status:
        """FEATURES A5-6: deactivated, else pending until the first sign-in, else active; bots are never pending."""
        if self.deactivated_at is not None:
            return "deactivated"
        if self.last_login_at is None and self.role != "bot":
            return "pending"
        return "active"


@dataclass(slots=True, frozen=True)
class Held:
    """How much of each an account has: live sign-ins, bots of its own, live tokens."""

    sessions: int = 0
    bots: int = 0
    tokens: int = 0


@dataclass(slots=True, frozen=True)
class Session:
    """One sign-in on one device or browser; or, of the kind `token`, what a script carries instead."""

    id: str
    user_id: str
    created_at: int
    last_active_at: int
    expires_at: int
    ip: str
    user_agent: str
    remember: bool
    new_place: bool
    restricted: Restriction | None
    refresh_number: int
    kind: SessionKind = "sign_in"
    name: str | None = None  # this and what follows: of a token
    created_by: str | None = None
    uses: int = 0
    scopes: str | None = None  # with spaces between

    @property
    def granted(self) -> frozenset[str] | None:
        """The scopes of a token; None stands for a sign-in, which has no bounds."""
        return frozenset((self.scopes or "").split()) if self.kind == "token" else None


@dataclass(slots=True, frozen=True)
class Webhook:
    """A way for another program to post into one channel, as the bot that was made for it."""

    id: str
    name: str
    channel_id: str
    bot_id: str
    token_hash: str
    created_by: str | None
    created_at: int
    deleted_at: int | None
    uses: int
    last_used_at: int | None


@dataclass(slots=True, frozen=True)
class Channel:
    """A room, or a direct conversation. `seq` is the number of its last change."""

    id: str
    kind: Kind
    name: str | None
    topic: str
    created_by: str | None
    created_at: int
    archived_at: int | None
    seq: int
    is_default: bool


@dataclass(slots=True, frozen=True)
class Author:
    """The face of a user beside a message."""

    id: str
    user_name: str
    display_name: str
    avatar_url: str | None
    is_bot: bool
    removed: bool


@dataclass(slots=True)
class Message:
    """A message as it is now; a tombstone has `deleted_at` and no content."""

    id: str
    channel_id: str
    seq: int
    changed_seq: int
    author: Author
    content: str
    created_at: int
    updated_at: int | None = None
    deleted_at: int | None = None
    thread_id: str | None = None
    reply_count: int = 0
    last_reply_at: int | None = None
    participants: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    quoted_message_id: str | None = None
    mentions: list[str] = field(default_factory=list)
    pinned_at: int | None = None
    client_id: str | None = None


@dataclass(slots=True, frozen=True)
class Standing:
    """How one user stands to one channel: what `channel` says only to him."""

    joined: bool
    unread: int
    mentions: int
    last_read_id: str | None


@dataclass(slots=True, frozen=True)
class Actor:
    """Who asks: re-read from the database inside every write, never trusted from here.

    `asking` is the socket that waits for the reply (opaque to services); `session_id` is None for whoever has no
    session: the command line, which may do everything, and who comes by a link or a webhook, who has no rights by it.
    """

    user_id: str
    session_id: str | None
    ip: str = ""
    user_agent: str = ""
    asking: object | None = None
    scopes: frozenset[str] | None = None  # of a token; None: somebody who has signed in, or no session

    @property
    def is_command_line(self) -> bool:
        return self.session_id is None and self.user_id == COMMAND_LINE


@dataclass(slots=True, frozen=True)
class AuditEntry:
    """One administrative deed, refusal or sign-in event: who did what to whom, from where."""

    id: int
    at: int
    actor_id: str | None
    action: str
    target_id: str | None
    ip: str
    user_agent: str
    detail: dict[str, Any]
