"""Browsers and nodes for the tests of the page: one Chromium for each process of tests, contexts used again.

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
from _pytest.runner import runtestprotocol
from playwright.async_api import Error as PlaywrightError

from tests.page.chromium import Chromium
from tests.page.house import House
from tests.postbox import Postbox, postbox
from tests.serving import settings

Serve = Callable[..., Awaitable[House]]
HERE = Path(__file__).parent
TEST_SECONDS_MAX = 180.0  # less than what ends the whole process (pyproject.toml)
DOUBT_SECONDS = 20.0  # most tests are over long before
DEAD = "the browser answers nobody any more"


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector: pytest.Collector, name: str, obj: object) -> None:
    if name.startswith("test_") and inspect.iscoroutinefunction(obj):
        pytest.mark.asyncio(loop_scope="session")(obj)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A script in the page that never answers fails its test, not the process with the browser of all others."""
    for item in items:
        if HERE in item.path.parents and isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
            item.obj = bounded(item)


def bounded(item: pytest.Function) -> Callable[..., Awaitable[None]]:
    test = item.obj

    @functools.wraps(test)
    async def run(*args: Any, **fixtures: Any) -> None:
        work = asyncio.ensure_future(test(*args, **fixtures))
        try:
            async with asyncio.timeout(TEST_SECONDS_MAX):
                while not (await asyncio.wait({work}, timeout=DOUBT_SECONDS))[0]:
                    chromium = item.funcargs.get("chromium")
                    assert chromium is None or not await chromium.is_dead(), DEAD
            await work
        finally:
            work.cancel()
            await asyncio.wait({work}, timeout=DOUBT_SECONDS)

    return run


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """A browser that died under a test says nothing about the page: that test is run again with another, once."""
    if HERE not in item.path.parents:  # this hook, unlike others, is called for tests elsewhere too
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    before = Chromium.replaced
    reports = runtestprotocol(item, log=False, nextitem=nextitem)
    if Chromium.replaced > before:
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Chromium]:
    found = Chromium()
    await found.start()
    yield found
    await found.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def chromium(browser: Chromium) -> Chromium:
    """The browser of this process, never so old that it has grown heavy."""
    await browser.renew()
    return browser


@pytest_asyncio.fixture(loop_scope="session")
async def serve(chromium: Chromium, tmp_path: Path) -> AsyncIterator[Serve]:
    """Start a node with sections of settings changed: `house = await serve(auth={"authMode": "password"})`."""
    houses: list[House] = []

    async def start(**sections: Any) -> House:
        folder = tmp_path / f"house{len(houses)}"
        folder.mkdir()
        house = House(chromium.contexts, settings(folder, **sections))
        houses.append(house)
        await house.start()
        return house

    yield start
    problems = []
    for house in houses:
        try:
            problems += await house.close()
        except (TimeoutError, PlaywrightError):
            assert not await chromium.is_dead(), DEAD
            raise
    assert problems == [], "the page must do without these; tests that bring them about call visitor.forgive()"


@pytest_asyncio.fixture(loop_scope="session")
async def house(serve: Serve) -> House:
    """One node: dev sign-in, SQLite and memory."""
    return await serve()


@pytest_asyncio.fixture(loop_scope="session")
async def box() -> AsyncIterator[Postbox]:
    """A real SMTP server, and what came to it: `await serve(email=box.settings())`."""
    async with postbox() as box:
        yield box
