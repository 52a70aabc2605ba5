"""admin.*: what administrators do with people, sessions and settings, in the same session as everything else."""

from chatd.dispatch.registry import Access, Context, request
from chatd.domain.models import User
from chatd.domain.passwords import require_password
from chatd.protocol.requests import (
    AddUser,
    Empty,
    ListAudit,
    ListSessions,
    ListUsers,
    OneSession,
    OneUser,
    OneUserProven,
    RemovalPreview,
    RemoveUser,
    ResetPassword,
    RevokeAll,
    RevokeOfUser,
    SetRole,
    Stats,
    UpdateSettings,
    UpdateUser,
    Watch,
)
from chatd.protocol.shapes import (
    AllSettingsReply,
    AuditPage,
    EndedReply,
    OneUserReply,
    PreviewReply,
    RemovedReply,
    RevokedReply,
    SessionsPage,
    SettingsReply,
    StatsReply,
    UserPageReply,
)
from chatd.services import (
    accounts,
    administration,
    channel_deletion,
    editing,
    invitations,
    removal,
    revocation,
    two_step,
)

_PROFILE = {"status_message", "bio", "nickname", "timezone", "extension"}


async def _reply(context: Context, user: User) -> OneUserReply:
    return {"user": await administration.user_shape(context.chat, user)}


@request("admin.addUser", AddUser, OneUserReply, access=Access.ADMIN, sign_in=True)
async def add_user(context: Context, request: AddUser) -> OneUserReply:
    """Makes an account; without `userName` it is made from the address.

    With a `password` it can sign in at once. Without one its owner gets a letter to choose it, where e-mail is
    configured; with `setRandomPassword` the letter has a password. `sendWelcomeEmail` sends a letter beside a
    `password`, which is never in it. `proof` is asked for before an administrator is made.
    """
    if request.role == "admin":
        await two_step.require_proof(context.chat, context.actor, request.proof)
    user = await invitations.add(
        context.chat,
        context.actor,
        user_name=request.user_name,
        email=request.email,
        display_name=request.display_name,
        password=request.password,
        role=request.role,
        require_change=request.require_password_change,
        verified=request.verified,
        welcome=request.send_welcome_email,
        random=request.set_random_password,
        profile=request.model_dump(include=_PROFILE, exclude_unset=True),
    )
    return await _reply(context, user)


@request("admin.removeUser", RemoveUser, RemovedReply, access=Access.ADMIN, proof=True)
async def remove_user(context: Context, request: RemoveUser) -> RemovedReply:
    """Removes somebody for good and cuts all their sockets before the reply; their messages are kept unless said.

    `closedSockets` counts all nodes. A `confirm` that is not the user name is refused. `deleteChannels` deletes what
    channels they made, one after the other, once they are gone; the reply then says how many.
    """
    removal = await accounts.remove(
        context.chat, context.actor, request.user_id, kind=request.message_erasure, confirm=request.confirm
    )
    reply: RemovedReply = {"userId": removal.user_id, "closedSockets": removal.closed_sockets}
    if request.delete_channels:
        reply["deletedChannels"] = await channel_deletion.delete_made_by(context.chat, context.actor, request.user_id)
    return reply


@request("admin.listUsers", ListUsers, UserPageReply, access=Access.ADMIN, page=True, reads=True)
async def list_users(context: Context, request: ListUsers) -> UserPageReply:
    """A page of people by tab, search, role and order, with the counts of all tabs and the seats."""
    return await administration.list_users(context.chat, context.actor, request)


@request("admin.getUser", OneUser, OneUserReply, access=Access.ADMIN, reads=True)
async def get_user(context: Context, request: OneUser) -> OneUserReply:
    """One user with what only administrators see."""
    return {"user": await administration.get_user(context.chat, context.actor, request.user_id)}


