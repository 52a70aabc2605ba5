"""`kill -9`, again and again, at moments drawn by chance, on one node and on one of two: nothing acknowledged is lost.

Run by `make chaos`, which says its seed; KILLS=50 takes fewer than a thousand, MINUTES=5 ends sooner.
"""

import asyncio
import os
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from tests.chance import SEED, drawn
from tests.client import Client, Person
from tests.conftest import RedisServer
from tests.process import Process, serving
from tests.serving import settings

KILLS = int(os.environ.get("KILLS") or 1000)
MINUTES = float(os.environ.get("MINUTES") or 40)
LANES = 32
LONGEST_SECONDS = 0.4  # from the first message of a round to the kill


class Talk:
    """Messages sent over one node until it dies, and what became of them."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.sent: dict[str, str] = {}
        self.acknowledged: dict[str, dict[str, Any]] = {}

    async def until_killed(self, client: Client, channel: str) -> None:
        await asyncio.gather(*(self._lane(client, channel) for _ in range(LANES)))

    async def _lane(self, client: Client, channel: str) -> None:
        try:
            while True:
                await self.send(client, channel, str(uuid.uuid4()))
        except (ConnectionError, ConnectionClosed):
            pass

    async def send(self, client: Client, channel: str, client_id: str) -> dict[str, Any]:
        self.sent[client_id] = f"text of {client_id}"
        payload = {"channelId": channel, "content": self.sent[client_id], "clientId": client_id}
        message: dict[str, Any] = (await client.ask("message", **payload))["message"]
        self.acknowledged[client_id] = message
        return message


async def since(client: Client, channel: str, seq: int) -> list[dict[str, Any]]:
    """All messages behind `seq`, in order."""
    found: list[dict[str, Any]] = []
    before: dict[str, str] = {}
    while True:
        page = await client.ask("message.history", channelId=channel, limit=200, **before)
        found = [message for message in page["messages"] if message["seq"] > seq] + found
        if not page["hasMore"] or page["messages"][0]["seq"] <= seq + 1:
            return found
        before = {"before": found[0]["id"]}


async def look_after(client: Client, channel: str, seq: int, talk: Talk) -> int:
    """What was acknowledged is there, once; what was not may be sent again and is there once. The channel's `seq`."""
    stored = await since(client, channel, seq)
    assert [message["seq"] for message in stored] == list(range(seq + 1, seq + len(stored) + 1))
    by_client_id = {message["clientId"]: message for message in stored}
    assert len(by_client_id) == len(stored)
    assert talk.acknowledged.items() <= by_client_id.items()
    assert by_client_id.keys() <= talk.sent.keys()
    for client_id in talk.sent.keys() - talk.acknowledged.keys():
        again = await talk.send(client, channel, client_id)
        assert client_id not in by_client_id or again == by_client_id[client_id]
    return seq + len(talk.sent)


@pytest.fixture(params=["one node", "one of two"])
async def nodes(
    request: pytest.FixtureRequest, tmp_path: Path, redis_server: RedisServer
) -> AsyncIterator[tuple[Process, Process]]:
    """(the one that is killed, the one that looks): the same, or another."""
    config = settings(tmp_path, None if request.param == "one node" else redis_server.url)
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(serving(tmp_path, "first", config))
        second = first
        if request.param == "one of two":
            second = await stack.enter_async_context(serving(tmp_path, "second", config))
        yield first, second


async def test_kills(nodes: tuple[Process, Process]) -> None:
    """Half of the kills on each."""
    killed, looking = nodes
    chance, until = drawn(11), time.monotonic() + MINUTES * 30
    person = await killed.sign_in()
    seq = rounds = 0
    while rounds < KILLS // 2 and time.monotonic() < until:
        client = await killed.connect(person.access_token)
        channel = (await client.ask("channel.list"))["channels"][0]["id"]
        talk = Talk(person)
        talking = asyncio.create_task(talk.until_killed(client, channel))
        await client.expect("message.created")
        await asyncio.sleep(chance.random() * LONGEST_SECONDS)
        await killed.kill()
        await talking
        await client.close()
        starting = asyncio.create_task(killed.start())
        if looking is killed:
            await starting
        watcher = await looking.connect(person.access_token)
        seq = await look_after(watcher, channel, seq, talk)
        await watcher.close()
        await starting
        rounds += 1
    print(f"{rounds} kills, {seq} messages, seed {SEED}")
    assert rounds
