"""Running `chatd …` in a folder, as a process of its own or within this one: its output and its exit status."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

from click.testing import CliRunner

from chatd import log
from chatd.cli import main
from chatd.config import CONFIG_FILE
from tests.serving import furnish

PASSWORD = "a given password"
Answer = subprocess.CompletedProcess[str]
CLEAN = {name: value for name, value in os.environ.items() if name not in ("HOST", "PORT", "MIKROCHAT_PORT")}
CHATD = [sys.executable, "-m", "chatd"]


def configure(folder: Path, *, empty: bool = False, **sections: Any) -> None:
    """A configuration, and unless the folder is to be `empty` a database in `data` in which nothing stands yet."""
    if not empty:
        furnish(folder / "data")
    tree: dict[str, Any] = {"auth": {"bcryptCost": 4}, "storage": {"databaseDirectory": "data"}}
    (folder / CONFIG_FILE).write_text(json.dumps(tree | sections))


def chatd(folder: Path, *arguments: str, given: str = "", **environment: str) -> Answer:
    """Run the command in a folder to its end."""
    command, environment = [*CHATD, *arguments], CLEAN | environment
    return subprocess.run(
        command, cwd=folder, env=environment, input=given, capture_output=True, text=True, timeout=120, check=False
    )


def call(folder: Path, *arguments: str, given: str = "") -> Answer:
    """The same without a process of its own, which takes seconds to begin: for what needs no signals."""
    clean = dict.fromkeys(os.environ.keys() - CLEAN.keys())
    with contextlib.chdir(folder), patch.object(log, "set_up"):  # the logs of this process stay as they are
        told = CliRunner(env=clean).invoke(main, arguments, input=given, prog_name="chatd")
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return Answer(arguments, told.exit_code, told.stdout, told.stderr)


def done(answer: Answer) -> str:
    assert (answer.returncode, answer.stderr) == (0, "")
    return answer.stdout


async def beside(folder: Path, *arguments: str, given: str = "") -> str:
    """The output of a command that succeeds, while a server on the same data and sockets of this loop go on."""
    return done(await asyncio.to_thread(call, folder, *arguments, given=given))


def rows(output: str) -> list[dict[str, Any]]:
    """What `--json` printed."""
    return [json.loads(line) for line in output.splitlines()]


def refused(answer: Answer, status: int = 1) -> str:
    """The one sentence of a refusal: on standard error, nothing on standard output, no traceback."""
    assert (answer.returncode, answer.stdout) == (status, "")
    assert "Traceback" not in answer.stderr
    return answer.stderr
