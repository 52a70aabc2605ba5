"""admin.*, as far as it is about many accounts at once; one at a time is admin's."""

from chatd.dispatch.registry import Access, Context, request
from chatd.protocol.requests import DeactivateIdle, DeactivateUsers
from chatd.protocol.shapes import DeactivationsReply, IdleReply
from chatd.services import bulk


@request("admin.deactivateUsers", DeactivateUsers, DeactivationsReply, access=Access.ADMIN, proof=True)
async def deactivate_users(context: Context, request: DeactivateUsers) -> DeactivationsReply:
    """Locks several accounts, each as `admin.deactivateUser` does; a result for each, in the order asked.

    Where one may not be locked (oneself, the last administrator, nobody's id) `user` is null and `code` and `message`
    say why; the others are locked all the same.
    """
    return {"results": await bulk.deactivate(context.chat, context.actor, request.user_ids)}


@request("admin.deactivateIdle", DeactivateIdle, IdleReply, access=Access.ADMIN, proof=True)
async def deactivate_idle(context: Context, request: DeactivateIdle) -> IdleReply:
    """Locks those of a role who have neither signed in nor been active for `daysIdle` days, 100 at most.

    Who never signed in counts from when the account was made; oneself is left out. `more` says that there are others
    still: ask again.
    """
    return await bulk.deactivate_idle(context.chat, context.actor, request.days_idle, request.role)
