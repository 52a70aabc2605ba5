"""me.*: one's own account."""

from chatd.dispatch.registry import Access, Context, request
from chatd.protocol.requests import ChangePassword, Empty, ExportMe, LeaveServer, UpdateMe
from chatd.protocol.shapes import ChangedPasswordReply, ExportReply, OneUserReply
from chatd.services import exports, own_account, reading, two_step
from chatd.services.asking import refuse_tokens


@request("me", Empty, OneUserReply, reads=True)
async def me(context: Context, request: Empty) -> OneUserReply:
    """One's own account, with `pendingEmail`: an address that was given and waits for its letter to be answered."""
    return {"user": await reading.myself(context.chat, context.actor)}


@request("me.update", UpdateMe, OneUserReply)
async def update(context: Context, request: UpdateMe) -> OneUserReply:
    """Changes one's profile; what is left out stays, null clears.

    Another `email` takes `proof` of everybody who has a password. With e-mail it is `pendingEmail` until a letter to it
    was answered, and the old address is told; without, it holds at once and counts as not verified.
    """
    given = request.given()
    proof = given.pop("proof", None)
    if "email" in given and await own_account.is_other_address(context.chat, context.actor, given["email"]):
        refuse_tokens(context.actor)
        await two_step.require_proof(context.chat, context.actor, proof, by_password=True)
    user = await own_account.update(context.chat, context.actor, given)
    return {"user": await reading.shown_to_himself(context.chat, user)}


@request("me.changePassword", ChangePassword, ChangedPasswordReply, access=Access.RESTRICTED, sign_in=True)
async def change_password(context: Context, request: ChangePassword) -> ChangedPasswordReply:
    """Sets a new password and lifts the restriction of those who had to.

    `signOutOthers` ends one's other sessions, `tokens` one's tokens and those of one's bots; then the reply says how
    many of each ended.
    """
    ended = await own_account.change_password(
        context.chat,
        context.actor,
        request.current_password,
        request.new_password,
        sign_out_others=request.sign_out_others,
        tokens=request.tokens,
    )
    return {**ended} if request.sign_out_others or request.tokens else {}


@request("me.leaveServer", LeaveServer, sign_in=True)
async def leave_server(context: Context, request: LeaveServer) -> None:
    """Removes one's own account for good; the messages stay. The last administrator cannot."""
    await own_account.leave(context.chat, context.actor, request.password)


@request("me.export", ExportMe, ExportReply, proof=True, reads=True, sign_in=True)
async def export(context: Context, request: ExportMe) -> ExportReply:
    """A link to a zip with everything that belongs to oneself: what `admin.exportUser` gives, and all of one's words.

    `GET <url>` answers with the file: once, within five minutes, while the session that asked for it lives.
    """
    return await exports.of_oneself(context.chat, context.actor)