@request("admin.updateUser", UpdateUser, OneUserReply, access=Access.ADMIN, sign_in=True)
async def update_user(context: Context, request: UpdateUser) -> OneUserReply:
    """Changes the fields that are given and no others; holds at once, and open sessions stay.

    An empty `password` keeps the present one. Only what may be empty takes null. A new address counts as not verified
    unless `emailVerified` says otherwise. `proof` is asked for before what decides whose an account is: `role`,
    `password`, `email`; before the last two of one's own of everybody who has a password.
    """
    given = request.given()
    user_id, proof = given.pop("user_id"), given.pop("proof", None)
    # A changed address is as good as a password: whoever reads its letters chooses the next one.
    if given.get("role") is not None or given.get("password") or "email" in given:
        is_own = user_id == context.actor.user_id and (given.get("password") or "email" in given)
        if given.get("password"):
            require_password(context.chat.config.auth.password_policy, given["password"])
        await two_step.require_proof(context.chat, context.actor, proof, by_password=bool(is_own))
    return await _reply(context, await editing.update_user(context.chat, context.actor, user_id, given))


@request("admin.removeUserPreview", RemovalPreview, PreviewReply, access=Access.ADMIN, reads=True)
async def remove_user_preview(context: Context, request: RemovalPreview) -> PreviewReply:
    """What hangs on an account, and who inherits the private channels that it made: to be shown before a removal."""
    return await removal.preview(context.chat, context.actor, request.user_id)


@request("admin.auditLog", ListAudit, AuditPage, access=Access.ADMIN, page=True, reads=True)
async def audit_log(context: Context, request: ListAudit) -> AuditPage:
    """The audit log, newest first: every administrative deed and refusal with who, whom, when and from where.

    `action` may name a group, such as `role.*`, or several with commas; `search` looks into names, addresses and
    details; `beforeId` goes on behind an entry. `people` and `channels` have the names of all that the entries name,
    also of who is gone. Nothing changes or deletes an entry.
    """
    return await administration.list_audit(context.chat, context.actor, request)


@request("admin.watch", Watch, access=Access.ADMIN, at_once=True, reads=True)
async def watch(context: Context, request: Watch) -> None:
    """From now on this socket hears of these topics and no others, for as long as its person is an administrator.

    `users`: `admin.userChanged`; `sessions`: `admin.sessionChanged`; `audit`: `admin.auditAdded`; `stats`:
    `admin.stats` every few seconds. Nothing to do over HTTP. To be sent again after a reconnect.
    """
    if context.socket is not None:
        administration.watch(context.chat, context.socket, request.topics)


@request("admin.setRole", SetRole, OneUserReply, access=Access.ADMIN, proof=True, sign_in=True)
async def set_role(context: Context, request: SetRole) -> OneUserReply:
    """Promotes or demotes; holds from the very next frame. The last administrator stays one."""
    return await _reply(context, await accounts.set_role(context.chat, context.actor, request.user_id, request.role))


@request("admin.deactivateUser", OneUser, OneUserReply, access=Access.ADMIN)
async def deactivate_user(context: Context, request: OneUser) -> OneUserReply:
    """Locks an account and cuts its sockets before the reply; nothing is deleted."""
    return await _reply(context, await accounts.deactivate(context.chat, context.actor, request.user_id))


@request("admin.activateUser", OneUser, OneUserReply, access=Access.ADMIN)
async def activate_user(context: Context, request: OneUser) -> OneUserReply:
    """Opens a deactivated account again."""
    return await _reply(context, await accounts.activate(context.chat, context.actor, request.user_id))


@request("admin.resetPassword", ResetPassword, EndedReply, access=Access.ADMIN, proof=True, sign_in=True)
async def reset_password(context: Context, request: ResetPassword) -> EndedReply:
    """Sets somebody's password; open sessions stay unless `revokeSessions`, tokens unless `tokens`. How many ended.

    `requireChange` binds the next sign-in. The mode `email` makes a random password, sends it to the user and demands
    a change of it; it needs e-mail to be configured. One's own takes the present one, in `proof`.
    """
    if request.user_id == context.actor.user_id:
        if request.password is not None:
            require_password(context.chat.config.auth.password_policy, request.password)
        await two_step.require_proof(context.chat, context.actor, request.proof, by_password=True)
    if request.mode == "email":
        return await invitations.reset_by_email(
            context.chat, context.actor, request.user_id, revoke=request.revoke_sessions, tokens=request.tokens
        )
    return await accounts.reset_password(
        context.chat,
        context.actor,
        request.user_id,
        request.password,
        require_change=request.require_change,
        revoke=request.revoke_sessions,
        tokens=request.tokens,
    )


