"""What SQLite is told: durable, checked, one writer at a time, also between processes."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection

from chatd.store import Tx
from chatd.store.dialect import insert_missing, upsert
from chatd.store.schema import settings
from chatd.store.write_lock import WriteLock
from tests.store.opened import opened, put, stored

HOLD = """
import fcntl, pathlib, sys
file = open(sys.argv[1], "a")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.readline()
pathlib.Path(sys.argv[2]).touch()
"""


def hold(lock: Path, marker: Path) -> "subprocess.Popen[bytes]":
    """Another process that has the lock until it is told to go; it touches `marker` before it lets go."""
    command = [sys.executable, "-c", HOLD, str(lock), str(marker)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def pragma(name: str):  # type: ignore[no-untyped-def]
    def look(connection: Connection) -> object:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()

    return look


async def test_a_write_waits_for_another_process(tmp_path: Path) -> None:
    """While another process writes, a write waits and the loop runs on; then it is committed."""
    async with opened(tmp_path) as store:
        marker = tmp_path / "released"
        with hold(store.folder / "write.lock", marker) as process:
            future = store.write(put("a"))
            assert await stored(store) == []  # reading does not wait
            assert not future.done()
            released: list[bool] = []
            future.add_done_callback(lambda done: released.append(marker.exists()))
            process.communicate(b"go\n")
            assert await future == "a"
        await asyncio.wait_for(store.read(lambda connection: None), 5)
        assert released == [True]


async def test_the_lock_goes_from_one_to_the_next(tmp_path: Path) -> None:
    """Two holders of one file exclude each other; released it is free."""
    first, second = WriteLock(tmp_path / "write.lock"), WriteLock(tmp_path / "write.lock")
    await first.acquire()
    waiting = asyncio.create_task(second.acquire())
    async with opened(tmp_path) as store:
        await store.write(put("a"))  # plenty of turns
        assert not waiting.done()
    first.release()
    await waiting
    second.release()
    await first.acquire()
    first.close()
    second.close()


async def test_the_lock_of_a_dead_process_is_free(tmp_path: Path) -> None:
    """A process killed in the middle of its transaction does not hold up the others."""
    async with opened(tmp_path) as store:
        with hold(store.folder / "write.lock", tmp_path / "released") as process:
            future = store.write(put("a"))
            process.kill()
            assert await future == "a"


async def test_writes_are_durable_by_default(tmp_path: Path) -> None:
    """WAL with synchronous=FULL (2), foreign keys checked; readers cannot write."""
    async with opened(tmp_path) as store:
        found = await store.write(
            lambda tx: [pragma(name)(tx.connection) for name in ("journal_mode", "synchronous", "foreign_keys")]
        )
        assert found == ["wal", 2, 1]
        assert await store.read(pragma("query_only")) == 1


@pytest.mark.parametrize("value", ["new", "newer"])
async def test_upsert_and_insert_missing(tmp_path: Path, value: str) -> None:
    """`upsert` overwrites what is there, `insert_missing` leaves it and counts what was new."""

    def deed(tx: Tx) -> int:
        upsert(tx.connection, settings, [{"key": "a", "value": value}, {"key": "b", "value": "1"}], ["key"])
        return insert_missing(tx.connection, settings, [{"key": "a", "value": "no"}, {"key": "c", "value": "2"}])

    async with opened(tmp_path) as store:
        await store.write(put("a", "old"))
        assert await store.write(deed) == 1
        rows = await store.read(lambda connection: dict(connection.execute(settings.select()).all()))  # type: ignore[arg-type]
        assert rows == {"a": value, "b": "1", "c": "2"}
