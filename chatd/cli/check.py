"""chatd check: names of before the rules, which would be refused today. Nothing is changed."""

import json
import sys
from dataclasses import asdict

import click

from chatd.cli.acting import act, as_json
from chatd.services import naming
from chatd.services.chat import Chat


def _shown(name: str) -> str:
    """With what shows nothing written out."""
    return "".join(one if one.isprintable() else f"<U+{ord(one):04X}>" for one in name)


@click.command()
@as_json
def check(as_json: bool) -> None:
    """Names that deceive: what hides something, or looks like another. Exit status 1 when there are any."""
    count = 0

    async def deed(chat: Chat) -> None:
        nonlocal count
        async for found in naming.look_through(chat):
            count += 1
            if as_json:
                click.echo(json.dumps(asdict(found)))
            else:
                click.echo(f"{found.kind} {found.id}: {found.field} {_shown(found.name)} {found.reason}")

    act(deed)
    if count:
        sys.exit(1)
    if not as_json:
        click.echo("Nothing to mend: every name shows what it holds.")
