"""bot.*: the posting identities that one owns."""

from chatd.dispatch.registry import Context, request
from chatd.protocol.requests import CreateBot, ListBots, RemoveBot, UpdateBot
from chatd.protocol.shapes import BotPage, MadeBotReply, OneUserReply, RemovedReply
from chatd.services import bots, two_step
from chatd.services.asking import refuse_tokens


@request("bot.create", CreateBot, MadeBotReply)
async def create(context: Context, request: CreateBot) -> MadeBotReply:
    """Makes a bot of one's own, 20 at most; with `withToken` also its first token, shown this once, for `proof`.

    A bot has no password, takes no seat, and has its own name and messages. It goes when its owner is removed.
    """
    if request.with_token:
        refuse_tokens(context.actor)
        await two_step.require_proof(context.chat, context.actor, request.proof, by_password=True)
    return await bots.create(
        context.chat, context.actor, request.user_name, request.display_name, with_token=request.with_token
    )


@request("bot.list", ListBots, BotPage, page=True, reads=True)
async def list_all(context: Context, request: ListBots) -> BotPage:
    """One's own bots, newest first; for administrators also another's (`userId`), or all there are (`all`)."""
    return await bots.page(
        context.chat,
        context.actor,
        request.user_id,
        everybodys=request.all,
        offset=request.offset,
        limit=request.limit,
    )


@request("bot.update", UpdateBot, OneUserReply)
async def update(context: Context, request: UpdateBot) -> OneUserReply:
    """Changes how a bot is called and what it shows; what is left out stays. For its owner and administrators."""
    given = request.given()
    bot_id = given.pop("bot_id")
    return {"user": await bots.update(context.chat, context.actor, bot_id, given)}


@request("bot.remove", RemoveBot, RemovedReply)
async def remove(context: Context, request: RemoveBot) -> RemovedReply:
    """Removes a bot for good with its tokens; its sockets are cut, its messages stay. For owner and administrators.

    `proof` is asked of administrators who have two-step sign-in, before they remove another's.
    """
    removal = await bots.remove(context.chat, context.actor, request.bot_id, request.proof)
    return {"userId": removal.user_id, "closedSockets": removal.closed_sockets}
