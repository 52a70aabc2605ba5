"""chatd audit: the audit log on the command line. It is read and never changed."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import click

from chatd.cli.acting import CLI, STEP, act, as_json, names, show, user_named, when
from chatd.domain.models import COMMAND_LINE
from chatd.protocol.requests import ListAudit, validate
from chatd.services import administration
from chatd.services.chat import Chat
from chatd.store import users

UNITS_MS = {"m": 60_000, "h": 3_600_000, "d": 86_400_000}


class Moment(click.ParamType[tuple[int, int]]):
    """A time as ISO 8601 writes it, UTC unless it says otherwise; or 90m, 12h, 7d: so long ago. (moment, ago) in ms."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        if ago := re.fullmatch(r"(\d{1,9})([mhd])", value):
            return 0, int(ago[1]) * UNITS_MS[ago[2]]
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            self.fail("give a time such as 2026-01-31, 2026-01-31T12:00, 12h or 7d.", param, ctx)
        return int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp() * 1000), 0


async def _id_of(chat: Chat, login: str | None) -> str | None:
    if login is None or login == COMMAND_LINE:
        return login
    if await chat.read(lambda connection: users.get(connection, login)) is not None:
        return login  # an id, perhaps of somebody who was removed: the log still knows him
    return (await user_named(chat, login)).id


@click.command()
@click.option("--action", help="an action such as user.removed, or a group such as role.*")
@click.option("--actor", help=f'who did it: a user, or "{COMMAND_LINE}"')
@click.option("--target", help="whom it was done to")
@click.option("--search", help="part of a name, an address or a detail")
@click.option("--since", type=Moment(), help="a time, or how long ago: 12h, 7d")
@click.option("--until", type=Moment(), help="the same")
@click.option("--limit", type=click.IntRange(0), default=50, show_default=True, help="entries; 0: all")
@as_json
def audit(
    action: str | None,
    actor: str | None,
    target: str | None,
    search: str | None,
    since: tuple[int, int] | None,
    until: tuple[int, int] | None,
    limit: int,
    as_json: bool,
) -> None:
    """Show the audit log, newest first: who did what to whom, when and from where."""

    async def deed(chat: Chat) -> None:
        now = chat.clock.now()
        ask: dict[str, Any] = {"action": action, "search": search}
        ask |= {"actorId": await _id_of(chat, actor), "targetId": await _id_of(chat, target)}
        if since is not None:
            ask["after"] = max(0, since[0] or now - since[1])
        # Never beyond now: entries that are added meanwhile would move the pages.
        ask["before"] = min(now + 1, until[0] or now - until[1]) if until is not None else now + 1
        shown = 0
        while True:
            step = min(STEP, limit - shown) if limit else STEP
            page = await administration.list_audit(
                chat, CLI, validate(ListAudit, ask | {"offset": shown, "limit": step})
            )
            await _print(chat, page["entries"], as_json=as_json)
            shown += len(page["entries"])
            if shown >= page["total"] or shown == limit:
                return

    act(deed)


async def _print(chat: Chat, entries: Any, *, as_json: bool) -> None:
    ids = {entry[side] for entry in entries for side in ("actorId", "targetId")} - {None}
    named = await names(chat, ids) | {None: "-"}
    for entry in entries:
        actor, target = named[entry["actorId"]], named[entry["targetId"]]
        words = f"{when(entry['at'])}  {actor:16} {entry['action']:24} {target:16} {entry['ip']:15} "
        detail = json.dumps(entry["detail"], ensure_ascii=False) if entry["detail"] else ""
        show(entry | {"actor": actor, "target": target}, words + detail, as_json=as_json)
