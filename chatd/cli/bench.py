"""chatd bench: load on a server, from a small client of our own. Side-by-side figures with peers are `make bench`'s."""

import asyncio
import contextlib
import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import psutil
import uvloop
from rich.console import Console
from rich.live import Live
from rich.table import Table

from chatd.cli.bench_socket import MARKER, BenchSocket, Tally

PATIENCE_SECONDS = 30.0
SETTLE_SECONDS = 0.5


class Target:
    """The server under load: its address and, when it can be found, its process."""

    def __init__(self, url: str, pid: int | None) -> None:
        self.url = url
        parts = urlsplit(url)
        self.host, self.port = parts.hostname or "127.0.0.1", parts.port or 80
        self.process = psutil.Process(pid) if pid is not None else None

    def post(self, path: str, body: dict[str, Any], token: str | None = None) -> Any:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), headers)  # noqa: S310 - http only
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 - as above
            return json.load(answer)

    def cpu_seconds(self) -> float:
        if self.process is None:
            return 0.0
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def memory_bytes(self) -> int:
        return int(self.process.memory_info().rss) if self.process is not None else 0

    async def open(self, token: str, tally: Tally) -> BenchSocket:
        loop = asyncio.get_running_loop()
        _, protocol = await loop.create_connection(
            lambda: BenchSocket(f"{self.host}:{self.port}", token, tally), self.host, self.port
        )
        await asyncio.wait_for(protocol.ready, PATIENCE_SECONDS)
        return protocol


@contextlib.contextmanager
def own_server() -> Iterator[Target]:
    """A server of our own in a temporary folder: dev sign-in, no limits."""
    with tempfile.TemporaryDirectory(prefix="chatd-bench-") as folder, socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
        probe.close()
        settings = {
            "auth": {"authMode": "dev", "isInviteRequired": False, "maxActiveSessions": 0},
            "chat": {"initialUser": {"userName": "admin", "email": "admin@example.com", "password": "only-for-bench"}},
            "server": {"port": port, "rateLimit": {"enabled": False}, "logLevel": "error"},
        }
        Path(folder, "mikrochat.config.json").write_text(json.dumps(settings))
        command = [sys.executable, "-m", "chatd", "serve"]
        server = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE)
        try:
            assert server.stdout is not None
            server.stdout.readline()
            yield Target(f"http://127.0.0.1:{port}", server.pid)
        finally:
            server.terminate()
            server.wait(15)


@contextlib.contextmanager
def target(url: str | None, pid: int | None) -> Iterator[Target]:
    if url is not None:
        yield Target(url.rstrip("/"), pid)
        return
    with own_server() as found:
        yield found


class Progress:
    """The live display, on standard error so that --json stays clean."""

    def __init__(self, title: str) -> None:
        self._title = title
        self.console = Console(stderr=True)
        self._live = Live(console=self.console, refresh_per_second=8, transient=True)

    def __enter__(self) -> "Progress":
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def show(self, **figures: str) -> None:
        table = Table(title=self._title)
        for name in figures:
            table.add_column(name.replace("_", " "), justify="right")
        table.add_row(*figures.values())
        self._live.update(table)


async def _sign_in(target: Target, count: int, progress: Progress) -> list[str]:
    tokens: list[str] = []
    for number in range(count):
        answer = await asyncio.to_thread(target.post, "/auth/dev-login", {"email": f"bench{number}@example.com"})
        tokens.append(answer["accessToken"])
        if number % 20 == 0:
            progress.show(signed_in=f"{number + 1}/{count}")
    return tokens


async def _connect(target: Target, tokens: list[str], tally: Tally, progress: Progress) -> list[BenchSocket]:
    sockets: list[BenchSocket] = []
    for start in range(0, len(tokens), 50):
        sockets += await asyncio.gather(*(target.open(token, tally) for token in tokens[start : start + 50]))
        progress.show(sockets=f"{len(sockets)}/{len(tokens)}")
    return sockets


async def _fanout(target: Target, sockets: int, messages: int, window: int, size: int) -> dict[str, Any]:
    tally = Tally()
    with Progress("fan-out") as progress:
        tokens = await _sign_in(target, sockets, progress)
        before = target.memory_bytes()
        people = await _connect(target, tokens, tally, progress)
        channel = next(
            channel["id"]
            for channel in (await asyncio.to_thread(target.post, "/api/channel.list", {}, tokens[0]))["channels"]
            if channel["kind"] == "public"
        )
        await asyncio.sleep(SETTLE_SECONDS)
        idle = target.memory_bytes()
        cpu, began = target.cpu_seconds(), time.perf_counter()
        await _publish(people[0], channel, messages, window, size, tally, sockets, progress)
        seconds = time.perf_counter() - began
        used = target.cpu_seconds() - cpu
    return {
        "sockets": sockets,
        "messages": messages,
        "inFlight": window,
        "deliveriesPerSecond": round(tally.deliveries / seconds),
        "complete": tally.deliveries == messages * sockets,
        "p50Ms": round(tally.percentile(0.5), 2),
        "p99Ms": round(tally.percentile(0.99), 2),
        "serverCpuPercent": round(100 * used / seconds),
        "serverMemoryMb": round(target.memory_bytes() / 1e6, 1),
        "memoryPerSocketKb": round((idle - before) / sockets / 1024, 1),
    }


