"""chatd user: what administrators do with accounts, by the same services."""

import sys
from collections.abc import Awaitable

import click

from chatd.cli.acting import CLI, STEP, act, as_json, pages, show, user_named
from chatd.domain.models import Role
from chatd.protocol.requests import ListUsers, validate
from chatd.protocol.shapes import UserPageReply
from chatd.services import accounts, administration, channel_deletion, invitations, removal, two_step
from chatd.services.chat import Chat
from chatd.services.erasure import Erasure

PASSWORD_HELP = "asked for, or read from standard input, when left out"  # noqa: S105 - a sentence


@click.group()
def user() -> None:
    """Everything about accounts; a running server takes it over within a second.

    People are named by user name, e-mail address or id.
    """


def _password(given: str | None) -> str:
    if given is not None:
        return given
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


@user.command("add")
@click.argument("user_name")
@click.option("--email", help="e-mail address")
@click.option("--name", "display_name", help="display name")
@click.option("--password", help=PASSWORD_HELP)
@click.option("--invite", is_flag=True, help="no password: send a link by which the user chooses one")
@click.option("--admin", is_flag=True, help="make an administrator")
@click.option("--require-change", is_flag=True, help="the first sign-in asks for a new password")
def user_add(
    user_name: str,
    email: str | None,
    display_name: str | None,
    password: str | None,
    invite: bool,
    admin: bool,
    require_change: bool,
) -> None:
    """Add a user who can sign in at once."""
    if invite and (password is not None or email is None):
        raise click.UsageError("--invite needs --email, and takes no --password.")
    secret = None if invite else _password(password)

    async def deed(chat: Chat) -> None:
        made = await invitations.add(
            chat,
            CLI,
            welcome=False,
            user_name=user_name,
            email=email,
            display_name=display_name,
            password=secret,
            role="admin" if admin else "user",
            require_change=require_change,
        )
        click.echo(f"Added {made.user_name} ({made.id}).")

    act(deed)


@user.command("list")
@click.option("--tab", type=click.Choice(["all", "pending", "active", "deactivated"]), default="all")
@click.option("--role", type=click.Choice(["admin", "user", "bot"]))
@click.option("--search", help="part of a name or an address")
@as_json
def user_list(tab: str, role: str | None, search: str | None, as_json: bool) -> None:
    """List users, newest first."""

    async def deed(chat: Chat) -> None:
        def look(offset: int) -> Awaitable[UserPageReply]:
            asked = {"tab": tab, "role": role, "search": search, "offset": offset, "limit": STEP}
            return administration.list_users(chat, CLI, validate(ListUsers, asked))

        async for page in pages(look):
            for row in page["users"]:
                words = f"{row['userName']:24} {row['role']:6} {row['status']:12} {row['email'] or ''}"
                show(row, words, as_json=as_json)

    act(deed)


@user.command("passwd")
@click.argument("login")
@click.option("--password", help=PASSWORD_HELP)
@click.option("--send", is_flag=True, help="make a random one and send it by e-mail; it must be changed")
@click.option("--revoke-sessions", is_flag=True, help="also end all sessions of the user")
@click.option("--require-change", is_flag=True, help="the next sign-in asks for a new password")
def user_passwd(login: str, password: str | None, send: bool, revoke_sessions: bool, require_change: bool) -> None:
    """Set a user's password."""
    if send and password is not None:
        raise click.UsageError("Give --password or --send, not both.")
    secret = None if send else _password(password)

    async def deed(chat: Chat) -> None:
        found = await user_named(chat, login)
        if secret is None:
            await invitations.reset_by_email(chat, CLI, found.id, revoke=revoke_sessions)
            click.echo(f"A new password goes to {found.email}.")
            return
        await accounts.reset_password(
            chat, CLI, found.id, secret, require_change=require_change, revoke=revoke_sessions
        )
        click.echo(f"Set the password of {found.user_name}.")

    act(deed)


def _set_role(login: str, role: Role, done: str) -> None:
    async def deed(chat: Chat) -> None:
        found = await user_named(chat, login)
        await accounts.set_role(chat, CLI, found.id, role)
        click.echo(done.format(found.user_name))

    act(deed)


@user.command("promote")
@click.argument("login")
def user_promote(login: str) -> None:
    """Make a user an administrator, from the next request on."""
    _set_role(login, "admin", "{} is an administrator now.")


@user.command("demote")
@click.argument("login")
def user_demote(login: str) -> None:
    """Make an administrator a regular user; the last one stays."""
    _set_role(login, "user", "{} is a regular user now.")


@user.command("deactivate")
@click.argument("login")
def user_deactivate(login: str) -> None:
    """Lock an account and cut its sockets; nothing is deleted."""

    async def deed(chat: Chat) -> None:
        found = await accounts.deactivate(chat, CLI, (await user_named(chat, login)).id)
        click.echo(f"{found.user_name} is deactivated.")

    act(deed)


@user.command("activate")
@click.argument("login")
def user_activate(login: str) -> None:
    """Open a deactivated account again."""

    async def deed(chat: Chat) -> None:
        found = await accounts.activate(chat, CLI, (await user_named(chat, login)).id)
        click.echo(f"{found.user_name} is active again.")

    act(deed)


@user.command("reset-2fa")
@click.argument("login")
def user_reset_2fa(login: str) -> None:
    """Take two-step sign-in away from a user and sign him out."""

    async def deed(chat: Chat) -> None:
        found = await two_step.reset(chat, CLI, (await user_named(chat, login)).id)
        click.echo(f"{found.user_name} signs in without a code now, and may set it up again.")

    act(deed)


@user.command("remove")
@click.argument("login")
@click.option("--messages", "kind", type=click.Choice(["keep", "unlink", "delete"]), default="keep", show_default=True)
@click.option("--delete-channels", is_flag=True, help="delete the channels that they made, too")
@click.option("--yes", is_flag=True, help="do not ask")
def user_remove(login: str, kind: Erasure, delete_channels: bool, yes: bool) -> None:
    """Remove a user for good, with bots and tokens; the messages stay unless --messages says otherwise."""

    async def deed(chat: Chat) -> None:
        found = await user_named(chat, login)
        if not yes:
            counts = (await removal.preview(chat, CLI, found.id))["counts"]
            held = f"{counts['messages']} messages ({kind}), {counts['bots']} bots and {counts['tokens']} tokens"
            if delete_channels:
                held += f", and {counts['madeChannels']} channels ({counts['othersWroteIn']} in which others wrote)"
            click.confirm(f"Remove {found.user_name} with {held} for good?", abort=True)
        await accounts.remove(chat, CLI, found.id, kind=kind, confirm=None)
        click.echo(f"Removed {found.user_name}.")
        if delete_channels:
            click.echo(f"Deleted {await channel_deletion.delete_made_by(chat, CLI, found.id)} channels.")

    act(deed)
