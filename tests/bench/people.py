#!/usr/bin/env python3
"""How long `admin.listUsers` takes with many users and sessions: every tab, order and search, over HTTP as it is asked.

Fills a database of its own, serves it with `chatd serve`, and asks one request after the other. Nothing here is a test.
"""

import argparse
import asyncio
import http.client
import json
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from chatd.app import Node
from chatd.config import Config
from chatd.store import Tx, users
from chatd.store.schema import sessions

DOCS = Path(__file__).parent.parent.parent / "docs" / "performance.md"
HEADING = "### "  # the section is the last one: it may be measured anew alone
PASSWORD = "correct horse battery"
FIRST = ["Änne", "Bob", "Çağla", "Dmitri", "Élodie", "Fatima", "Grażyna", "Håkon", "Ines", "Jürgen", "Kofi", "李"]
LAST = ["Adler", "Brückner", "Castillo", "Dąbrowski", "Évrard", "Fernandes", "Ångström", "Huang", "Ivanov", "Jansen"]
TABS = ("all", "pending", "active", "deactivated")
SORTS = ("createdAt", "name", "userName", "email", "status")
SEARCHES = ("a", "ü", "brück", "user1234", "@example.com", "nobody at all")


def fill(tx: Tx, people: int, signed_in: int) -> None:
    """People of all kinds, and sessions of those who ever came."""
    chance, now = random.Random(4), tx.now
    ids = []
    for number in range(people - 1):  # one is there already
        user_id, name = f"{now - number * 60_000:011x}{number:012x}", f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        kind = chance.random()
        users.insert_user(
            tx.connection,
            id=user_id,
            user_name=f"user{number}",
            display_name=f"{name} {number}",
            email=f"user{number}@example.com" if kind < 0.9 else None,
            role="bot" if kind > 0.98 else "admin" if kind < 0.01 else "user",
            created_at=now - number * 60_000,
            last_login_at=None if 0.2 < kind < 0.3 else now - number,
            deactivated_at=now if 0.3 < kind < 0.4 else None,
            nickname=name.partition(" ")[2] if kind < 0.5 else None,
        )
        ids.append(user_id)
    rows = [
        {
            "id": f"s{number}",
            "user_id": ids[number % len(ids)],
            "token_hash": f"{number:064x}",
            "refresh_number": 0,
            "created_at": now - number,
            "last_active_at": now,
            "expires_at": now + 86_400_000,
            "remember": False,
            "ip": f"10.0.{number // 256 % 256}.{number % 256}",
            "user_agent": "a browser",
            "new_place": False,
            "kind": "token" if number % 20 == 0 else "sign_in",
        }
        for number in range(signed_in)
    ]
    tx.connection.execute(insert(sessions), rows)


def settings(folder: Path, port: int) -> dict[str, Any]:
    return {
        "auth": {"bcryptCost": 4},
        "chat": {"initialUser": {"userName": "admin", "password": PASSWORD}},
        "storage": {"databaseDirectory": str(folder / "data")},
        "server": {"port": port, "rateLimit": {"enabled": False}, "logLevel": "error"},
    }


async def prepare(config: Config, people: int, signed_in: int) -> None:
    node = Node(config)
    await node.open()
    await node.chat.write(lambda tx: fill(tx, people, signed_in))
    await node.close()


class Asker:
    """An administrator with one connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Content-Type": "application/json"}
        login = {"login": "admin", "password": PASSWORD}
        self._headers["Authorization"] = "Bearer " + self._post("/auth/password-login", login)["accessToken"]

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        self._connection.request("POST", path, json.dumps(body), self._headers)
        answer = self._connection.getresponse()
        found = json.loads(answer.read())
        assert answer.status == 200, found
        return found

    def milliseconds(self, **payload: Any) -> float:
        started = time.perf_counter()
        self._post("/api/admin.listUsers", payload)
        return (time.perf_counter() - started) * 1000


def questions(people: int) -> dict[str, list[dict[str, Any]]]:
    orders = ("asc", "desc")
    sorted_ = [{"tab": tab, "sort": sort, "order": order} for tab in TABS for sort in SORTS for order in orders]
    deep = [
        {"tab": tab, "sort": sort, "offset": offset}
        for tab in TABS
        for sort in SORTS
        for offset in (people // 2, people - 50)
    ]
    found = [{"tab": tab, "sort": sort, "search": text} for tab in TABS for sort in SORTS for text in SEARCHES]
    roles = [{"tab": tab, "role": role, "sort": sort} for tab in TABS for role in ("admin", "bot") for sort in SORTS]
    most = [{"sort": sort, "limit": 200} for sort in SORTS]
    return {
        "every tab, sorted by each column, both ways": sorted_,
        "pages from the middle and the end": deep,
        "six searches in every tab, sorted by each column": found,
        "administrators and bots alone": roles,
        "200 at once": most,
    }


def measured(people: int, signed_in: int, rounds: int) -> dict[str, dict[str, float]]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="chatd-people-") as name:
        folder = Path(name)
        tree = settings(folder, port)
        (folder / "mikrochat.config.json").write_text(json.dumps(tree))
        asyncio.run(prepare(Config(**tree), people, signed_in))
        server = subprocess.Popen([sys.executable, "-m", "chatd", "serve"], cwd=folder, stdout=subprocess.DEVNULL)
        try:
            asker = Asker(wait_for(port))
            return {name: figures(asker, server.pid, asked, rounds) for name, asked in questions(people).items()}
        finally:
            server.terminate()
            server.wait()


def wait_for(port: int) -> int:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return port
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("the server did not start")


def cpu_milliseconds(process: int) -> float:
    """What the process has used so far, all its threads together."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e6


def figures(asker: Asker, server: int, asked: list[dict[str, Any]], rounds: int) -> dict[str, float]:
    """Of each question the median of its rounds: what the question costs, not what else the machine did."""
    times, costs = [], []
    for question in asked:
        taken, before = [], cpu_milliseconds(server)
        for _ in range(rounds):
            taken.append(asker.milliseconds(**question))
        costs.append((cpu_milliseconds(server) - before) / rounds)
        times.append(statistics.median(taken))
    times.sort()
    return {
        "questions": len(times),
        "p50": statistics.median(times),
        "p99": times[int(len(times) * 0.99)],
        "max": times[-1],
        "cpu": max(costs),
    }


def section(people: int = 10_000, signed_in: int = 30_000, rounds: int = 5) -> list[str]:
    """What docs/performance.md says of it."""
    lines = [
        "",
        f"{HEADING}{people:,} users, {signed_in:,} sessions",
        "",
        "`admin.listUsers` over HTTP, one request after the other, on a database made for it. Each question is asked",
        f"{rounds} times and its median taken; it must stay below 100 ms. The last column is how long a core works for",
        "the dearest question, which says more where the machine has other work.",
        "",
        "| questions | how many | p50 ms | p99 ms | slowest ms | CPU ms |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, found in measured(people, signed_in, rounds).items():
        times = " | ".join(f"{found[column]:.0f}" for column in ("questions", "p50", "p99", "max", "cpu"))
        lines.append(f"| {name} | {times} |")
    return lines


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=10_000)
    arguments.add_argument("--sessions", type=int, default=30_000)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--write", action="store_true", help="put the section into docs/performance.md")
    given = arguments.parse_args()
    lines = section(given.people, given.sessions, given.rounds)
    print("\n".join(lines))
    if given.write:
        before = DOCS.read_text(encoding="utf-8").partition(f"\n{HEADING}{given.people:,} users")[0]
        DOCS.write_text("\n".join([before.rstrip("\n"), *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
