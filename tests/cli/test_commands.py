"""The command line as people use it: real processes, their output, exit status and effect on a live server."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from chatd.config import CONFIG_FILE
from tests.cli.command import CHATD, CLEAN, PASSWORD, call, chatd, configure, done
from tests.conftest import RedisServer


@dataclass
class Served:
    """A serving process and what it said at its start."""

    process: "subprocess.Popen[str]"
    said: list[str]

    @property
    def url(self) -> str:
        return self.said[0].rpartition(" ")[2]

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str, str]:
        self.process.send_signal(number)
        out, log = self.process.communicate(timeout=120)
        return self.process.returncode, out, log


Serve = Callable[..., Served]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Start `chatd serve` on a free port and wait for so many lines on standard output."""
    processes = []

    def start(*arguments: str, lines: int = 1) -> Served:
        command = [*CHATD, "serve", "--port", "0", *arguments]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, cwd=tmp_path, env=CLEAN, stdout=pipe, stderr=pipe, text=True)
        processes.append(process)
        assert process.stdout is not None
        return Served(process, [process.stdout.readline().strip() for _ in range(lines)])

    yield start
    for process in processes:
        if process.poll() is None:
            process.kill()
            process.communicate()


# --- being served --------------------------------------------------------------------------------------------------


def test_every_address_of_both_families_is_served(tmp_path: Path, serve: Serve) -> None:
    """`server.host` "::" takes IPv6 and IPv4."""
    configure(tmp_path, server={"host": "::"})
    port = serve().url.rpartition(":")[2]
    for host in ("127.0.0.1", "[::1]"):
        assert httpx.get(f"http://{host}:{port}/health", timeout=30).status_code == 200


def test_a_configuration_is_for_its_owner_alone(tmp_path: Path) -> None:
    """`chatd init` makes a file that nobody else reads, whatever the umask: passwords will stand in it."""
    before = os.umask(0)
    try:
        done(call(tmp_path, "init"))
    finally:
        os.umask(before)
    assert (tmp_path / CONFIG_FILE).stat().st_mode & 0o777 == 0o600


# --- asking --------------------------------------------------------------------------------------------------------


def test_version(tmp_path: Path) -> None:
    """`python -m chatd` and the installed `chatd` are one command."""
    installed = subprocess.run([Path(sys.executable).parent / "chatd", "--version"], capture_output=True, text=True)
    assert done(installed) == done(chatd(tmp_path, "--version")) == "chatd, version 0.1.0\n"


def test_config_prints_what_is_in_force(tmp_path: Path) -> None:
    """Flags over file over environment, secrets masked, nothing on standard error."""
    configure(tmp_path, server={"port": 4001}, redis={"url": "redis://:hunter2@10.0.0.1"})
    answer = chatd(tmp_path, "config", "--host", "0.0.0.0", PORT="4002", INITIAL_USER_NAME="root")
    shown = json.loads(done(answer))
    assert (shown["server"]["host"], shown["server"]["port"]) == ("0.0.0.0", 4001)
    assert (shown["chat"]["initialUser"]["userName"], shown["redis"]["url"]) == ("root", "********")


@pytest.mark.parametrize("command", ["serve", "user"])
def test_a_wrong_setting_stops_with_2(tmp_path: Path, command: str) -> None:
    """Path, value and what is allowed are told on standard error: no traceback, no secret, nothing made."""
    wrong = {"server": {"port": "x"}, "auth": {"jwtSecret": ["hunter2"]}, "redis": {"uri": "hunter2"}}
    configure(tmp_path, empty=True, **wrong)
    answer = chatd(tmp_path, *(["user", "list"] if command == "user" else ["serve"]))
    assert (answer.returncode, answer.stdout) == (2, "")
    assert 'chatd: server.port: found "x", allowed: a whole number.\n' in answer.stderr
    assert "chatd: redis.uri: found an unknown key, allowed here: url.\n" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert "hunter2" not in answer.stderr
    assert [file.name for file in tmp_path.iterdir()] == [CONFIG_FILE]


