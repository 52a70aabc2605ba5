"""admin.*: what administrators do with people, sessions and settings, in the same session as everything else."""

from chatd.dispatch.registry import Access, Context, request
from chatd.domain.errors import ChatError, ErrorCode
from chatd.domain.models import User
from chatd.protocol.requests import (
    AddUser,
    Empty,
    ListSessions,
    ListUsers,
    OneSession,
    OneUser,
    RemoveUser,
    ResetPassword,
    SetRole,
    UpdateSettings,
)
from chatd.protocol.shapes import (
    OneUserReply,
    RemovedReply,
    RevokedReply,
    SessionsPage,
    SettingsReply,
    StatsReply,
    UserPageReply,
)
from chatd.services import accounts, administration, revocation

NO_EMAIL = "E-mail is not configured on this server; set a password instead."


async def _reply(context: Context, user: User) -> OneUserReply:
    return {"user": await administration.user_shape(context.chat, user)}


def _require_no_email(*, wanted: bool) -> None:
    if wanted:
        raise ChatError(ErrorCode.EMAIL_NOT_CONFIGURED, NO_EMAIL)


@request("admin.addUser", AddUser, OneUserReply, access=Access.ADMIN)
async def add_user(context: Context, request: AddUser) -> OneUserReply:
    """Makes an account that can sign in at once; without `userName` it is made from the address."""
    _require_no_email(wanted=request.send_welcome_email)
    user = await accounts.add(
        context.chat,
        context.actor,
        user_name=request.user_name,
        email=request.email,
        display_name=request.display_name,
        password=request.password,
        role=request.role,
        require_change=request.require_password_change,
        verified=request.verified,
    )
    return await _reply(context, user)


@request("admin.removeUser", RemoveUser, RemovedReply, access=Access.ADMIN)
async def remove_user(context: Context, request: RemoveUser) -> RemovedReply:
    """Removes somebody for good and cuts all his sockets before the reply; his messages are kept unless said.

    `closedSockets` counts all nodes. A `confirm` that is not the user name is refused.
    """
    removal = await accounts.remove(
        context.chat, context.actor, request.user_id, kind=request.message_erasure, confirm=request.confirm
    )
    return {"userId": removal.user_id, "closedSockets": removal.closed_sockets}


@request("admin.listUsers", ListUsers, UserPageReply, access=Access.ADMIN, page=True)
async def list_users(context: Context, request: ListUsers) -> UserPageReply:
    """A page of people by tab, search, role and order, with the counts of all tabs and the seats."""
    return await administration.list_users(context.chat, context.actor, request)


@request("admin.getUser", OneUser, OneUserReply, access=Access.ADMIN)
async def get_user(context: Context, request: OneUser) -> OneUserReply:
    """One user with what only administrators see."""
    return {"user": await administration.get_user(context.chat, context.actor, request.user_id)}


@request("admin.setRole", SetRole, OneUserReply, access=Access.ADMIN)
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


@request("admin.resetPassword", ResetPassword, access=Access.ADMIN)
async def reset_password(context: Context, request: ResetPassword) -> None:
    """Sets somebody's password; open sessions stay unless `revokeSessions`.

    `requireChange` binds the next sign-in. The mode `email` needs e-mail to be configured.
    """
    _require_no_email(wanted=request.mode == "email")
    await accounts.reset_password(
        context.chat,
        context.actor,
        request.user_id,
        request.password,
        require_change=request.require_change,
        revoke=request.revoke_sessions,
    )


@request("admin.listSessions", ListSessions, SessionsPage, access=Access.ADMIN, page=True)
async def list_sessions(context: Context, request: ListSessions) -> SessionsPage:
    """A page of live sessions, of everybody or one user, newest first."""
    return await administration.list_sessions(
        context.chat, context.actor, request.user_id, request.offset, request.limit
    )


@request("admin.revokeSession", OneSession, access=Access.ADMIN)
async def revoke_session(context: Context, request: OneSession) -> None:
    """Ends one session; its sockets are cut before the reply."""
    await revocation.revoke(context.chat, context.actor, request.session_id)


@request("admin.revokeUserSessions", OneUser, RevokedReply, access=Access.ADMIN)
async def revoke_user_sessions(context: Context, request: OneUser) -> RevokedReply:
    """Ends all sessions of one user."""
    return {"revoked": await revocation.revoke_user(context.chat, context.actor, request.user_id)}


@request("admin.revokeAllSessions", Empty, RevokedReply, access=Access.ADMIN)
async def revoke_all_sessions(context: Context, request: Empty) -> RevokedReply:
    """Ends everybody's sessions but the asking one."""
    return {"revoked": await revocation.revoke_all(context.chat, context.actor)}


@request("admin.stats", Empty, StatsReply, access=Access.ADMIN)
async def stats(context: Context, request: Empty) -> StatsReply:
    """How many users, sessions, sockets, messages and nodes there are."""
    return await administration.stats(context.chat, context.actor)


@request("admin.getSettings", Empty, SettingsReply, access=Access.ADMIN)
async def get_settings(context: Context, request: Empty) -> SettingsReply:
    """The settings that administrators change while the server runs."""
    return {"settings": await administration.get_settings(context.chat, context.actor)}


@request("admin.updateSettings", UpdateSettings, SettingsReply, access=Access.ADMIN)
async def update_settings(context: Context, request: UpdateSettings) -> SettingsReply:
    """Changes what is given; every client hears `settings.updated` at once."""
    return {"settings": await administration.update_settings(context.chat, context.actor, request.given())}
