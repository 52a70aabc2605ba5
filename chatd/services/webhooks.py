"""Incoming webhooks: each lets another program post into one channel, as a bot made for it (FEATURES MX02).

A webhook's token opens nothing but that: it is no session. The row binds the bot to the channel, not a membership.
"""

import hmac
from collections.abc import Sequence

from chatd.auth.tokens import PREFIX, hashed
from chatd.domain.errors import ChatError, CloseCode, ErrorCode, conflict, invalid, not_found, unauthenticated
from chatd.domain.models import Actor, User, Webhook
from chatd.domain.rules import MAX_WEBHOOKS_PER_CHANNEL, Membership
from chatd.domain.text import user_name_from_email
from chatd.protocol import views
from chatd.protocol.requests import PostByWebhook, SendMessage
from chatd.protocol.shapes import MadeWebhookReply, MessageShape, WebhookPage
from chatd.services import accounts
from chatd.services.accounts import NewUser
from chatd.services.asking import audit, require_admin_asker, require_session, require_sign_in
from chatd.services.chat import Chat
from chatd.services.reading import require_admin_reader
from chatd.services.sending import Basis, Send, require_content
from chatd.store import Reader, Tx, channels, users, webhooks

GONE = "This webhook was deleted, or its channel was."
NOBODYS = hashed("")  # compared with when there is no such webhook, so that the answer takes as long


async def create(chat: Chat, actor: Actor, name: str, channel_id: str) -> MadeWebhookReply:
    """Make a webhook with its bot; the reply is the only place where its token is ever seen."""
    if not name.strip():
        raise invalid("Give the webhook a name; its messages are shown under it.", "name")
    webhook_id, token = chat.new_id(), f"{PREFIX}hook_{chat.chance.token()}"

    def deed(tx: Tx) -> MadeWebhookReply:
        require_admin_asker(tx, actor)
        if not actor.is_command_line:
            require_sign_in(require_session(tx, actor))
        _require_room(tx, channel_id)
        bot = accounts.create(tx, chat, NewUser(_bot_name(tx, name), None, name, "bot"))
        made = Webhook(webhook_id, name, channel_id, bot.id, hashed(token), actor.user_id, tx.now, None, 0, None)
        webhooks.insert_webhook(tx.connection, made)
        audit(tx, actor, "webhook.created", channel_id, webhookId=webhook_id, name=name)
        return {"webhook": views.webhook(made), "token": token}

    return await chat.write(deed, actor)


def _require_room(tx: Tx, channel_id: str) -> None:
    channel = channels.get(tx.connection, channel_id)
    if channel is None or channel.kind == "dm":
        raise not_found("There is no such channel.")
    if channel.archived_at is not None:
        raise conflict("This channel is archived; nothing can be posted into it.", "channelId")
    if len(webhooks.of_channel(tx.connection, channel_id)) >= MAX_WEBHOOKS_PER_CHANNEL:
        raise conflict(f"A channel has {MAX_WEBHOOKS_PER_CHANNEL} webhooks at most; delete one first.", "channelId")


def _bot_name(tx: Tx, name: str) -> str:
    return user_name_from_email(name.replace("@", ""), lambda found: users.name_is_taken(tx.connection, found))


async def page(chat: Chat, actor: Actor, channel_id: str | None, offset: int, limit: int) -> WebhookPage:
    """For administrators: all webhooks, or those of one channel, newest first."""

    def look(connection: Reader) -> WebhookPage:
        require_admin_reader(chat, connection, actor)
        found, total = webhooks.page(connection, channel_id, offset=offset, limit=limit)
        return {"webhooks": [views.webhook(webhook) for webhook in found], "total": total}

    return await chat.read(look)


async def delete(chat: Chat, actor: Actor, webhook_id: str) -> None:
    """Delete a webhook with its bot; its messages stay."""

    def deed(tx: Tx) -> None:
        require_admin_asker(tx, actor)
        webhook = webhooks.get(tx.connection, webhook_id)
        if webhook is None or webhook.deleted_at is not None:
            raise not_found("There is no such webhook.")
        take_away(tx, chat, actor, webhook)

    await chat.write(deed, actor)


def take_away(tx: Tx, chat: Chat, actor: Actor, webhook: Webhook) -> None:
    """The webhook goes with its bot, which leaves a tombstone that names the author of its messages."""
    bot = users.get(tx.connection, webhook.bot_id)
    assert bot is not None
    audit(tx, actor, "webhook.deleted", webhook.channel_id, webhookId=webhook.id, name=webhook.name)
    accounts.take_away(tx, chat, actor, bot, CloseCode.ACCOUNT_REMOVED)


# --- posting -----------------------------------------------------------------------------------------------------


async def identify(chat: Chat, webhook_id: str, token: str) -> Webhook:
    """The webhook whose token this is, also one that was deleted. Whether another id exists nobody learns."""
    found = await chat.read(lambda connection: webhooks.get(connection, webhook_id))
    known = NOBODYS if found is None else found.token_hash
    if not hmac.compare_digest(known, hashed(token)) or found is None:
        raise unauthenticated("This is not the token of this webhook.")
    return found


class Post(Send):
    """A message that comes by a webhook; in the queue it stands among the others."""

    __slots__ = ("webhook_id",)

    def __init__(self, chat: Chat, webhook: Webhook, request: SendMessage) -> None:
        super().__init__(chat, Actor(webhook.bot_id, None), request)
        self.webhook_id = webhook.id

    @classmethod
    def basis(cls, tx: Tx, run: "Sequence[Post]") -> "PostBasis":  # type: ignore[override]  # a run is of one class
        return PostBasis(tx, run)


class PostBasis(Basis):
    """What a run of such messages rests on: their webhooks instead of sessions and memberships."""

    def __init__(self, tx: Tx, run: Sequence[Post]) -> None:
        super().__init__(tx, run)
        self.posting = webhooks.posting(tx.connection, {work.webhook_id for work in run})

    def asker(self, work: Send) -> User:
        assert isinstance(work, Post)
        if (found := self.posting.get(work.webhook_id)) is None:
            raise not_found(GONE)
        _, bot = found
        if bot.deactivated_at is not None:
            raise ChatError(ErrorCode.ACCOUNT_DEACTIVATED, "The bot of this webhook is deactivated.")
        return bot

    def membership(self, work: Send, user: User) -> Membership:
        return Membership("member", self.auto_join)


async def post(chat: Chat, webhook: Webhook, request: PostByWebhook) -> MessageShape:
    """Post into the webhook's channel; answered when it is committed.

    The answer is what was sent, and where it stands: of who is in the channel and does what there it says nothing.
    """
    if webhook.deleted_at is not None:
        raise not_found(GONE)
    require_content(chat, request.content)
    named = request.model_dump(by_alias=True, exclude_unset=True)
    message = await chat.store.submit(Post(chat, webhook, SendMessage(channelId=webhook.channel_id, **named)))
    chat.webhook_uses.add(webhook.id, chat.clock.now())
    return message | {"mentions": [], "thread": None, "reactions": {}}
