#!/usr/bin/env python3
"""make bench: chatd side by side with its peers, in one run; writes docs/performance.md. Nothing here is a test."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from people import section

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TOOLS = Path(os.environ.get("CHATD_BENCH_TOOLS", "/tmp/chatd-bench-tools"))  # rebuilt when it is gone
CHATD = f"{sys.executable} -m chatd serve"
PEERS = "nchan,ws,socketio,starlette"
PORT = 9510


class Metrics:
    """The figures of chatd's /metrics, read again and again while it runs: the last ones are kept."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.last = ""
        while process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/metrics", timeout=1) as answer:
                    self.last = answer.read().decode()
            except OSError:
                pass
            time.sleep(0.5)

    def get(self, name: str) -> float:
        found = re.search(rf"^{name} (\S+)$", self.last, re.MULTILINE)
        return float(found.group(1)) if found else float("nan")


def run(sockets: int, messages: int, window: int, *, rounds: int, peers: str) -> tuple[dict, float]:
    """One comparison; (result of fanout.py, chatd's writes per delivery)."""
    command = [sys.executable, str(HERE / "fanout.py"), "--tools", str(TOOLS), "--chatd", CHATD, "--peers", peers]
    command += ["-n", str(sockets), "-m", str(messages), "-w", str(window), "--rounds", str(rounds), "--json"]
    command += ["--timeout", "120"]
    print(f"{sockets} sockets, {window} in flight ...", file=sys.stderr)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    metrics = Metrics(process)
    assert process.stdout is not None
    return json.loads(process.stdout.read()), metrics.get("chatd_writes_per_delivery")


def table(result: dict, writes: float) -> list[str]:
    best = max((found["rate"] for name, found in result["results"].items() if name != "chatd"), default=0)
    lines = [
        "",
        f"### {result['n']:,} sockets, {result['w']} in flight",
        "",
        "| server | deliveries/s | of the best peer | p50 ms | p99 ms | KB per socket |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, found in sorted(result["results"].items(), key=lambda item: -item[1]["rate"]):
        ratio = f"{found['rate'] / best:.2f}" if best else ""
        lines.append(
            f"| {name} | {found['rate']:,.0f} | {ratio} | {found['p50']:.1f} | {found['p99']:.1f} "
            f"| {found['kb_per_conn']:.1f} |"
        )
    return [*lines, "", f"chatd's writes per delivery: {writes:.3f}."]


def machine() -> str:
    model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    name = model.group(1) if model else platform.machine()
    return f"{os.cpu_count()} cores of {name}, Python {platform.python_version()}"


def main() -> None:
    if not (TOOLS / "wsload").exists() or shutil.which("nginx") is None:
        subprocess.run([str(HERE / "setup.sh"), str(TOOLS)], check=True)
    rounds = int(os.environ.get("CHATD_BENCH_ROUNDS", "3"))
    lines = [
        "# Performance",
        "",
        f"Measured on {datetime.now(UTC):%Y-%m-%d} by `make bench`: {machine()}, Linux {platform.release()}.",
        f"Server pinned to one core, load generator to the other, loopback, 200-byte messages, median of {rounds}",
        "rounds in which the servers take turns. chatd commits each message to the disk (synchronous=FULL) before",
        "anybody hears of it; the peers store nothing. The server is `chatd serve` with the bench's configuration",
        "and no more.",
    ]
    for sockets, messages, window in ((1000, 2000, 8), (1000, 4000, 32)):
        lines += table(*run(sockets, messages, window, rounds=rounds, peers=PEERS))
        write(lines)
    lines += table(*run(1, 30_000, 64, rounds=rounds, peers=""))
    lines += ["", "With one subscriber this is the rate of messages in, each committed."]
    write(lines)
    lines += table(*run(10_000, 100, 8, rounds=1, peers=""))
    lines += [
        "",
        "KB per socket is resident memory of an idle, signed-in socket with its session, over 10,000 of them.",
    ]
    write(lines)
    lines += section()
    write(lines)


def write(lines: list[str]) -> None:
    """After each part, so that a run that is broken off leaves what it measured."""
    (ROOT / "docs" / "performance.md").write_text("\n".join(lines) + "\n")


main()