@request("admin.resetTotp", OneUserProven, OneUserReply, access=Access.ADMIN, proof=True, sign_in=True)
async def reset_totp(context: Context, request: OneUserProven) -> OneUserReply:
    """Takes somebody's two-step sign-in away and cuts his sockets; the next sign-in asks for no code."""
    return await _reply(context, await two_step.reset(context.chat, context.actor, request.user_id))


@request("admin.listSessions", ListSessions, SessionsPage, access=Access.ADMIN, page=True, reads=True)
async def list_sessions(context: Context, request: ListSessions) -> SessionsPage:
    """A page of live sessions, of everybody or one user, newest first unless `sort` and `order` say otherwise.

    `search` looks into names, addresses and devices.
    """
    return await administration.list_sessions(context.chat, context.actor, request)


@request("admin.revokeSession", OneSession, access=Access.ADMIN)
async def revoke_session(context: Context, request: OneSession) -> None:
    """Ends one session; its sockets are cut before the reply."""
    await revocation.revoke(context.chat, context.actor, request.session_id)


@request("admin.revokeUserSessions", RevokeOfUser, RevokedReply, access=Access.ADMIN)
async def revoke_user_sessions(context: Context, request: RevokeOfUser) -> RevokedReply:
    """Ends all sign-ins of one user; with `tokens` also their tokens and those of their bots. How many of each."""
    return await revocation.revoke_user(context.chat, context.actor, request.user_id, with_tokens=request.tokens)


@request("admin.revokeAllSessions", RevokeAll, RevokedReply, access=Access.ADMIN, proof=True)
async def revoke_all_sessions(context: Context, request: RevokeAll) -> RevokedReply:
    """Ends everybody's sign-ins but the asking one; with `tokens` also all tokens but the server's. How many."""
    return await revocation.revoke_all(context.chat, context.actor, with_tokens=request.tokens)


@request("admin.stats", Stats, StatsReply, access=Access.ADMIN, reads=True)
async def stats(context: Context, request: Stats) -> StatsReply:
    """How many users, sessions, sockets, messages and nodes there are; with `period` also `series`, over that time.

    `day` has a point an hour, `month` one a day, `year` one a week, the oldest first; times of which nothing is known
    are left out. Days are those of UTC. `people` were here at any time of it; `halfMs` and `mostMs` say how long half
    of all requests took, and 99 of 100. What is not of now is written once a minute.
    """
    return await administration.stats(context.chat, context.actor, request.period)


@request("admin.getSettings", Empty, AllSettingsReply, access=Access.ADMIN, reads=True)
async def get_settings(context: Context, request: Empty) -> AllSettingsReply:
    """The settings that administrators change while the server runs; in `fixed` those decided before its start."""
    settings = await administration.get_settings(context.chat, context.actor)
    return {"settings": settings, "fixed": administration.fixed_settings(context.chat)}


@request("admin.updateSettings", UpdateSettings, SettingsReply, access=Access.ADMIN, sign_in=True)
async def update_settings(context: Context, request: UpdateSettings) -> SettingsReply:
    """Changes what is given; every client hears `settings.updated` at once.

    `proof` is asked for before anything about signing in is changed.
    """
    given = request.model_dump(by_alias=True, exclude_unset=True, exclude={"proof"})
    if given.keys() - {"name"}:
        await two_step.require_proof(context.chat, context.actor, request.proof)
    return {"settings": await administration.update_settings(context.chat, context.actor, given)}
