"""Debian's Chromium under Playwright: where it is, how it is started, and what happens where there is none."""

import asyncio
import os
import shutil
from contextlib import AsyncExitStack, suppress
from typing import ClassVar, NoReturn

import psutil
import pytest
from playwright.async_api import Browser, async_playwright
from playwright.async_api import Error as PlaywrightError

from tests.conftest import NOT_RUN
from tests.page.contexts import Contexts

LAUNCH_SECONDS_MAX = 60.0
VISITS_MAX = 60
ANSWER_SECONDS_MAX = 20.0  # for what takes it a tenth of a second
# The headless shell is the same engine without a browser's own windows: a visit costs it half.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",  # the same letters on every machine
    "--renderer-process-limit=2",  # a process for each page is most of what a page costs
]


def without(what: str) -> NoReturn:
    """Leave this test out because of what the machine lacks; in CI that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and in CI every test has to run", pytrace=False)
    pytest.skip(f"{NOT_RUN}{what} is missing")


def executable() -> str:
    return next((path for name in NAMES if (path := shutil.which(name))), None) or without("Chromium")


class Chromium:
    """The browser of one process of tests; another takes its place when it has shown much or answers nobody more."""

    replaced: ClassVar[int] = 0  # in this process

    def __init__(self) -> None:
        self._life = AsyncExitStack()
        self._driver: list[psutil.Process] = []
        self.browser: Browser
        self.contexts: Contexts

    async def start(self) -> None:
        path = executable()
        before = set(psutil.Process().children())
        async with asyncio.timeout(LAUNCH_SECONDS_MAX):
            playwright = await self._life.enter_async_context(async_playwright())
            self.browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        self.contexts = Contexts(self.browser)
        self._driver = [child for child in psutil.Process().children() if child not in before]

    async def stop(self) -> None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                await self.browser.close()
                await self._life.aclose()
        except (TimeoutError, PlaywrightError):
            self._kill()

    async def renew(self) -> None:
        """Start another where this one has shown many pages: it grows with each."""
        if self.contexts.taken >= VISITS_MAX:
            await self.stop()
            self._life = AsyncExitStack()
            await self.start()

    async def is_dead(self) -> bool:
        """Whether not even an empty page can be had from it any more; then another one has been started."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                page = await self.browser.new_page()
                await page.evaluate("1")
                await page.close()
        except (TimeoutError, PlaywrightError):
            Chromium.replaced += 1
            self._kill()
            self._life = AsyncExitStack()
            await self.start()
            return True
        return False

    def _kill(self) -> None:
        for parent in self._driver:
            with suppress(psutil.NoSuchProcess):
                for process in (*parent.children(recursive=True), parent):
                    with suppress(psutil.NoSuchProcess):
                        process.kill()