def test_unserved_keys_are_warned_of(tmp_path: Path) -> None:
    """A file of MikroChat works; each key without effect is one line."""
    configure(tmp_path, email={"host": "smtp.example.com", "from": "chat@example.com", "emailSubject": "Hi"}, oauth={})
    answer = chatd(tmp_path, "config")
    assert (answer.returncode, json.loads(answer.stdout)["server"]["port"]) == (0, 3000)
    assert answer.stderr.splitlines() == [
        "chatd: email.emailSubject is accepted and has no effect in chatd.",
        "chatd: oauth is accepted and has no effect in chatd.",
    ]


def test_init_writes_a_file_that_works_and_never_overwrites(tmp_path: Path) -> None:
    """The file made is a valid configuration; a second `init` leaves it and fails."""
    assert "chatd serve" in done(chatd(tmp_path, "init"))
    made = (tmp_path / CONFIG_FILE).read_text()
    assert json.loads(done(chatd(tmp_path, "config")))["storage"] == json.loads(made)["storage"] | {
        "databaseUrl": None,
        "durability": "full",
    }
    again = chatd(tmp_path, "init")
    assert again.returncode == 1
    assert "exists here already" in again.stderr
    assert (tmp_path / CONFIG_FILE).read_text() == made


# --- serving -------------------------------------------------------------------------------------------------------


def test_the_first_start_needs_nothing(serve: Serve, tmp_path: Path) -> None:
    """An empty folder serves; the one-time password is told once, on standard output and nowhere else."""
    first = serve(lines=4)
    one_time = first.said[2].rpartition(" ")[2]
    assert first.said[1] == "First administrator: admin@localhost"
    body = {"login": "admin@localhost", "password": one_time}
    assert httpx.post(first.url + "/auth/password-login", json=body, timeout=30).status_code == 200
    status, _, log = first.stop()
    assert status == 0
    assert one_time not in log
    second = serve()
    assert httpx.get(second.url + "/ready", timeout=30).json() == {"status": "ready"}
    assert second.stop(signal.SIGINT)[:2] == (0, "")
    assert {file.name for file in tmp_path.iterdir()} == {"chatd_data"}


def test_a_folder_is_served_once(serve: Serve, tmp_path: Path) -> None:
    """A second server on the same data without Redis is refused with what to set; the first goes on."""
    configure(tmp_path, chat={"initialUser": {"password": PASSWORD}})
    first = serve()
    second = chatd(tmp_path, "serve", "--port", "0")
    assert (second.returncode, second.stdout) == (2, "")
    assert second.stderr.startswith("chatd: Another chatd serves data already.")
    assert "redis.url" in second.stderr
    assert httpx.get(first.url + "/health", timeout=30).status_code == 200


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    """One sentence with the address and what to set, exit status 1, nothing made."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = chatd(tmp_path, "serve", "--port", str(port))
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"chatd: cannot listen on 127.0.0.1:{port}: Address already in use")
    assert "Set server.host and server.port." in answer.stderr
    assert "Traceback" not in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_workers_need_redis(tmp_path: Path) -> None:
    """Several processes that do not hear of each other are refused."""
    answer = chatd(tmp_path, "serve", "--workers", "2")
    assert answer.returncode == 2
    assert "server.workers over 1 needs redis.url" in answer.stderr


def test_redis_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A configured Redis that does not answer stops the start with a sentence."""
    answer = chatd(tmp_path, "serve", "--port", "0", "--redis", "redis://127.0.0.1:1/0")
    assert answer.returncode == 1
    assert "chatd: Redis cannot be used: " in answer.stderr
    assert "Traceback" not in answer.stderr


def test_workers_serve_together(serve: Serve, tmp_path: Path, redis_server: RedisServer) -> None:
    """Two processes on one socket: what one knows the other knows; SIGTERM ends both with 0."""
    configure(tmp_path, chat={"initialUser": {"password": PASSWORD}})
    served = serve("--workers", "2", "--redis", redis_server.url)
    body = {"login": "admin", "password": PASSWORD}
    token = httpx.post(served.url + "/auth/password-login", json=body, timeout=30).json()["accessToken"]
    headers = {"Authorization": f"Bearer {token}"}
    answers = [httpx.get(served.url + "/auth/me", headers=headers, timeout=30).status_code for _ in range(8)]
    assert answers == [200] * 8
    assert served.stop()[0] == 0
