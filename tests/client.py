"""A client in the words of the contract: ask, expect, refute, closed. Used by the tests, fit for a bot's author."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PATIENCE_SECONDS = 20.0


class Refused(Exception):
    """A reply with ok:false."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(f"{error['code']}: {error['message']}")
        self.error = error
        self.code: str = error["code"]
        self.message: str = error["message"]
        self.field: str | None = error.get("field")


@dataclass
class Ending:
    """How the server ended a socket: the `bye` it said, or None, and the close code (1006: none)."""

    bye: dict[str, Any] | None
    code: int


@dataclass
class Client:
    """One socket of one session."""

    socket: ClientConnection
    password: str | None = None  # of whose it is, to be given where one more check is wanted
    hello: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)  # every frame that ever came
    _replies: dict[str, "asyncio.Future[dict[str, Any]]"] = field(default_factory=dict)
    _ids: Iterator[int] = field(default_factory=lambda: count(1))
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)
    _reader: "asyncio.Task[None] | None" = None
    _over: "asyncio.Future[int] | None" = None

    @classmethod
    async def open(cls, url: str, token: str | None = None, **options: Any) -> "Client":
        """Open a socket with an access token and wait for `hello`."""
        headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
        headers |= options.pop("headers", {})
        socket = await connect(
            url.replace("http", "ws", 1) + "/ws",
            additional_headers=headers,
            compression=None,
            max_size=None,
            ping_interval=None,
            close_timeout=1,
            proxy=None,
            **options,
        )
        client = cls(socket)
        client._over = asyncio.get_running_loop().create_future()
        client._reader = asyncio.create_task(client._read())
        client.hello = (await client.expect("hello"))["payload"]
        return client

    @property
    def user_id(self) -> str:
        return str(self.hello["user"]["id"])

    @property
    def session_id(self) -> str:
        return str(self.hello["sessionId"])

    async def _read(self) -> None:
        assert self._over is not None
        try:
            async for text in self.socket:
                frame = json.loads(text)
                self.heard.append(frame)
                if frame["type"] == "reply" and frame["id"] in self._replies:
                    self._replies.pop(frame["id"]).set_result(frame)
                else:
                    async with self._news:
                        self.events.append(frame)
                        self._news.notify_all()
        except ConnectionClosed:
            pass
        self._over.set_result(self.socket.close_code or 1006)
        for waiting in self._replies.values():
            if not waiting.done():
                waiting.set_exception(ConnectionResetError("the socket closed before the reply"))
                waiting.exception()  # whoever waits still gets it; nobody waiting is no error
        async with self._news:
            self._news.notify_all()

    async def send(self, text: str | bytes) -> None:
        """A raw frame."""
        await self.socket.send(text)

    async def start(self, type: str, **payload: Any) -> "asyncio.Future[dict[str, Any]]":
        """Send a request without waiting; the future holds the whole reply frame."""
        id = f"c{next(self._ids)}"
        self._replies[id] = asyncio.get_running_loop().create_future()
        future = self._replies[id]
        await self.socket.send(json.dumps({"type": type, "id": id, "payload": payload}))
        return future

    async def ask(self, type: str, **payload: Any) -> Any:
        """The reply's payload; where one more check is wanted, the password is given by itself. Raises Refused."""
        # Not wait_for: in Python 3.11 it may swallow a cancellation, and a caller's own limit would never come.
        async with asyncio.timeout(PATIENCE_SECONDS):
            reply = await (await self.start(type, **payload))
            if (
                not reply["ok"]
                and reply["error"]["code"] == "step_up_required"
                and self.password
                and "proof" not in payload
            ):
                reply = await (await self.start(type, **payload, proof={"password": self.password}))
        if not reply["ok"]:
            raise Refused(reply["error"])
        return reply["payload"]

    async def refused(self, type: str, **payload: Any) -> Refused:
        """The refusal that a request gets; fails when it is granted."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                reply = await (await self.start(type, **payload))
            if not reply["ok"]:
                raise Refused(reply["error"])
            granted = reply["payload"]
        except Refused as refusal:
            return refusal
        raise AssertionError(f"{type} was granted: {granted}")

    def _find(self, type: str, match: dict[str, Any]) -> dict[str, Any] | None:
        for index, event in enumerate(self.events):
            if event["type"] == type and all(event.get("payload", {}).get(key) == match[key] for key in match):
                return self.events.pop(index)
        return None

    async def expect(self, type: str, **match: Any) -> dict[str, Any]:
        """The next event of this type (whose payload has these fields), taken out of `events`."""
        async with asyncio.timeout(PATIENCE_SECONDS), self._news:
            while (found := self._find(type, match)) is None:
                assert self._over is not None
                if self._over.done():
                    raise AssertionError(f"closed with {self._over.result()} before {type} {match}; had {self.events}")
                await self._news.wait()
            return found

    async def refute(self, type: str, **match: Any) -> None:
        """Nothing of this type came before the answer to a harmless request."""
        await self.ask("ping")
        found = self._find(type, match)
        assert found is None, f"unexpected {found}"

    async def drain_events(self) -> list[dict[str, Any]]:
        """All events that came so far, taken out."""
        await self.ask("ping")
        events, self.events = self.events, []
        return events

    async def ended(self) -> Ending:
        """Wait for the server to end this socket."""
        assert self._over is not None
        code = await asyncio.wait_for(asyncio.shield(self._over), PATIENCE_SECONDS)
        bye = next((event["payload"] for event in self.heard if event["type"] == "bye"), None)
        if bye is not None:
            assert self.heard[-1]["type"] == "bye", f"frames after bye: {self.heard}"
        return Ending(bye, code)

    @property
    def is_open(self) -> bool:
        return self._over is not None and not self._over.done()

    async def close(self) -> None:
        await self.socket.close()
        if self._reader is not None:
            await asyncio.gather(self._reader, return_exceptions=True)


@dataclass
class Person:
    """Somebody signed in: tokens, HTTP, sockets."""

    url: str
    http: httpx.AsyncClient
    access_token: str
    refresh_token: str
    user: dict[str, Any]
    password: str | None = None
    clients: list[Client] = field(default_factory=list)

    @property
    def id(self) -> str:
        return str(self.user["id"])

    async def connect(self, url: str | None = None) -> Client:
        client = await Client.open(url or self.url, self.access_token)
        client.password = self.password
        self.clients.append(client)
        return client

    async def post(self, path: str, body: Any = None, url: str | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.access_token}"}
        return await self.http.post((url or self.url) + path, json={} if body is None else body, headers=headers)

    async def get(self, path: str, url: str | None = None) -> httpx.Response:
        return await self.http.get((url or self.url) + path, headers={"Authorization": f"Bearer {self.access_token}"})

    async def delete(self, path: str) -> httpx.Response:
        return await self.http.delete(self.url + path, headers={"Authorization": f"Bearer {self.access_token}"})
