"""A real SMTP server for tests, and what came to it."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope

PATIENCE_SECONDS = 20.0


class Postbox:
    """Letters in the order of their coming. `refuse` makes the server turn so many away first."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuse = 0
        self.refuse_for_good = 0
        self.refused = 0
        self.port = 0
        self._news = asyncio.Condition()

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        if self.refuse > 0:
            self.refuse -= 1
            self.refused += 1
            return "451 Try again later"
        if self.refuse_for_good > 0:
            self.refuse_for_good -= 1
            self.refused += 1
            return "550 No such mailbox"
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        async with self._news:
            self._news.notify_all()
        return "250 Taken"

    async def letter_to(self, address: str, number: int = 1) -> EmailMessage:
        """The letter to this address, or the second, third ... to it; waits for it."""
        async with asyncio.timeout(PATIENCE_SECONDS), self._news:
            while len(found := [one for one in self.letters if one["To"] == address]) < number:
                await self._news.wait()
        return found[number - 1]

    async def token_to(self, address: str, number: int = 1) -> str:
        """The secret of the link in a letter."""
        text = (await self.letter_to(address, number)).get_content()
        found = re.search(r"#/\w+/(\S+)", text)
        assert found is not None, text
        return found[1]

    def settings(self) -> dict[str, Any]:
        """The section `email` of a node that sends here."""
        return {"host": "127.0.0.1", "port": self.port, "secure": False, "from": "chat@example.com"}


@asynccontextmanager
async def postbox(*, every_address: bool = True) -> AsyncIterator[Postbox]:
    """An SMTP server on this loop, on a free port; it may take no address but of ASCII letters."""
    box = Postbox()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(box, enable_SMTPUTF8=every_address), "127.0.0.1", 0
    )
    box.port = server.sockets[0].getsockname()[1]
    assert server.sockets[0].family is socket.AF_INET
    try:
        yield box
    finally:
        server.close()
        await server.wait_closed()
