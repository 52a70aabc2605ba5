"""chatd sessions: who is signed in, and an end to it."""

from collections.abc import Awaitable

import click

from chatd.cli.acting import CLI, STEP, act, as_json, names, pages, show, user_named, when
from chatd.protocol.requests import ListSessions, validate
from chatd.protocol.shapes import SessionsPage
from chatd.services import administration, revocation
from chatd.services.chat import Chat


@click.group()
def sessions() -> None:
    """List and end sign-ins; a running server cuts their sockets within a second."""


@sessions.command("list")
@click.option("--user", "login", help="of one user only")
@click.option("--search", help="part of a name, an address or a device")
@as_json
def sessions_list(login: str | None, search: str | None, as_json: bool) -> None:
    """List live sign-ins, newest first."""

    async def deed(chat: Chat) -> None:
        user_id = (await user_named(chat, login)).id if login is not None else None

        def look(offset: int) -> Awaitable[SessionsPage]:
            asked = {"userId": user_id, "search": search, "offset": offset, "limit": STEP}
            return administration.list_sessions(chat, CLI, validate(ListSessions, asked))

        async for page in pages(look):
            named = await names(chat, {row["userId"] for row in page["sessions"]})
            for row in page["sessions"]:
                # Which sockets are open only the server knows, and nobody asks by a session here.
                shown = {name: value for name, value in row.items() if name not in ("sockets", "current")}
                words = f"{row['id']}  {named[row['userId']]:24} {when(row['lastActiveAt'])}  {row['ip']:15} "
                show(shown | {"userName": named[row["userId"]]}, words + row["userAgent"][:60], as_json=as_json)

    act(deed)


@sessions.command("revoke")
@click.argument("ids", nargs=-1)
@click.option("--user", "login", help="all sign-ins of one user")
@click.option("--all", "everybodys", is_flag=True, help="everybody's sign-ins")
@click.option("--tokens", is_flag=True, help="with --user or --all: access tokens too, but the server's own")
def sessions_revoke(ids: tuple[str, ...], login: str | None, everybodys: bool, tokens: bool) -> None:
    """End sign-ins by their ids, or all of one user, or all there are. Tokens stay unless they are named."""
    if [bool(ids), login is not None, everybodys].count(True) != 1:
        raise click.UsageError("Give ids, or --user, or --all.")

    async def deed(chat: Chat) -> None:
        if everybodys:
            ended = (await revocation.revoke_all(chat, CLI, with_tokens=tokens))["revoked"]
        elif login is not None:
            user_id = (await user_named(chat, login)).id
            ended = (await revocation.revoke_user(chat, CLI, user_id, with_tokens=tokens))["revoked"]
        else:
            for id in dict.fromkeys(ids):
                await revocation.revoke(chat, CLI, id)
            ended = len(set(ids))
        click.echo(f"Ended {ended} session{'' if ended == 1 else 's'}.")

    act(deed)
