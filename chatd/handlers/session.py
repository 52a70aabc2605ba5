"""session.*: one's own sign-ins."""

from chatd.dispatch.registry import Access, Context, request
from chatd.protocol.requests import Empty, OneSession
from chatd.protocol.shapes import SessionsReply
from chatd.services import reading, revocation


@request("session.list", Empty, SessionsReply, page=True, reads=True)
async def list_all(context: Context, request: Empty) -> SessionsReply:
    """One's sessions, newest first, with the sockets each has open."""
    return {"sessions": await reading.own_sessions(context.chat, context.actor)}


@request("session.revoke", OneSession, sign_in=True)
async def revoke(context: Context, request: OneSession) -> None:
    """Ends one of one's own sessions; its sockets are cut before the reply."""
    await revocation.revoke_own(context.chat, context.actor, request.session_id)


@request("session.signOut", Empty, access=Access.RESTRICTED, sign_in=True)
async def sign_out(context: Context, request: Empty) -> None:
    """Ends this session with all its sockets."""
    await revocation.sign_out(context.chat, context.actor)


@request("session.signOutOthers", Empty, sign_in=True)
async def sign_out_others(context: Context, request: Empty) -> None:
    """Ends all of one's sessions but this one."""
    await revocation.sign_out_others(context.chat, context.actor)
