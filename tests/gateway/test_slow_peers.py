"""One slow or hostile client harms nobody: memory stays bounded while 100 MB are published."""

import asyncio
from pathlib import Path

from tests.client import Client
from tests.gateway import raw
from tests.gateway.raw import Raw
from tests.process import serving

GROWTH_MAX = 60 * 1024 * 1024
CONTENT = "😀" * 4000  # 16 kB
MESSAGES, AT_ONCE, READERS = 2100, 16, 3  # 33 MB of events to each of three readers: 100 MB


async def publish(client: Client, channel: str) -> None:
    replies = [await client.start("message", channelId=channel, content=CONTENT) for _ in range(AT_ONCE)]
    assert all(reply["ok"] for reply in await asyncio.gather(*replies))
    client.heard.clear()


async def read_slowly(peer: Raw) -> None:
    """A byte at a time, until the server ends it."""
    try:
        while await peer.receive(1):
            await peer.send(raw.text("ping", None))  # gives the others their turn, and says that it is alive
    except ConnectionError:
        pass


async def hear_all(client: Client, number: int) -> None:
    """Every message, in the order of `seq`."""
    for seq in range(1, number + 1):
        event = await client.expect("message.created")
        assert event["seq"] == seq
        client.heard.clear()


async def test_peers_that_read_nothing_or_next_to_nothing_cost_little_and_harm_nobody(tmp_path: Path) -> None:
    """Both are closed, the server grows by at most 60 MB, and the others get every message in order."""
    async with serving(tmp_path) as server:
        alice = await server.client()
        channel = (await alice.ask("channel.list"))["channels"][0]["id"]
        eve = await server.sign_in("eve@example.com")
        silent = await Raw.open(server.url, eve.access_token, 4096)
        slow = await Raw.open(server.url, eve.access_token, 4096)
        readers = [alice] + [await server.client(f"reader{i}@example.com") for i in range(READERS - 1)]
        hearing = [asyncio.create_task(hear_all(reader, MESSAGES // AT_ONCE * AT_ONCE)) for reader in readers]
        slowly = asyncio.create_task(read_slowly(slow))
        before = most = server.resident_bytes
        for _ in range(MESSAGES // AT_ONCE):
            await publish(alice, channel)
            most = max(most, server.resident_bytes)
        assert most - before <= GROWTH_MAX
        await asyncio.gather(*hearing)
        await asyncio.wait_for(slowly, raw.PATIENCE_SECONDS)
        assert await silent.is_ended()
        for client in (*readers,):
            await client.close()
