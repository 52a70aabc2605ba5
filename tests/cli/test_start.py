"""A start that fails: one sentence that says why and what to do, an exit status, and nothing changed."""

import asyncio
import json
import os
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from tests.cli.command import CHATD, CLEAN, Answer, beside, call, chatd, configure, refused
from tests.conftest import RedisServer
from tests.process import serving
from tests.serving import ADMIN_EMAIL, settings

IN_A_NAMESPACE = ["unshare", "--map-root-user", "--mount", "sh", "-euc"]


def serve(folder: Path) -> Answer:
    return chatd(folder, "serve", "--port", "0")


def used(folder: Path) -> Path:
    """A data folder in which a server has been; where it is."""
    configure(folder)
    call(folder, "user", "list")
    return folder / "data"


def garbage(data: Path) -> None:
    (data / "chatd.db").write_bytes(b"no database at all" * 500)


def cut_short(data: Path) -> None:
    os.truncate(data / "chatd.db", 3 * 4096)


def emptied(data: Path) -> None:
    (data / "chatd.db").write_bytes(b"")


def lost(data: Path) -> None:
    for file in data.glob("chatd.db*"):
        file.unlink()


def a_folder(data: Path) -> None:
    lost(data)
    (data / "chatd.db").mkdir()


def newer(data: Path) -> None:
    with sqlite3.connect(data / "chatd.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9001'")
    connection.close()


def unreadable_secrets(data: Path) -> None:
    (data / "secrets.json").write_bytes(b"\xff\xfe{")


def half_of_the_secrets(data: Path) -> None:
    (data / "secrets.json").write_text(json.dumps({"jwtSecret": "x" * 40}))


def no_folder(data: Path) -> None:
    shutil.rmtree(data)
    data.write_text("a file")


DAMAGES = (
    (garbage, "no database"),
    (cut_short, "backup"),
    (emptied, "empty or missing"),
    (lost, "empty or missing"),
    (a_folder, "Move it away"),
    (newer, "9001"),
    (unreadable_secrets, "secrets.json is damaged"),
    (half_of_the_secrets, "secrets.json is damaged"),
    (no_folder, "Move it away"),
)


@pytest.mark.parametrize(("damage", "said"), DAMAGES, ids=lambda value: getattr(value, "__name__", None))
def test_damaged_data_is_named_and_left_alone(tmp_path: Path, damage: Callable[[Path], None], said: str) -> None:
    """A server and a command say the same, whoever comes first, and neither makes the folder worse."""
    data = used(tmp_path)
    damage(data)
    before = (data / "secrets.json").read_bytes() if data.is_dir() else None
    for answer in (serve(tmp_path), call(tmp_path, "user", "list"), call(tmp_path, "sessions", "list")):
        assert said in refused(answer)
        assert answer.stderr.count("\n") == 1
    assert not data.is_dir() or (data / "secrets.json").read_bytes() == before


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str, str], Answer]]:
    """Run `chatd serve` with its data folder on a small disk of its own, mounted with options."""

    def run(options: str, before: str) -> Answer:
        data = tmp_path / "data"
        script = f'mount -t tmpfs -o size=2m none {data}; {before}; mount -o remount,{options} {data}; exec "$@"'
        command = [*IN_A_NAMESPACE, script, "sh", *CHATD, "serve", "--port", "0"]
        return subprocess.run(command, cwd=tmp_path, env=CLEAN, capture_output=True, text=True, timeout=60, check=False)

    probe = subprocess.run([*IN_A_NAMESPACE, "mount -t tmpfs none /mnt"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("This machine lets nobody mount a disk of their own.")
    yield run


def test_a_disk_that_can_only_be_read_is_named(tmp_path: Path, disk: Callable[[str, str], Answer]) -> None:
    """Empty or in use."""
    configure(tmp_path)
    data = tmp_path / "data"
    copy = f"cp {tmp_path}/copy/* {data}"
    shutil.copytree(data, tmp_path / "copy")
    for before in ("true", copy):
        assert "only be read" in refused(disk("ro", before))


def test_a_full_disk_is_named(tmp_path: Path, disk: Callable[[str, str], Answer]) -> None:
    """Whether the first file does not fit any more, or the first write into the database."""
    configure(tmp_path)
    data = tmp_path / "data"
    shutil.copytree(data, tmp_path / "copy")
    fill = f"dd if=/dev/zero of={data}/filler bs=4k count=100000 2>/dev/null || true"
    for before in (fill, f"cp {tmp_path}/copy/* {data}; {fill}"):
        assert "is full" in refused(disk("rw", before))


@pytest.mark.skipif(os.getuid() != 0, reason="Only root can give a folder to somebody else.")
@pytest.mark.parametrize("whose", ["data", "data/chatd.db", "data/secrets.json", "data/write.lock"])
def test_a_folder_of_somebody_else_is_named(tmp_path: Path, whose: str) -> None:
    """Or one file of it that was copied there by root. It says whose they have to be."""
    used(tmp_path)
    os.chown(tmp_path / whose, 12345, 12345)
    (tmp_path / whose).chmod(0o700 if whose == "data" else 0o600)
    powerless = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"]  # root, who may not read what is another's
    command = [*powerless, *CHATD, "serve", "--port", "0"]
    answer = subprocess.run(command, cwd=tmp_path, env=CLEAN, capture_output=True, text=True, timeout=60, check=False)
    assert "chown" in refused(answer)


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    """With the setting to change."""
    configure(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = refused(chatd(tmp_path, "serve", "--port", str(taken.getsockname()[1])))
    assert "server.port" in said


def test_a_redis_that_never_answers_is_named(tmp_path: Path) -> None:
    """Not waited for without end."""
    configure(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        said = refused(chatd(tmp_path, "serve", "--port", "0", "--redis", url))
    assert "redis.url" in said


@pytest.mark.parametrize("forbidden", ["-subscribe", "-publish", "-@hash", "resetchannels", "resetkeys"])
def test_a_redis_that_lets_chatd_do_too_little_is_named(
    tmp_path: Path, redis_server: RedisServer, forbidden: str
) -> None:
    """Whether it is a command, a channel or a key that this account of Redis may not use."""
    configure(tmp_path)
    rules = ["reset", "on", ">word", "~*", "&*", "+@all", forbidden]
    with redis.Redis(port=redis_server.port) as administrator:
        administrator.execute_command("ACL", "SETUSER", "chatd", *rules)
    url = redis_server.url.replace("redis://", "redis://chatd:word@")
    said = refused(chatd(tmp_path, "serve", "--port", "0", "--redis", url))
    assert "redis.url" in said
    assert "permission" in said


async def test_a_second_server_that_is_refused_has_changed_nothing(tmp_path: Path) -> None:
    """With another first password in its settings: the first one's password, sessions and sockets stay."""
    first = {"userName": "admin", "email": ADMIN_EMAIL}
    async with serving(tmp_path, chat={"initialUser": first}) as server:
        admin = await server.client(ADMIN_EMAIL)
        (tmp_path / "second").mkdir()
        other = settings(tmp_path, chat={"initialUser": first | {"password": "taken over 1"}})
        (tmp_path / "second" / "mikrochat.config.json").write_text(other.model_dump_json(by_alias=True))
        assert "already" in refused(await asyncio.to_thread(serve, tmp_path / "second"), 2)
        assert "admin" in await beside(tmp_path / "second", "user", "list")
        assert await admin.ask("ping") == {}
        body = {"login": "admin", "password": "taken over 1"}
        assert (await server.http.post(server.url + "/auth/password-login", json=body)).status_code == 401
