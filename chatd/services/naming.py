"""Names of before the rules: they stay, are listed by `chatd check`, and are refused when they are given anew."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from chatd.domain.errors import ChatError
from chatd.domain.text import require_email, require_user_name, what_hides_in
from chatd.services.chat import Chat
from chatd.store import naming

STEP = 500
ALIKE = "looks like another"


@dataclass(slots=True, frozen=True)
class Finding:
    """A name that would be refused today, and why, to follow "This name"."""

    kind: str  # user, channel, token, webhook or server
    id: str
    field: str
    name: str
    reason: str


async def look_through(chat: Chat) -> AsyncIterator[Finding]:
    """All names there are, some rows at a time."""
    for kind, rows in naming.SOURCES.items():
        after = ""
        while True:
            found = await chat.read(lambda connection, rows=rows, after=after: rows(connection, after, STEP))  # type: ignore[misc]
            for id, names in found:
                for field, name in names.items():
                    if name is not None and (reason := _why(field, name)) is not None:
                        yield Finding(kind, id, field, name, reason)
            if len(found) < STEP:
                break
            after = found[-1][0]
    for kind, id, name in await chat.read(naming.alike):
        yield Finding(kind, id, "userName" if kind == "user" else "name", name, ALIKE)


def _why(field: str, name: str) -> str | None:
    if field == "userName":
        return _refusal(require_user_name, name)
    if field == "email":
        return _refusal(require_email, name)
    return what_hides_in(name)


def _refusal(rule: Callable[[str], Any], name: str) -> str | None:
    try:
        rule(name)
    except ChatError as error:
        return f"is against a rule: {error.message.rstrip('.')}"
    return None
