"""Browsers and nodes for the tests of the page: one Chromium per process of the suite, a context per person.

The browser outlives a test and belongs to one event loop, so all tests here run on the session's loop. A fixture of
one's own that awaits says so too: `@pytest_asyncio.fixture(loop_scope="session")`.
"""

import asyncio
import functools
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.page.chromium import launched
from tests.page.house import House
from tests.serving import settings

Serve = Callable[..., Awaitable[House]]
HERE = Path(__file__).parent
TEST_SECONDS_MAX = 180.0  # less than what ends the whole process (pyproject.toml)


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector: pytest.Collector, name: str, obj: object) -> None:
    if name.startswith("test_") and inspect.iscoroutinefunction(obj):
        pytest.mark.asyncio(loop_scope="session")(obj)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A script in the page that never answers fails its test, not the process with the browser of all others."""
    for item in items:
        if HERE in item.path.parents and isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
            item.obj = bounded(item.obj)


def bounded(test: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    @functools.wraps(test)
    async def run(*args: Any, **fixtures: Any) -> None:
        async with asyncio.timeout(TEST_SECONDS_MAX):
            await test(*args, **fixtures)

    return run


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def serve(browser: Browser, tmp_path: Path) -> AsyncIterator[Serve]:
    """Start a node with sections of settings changed: `house = await serve(auth={"authMode": "password"})`."""
    houses: list[House] = []

    async def start(**sections: Any) -> House:
        folder = tmp_path / f"house{len(houses)}"
        folder.mkdir()
        house = House(browser, settings(folder, **sections))
        houses.append(house)
        await house.start()
        return house

    yield start
    problems = [problem for house in houses for problem in await house.close()]
    assert problems == [], "the page must do without these; tests that bring them about call visitor.forgive()"


@pytest_asyncio.fixture(loop_scope="session")
async def house(serve: Serve) -> House:
    """One node: dev sign-in, SQLite and memory."""
    return await serve()
