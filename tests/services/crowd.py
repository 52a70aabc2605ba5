"""Many callers at the same moment, on one node alone or every other one on another node over a real Redis."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.client import PATIENCE_SECONDS, Client
from tests.conftest import RedisServer
from tests.serving import MovableClock, Running, running, settings

CALLERS = 20
PLACES = ["memory", "two nodes"]
Nodes = tuple[Running, Running]


@asynccontextmanager
async def two_of(
    place: str, folder: Path, redis_server: RedisServer, **sections: dict[str, Any]
) -> AsyncIterator[Nodes]:
    """Two nodes over one database, or the same one twice on memory."""
    redis_url = redis_server.url if place == "two nodes" else None
    config, clock = settings(folder, redis_url, **sections), MovableClock()
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(running(config, clock))
        second = await stack.enter_async_context(running(config, clock)) if redis_url is not None else first
        yield first, second
        await _hang_up(first, second)


async def _hang_up(*nodes: Running) -> None:
    """Close everybody's sockets before the first node stops: an open one holds its drain for a second."""
    clients = [client for node in nodes for person in node.people for client in person.clients]
    await asyncio.gather(*(client.close() for client in clients), return_exceptions=True)


async def everybody(nodes: Nodes, names: str, how_many: int = CALLERS) -> list[Client]:
    """Sockets of that many people, every other on the other node."""
    people = [await nodes[0].sign_in(f"{names}{number}@example.com") for number in range(how_many)]
    return [await person.connect(nodes[number % 2].url) for number, person in enumerate(people)]


async def outcome(client: Client, type: str, **payload: Any) -> str:
    """`ok`, the code of the refusal, or `cut` when the socket ended before the reply."""
    try:
        reply = await asyncio.wait_for(await client.start(type, **payload), PATIENCE_SECONDS)
    except ConnectionError:
        return "cut"
    return "ok" if reply["ok"] else str(reply["error"]["code"])


async def posted(node: Running, path: str, **body: Any) -> str:
    """The same of somebody without a socket, over HTTP."""
    return outcome_of(await node.http.post(node.url + path, json=body))


def outcome_of(answer: httpx.Response) -> str:
    return "ok" if answer.is_success else str(answer.json()["code"])


async def at_once(*asked: Awaitable[str]) -> Counter[str]:
    return Counter(await asyncio.gather(*asked))


async def post_at_once(nodes: Nodes, path: str, bodies: Sequence[dict[str, Any]]) -> Counter[str]:
    """All of them at the same moment, every other one to the other node."""
    return await at_once(*(posted(nodes[number % 2], path, **body) for number, body in enumerate(bodies)))
