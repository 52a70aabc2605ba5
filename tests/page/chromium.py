"""Debian's Chromium under Playwright: where it is, how it is started, and what happens where there is none."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NoReturn

import pytest
from playwright.async_api import Browser, async_playwright

from tests.conftest import NOT_RUN

ARGUMENTS = [
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",  # the same letters on every machine
]


def without(what: str) -> NoReturn:
    """Leave this test out because of what the machine lacks; in CI that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and in CI every test has to run", pytrace=False)
    pytest.skip(f"{NOT_RUN}{what} is missing")


def executable() -> str:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None) or without("Chromium")


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """A browser until the end of the block."""
    path = executable()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()
