"""chatd as its users run it: `chatd serve` in a process of its own, to be signalled, killed and started again."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from chatd.config import Config
from tests.client import Client, Person
from tests.serving import furnish, settings


class Process:
    """One `chatd serve` in `folder`, on any free port."""

    def __init__(self, folder: Path, config: Config, name: str = "node") -> None:
        self.folder = folder / name
        self.folder.mkdir()
        furnish(Path(config.storage.database_directory))
        (self.folder / "mikrochat.config.json").write_text(config.model_dump_json(by_alias=True))
        self.url = ""
        self.output = ""  # standard output of all starts
        self.people: list[Person] = []
        self.inside: list[str] = []  # a command that runs the server in surroundings of its own
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self.http = httpx.AsyncClient(timeout=20, trust_env=False)

    async def start(self) -> None:
        """Serving when it returns."""
        with (self.folder / "stderr.log").open("a") as errors:
            self._process = await asyncio.create_subprocess_exec(
                *self.inside, sys.executable, "-m", "chatd", "serve", "--port", "0",
                cwd=self.folder, stdout=asyncio.subprocess.PIPE, stderr=errors,
            )  # fmt: skip
        assert self._process.stdout is not None
        first = (await asyncio.wait_for(self._process.stdout.readline(), 60)).decode()
        assert "serves on" in first, self.errors
        self.url = first.split()[-1]
        self.output += first
        self._reader = asyncio.create_task(self._read(self._process.stdout))

    async def _read(self, stream: asyncio.StreamReader) -> None:
        async for line in stream:
            self.output += line.decode()

    @property
    def errors(self) -> str:
        return (self.folder / "stderr.log").read_text()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def resident_bytes(self) -> int:
        pages = Path(f"/proc/{self.pid}/statm").read_text().split()[1]
        return int(pages) * 4096

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    async def ended(self, seconds: float = 30) -> int:
        """Its exit status."""
        assert self._process is not None
        assert self._reader is not None
        status = await asyncio.wait_for(self._process.wait(), seconds)
        await self._reader
        self._process = None
        return status

    async def kill(self) -> None:
        """kill -9."""
        self.signal(signal.SIGKILL)
        await self.ended()

    async def sign_in(self, email: str = "alice@example.com") -> Person:
        answer = await self.http.post(self.url + "/auth/dev-login", json={"email": email}, headers={"Cookie": ""})
        assert answer.status_code == 200, answer.text
        body = answer.json()
        return Person(self.url, self.http, body["accessToken"], body["refreshToken"], body["user"])

    async def connect(self, token: str) -> Client:
        return await Client.open(self.url, token)

    async def client(self, email: str = "alice@example.com") -> Client:
        return await self.connect((await self.sign_in(email)).access_token)

    async def close(self) -> None:
        if self._process is not None:
            await self.kill()
        await self.http.aclose()


@asynccontextmanager
async def serving(
    folder: Path, name: str = "node", config: Config | None = None, **sections: Any
) -> AsyncIterator[Process]:
    """A process that serves until the end of the block, with the settings of tests."""
    process = Process(folder, config or settings(folder, **sections), name)
    try:
        await process.start()
        yield process
    finally:
        await process.close()
