"""The models' own tests, models/*.test.js: for `node --test` where node is, and in Chromium in any case."""

import asyncio
import os
import re
import shutil
from pathlib import Path

import pytest
from playwright.async_api import Browser, Route

from tests.page.chromium import NOT_RUN

ROOT = Path(__file__).parent.parent.parent
MODELS = Path(__file__).parent / "models"
TESTS = sorted(file.name for file in MODELS.glob("*.test.js"))
ORIGIN = "http://models.test"
SHIMS = {
    "test": "node_test.js",
    "assert/strict": "node_assert.js",
    "assert": "node_assert.js",
    "crypto": "node_crypto.js",
}
PAGE = "<!doctype html><title>models</title>"
RUN = """async (file) => {
  const { runAll } = await import("/tests/page/shims/node_test.js");
  await import(file);
  return runAll();
}"""


def for_browsers(source: str) -> str:
    """The modules of node become ours; one that has no stand-in fails as an import that nobody answers."""
    return re.sub(r'"node:([\w/]+)"', lambda found: f'"/tests/page/shims/{SHIMS.get(found[1], found[1])}"', source)


async def serve(route: Route) -> None:
    """The project's folder under a name that is no host, without a server."""
    path = route.request.url.removeprefix(ORIGIN)
    if path == "/":
        await route.fulfill(body=PAGE, content_type="text/html")
        return
    file = (ROOT / path.lstrip("/")).resolve()
    if not file.is_relative_to(ROOT) or not file.is_file():
        await route.fulfill(status=404)
        return
    await route.fulfill(body=for_browsers(file.read_text(encoding="utf-8")), content_type="text/javascript")


def test_there_are_tests() -> None:
    """The two below would pass without any."""
    assert TESTS


@pytest.mark.parametrize("name", TESTS)
async def test_in_the_browser(browser: Browser, name: str) -> None:
    """Each model does what its tests say in the engine that will run it."""
    page = await browser.new_page()
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    await page.route("**/*", serve)
    await page.goto(ORIGIN)
    outcome = await page.evaluate(RUN, f"/tests/page/models/{name}")
    await page.close()
    assert outcome["failed"] == [], "\n\n".join(outcome["failed"])
    assert thrown == []
    assert outcome["count"] > 0


@pytest.mark.parametrize("name", TESTS)
async def test_under_node(name: str) -> None:
    """The same without a browser: no model reaches for a document or a window."""
    node = shutil.which("node")
    if node is None:
        pytest.skip(f"{NOT_RUN}node is missing (the same tests run in the browser)")
    process = await asyncio.create_subprocess_exec(
        node, "--test", str(MODELS / name),
        env={**os.environ, "NO_COLOR": "1"}, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()
    assert not re.search(r"^# tests 0$", output.decode(), re.MULTILINE), output.decode()
