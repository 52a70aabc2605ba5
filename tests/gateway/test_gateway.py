"""Who is let in at the upgrade and how everybody else is refused; heartbeats; the bound of all queues."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx
import pytest

from chatd.services import sign_in
from tests.client import Client
from tests.gateway import raw
from tests.gateway.raw import Raw
from tests.serving import Running

Configured = Callable[..., AbstractAsyncContextManager[Running]]
BIG = "😀" * 4000  # 16 kB in one message


async def cookie_of(node: Running, email: str = "alice@example.com") -> str:
    answer = await node.http.post(node.url + "/auth/dev-login", json={"email": email})
    return str(answer.headers["set-cookie"]).partition(";")[0]


async def refused(
    node: Running, path: str = "/ws", rest: bytes = b"", **headers: str
) -> tuple[int, dict[str, str], Any]:
    """The answer to an upgrade that is not granted, to the end of its connection."""
    knocking = await Raw.connect(node.url)
    await knocking.send(knocking.upgrade(path, **headers) + rest)
    answer = await knocking.answer()
    assert await knocking.is_ended()
    knocking.close()
    return answer


async def general(client: Client) -> str:
    return str((await client.ask("channel.list"))["channels"][0]["id"])


async def until(condition: Callable[[], bool], client: Client) -> None:
    """Ask harmless things until something is so."""
    async with asyncio.timeout(raw.PATIENCE_SECONDS):
        while not condition():
            await client.ask("ping")


async def test_a_token_opens_a_socket_by_header_and_by_subprotocol(node: Running) -> None:
    """Both ways answer 101 and greet first; only the agreed subprotocol is named, never the token."""
    alice = await node.sign_in()
    for headers in (
        {"Authorization": f"Bearer {alice.access_token}"},
        {"Sec_WebSocket_Protocol": f"chatd.v1, bearer.{alice.access_token}"},
    ):
        socket = await Raw.connect(node.url)
        await socket.send(socket.upgrade(**headers))
        status, answered = await socket.head()
        assert status == 101
        assert answered.get("sec-websocket-protocol") == ("chatd.v1" if "Authorization" not in headers else None)
        hello = (await socket.json())["payload"]
        assert (hello["protocol"], hello["user"]["id"], hello["restricted"]) == (1, alice.id, None)
        assert hello["limits"] == {"maxFrameBytes": 65_536, "maxContentLength": 4000}
        socket.close()


async def test_a_cookie_opens_a_socket_for_the_own_origin_only(node: Running) -> None:
    """A page of this server gets in with the cookie; foreign, missing and null origins are refused with 403."""
    cookie = await cookie_of(node)
    socket = await Raw.connect(node.url)
    await socket.send(socket.upgrade(Cookie=cookie, Origin=node.url))
    assert (await socket.head())[0] == 101
    socket.close()
    for origin in ({}, {"Origin": "null"}, {"Origin": "https://evil.example"}, {"Origin": node.url + "1"}):
        status, _, body = await refused(node, Cookie=cookie, **origin)
        assert (status, body["code"]) == (403, "forbidden")


async def test_without_a_live_session_nobody_gets_in(node: Running) -> None:
    """No credential, a wrong one, an ended session: 401 as JSON, judged before the origin."""
    eve = await node.sign_in("eve@example.com")
    await eve.post("/auth/logout")
    for headers in (
        {},
        {"Authorization": "Bearer nonsense"},
        {"Authorization": f"Bearer {eve.access_token}"},
        {"Sec_WebSocket_Protocol": f"chatd.v1, bearer.{eve.access_token}"},
        {"Cookie": "chatd_session=nonsense", "Origin": "https://evil.example"},
    ):
        status, answered, body = await refused(node, **headers)
        assert (status, body["code"]) == (401, "unauthenticated")
        assert answered["content-type"] == "application/json"


async def test_the_first_credential_present_is_the_only_one_judged(node: Running) -> None:
    """A bad header is not made good by a good subprotocol or cookie behind it."""
    alice, cookie = await node.sign_in(), await cookie_of(node)
    good = {"Sec_WebSocket_Protocol": f"chatd.v1, bearer.{alice.access_token}", "Cookie": cookie, "Origin": node.url}
    assert (await refused(node, Authorization="Bearer bad", **good))[0] == 401
    assert (await refused(node, **good | {"Sec_WebSocket_Protocol": "chatd.v1, bearer.bad"}))[0] == 401


async def test_another_path_has_no_socket(node: Running) -> None:
    """An upgrade anywhere but at /ws is 404 as JSON, with a session or without."""
    alice = await node.sign_in()
    for headers in ({}, {"Authorization": f"Bearer {alice.access_token}"}):
        status, _, body = await refused(node, "/elsewhere", **headers)
        assert (status, body["code"]) == (404, "not_found")


async def test_a_wrong_handshake_is_refused_as_json(node: Running) -> None:
    """An upgrade to a WebSocket version that does not exist is 400 `invalid`."""
    alice = await node.sign_in()
    headers = {"Authorization": f"Bearer {alice.access_token}", "Sec_WebSocket_Version": "99"}
    status, _, body = await refused(node, **headers)
    assert (status, body["code"]) == (400, "invalid")


async def test_over_capacity_an_upgrade_is_503_until_somebody_leaves(configured: Configured) -> None:
    """With server.maxSockets taken the next hears when to try again, and gets in once there is room."""
    async with configured(server={"maxSockets": 2}) as node:
        alice = await node.sign_in()
        first, second = await alice.connect(), await alice.connect()
        status, answered, body = await refused(node, Authorization=f"Bearer {alice.access_token}")
        assert (status, body["code"]) == (503, "unavailable")
        assert int(answered["retry-after"]) * 1000 >= body["retryAfterMs"] > 0
        await second.close()
        await until(lambda: node.server.gateway.count < 2, first)
        assert await (await alice.connect()).ask("ping") == {}


async def test_frames_sent_with_the_upgrade_are_answered_after_it(node: Running) -> None:
    """What came in the same segment as the upgrade is answered in order behind 101 and `hello`."""
    alice = await node.sign_in()
    socket = await Raw.connect(node.url)
    early = raw.text("ping", "a") + raw.text("ping", "b")
    await socket.send(socket.upgrade(Authorization=f"Bearer {alice.access_token}") + early)
    assert (await socket.head())[0] == 101
    assert [frame.get("id", frame["type"]) for frame in [await socket.json() for _ in range(3)]] == ["hello", "a", "b"]
    socket.close()


async def test_nothing_that_came_with_a_refused_upgrade_is_looked_at(node: Running) -> None:
    """A message behind an upgrade without a session reaches nobody."""
    alice = await node.client()
    channel = await general(alice)
    status, _, _ = await refused(node, rest=raw.text("message", channelId=channel, content="smuggled"))
    assert status == 401
    own = await alice.ask("message", channelId=channel, content="writes keep their order: it would be before this")
    assert own["message"]["seq"] == 1


async def test_an_upgrade_while_the_server_stops_is_503(node: Running) -> None:
    """From the moment a stop is asked for nobody new is let in."""
    alice = await node.sign_in()
    socket = await Raw.open(node.url, alice.access_token)  # keeps the server from ending at once
    knocking = await Raw.connect(node.url)
    await knocking.send(knocking.upgrade(Authorization=f"Bearer {alice.access_token}")[:-2])
    node.server.stop()
    await knocking.send(b"\r\n")
    status, answered, body = await knocking.answer()
    assert (status, body["code"], "retry-after" in answered) == (503, "unavailable", True)
    assert await socket.close_code() == 1012
    knocking.close()
    socket.close()


async def test_RX17_a_socket_that_answers_no_heartbeat_is_cut_and_one_that_answers_lives(
    configured: Configured,
) -> None:
    """Two intervals without a pong: `bye` and 4002; who answers stays, and the heartbeat slides the session."""
    async with configured(server={"heartbeatSeconds": 1}) as node:
        alice, bob = await node.sign_in(), await node.client("bob@example.com")
        silent = await Raw.open(node.url, alice.access_token)
        before = (await bob.ask("session.list"))["sessions"][0]["expiresAt"]
        node.clock.advance(3600)
        while (found := await silent.json())["type"] != "bye":
            pass
        assert found["payload"] == {"code": 4002, "reason": "heartbeat_timeout", "reconnect": True}
        assert await silent.close_code() == 4002
        await bob.ask("ping")
        await sign_in.slide_live(node.node.chat)
        assert (await bob.ask("session.list"))["sessions"][0]["expiresAt"] >= before + 3_600_000
        silent.close()


async def test_all_queues_together_stay_below_their_bound(configured: Configured) -> None:
    """Over server.maxQueueBytes the longest queues are closed, until the rest fits; those who read lose nothing."""
    async with configured(server={"maxQueueBytes": 1_048_576}) as node:
        alice = await node.client()
        channel = await general(alice)
        eve = await node.sign_in("eve@example.com")
        slow = [await Raw.open(node.url, eve.access_token, receive_bytes=4096) for _ in range(4)]
        gateway = node.server.gateway
        async with asyncio.timeout(raw.PATIENCE_SECONDS):
            while gateway.queue_bytes() <= 1_048_576:
                await asyncio.gather(*[alice.ask("message", channelId=channel, content=BIG) for _ in range(4)])
        await until(lambda: gateway.queue_bytes() <= 1_048_576, alice)
        await until(lambda: gateway.count < 5, alice)
        assert gateway.count >= 2
        events = [event for event in await alice.drain_events() if event["type"] == "message.created"]
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
        for socket in slow:
            socket.close()


async def test_a_plain_request_for_the_socket_path_is_refused(node: Running) -> None:
    """GET /ws without an upgrade is 400 as JSON."""
    answer: httpx.Response = await node.http.get(node.url + "/ws")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


@pytest.mark.parametrize("path", ["/ws/", "/WS", "//ws", "/ws%00"])
async def test_only_the_very_path_is_the_socket(node: Running, path: str) -> None:
    """What only looks like /ws is another path."""
    alice = await node.sign_in()
    assert (await refused(node, path, Authorization=f"Bearer {alice.access_token}"))[0] == 404
