"""Connections that are no sockets: how many there are of one place, and which make room."""

import asyncio
from typing import Any

import pytest

from chatd.gateway import crowd, stage
from chatd.gateway.crowd import CONNECTIONS_MAX, QUIET_SECONDS, Crowd
from tests.client import Person
from tests.gateway.conftest import Bounded
from tests.gateway.raw import Raw
from tests.serving import ADMIN_EMAIL, Running

ELSEWHERE = "127.0.0.2"
SLOW = "POST {} HTTP/1.1\r\nHost: localhost\r\n{}\r\nContent-Length: 9\r\n\r\n"  # and no body


def test_a_place_has_room_for_so_many() -> None:
    """One more finds none until one leaves or counts elsewhere; other places are not touched."""
    found: Crowd[int] = Crowd()
    for number in range(CONNECTIONS_MAX):
        assert found.has_room("here")
        found.enter(number, "here")
    assert not found.has_room("here")
    assert found.has_room("there")
    found.enter(0, "account of alice")
    assert found.has_room("here")


def test_only_who_has_been_quiet_for_a_while_is_in_the_way() -> None:
    """The one that has been it for the longest; those that are answered are not."""
    found: Crowd[str] = Crowd()
    for number, name in enumerate(["first", "second", "third"]):
        found.enter(name, "here")
        found.quiet(name, float(number))
    found.busy("first")
    assert found.in_the_way("here", 1 + QUIET_SECONDS - 0.1) is None
    assert found.in_the_way("here", 1 + QUIET_SECONDS) == "second"
    assert found.in_the_way("there", 100.0) is None


def test_when_the_node_is_full_the_newcomers_own_place_makes_room_first() -> None:
    """Otherwise whoever has been quiet for the longest; without anybody quiet there is no room."""
    found: Crowd[str] = Crowd()
    for number, name in enumerate(["alice", "eve", "eve again"]):
        found.enter(name, name.partition(" ")[0])
        found.quiet(name, float(number))
    assert found.to_drop("eve") == "eve"
    assert found.to_drop("bob") == "alice"
    assert found.to_drop(None) == "alice"
    for name in ("alice", "eve", "eve again"):
        found.leave(name)
    assert found.to_drop("eve") is None


# --- on the wire -------------------------------------------------------------------------------------------------


async def silent(node: Running, number: int, source: str = "") -> list[Raw]:
    return [await Raw.connect(node.url, source=source) for _ in range(number)]


async def counted(node: Running, number: int, person: Person) -> None:
    """Wait until the node has taken so many connections; the one that asks is its own."""
    async with asyncio.timeout(20):
        while node.server.stage.count < number:
            await person.get("/auth/me")


