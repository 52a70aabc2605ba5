"""Nodes with other bounds: one alone, and two over one database and a real Redis, of which each has its own."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RedisServer
from tests.serving import MovableClock, Running, running, settings

Bounded = Callable[..., AbstractAsyncContextManager[tuple[Running, Running]]]


@pytest.fixture(params=["memory", "two nodes"])
def bounded(request: pytest.FixtureRequest, tmp_path: Path, redis_server: RedisServer) -> Bounded:
    """`async with bounded(server={...}) as (first, second)`: the same node twice, or two of them."""

    @asynccontextmanager
    async def start(**sections: Any) -> AsyncIterator[tuple[Running, Running]]:
        alone = request.param == "memory"
        config, clock = settings(tmp_path, None if alone else redis_server.url, **sections), MovableClock()
        async with AsyncExitStack() as stack:
            first = await stack.enter_async_context(running(config, clock))
            yield first, first if alone else await stack.enter_async_context(running(config, clock))

    return start
