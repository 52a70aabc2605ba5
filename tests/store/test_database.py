"""The data folder: private, claimed by one server, and with its secrets kept."""

import asyncio
import gc
import json
import os
from pathlib import Path

import pytest
from sqlalchemy import QueuePool

from chatd.domain.errors import ChatError
from chatd.domain.seams import SystemClock
from chatd.store.database import Reader, Store
from chatd.store.folder import FolderInUse
from tests.conftest import RedisServer
from tests.serving import running, settings
from tests.store.opened import opened, put, stored


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


async def test_the_folder_and_its_files_are_private(tmp_path: Path) -> None:
    """The folder is 0700 and everything in it 0600, whatever the umask says, also after writing."""
    before = os.umask(0)
    try:
        async with opened(tmp_path, serving=True) as store:
            await store.write(put("a"))
            assert mode(store.folder) == 0o700
            modes = {file.name: mode(file) for file in store.folder.iterdir()}
        assert {"chatd.db", "secrets.json", "write.lock", "serve.lock"} <= modes.keys()
        assert set(modes.values()) == {0o600}, modes
    finally:
        os.umask(before)


async def test_an_open_folder_is_closed_at_the_start(tmp_path: Path) -> None:
    """A folder and a database that others could read are made private again."""
    async with opened(tmp_path) as store:
        pass
    store.folder.chmod(0o755)
    (store.folder / "chatd.db").chmod(0o644)
    async with opened(tmp_path):
        assert (mode(store.folder), mode(store.folder / "chatd.db")) == (0o700, 0o600)


async def test_the_secrets_are_made_once(tmp_path: Path) -> None:
    """The first start makes the secrets, every later one finds the same; two folders have different ones."""
    async with opened(tmp_path) as first:
        pass
    async with opened(tmp_path) as again:
        assert again.secrets == first.secrets == json.loads((first.folder / "secrets.json").read_text())
    async with opened(tmp_path / "other") as other:
        assert not set(other.secrets.values()) & set(first.secrets.values())
    assert all(len(secret) >= 16 for secret in first.secrets.values())


async def test_a_second_server_is_refused(tmp_path: Path) -> None:
    """Who claims a folder that is served is told so; after the first has ended the folder is free."""
    async with opened(tmp_path, "one", serving=True):
        with pytest.raises(FolderInUse, match=r"redis\.url"):
            async with opened(tmp_path, "two", serving=True):
                pass
    async with opened(tmp_path, "three", serving=True):
        pass


async def test_a_second_serving_node_is_refused_without_redis(tmp_path: Path) -> None:
    """A node without Redis does not start on a folder that another serves, and the first goes on unharmed."""
    async with running(settings(tmp_path)) as node:
        with pytest.raises(FolderInUse):
            async with running(settings(tmp_path)):
                pass
        alice = await node.client()
        channel = (await alice.ask("channel.list"))["channels"][0]
        assert (await alice.ask("message", channelId=channel["id"], content="still here"))["message"]["seq"] == 1


async def test_readers_that_are_cancelled_leave_no_connection_open(tmp_path: Path) -> None:
    """However often who asked is cancelled, and wherever: closing waits for the read, then all is closed."""
    for turns in range(0, 9, 3):
        store = Store(settings(tmp_path).storage, SystemClock(), "node")
        await store.open()
        asking = [asyncio.create_task(store.read(_count_long)) for _ in range(4)]
        for _ in range(turns):  # opening, preparing or reading
            await asyncio.sleep(0.002)
        for _ in range(3):
            for task in asking:
                task.cancel()
            await asyncio.sleep(0)
        pool = store._reader.pool
        await store.close()
        assert isinstance(pool, QueuePool)
        assert pool.checkedout() == 0
        assert [task.cancelled() for task in asking] == [True] * 4
        gc.collect()  # what was left open complains, and fails the test


def _count_long(connection: Reader) -> object:
    numbers = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000000) SELECT count(*) FROM n"
    return connection.exec_driver_sql(numbers).scalar()


async def test_only_nodes_that_redis_joins_share_a_folder(
    tmp_path: Path, redis_server: RedisServer, patient_counts: None
) -> None:
    """A node with Redis and one without do not meet in one folder unnoticed, whichever comes first."""
    with_redis, without = settings(tmp_path, redis_server.url), settings(tmp_path)
    for first, second in ((with_redis, without), (without, with_redis)):
        async with running(first):
            with pytest.raises(FolderInUse):
                async with running(second):
                    pass
    async with running(with_redis), running(with_redis) as node:
        assert (await (await node.admin()).ask("admin.stats"))["nodes"] == 2


async def test_reading_does_not_see_what_is_not_committed(tmp_path: Path) -> None:
    """A read is one snapshot; readers cannot write."""
    async with opened(tmp_path) as store:
        await store.write(put("a"))
        assert await stored(store) == ["a"]
        with pytest.raises(Exception, match="readonly"):
            await store.read(lambda connection: connection.exec_driver_sql("DELETE FROM settings"))
        assert await stored(store) == ["a"]


async def test_after_close_writes_are_refused(tmp_path: Path) -> None:
    """A closed store refuses instead of waiting for ever."""
    async with opened(tmp_path) as store:
        pass
    with pytest.raises(ChatError):
        store.write(put("late"))