async def is_open(connection: Raw) -> bool:
    """It is answered."""
    try:
        await connection.send(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return (await connection.answer())[0] == 200
    except (EOFError, ConnectionError):
        return False


async def health(node: Running, source: str = "", **headers: str) -> tuple[int, dict[str, str]]:
    """What one request from an address is answered with."""
    someone = await Raw.connect(node.url, source=source)
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    try:
        await someone.send(f"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{more}\r\n".encode())
        status, answered, _ = await someone.answer()
    finally:
        someone.close()
    return status, answered


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has been quiet for long enough, however slow the machine is."""
    monkeypatch.setattr(crowd, "QUIET_SECONDS", 1000.0)


@pytest.mark.usefixtures("patient")
async def test_the_201st_connection_of_an_address_is_refused(bounded: Bounded) -> None:
    """At once, with when to try again; another address, those it has and those with a session are not touched."""
    async with bounded() as (node, other):
        alice = await node.sign_in()
        assert (await alice.get("/auth/me")).status_code == 200
        socket = await alice.connect()
        eve = await silent(node, CONNECTIONS_MAX)
        await counted(node, CONNECTIONS_MAX + 1, alice)
        late = await Raw.connect(node.url)
        status, headers, body = await late.answer()
        assert (status, body["code"], int(headers["retry-after"]) > 0) == (503, "unavailable", True)
        assert await late.is_ended()
        late.close()
        assert (await alice.get("/auth/me")).status_code == 200
        assert await socket.ask("ping") == {}
        assert (await health(node, ELSEWHERE))[0] == 200
        if other is not node:
            assert (await health(other))[0] == 200
        assert await is_open(eve[0])
        eve.pop().close()
        async with asyncio.timeout(20):
            while (await health(node))[0] != 200:
                pass
        for connection in eve:
            connection.close()


async def test_who_says_nothing_for_a_while_makes_room_for_its_own_address(
    node: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The oldest is closed, so that a neighbour behind the same address gets in; those of other addresses stay."""
    monkeypatch.setattr(crowd, "QUIET_SECONDS", 0.0)
    alice = await node.sign_in()
    assert (await alice.get("/auth/me")).status_code == 200  # from here on her connection is her account's
    bob = await silent(node, 1, ELSEWHERE)
    eve = await silent(node, CONNECTIONS_MAX)
    await counted(node, CONNECTIONS_MAX + 2, alice)
    assert (await health(node))[0] == 200
    assert not await is_open(eve[0])
    assert await is_open(bob[0])
    assert await is_open(eve[-1])
    for connection in eve + bob:
        connection.close()


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(
    "said", [b"", b"GET / HT", b"POST /auth/refresh HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"]
)
async def test_idle_connections_close_the_server_for_nobody(bounded: Bounded, said: bytes) -> None:
    """With every connection taken by some that do not say what they want: others, people and administrators get in."""
    async with bounded(server={"maxSockets": 40}) as (node, _):
        alice, admin = await node.sign_in(), await node.sign_in(ADMIN_EMAIL)
        idle = []
        for number in range(210):
            idle += await silent(node, 1, f"127.0.1.{number % 20 + 1}")
            await idle[-1].send(said)
        await health(node, ELSEWHERE)
        assert node.server.stage.count <= 40 + stage.SPARE_CONNECTIONS
        assert (await health(node))[0] == 200
        for person in (alice, admin):
            assert await (await person.connect()).ask("ping") == {}
            assert (await person.get("/auth/me")).status_code == 200
        for connection in idle:
            connection.close()


@pytest.mark.usefixtures("patient")
async def test_an_upgrade_counts_for_its_address_until_it_is_judged(node: Running) -> None:
    """When it is a socket it counts there alone; when it is refused it is gone."""
    alice = await node.sign_in()
    people = [await node.sign_in() for _ in range(12)]
    sockets = [await Raw.open(node.url, person.access_token) for person in people for _ in range(20)]
    assert len(sockets) > CONNECTIONS_MAX
    assert (await health(node))[0] == 200
    assert (await alice.get("/auth/me")).status_code == 200
    for _ in range(3):
        eve = await Raw.connect(node.url)
        await eve.send(eve.upgrade(Authorization="Bearer nonsense"))
        assert (await eve.answer())[0] == 401
        assert await eve.is_ended()
        eve.close()
    for socket in sockets:
        socket.close()


@pytest.mark.usefixtures("patient")
async def test_connections_with_a_session_count_for_the_account(node: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """One person's requests that do not end take no more than a share; another's at the same address are answered."""
    monkeypatch.setattr(crowd, "CONNECTIONS_MAX", 20)
    eve, alice = await node.sign_in("eve@example.com"), await node.sign_in()
    head = SLOW.format("/api/ping", f"Authorization: Bearer {eve.access_token}")
    slow = []
    async with asyncio.timeout(20):
        while True:
            slow += await silent(node, 1)
            await slow[-1].send(head.encode())
            assert (await alice.get("/auth/me")).status_code == 200
            if len(slow) > 20:
                break
    assert (await slow[-1].answer())[0] == 503
    assert (await health(node))[0] == 200
    for connection in slow:
        connection.close()


@pytest.mark.usefixtures("patient")
async def test_behind_a_trusted_proxy_the_client_counts_and_not_the_proxy(
    configured: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy may hold as many as it likes; a client with too many requests under way is refused alone."""
    monkeypatch.setattr(crowd, "CONNECTIONS_MAX", 20)
    async with configured(server={"trustedProxies": ["127.0.0.1"]}) as node:
        idle = await silent(node, 50)
        slow = []
        for number in range(21):
            slow += await silent(node, 1)
            await slow[-1].send(SLOW.format("/auth/refresh", f"X-Forwarded-For: 2001:db8::{number + 1}").encode())
        assert (await slow[-1].answer())[0] == 503
        assert (await health(node, X_Forwarded_For="2001:db8::77"))[0] == 503
        assert (await health(node, X_Forwarded_For="2001:db8:0:1::1"))[0] == 200
        assert (await health(node, X_Forwarded_For="::ffff:192.0.2.1"))[0] == 200
        for connection in idle + slow:
            connection.close()
