"""The supervisor of several workers: silent ones are ended, ended ones replaced ever more slowly, none outlives it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.cli.command import CLEAN, PASSWORD, configure
from tests.conftest import RedisServer

PATIENCE_SECONDS = 30
START = """
from chatd.cli import main, supervisor
supervisor.SILENT_SECONDS = 2.0
main(prog_name="chatd")
"""


class Supervised:
    """`chatd serve --workers 2`, with a supervisor that loses its patience sooner."""

    def __init__(self, folder: Path, redis_url: str) -> None:
        command = [sys.executable, "-c", START, "serve", "--port", "0", "--workers", "2", "--redis", redis_url]
        self._errors = folder / "stderr.log"
        with self._errors.open("wb") as errors:
            self.process = subprocess.Popen(command, cwd=folder, env=CLEAN, stdout=subprocess.PIPE, stderr=errors)
        assert self.process.stdout is not None
        line = self.process.stdout.readline().decode()
        assert "serves on" in line, self.errors
        self.url = line.split()[-1]

    def close(self) -> None:
        if self.process.stdout is not None:
            self.process.stdout.close()

    @property
    def errors(self) -> str:
        return self._errors.read_text()

    def workers(self) -> set[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return set(map(int, children.split()))

    def until(self, look: str | object) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (look in self.errors if isinstance(look, str) else look()):  # type: ignore[operator]
            assert time.monotonic() < deadline, self.errors
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            return httpx.get(self.url + "/health", timeout=5, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False


@contextmanager
def supervised(folder: Path, redis: RedisServer) -> Iterator[Supervised]:
    configure(folder, chat={"initialUser": {"password": PASSWORD}})
    found = Supervised(folder, redis.url)
    try:
        found.until(lambda: len(found.workers()) == 2 and found.answers())
        yield found
    finally:
        for pid in [*found.workers(), found.process.pid] if found.process.poll() is None else []:
            os.kill(pid, signal.SIGKILL)
        found.process.wait()
        found.close()


@pytest.fixture
def server(tmp_path: Path, redis_server: RedisServer) -> Iterator[Supervised]:
    with supervised(tmp_path, redis_server) as found:
        yield found


def is_gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


def test_a_worker_that_does_not_answer_is_replaced(server: Supervised) -> None:
    """Stopped workers are ended and others started, so that somebody answers; SIGTERM still ends all with 0."""
    time.sleep(2)  # all have shown that they live
    before = server.workers()
    for pid in before:
        os.kill(pid, signal.SIGSTOP)
    server.until(lambda: not server.workers() & before)
    server.until(server.answers)
    assert server.errors.count("does not answer; it is ended") == 2
    server.until(lambda: len(server.workers()) == 2)
    time.sleep(1)
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(15) == 0


def test_workers_end_with_their_supervisor(server: Supervised) -> None:
    """Nobody serves on when the supervisor is killed."""
    workers = server.workers()
    time.sleep(2)
    server.process.kill()
    deadline = time.monotonic() + 15
    while not all(map(is_gone, workers)):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_worker_that_ends_at_once_is_started_ever_more_slowly(server: Supervised) -> None:
    """The first comes back after half a second, the next after one, and so on."""
    for delay in ("0.5", "1", "2"):
        worker = min(server.workers())
        for pid in server.workers() - {worker}:
            os.kill(pid, signal.SIGKILL)
        server.until(f"starting another in {delay} s")
        server.until(lambda: len(server.workers()) == 2)
