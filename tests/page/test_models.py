"""The models' own tests, models/*.test.js: in node where it is, else in Chromium."""

import asyncio
import json
import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, Route

from tests.conftest import NOT_RUN
from tests.page.chromium import Chromium

ROOT = Path(__file__).parent.parent.parent
MODELS = Path(__file__).parent / "models"
TESTS = sorted(file.name for file in MODELS.glob("*.test.js"))
FILES = [MODELS / name for name in TESTS]
NODE = shutil.which("node")
ORIGIN = "http://models.test"
SHIMS = {
    "test": "node_test.js",
    "assert/strict": "node_assert.js",
    "assert": "node_assert.js",
    "crypto": "node_crypto.js",
}
EMPTY_PAGE = "<!doctype html><title>models</title>"
WRONG = [
    "assert(0)",
    "assert.ok('')",
    "assert.equal(1, '1')",
    "assert.equal(0, -0)",
    "assert.notEqual(NaN, NaN)",
    "assert.deepEqual({ a: 1 }, { a: 1, b: undefined })",
    "assert.deepEqual([1, [2, 3]], [1, [2, 4]])",
    "assert.deepEqual([1], [1, 2])",
    "assert.deepEqual(new Map([[1, [2]]]), new Map([[1, [3]]]))",
    "assert.deepEqual(new Set([1, { a: 1 }]), new Set([1, { a: 2 }]))",
    "assert.deepEqual(new Date(1), new Date(2))",
    "assert.deepEqual([], {})",
    "assert.deepEqual(null, {})",
    "assert.deepEqual(Object.create(null), {})",
    "assert.notDeepEqual({ a: [1] }, { a: [1] })",
    "assert.match('abc', /x/)",
    "assert.doesNotMatch('abc', /a/)",
    "assert.throws(() => 1)",
    "assert.throws(() => { throw new Error('a') }, /b/)",
    "assert.throws(() => { throw new Error('a') }, TypeError)",
    "assert.throws(() => { throw new Error('a') }, { message: 'b' })",
    "assert.throws(() => { throw new Error('a') }, () => false)",
    "assert.doesNotThrow(() => { throw new Error('a') })",
    "await assert.rejects(Promise.resolve())",
    "await assert.rejects(async () => { throw new Error('a') }, { message: 'b' })",
    "await assert.doesNotReject(Promise.reject(new Error('a')))",
    "assert.fail()",
]
# All in one process: node's own runner starts one for each file, which costs four times as much.
IMPORT_ALL = "for (const file of process.argv.slice(1)) await import(file)"
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
        await route.fulfill(body=EMPTY_PAGE, content_type="text/html")
        return
    file = (ROOT / path.lstrip("/")).resolve()
    if not file.is_relative_to(ROOT) or not file.is_file():
        await route.fulfill(status=404)
        return
    await route.fulfill(body=for_browsers(file.read_text(encoding="utf-8")), content_type="text/javascript")


@pytest_asyncio.fixture(loop_scope="session")
async def page(chromium: Chromium) -> AsyncIterator[Page]:
    """An empty page that may import any module of the project."""
    found = await chromium.browser.new_page()
    await found.route("**/*", serve)
    await found.goto(ORIGIN)
    yield found
    await found.close()


def test_there_are_tests() -> None:
    """The two below would pass without any."""
    assert TESTS


# One of them also where node is, so that what stands in for node's modules never rots.
@pytest.mark.parametrize("name", TESTS[:1] if NODE else TESTS)
async def test_in_the_browser(page: Page, name: str) -> None:
    """Each model does what its tests say in the engine that will run it."""
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    outcome = await page.evaluate(RUN, f"/tests/page/models/{name}")
    assert outcome["failed"] == [], "\n\n".join(outcome["failed"])
    assert thrown == []
    assert outcome["count"] > 0


async def test_the_stand_in_for_assert_fails_what_is_wrong(page: Page) -> None:
    """Else the tests above would pass whatever the models do. Their report is held to its word too."""
    tests = "\n".join(f"test({json.dumps(claim)}, async () => {{ {claim} }});" for claim in WRONG)
    outcome = await page.evaluate(
        f"""async () => {{
          const {{ test, runAll }} = await import("/tests/page/shims/node_test.js");
          const {{ default: assert }} = await import("/tests/page/shims/node_assert.js");
          {tests}
          return runAll();
        }}"""
    )
    assert outcome["count"] == len(WRONG)
    assert [failed.split("\n")[0] for failed in outcome["failed"]] == WRONG


async def test_under_node() -> None:
    """The same without a browser: no model reaches for a document or a window."""
    if NODE is None:
        pytest.skip(f"{NOT_RUN}node is missing (the same tests run in the browser)")
    process = await asyncio.create_subprocess_exec(
        NODE, "--test-reporter=tap", "--input-type=module", "--eval", IMPORT_ALL, *map(str, FILES),
        env={**os.environ, "NO_COLOR": "1"}, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    output = (await process.communicate())[0].decode()
    assert process.returncode == 0, "\n".join(re.findall(r"^ *not ok .*(?:\n(?!ok|not ok).*)*", output, re.MULTILINE))
    counted = re.search(r"^# tests (\d+)$", output, re.MULTILINE)
    assert counted is not None
    assert int(counted[1]) >= sum(len(re.findall(r"^test\(", text.read_text(), re.MULTILINE)) for text in FILES)
