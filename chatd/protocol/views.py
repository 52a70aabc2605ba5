"""Rows as clients see them. Who sees what of a user is decided here, by the encoding that is sent to him."""

from collections.abc import Mapping, Sequence
from typing import Literal

from chatd.domain.models import (
    NEVER,
    SYSTEM,
    AuditEntry,
    Author,
    Channel,
    Held,
    Message,
    Session,
    Standing,
    User,
    Webhook,
)
from chatd.protocol.shapes import (
    AuditShape,
    AuthorShape,
    ChannelShape,
    MessageShape,
    SessionShape,
    ThreadShape,
    TokenShape,
    UserShape,
    WebhookShape,
)

Viewer = Literal["public", "self", "admin"]


def user(of: User, viewer: Viewer, held: Held = Held()) -> UserShape:  # noqa: B008 - it is frozen
    """`email` is null for all but oneself and administrators, who also see what they manage."""
    shape: UserShape = {
        "id": of.id,
        "userName": of.user_name,
        "displayName": of.display_name,
        "email": None if viewer == "public" else of.email,
        "role": of.role,
        "isAdmin": of.role == "admin",
        "status": of.status,
        "avatarUrl": of.avatar_url,
        "statusMessage": of.status_message,
        "bio": of.bio,
        "nickname": of.nickname,
        "timezone": of.timezone,
        "createdAt": of.created_at,
        "lastLoginAt": of.last_login_at,
    }
    if viewer != "public" and of.pending_email is not None:
        shape["pendingEmail"] = of.pending_email
    if viewer == "admin":
        shape["emailVerified"] = of.email_verified
        shape["totpEnabled"] = of.totp_enabled
        shape["extension"] = of.extension
        shape["ownerId"] = of.owner_id
        shape["sessionLimit"] = of.session_limit
        shape["counts"] = {"sessions": held.sessions, "bots": held.bots, "tokens": held.tokens}
    return shape


def viewer_of(subject_id: str, asker: User) -> Viewer:
    """How `asker` sees the user `subject_id`."""
    if asker.role == "admin":
        return "admin"
    return "self" if subject_id == asker.id else "public"


def users(some: Sequence[User], asker: User, held: Mapping[str, Held]) -> list[UserShape]:
    """People as the asker sees them; `held` holds what administrators see of each."""
    return [user(one, viewer_of(one.id, asker), held.get(one.id, Held())) for one in some]


def author(of: Author) -> AuthorShape:
    return {
        "id": of.id,
        "userName": of.user_name,
        "displayName": of.display_name,
        "avatarUrl": of.avatar_url,
        "isBot": of.is_bot,
        "removed": of.removed,
    }


def thread(of: Message) -> ThreadShape | None:
    if of.reply_count == 0:
        return None
    # A copy: the next reply of the same batch adds to the root's own list before this is encoded.
    people = list(of.participants)
    return {"replyCount": of.reply_count, "lastReplyAt": of.last_reply_at, "participants": people}


def message(of: Message) -> MessageShape:
    return {
        "id": of.id,
        "channelId": of.channel_id,
        "seq": of.seq,
        "changedSeq": of.changed_seq,
        "author": author(of.author),
        "content": of.content,
        "createdAt": of.created_at,
        "updatedAt": of.updated_at,
        "deletedAt": of.deleted_at,
        "threadId": of.thread_id,
        "thread": thread(of),
        "reactions": of.reactions,
        "attachments": [],
        "quotedMessageId": of.quoted_message_id,
        "mentions": of.mentions,
        "pinnedAt": of.pinned_at,
        "clientId": of.client_id,
    }


def channel(
    of: Channel, *, member_count: int, user_ids: Sequence[str] = (), standing: Standing | None = None
) -> ChannelShape:
    """`standing` is the asker's; events have none, and then the client keeps its own."""
    return {
        "id": of.id,
        "name": of.name,
        "topic": of.topic,
        "kind": of.kind,
        "createdBy": of.created_by,
        "createdAt": of.created_at,
        "archivedAt": of.archived_at,
        "seq": of.seq,
        "memberCount": member_count,
        "userIds": list(user_ids),
        "joined": None if standing is None else standing.joined,
        "unread": None if standing is None else standing.unread,
        "mentions": None if standing is None else standing.mentions,
        "lastReadId": None if standing is None else standing.last_read_id,
    }


def session(of: Session, *, current: bool, sockets: int) -> SessionShape:
    return {
        "id": of.id,
        "userId": of.user_id,
        "createdAt": of.created_at,
        "lastActiveAt": of.last_active_at,
        "expiresAt": of.expires_at,
        "ip": of.ip,
        "userAgent": of.user_agent,
        "current": current,
        "sockets": sockets,
        "newPlace": of.new_place,
    }


def audit_entry(of: AuditEntry) -> AuditShape:
    return {
        "id": of.id,
        "at": of.at,
        "actorId": of.actor_id,
        "action": of.action,
        "targetId": of.target_id,
        "ip": of.ip,
        "userAgent": of.user_agent,
        "detail": of.detail,
    }


def token(of: Session, holder: User) -> TokenShape:
    """A token without its secret, which is shown once; `holder` is whom it acts as."""
    return {
        "id": of.id,
        "kind": "system" if holder.id == SYSTEM else "bot" if holder.role == "bot" else "personal",
        "userId": of.user_id,
        "name": of.name or "",
        "scopes": (of.scopes or "").split(),  # type: ignore[typeddict-item]  # nothing else is ever stored
        "createdBy": of.created_by,
        "createdAt": of.created_at,
        "expiresAt": None if of.expires_at == NEVER else of.expires_at,
        "uses": of.uses,
        "lastUsedAt": of.last_active_at if of.uses else None,
    }


def webhook(of: Webhook) -> WebhookShape:
    """A webhook without its token, which is shown once."""
    return {
        "id": of.id,
        "name": of.name,
        "channelId": of.channel_id,
        "botId": of.bot_id,
        "createdBy": of.created_by,
        "createdAt": of.created_at,
        "uses": of.uses,
        "lastUsedAt": of.last_used_at,
    }
