"""The database held, full or taken away under a running server: refused in time, told to nobody, good by itself."""

import asyncio
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.client import Client, Refused
from tests.process import Process, serving
from tests.serving import ADMIN_EMAIL, ADMIN_PASSWORD, settings

ANSWER_SECONDS = 4.0  # 3 are promised; a busy machine has the fourth
IN_A_NAMESPACE = ["unshare", "--map-root-user", "--mount", "sh", "-euc"]
HOLD = {
    "the database": """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1] + "/chatd.db", isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
""",
    "the turn to write": """
import fcntl, sys
file = open(sys.argv[1] + "/write.lock", "r+")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.readline()
""",
    "both, and is stopped": """
import asyncio, os, pathlib, signal, sqlite3, sys
from chatd.store.write_lock import WriteLock
asyncio.run(WriteLock(pathlib.Path(sys.argv[1], "write.lock")).acquire())
database = sqlite3.connect(sys.argv[1] + "/chatd.db", isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("held", flush=True)
os.kill(os.getpid(), signal.SIGSTOP)
""",
}


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Process]:
    async with serving(tmp_path) as found:
        yield found


@contextmanager
def held(server: Process, what: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Another process holds it until the end of the block."""
    command = [sys.executable, "-c", HOLD[what], str(data(server))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        try:
            yield process
        finally:
            process.kill()


def data(server: Process) -> Path:
    return server.folder.parent / "data"


async def general(client: Client) -> str:
    return str((await client.ask("channel.list"))["channels"][0]["id"])


async def readiness(server: Process) -> tuple[int, str]:
    answer = await server.http.get(server.url + "/ready")
    return answer.status_code, answer.json().get("error", "")


async def eventually_ready(server: Process) -> None:
    async with asyncio.timeout(20):
        while (await readiness(server))[0] != 200:
            await asyncio.sleep(0.05)


async def refused_in_time(client: Client, channel: str) -> None:
    """A message is `unavailable` within 3 s, and says when to try again."""
    began = time.monotonic()
    refusal = await client.refused("message", channelId=channel, content="not now")
    assert (refusal.code, refusal.error["retryAfterMs"] > 0) == ("unavailable", True)
    assert time.monotonic() - began < ANSWER_SECONDS


async def test_a_held_database_is_unavailable_in_time_and_good_again_by_itself(server: Process) -> None:
    """While another process writes: messages, removals and sign-ins are refused within 3 s, nothing is told."""
    alice, bob, admin = [await server.client(f"{name}@example.com") for name in ("alice", "bob", "admin")]
    channel = await general(alice)
    await alice.ask("message", channelId=channel, content="before")
    await bob.expect("message.created")
    with held(server, "the database"):
        await refused_in_time(alice, channel)
        status, error = await readiness(server)
        assert status == 503
        assert "another process holds it" in error
        began = time.monotonic()
        body = {"login": ADMIN_EMAIL, "password": ADMIN_PASSWORD}
        answer = await server.http.post(server.url + "/auth/password-login", json=body)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer.headers["Retry-After"]
        assert time.monotonic() - began < ANSWER_SECONDS
        refusal = await admin.refused("admin.removeUser", userId=bob.user_id, proof={"password": ADMIN_PASSWORD})
        assert refusal.code == "unavailable"
        burst = [await alice.start("message", channelId=channel, content=f"{number}") for number in range(50)]
        async with asyncio.timeout(ANSWER_SECONDS):
            codes = {(await reply)["error"]["code"] for reply in burst}
        assert codes == {"unavailable"}
        await bob.refute("message.created")
        assert (await alice.ask("message.history", channelId=channel))["messages"][0]["content"] == "before"
    await eventually_ready(server)
    sent = await alice.ask("message", channelId=channel, content="after")
    assert (await bob.expect("message.created"))["payload"] == sent
    assert "Traceback" not in server.errors
    assert server.errors.count("nothing can be written") == 1  # a line a minute, with a count
    for client in (alice, bob, admin):
        await client.close()


async def test_a_turn_that_is_not_given_back_stops_nobody(server: Process) -> None:
    """Another process keeps the turn to write and does not write: after its limit the server writes all the same."""
    alice = await server.client()
    channel = await general(alice)
    with held(server, "the turn to write"):
        for number in range(3):
            async with asyncio.timeout(ANSWER_SECONDS):
                await alice.ask("message", channelId=channel, content=f"{number}")
        assert (await readiness(server))[0] == 200
    assert "another process keeps the turn to write" in server.errors
    await alice.close()


async def test_a_stopped_process_that_holds_the_database_is_ended(server: Process) -> None:
    """A node that was stopped in the middle of its write keeps the others from writing for ten seconds, no longer."""
    alice = await server.client()
    channel = await general(alice)
    with held(server, "both, and is stopped") as process:
        await refused_in_time(alice, channel)
        await eventually_ready(server)
        assert process.wait(5) == -signal.SIGKILL
        await alice.ask("message", channelId=channel, content="after")
    assert f'"pid": {process.pid}' in server.errors or f'"pid":{process.pid}' in server.errors
    await alice.close()


@pytest.mark.parametrize("what", ["the database", "the turn to write"])
async def test_the_end_comes_within_ten_seconds_whatever_is_held(server: Process, what: str) -> None:
    """SIGTERM while writes wait: they are answered or refused, the sockets hear 1012, the process ends."""
    alice = await server.client()
    channel = await general(alice)
    with held(server, what):
        replies = [await alice.start("message", channelId=channel, content=f"{number}") for number in range(20)]
        await asyncio.sleep(0.2)
        server.signal(signal.SIGTERM)
        assert await server.ended(10) == 0
    assert (await alice.ended()).code == 1012
    assert all(reply.done() for reply in replies)
    await alice.close()


@pytest.mark.parametrize("deed", ["removed", "replaced", "log removed"])
async def test_files_taken_away_are_noticed_and_nothing_is_acknowledged_into_nothing(
    server: Process, deed: str
) -> None:
    """The database removed, or another put in its place: writes are refused, /ready says why within a second."""
    alice = await server.client()
    channel = await general(alice)
    await alice.ask("message", channelId=channel, content="kept")
    database, log = data(server) / "chatd.db", data(server) / "chatd.db-wal"
    taken = log if deed == "log removed" else database
    aside = taken.with_name("aside")
    content = taken.read_bytes()
    taken.rename(aside)
    if deed == "replaced":
        taken.write_bytes(content)
    async with asyncio.timeout(1.5):
        while (await readiness(server))[0] == 200:
            await asyncio.sleep(0.02)
    assert "files were removed or replaced" in (await readiness(server))[1]
    await refused_in_time(alice, channel)
    assert server.errors.count("nothing can be written") == 1
    aside.rename(taken)  # put back as it was
    await eventually_ready(server)
    await alice.ask("message", channelId=channel, content="and on")
    found = (await alice.ask("message.history", channelId=channel))["messages"]
    assert [message["content"] for message in found] == ["kept", "and on"]
    await alice.close()


async def test_a_write_right_after_the_files_are_gone_is_not_acknowledged(server: Process) -> None:
    """Nobody has looked yet: the write itself finds out."""
    alice = await server.client()
    channel = await general(alice)
    for _ in range(3):
        await alice.ask("message", channelId=channel, content="kept")
        database = data(server) / "chatd.db"
        database.rename(database.with_name("aside"))
        refusal = await alice.refused("message", channelId=channel, content="into nothing")
        assert refusal.code == "unavailable"
        database.with_name("aside").rename(database)
        await eventually_ready(server)
    await alice.close()


@pytest.fixture
async def on_a_small_disk(tmp_path: Path) -> AsyncIterator[Process]:
    """A server whose data folder is a disk of 3 MB."""
    probe = subprocess.run([*IN_A_NAMESPACE, "mount -t tmpfs none /mnt"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("This machine lets nobody mount a disk of their own.")
    server = Process(tmp_path, settings(tmp_path))
    folder, copy = data(server), tmp_path / "copy"
    shutil.copytree(folder, copy)
    mount = f'mount -t tmpfs -o size=3m none {folder}; cp {copy}/* {folder}; exec "$@"'
    server.inside = [*IN_A_NAMESPACE, mount, "sh"]
    try:
        await server.start()
        yield server
    finally:
        await server.close()


async def test_a_full_disk_loses_nothing_and_is_good_again_with_room(on_a_small_disk: Process) -> None:
    """Written until the disk is full: what was acknowledged is there; with room made it goes on by itself."""
    server = on_a_small_disk
    alice, bob = await server.client(), await server.client("bob@example.com")
    channel = await general(alice)
    disk = Path(f"/proc/{server.pid}/root{data(server)}")
    (disk / "filler").write_bytes(b"x" * 1_200_000)
    kept = []
    with pytest.raises(Refused) as full:
        for number in range(500):
            text = f"{number} " + "x" * 3900
            kept.append((await alice.ask("message", channelId=channel, content=text))["message"])
    assert full.value.code == "unavailable"
    status, error = await readiness(server)
    assert status == 503
    assert "disk is full" in error
    assert (await alice.ask("message.history", channelId=channel))["messages"][-1] == kept[-1]
    (disk / "filler").unlink()
    await eventually_ready(server)
    kept.append((await alice.ask("message", channelId=channel, content="and on"))["message"])
    history = (await bob.ask("message.history", channelId=channel, limit=200))["messages"]
    assert history == kept[-200:]
    await bob.ask("ping")
    heard = [event["payload"]["message"] for event in bob.heard if event["type"] == "message.created"]
    assert heard == kept
    assert "Traceback" not in server.errors
    for client in (alice, bob):
        await client.close()


async def test_why_is_for_operators(tmp_path: Path) -> None:
    """Who asks by another name than this machine's hears that it is not ready, and no more."""
    async with serving(tmp_path) as server:
        alice = await server.client()
        with held(server, "the database"):
            await refused_in_time(alice, await general(alice))
            async with httpx.AsyncClient(trust_env=False) as stranger:
                headers = {"X-Forwarded-For": "203.0.113.9"}
                answer = await stranger.get(server.url + "/ready", headers=headers)
        assert (answer.status_code, "process" in answer.text) == (503, False)
        await alice.close()
