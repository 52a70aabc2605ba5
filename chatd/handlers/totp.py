"""totp.*: one's own two-step sign-in."""

from chatd.dispatch.registry import Access, Context, request
from chatd.protocol.requests import BeginTotp, ConfirmTotp, Empty, Proof
from chatd.protocol.shapes import RecoveryCodesReply, TotpReply, TotpStatusReply
from chatd.services import two_step


@request("totp.status", Empty, TotpStatusReply, access=Access.RESTRICTED, reads=True)
async def status(context: Context, request: Empty) -> TotpStatusReply:
    """Whether one has two-step sign-in, whether the server requires it, and how many recovery codes are left."""
    return await two_step.status(context.chat, context.actor)


@request("totp.begin", BeginTotp, TotpReply, access=Access.RESTRICTED, sign_in=True)
async def begin(context: Context, request: BeginTotp) -> TotpReply:
    """Makes a secret for an authenticator app, with its picture to be scanned; worth nothing until confirmed.

    `proof` is asked of everybody who has a password: a stolen session must not lock its owner out.
    """
    return await two_step.begin(context.chat, context.actor, request.proof)


@request("totp.confirm", ConfirmTotp, RecoveryCodesReply, access=Access.RESTRICTED, sign_in=True)
async def confirm(context: Context, request: ConfirmTotp) -> RecoveryCodesReply:
    """Switches two-step sign-in on with a code of the app; the reply shows ten recovery codes, this once."""
    return await two_step.confirm(context.chat, context.actor, request.code)


@request("totp.newCodes", Proof, RecoveryCodesReply, sign_in=True)
async def new_codes(context: Context, request: Proof) -> RecoveryCodesReply:
    """Ten other recovery codes, with a code; those before are worth nothing. Shown this once."""
    return await two_step.new_codes(context.chat, context.actor, request)


@request("totp.disable", Proof, access=Access.RESTRICTED, sign_in=True)
async def disable(context: Context, request: Proof) -> None:
    """Switches it off, with a code; the password is not enough."""
    await two_step.disable(context.chat, context.actor, request)
