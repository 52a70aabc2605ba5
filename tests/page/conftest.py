"""Browsers and nodes for the tests of the page: one Chromium per process of the suite, a context per person.

The browser outlives a test and belongs to one event loop, so all tests here run on the session's loop. A fixture of
one's own that awaits says so too: `@pytest_asyncio.fixture(loop_scope="session")`.
"""

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


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector: pytest.Collector, name: str, obj: object) -> None:
    if name.startswith("test_") and inspect.iscoroutinefunction(obj):
        pytest.mark.asyncio(loop_scope="session")(obj)


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
