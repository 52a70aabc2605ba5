"""What the commands share: settings, an end with a sentence, and a node that acts for the command line.

Beside a running server on the same data it writes into the same database; control_log tells the server within a second.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from chatd import app, log
from chatd.config import Config, ConfigError, load
from chatd.domain.errors import CannotStart, ChatError
from chatd.domain.models import COMMAND_LINE, Actor, User
from chatd.services.chat import Chat
from chatd.store import Reader, users

CLI = Actor(COMMAND_LINE, None)
STEP = 200  # rows asked for at once: what the requests allow too
Page = TypeVar("Page", bound=Mapping[str, Any])
as_json = click.option("--json", "as_json", is_flag=True, help="one JSON object a line")


def fail(problems: list[str] | str, status: int = 2) -> NoReturn:
    """Say what is wrong on standard error and exit."""
    for problem in [problems] if isinstance(problems, str) else problems:
        click.echo(f"chatd: {problem}", err=True)
    sys.exit(status)


def settings_from(flags: dict[str, Any], *, quiet: bool = False) -> Config:
    """The settings of this folder with the flags given, or an end with a sentence for each problem."""
    texts = {path: str(value) for path, value in flags.items() if value is not None}
    try:
        config, warnings = load(texts, Path.cwd())
    except ConfigError as error:
        fail(error.problems)
    for warning in [] if quiet else warnings:
        click.echo(f"chatd: {warning}", err=True)
    return config


def act(deed: Callable[[Chat], Coroutine[Any, Any, None]]) -> None:
    """Do it on the data of this folder, whether a server runs or not. A refusal is one sentence and exit status 1."""
    config = settings_from({}, quiet=True)
    log.set_up("error")

    async def run() -> None:
        node = app.Node(config, joined=False)
        await node.open()
        try:
            if node.first_start is not None and node.first_start.one_time_password is not None:
                click.echo(f"First administrator: {node.first_start.login}", err=True)
                click.echo(f"One-time password:   {node.first_start.one_time_password}", err=True)
            await deed(node.chat)
        finally:
            await node.close()

    try:
        asyncio.run(run())
    except ChatError as error:
        fail(error.message, 1)
    except CannotStart as error:
        fail(str(error), error.status)


async def user_named(chat: Chat, login: str) -> User:
    """By user name, e-mail address or id."""

    def look(connection: Reader) -> users.Credentials | None:
        return users.by_login(connection, login) or users.credentials(connection, login)

    found = await chat.read(look)
    if found is None:
        fail(f"there is no user {login}.", 1)
    return found.user


async def names(chat: Chat, ids: set[str]) -> dict[str, str]:
    """How people are called on the command line; an id that is nobody's stays what it is."""
    found = await chat.read(lambda connection: {id: users.get(connection, id) for id in ids})
    return {id: user.user_name if user is not None else id for id, user in found.items()}


async def pages(look: Callable[[int], Awaitable[Page]]) -> AsyncIterator[Page]:
    """All pages of a list with a `total`, one after the other; `look` gets the offset of each."""
    offset = 0
    while True:
        page = await look(offset)
        yield page
        offset += STEP
        if offset >= page["total"]:
            return


def show(row: Mapping[str, Any], words: str, *, as_json: bool) -> None:
    """One line of a list."""
    click.echo(json.dumps(row, ensure_ascii=False) if as_json else words.rstrip())


def when(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
