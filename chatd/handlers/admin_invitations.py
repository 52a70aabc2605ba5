"""admin.*: bringing people in by e-mail and by links."""

from chatd.dispatch.registry import Access, Context, request
from chatd.protocol.requests import CreateLink, Empty, InviteUsers, OneLink, ResendWelcome
from chatd.protocol.shapes import InvitesReply, JoinLinkReply, JoinLinksReply
from chatd.services import invitations, two_step


@request("admin.inviteUsers", InviteUsers, InvitesReply, access=Access.ADMIN, sign_in=True)
async def invite_users(context: Context, request: InviteUsers) -> InvitesReply:
    """Makes an account for each address and sends a letter by which its owner chooses a password.

    A result for each address, in the order given: `userId`, or the `code` and `message` of its refusal. `proof` is
    asked for before administrators are made.
    """
    if request.role == "admin":
        await two_step.require_proof(context.chat, context.actor, request.proof)
    results = await invitations.invite(
        context.chat, context.actor, request.emails, request.role, request.expires_in_days
    )
    return {"results": results}


@request("admin.resendWelcome", ResendWelcome, access=Access.ADMIN, sign_in=True)
async def resend_welcome(context: Context, request: ResendWelcome) -> None:
    """Sends the invitation again to somebody who never signed in; the letter before it is worth nothing then."""
    await invitations.resend_welcome(context.chat, context.actor, request.user_id, request.expires_in_days)


@request("admin.createLink", CreateLink, JoinLinkReply, access=Access.ADMIN, proof=True, sign_in=True)
async def create_link(context: Context, request: CreateLink) -> JoinLinkReply:
    """Makes a link by which people register themselves, for a time and a number of uses; `url` is shown this once."""
    link, url = await invitations.create_join_link(context.chat, context.actor, request.expires_in_days, request.uses)
    return {"link": link, "url": url}


@request("admin.listLinks", Empty, JoinLinksReply, access=Access.ADMIN, reads=True)
async def list_links(context: Context, request: Empty) -> JoinLinksReply:
    """The links that still let somebody in, newest first."""
    return {"links": await invitations.list_join_links(context.chat, context.actor)}


@request("admin.deleteLink", OneLink, access=Access.ADMIN)
async def delete_link(context: Context, request: OneLink) -> None:
    """Takes a link back; who registered by it stays."""
    await invitations.delete_join_link(context.chat, context.actor, request.link_id)