async def _publish(
    publisher: BenchSocket,
    channel: str,
    messages: int,
    window: int,
    size: int,
    tally: Tally,
    sockets: int,
    progress: Progress,
) -> None:
    """Send `messages`, at most `window` of them not yet heard by everybody."""
    sent, wanted, stalled = 0, messages * sockets, time.perf_counter()
    last = 0
    while tally.deliveries < wanted:
        while sent < messages and sent * sockets - tally.deliveries < window * sockets:
            content = f"{MARKER.decode()}{time.perf_counter():.6f}:".ljust(size, "x")
            publisher.send({"type": "message", "payload": {"channelId": channel, "content": content}})
            sent += 1
        if tally.deliveries != last:
            last, stalled = tally.deliveries, time.perf_counter()
        elif time.perf_counter() - stalled > PATIENCE_SECONDS:
            return
        if sent % 16 == 0:
            progress.show(messages=f"{sent}/{messages}", deliveries=f"{tally.deliveries:,}")
        await asyncio.sleep(0)


async def _kick(target: Target, sockets: int) -> dict[str, Any]:
    """One socket per user; an administrator removes them one after the other."""
    tally = Tally()
    with Progress("kick") as progress:
        tokens = await _sign_in(target, sockets, progress)
        people = await _connect(target, tokens, tally, progress)
        admin = await asyncio.to_thread(target.post, "/auth/dev-login", {"email": "admin@example.com"})
        replies, cuts = [], []
        for number, person in enumerate(people):
            me = await asyncio.to_thread(target.post, "/api/sync", {}, tokens[number])
            began = time.perf_counter()
            body = {"userId": me["user"]["id"]}
            await asyncio.to_thread(target.post, "/api/admin.removeUser", body, admin["accessToken"])
            replies.append(time.perf_counter() - began)
            cuts.append(await asyncio.wait_for(person.closed, PATIENCE_SECONDS) - began)
            if number % 10 == 0:
                progress.show(removed=f"{number + 1}/{sockets}")
    by_reply, by_cut = Tally(), Tally()
    by_reply.latencies, by_cut.latencies = replies, cuts
    return {
        "sockets": sockets,
        "closeCodes": {str(code): count for code, count in tally.closed.items()},
        "cutP50Ms": round(by_cut.percentile(0.5), 2),
        "cutP99Ms": round(by_cut.percentile(0.99), 2),
        "replyP50Ms": round(by_reply.percentile(0.5), 2),
        "replyP99Ms": round(by_reply.percentile(0.99), 2),
        "serverMemoryMb": round(target.memory_bytes() / 1e6, 1),
    }


def _report(result: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(result))
        return
    for name, value in result.items():
        number = isinstance(value, int | float) and not isinstance(value, bool)
        click.echo(f"{name:22} {value:,}" if number else f"{name:22} {value}")


def _run(work: Coroutine[Any, Any, dict[str, Any]], *, as_json: bool) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            _report(runner.run(work), as_json=as_json)
        except OSError as error:
            raise click.ClickException(
                f"the server refused ({error}). It must run in dev mode with rate limits and session limit off."
            ) from None


@click.group()
def bench() -> None:
    """Measure a server: one of its own by default, or a running one in dev mode by --url."""


_URL = click.option("--url", help="a running server in dev mode; its own when left out")
_PID = click.option("--pid", type=int, help="process of --url, for CPU and memory")
_JSON = click.option("--json", "as_json", is_flag=True, help="one JSON object")


@bench.command()
@_URL
@_PID
@click.option("-n", "--sockets", default=200, show_default=True, type=click.IntRange(1, 18_000))
@click.option("-m", "--messages", default=500, show_default=True, type=click.IntRange(1))
@click.option("-w", "--window", default=8, show_default=True, type=click.IntRange(1), help="messages in flight")
@click.option("-s", "--size", default=200, show_default=True, type=click.IntRange(40, 4000), help="characters each")
@_JSON
def fanout(
    url: str | None, pid: int | None, sockets: int, messages: int, window: int, size: int, as_json: bool
) -> None:
    """One channel, many sockets: deliveries per second and how late they are."""
    with target(url, pid) as found:
        _run(_fanout(found, sockets, messages, window, size), as_json=as_json)


@bench.command()
@_URL
@_PID
@click.option("-n", "--sockets", default=100, show_default=True, type=click.IntRange(1, 18_000))
@_JSON
def kick(url: str | None, pid: int | None, sockets: int, as_json: bool) -> None:
    """Remove users one after the other: how soon each one's socket is cut."""
    with target(url, pid) as found:
        _run(_kick(found, sockets), as_json=as_json)
