"""chatd token: access tokens of people, bots and the server itself."""

import click

from chatd.cli.acting import CLI, STEP, act, as_json, names, pages, show, user_named, when
from chatd.services import tokens
from chatd.services.chat import Chat

DAY_MS = 86_400_000


@click.group()
def token() -> None:
    """Make, list and revoke access tokens; a running server cuts their sockets within a second."""


@token.command("list")
@click.option("--user", "login", help="of one user or bot only")
@as_json
def token_list(login: str | None, as_json: bool) -> None:
    """List tokens, newest first; never their secrets."""

    async def deed(chat: Chat) -> None:
        user_id = (await user_named(chat, login)).id if login is not None else None
        async for page in pages(lambda offset: tokens.everybodys(chat, CLI, user_id, offset, STEP)):
            named = await names(chat, {row["userId"] for row in page["tokens"]})
            for row in page["tokens"]:
                until = "never" if row["expiresAt"] is None else when(row["expiresAt"])
                words = f"{row['id']}  {row['kind']:8} {named[row['userId']]:24} {until:20}  {row['name']}"
                show(row | {"userName": named[row["userId"]]}, words, as_json=as_json)

    act(deed)


@token.command("create")
@click.argument("name")
@click.option("--user", "login", help="whom it acts as, a person or a bot; left out: the server itself")
@click.option("--expires-in-days", type=click.IntRange(1, 36_500), help="left out: never")
@as_json
def token_create(name: str, login: str | None, expires_in_days: int | None, as_json: bool) -> None:
    """Make a token. It is shown this once, in the last line."""

    async def deed(chat: Chat) -> None:
        expires_at = None if expires_in_days is None else chat.clock.now() + expires_in_days * DAY_MS
        if login is None:
            made, holder = await tokens.create_system(chat, CLI, name, expires_at), "the server, with all rights"
        else:
            found = await user_named(chat, login)
            made, holder = await tokens.create_for(chat, CLI, found.id, name, expires_at), found.user_name
        show(made, f"Made {made['id']}, which acts as {holder}. Shown only now:\n{made['token']}", as_json=as_json)

    act(deed)


@token.command("revoke")
@click.argument("ids", nargs=-1, required=True)
def token_revoke(ids: tuple[str, ...]) -> None:
    """End tokens by their ids."""

    async def deed(chat: Chat) -> None:
        for id in dict.fromkeys(ids):
            await tokens.revoke_any(chat, CLI, id)
            click.echo(f"Revoked {id}.")

    act(deed)
