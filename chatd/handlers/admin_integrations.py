"""admin.*, as far as it is about bots, tokens and webhooks; the rest is admin's."""

from chatd.dispatch.registry import Access, Context, request
from chatd.protocol.requests import (
    CreateSystemToken,
    CreateWebhook,
    ListTokens,
    ListWebhooks,
    OneToken,
    OneWebhook,
    TakeOver,
    TransferBots,
)
from chatd.protocol.shapes import MadeCounts, MadeTokenReply, MadeWebhookReply, TokenPage, TransferredReply, WebhookPage
from chatd.services import bots, taking_over, tokens, two_step, webhooks


@request("admin.transferBots", TransferBots, TransferredReply, access=Access.ADMIN, proof=True, sign_in=True)
async def transfer_bots(context: Context, request: TransferBots) -> TransferredReply:
    """Hands bots, all or those named, to another user with everything they wrote; how many.

    Their tokens go on working unless `revokeTokens` says otherwise: who owned them until now may know them.
    """
    moved = await bots.transfer(
        context.chat,
        context.actor,
        request.from_user_id,
        request.to_user_id,
        request.bot_ids,
        revoke_tokens=request.revoke_tokens,
    )
    return {"transferred": moved}


@request("admin.takeOver", TakeOver, MadeCounts, access=Access.ADMIN, proof=True, sign_in=True)
async def take_over(context: Context, request: TakeOver) -> MadeCounts:
    """Makes yours what another administrator made for the server; how much of each it was.

    System tokens, tokens of other people's bots, webhooks, invitations and links to register with are worth what their
    maker is worth: take them over before or after their maker is demoted, deactivated or removed, and they go on.
    """
    return await taking_over.take_over(context.chat, context.actor, request.user_id)


@request("admin.createToken", CreateSystemToken, MadeTokenReply, access=Access.ADMIN, proof=True, sign_in=True)
async def create_token(context: Context, request: CreateSystemToken) -> MadeTokenReply:
    """Makes a system token, with the rights of an administrator; `token` is shown this once.

    It acts as the server's own account, so it stays when people go. A token cannot make tokens. `proof` is asked of
    everybody who has a password.
    """
    tokens.prepare(context.chat, request.name, request.expires_at, request.scopes)  # what is wrong is said before
    await two_step.require_proof(context.chat, context.actor, request.proof, by_password=True)
    return await tokens.create_system(context.chat, context.actor, request.name, request.expires_at, request.scopes)


@request("admin.listTokens", ListTokens, TokenPage, access=Access.ADMIN, page=True, reads=True)
async def list_tokens(context: Context, request: ListTokens) -> TokenPage:
    """A page of all tokens, or those of one account, newest first; never their secrets."""
    return await tokens.everybodys(context.chat, context.actor, request.user_id, request.offset, request.limit)


@request("admin.revokeToken", OneToken, access=Access.ADMIN)
async def revoke_token(context: Context, request: OneToken) -> None:
    """Ends anybody's token; its sockets are cut before the reply."""
    await tokens.revoke_any(context.chat, context.actor, request.token_id)


@request("admin.createWebhook", CreateWebhook, MadeWebhookReply, access=Access.ADMIN, proof=True, sign_in=True)
async def create_webhook(context: Context, request: CreateWebhook) -> MadeWebhookReply:
    """Makes a webhook that posts into one channel, as a bot made for it; `token` is shown this once.

    Messages go to `POST /webhooks/<id>/messages` with the token as bearer.
    """
    return await webhooks.create(context.chat, context.actor, request.name, request.channel_id)


@request("admin.listWebhooks", ListWebhooks, WebhookPage, access=Access.ADMIN, page=True, reads=True)
async def list_webhooks(context: Context, request: ListWebhooks) -> WebhookPage:
    """A page of all webhooks, or those of one channel, newest first; never their tokens."""
    return await webhooks.page(context.chat, context.actor, request.channel_id, request.offset, request.limit)


@request("admin.deleteWebhook", OneWebhook, access=Access.ADMIN)
async def delete_webhook(context: Context, request: OneWebhook) -> None:
    """Deletes a webhook with its bot; what it posted stays."""
    await webhooks.delete(context.chat, context.actor, request.webhook_id)
