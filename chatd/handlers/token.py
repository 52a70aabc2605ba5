"""token.*: what one's own scripts carry instead of a sign-in. System tokens are admin_integrations'."""

from chatd.dispatch.registry import Context, request
from chatd.protocol.requests import CreateToken, ListOwnTokens, OneToken
from chatd.protocol.shapes import MadeTokenReply, TokenListReply
from chatd.services import tokens, two_step


@request("token.create", CreateToken, MadeTokenReply, sign_in=True)
async def create(context: Context, request: CreateToken) -> MadeTokenReply:
    """Makes an access token for oneself or for a bot of one's own; `token` is shown this once.

    It goes where an access token goes (`Authorization: Bearer`), and stands for its account until it expires or is
    revoked, and for no more than its `scopes`. An account has 20 at most; `proof` is asked of everybody who has a
    password. A token cannot make tokens, nor anything else by which others come in: that takes somebody who has signed
    in.
    """
    tokens.require_sensible(context.chat, request.name, request.expires_at)
    await two_step.require_proof(context.chat, context.actor, request.proof, by_password=True)
    return await tokens.create(
        context.chat, context.actor, request.name, request.expires_at, request.bot_id, request.scopes
    )


@request("token.list", ListOwnTokens, TokenListReply, page=True, reads=True)
async def list_all(context: Context, request: ListOwnTokens) -> TokenListReply:
    """One's tokens and those of one's bots, newest first, or those of one bot; never their secrets.

    `uses` counts requests and opened sockets; figures are written once a minute.
    """
    return {"tokens": await tokens.own(context.chat, context.actor, request.bot_id)}


@request("token.revoke", OneToken)
async def revoke(context: Context, request: OneToken) -> None:
    """Ends a token of one's own or of one's bot; its sockets are cut before the reply."""
    await tokens.revoke(context.chat, context.actor, request.token_id)
