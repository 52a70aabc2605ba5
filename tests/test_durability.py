"""What was acknowledged survives `kill -9`, whole and once."""

import asyncio
import uuid
from pathlib import Path
from typing import Any

from tests.chance import drawn
from tests.client import Client
from tests.process import serving

ROUNDS, IN_FLIGHT = 20, 64


async def whole_history(client: Client, channel: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    page = await client.ask("message.history", channelId=channel, limit=200)
    found = page["messages"]
    while page["hasMore"]:
        page = await client.ask("message.history", channelId=channel, limit=200, before=found[0]["id"])
        found = page["messages"] + found
    return found


class Writer:
    """Keeps 64 messages in flight until the server dies; remembers what it sent and what was acknowledged."""

    def __init__(self, client: Client, channel: str) -> None:
        self.client, self.channel = client, channel
        self.sent: dict[str, str] = {}
        self.acknowledged: dict[str, dict[str, Any]] = {}

    async def send(self, client_id: str) -> None:
        self.sent[client_id] = f"text of {client_id}"
        payload = {"channelId": self.channel, "content": self.sent[client_id], "clientId": client_id}
        self.acknowledged[client_id] = (await self.client.ask("message", **payload))["message"]

    async def _lane(self) -> None:
        try:
            while True:
                await self.send(str(uuid.uuid4()))
        except ConnectionError:
            pass
        except Exception as error:  # the library's own word for a connection that is gone
            if type(error).__name__ not in ("ConnectionClosedError", "ConnectionClosedOK"):
                raise

    async def until_killed(self) -> None:
        await asyncio.gather(*(self._lane() for _ in range(IN_FLIGHT)))


async def test_nothing_acknowledged_is_lost_by_kill_9(tmp_path: Path) -> None:
    """Killed 20 times with 64 writes in flight: every acknowledged message is there as it was, no `seq` is missing."""
    chance = drawn(9)
    async with serving(tmp_path) as server:
        person = await server.sign_in()
        acknowledged: dict[str, dict[str, Any]] = {}
        for _ in range(ROUNDS):
            client = await server.connect(person.access_token)
            channel = (await client.ask("channel.list"))["channels"][0]
            writer = Writer(client, channel["id"])
            writing = asyncio.create_task(writer.until_killed())
            for _ in range(chance.randrange(1, 150)):
                await client.expect("message.created")
            await server.kill()
            await writing
            acknowledged |= writer.acknowledged
            await server.start()
            client = await server.connect(person.access_token)
            history = await whole_history(client, channel["id"])
            by_client_id = {message["clientId"]: message for message in history}
            assert [message["seq"] for message in history] == list(range(1, len(history) + 1))
            assert len(by_client_id) == len(history)
            assert {id: by_client_id.get(id) for id in acknowledged} == acknowledged
            assert (await client.ask("channel.list"))["channels"][0]["seq"] == len(history)
            await resent_is_the_same(client, writer, by_client_id)
            await client.close()


async def resent_is_the_same(client: Client, writer: Writer, stored: dict[str, dict[str, Any]]) -> None:
    """All that was sent before the kill, sent again: what was stored is answered as it is, the rest is stored now."""
    writer.client = client
    await asyncio.gather(*(writer.send(client_id) for client_id in writer.sent))
    for client_id in writer.sent:
        assert client_id not in stored or writer.acknowledged[client_id] == stored[client_id]
