"""The HTTP stage in front of everything: bounds of size and time that uvicorn lacks."""

import asyncio

import pytest

from chatd.gateway import stage
from tests.gateway.raw import Raw
from tests.http.signing import Configured
from tests.serving import Running

HEALTH = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def test_a_head_that_is_too_long_is_refused_and_the_connection_closed(node: Running) -> None:
    """Over 16 KiB of head: 431 as JSON, then the end."""
    eve = await Raw.connect(node.url)
    await eve.send(b"GET / HTTP/1.1\r\nX: " + b"x" * 17_000)
    status, headers, body = await eve.answer()
    assert (status, body["code"], headers["connection"]) == (431, "too_large", "close")
    assert await eve.is_ended()
    eve.close()


@pytest.mark.parametrize(
    "hosts",
    [
        [],
        ["here", "here"],
        ["here", "there"],
        [""],
        ["a b"],
        ["here, there"],
        ["me@here"],
        ["here/x"],
        ["here:x"],
        ["[::1"],
    ],
)
@pytest.mark.parametrize("path", ["/health", "/ws"])
async def test_a_request_says_once_for_which_host_it_is(node: Running, hosts: list[str], path: str) -> None:
    """Host missing, doubled or no name: 400 for requests and upgrades, and the end of the connection."""
    eve = await Raw.connect(node.url)
    lines = [f"Host: {host}" for host in hosts]
    if path == "/ws":
        lines += ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: eA=="]
    await eve.send("\r\n".join([f"GET {path} HTTP/1.1", *lines, "", ""]).encode())
    status, _, body = await eve.answer()
    assert (status, body["code"]) == (400, "invalid")
    assert "Host" in body["error"]
    assert await eve.is_ended()
    eve.close()


@pytest.mark.parametrize("host", ["here", "here:80", "127.0.0.1:3000", "[::1]", "[::1]:3000", "chat_1.example.com."])
async def test_names_and_addresses_are_hosts(configured: Configured, host: str) -> None:
    """With a port and without."""
    async with configured(auth={"authMode": "password"}) as node:
        someone = await Raw.connect(node.url)
        await someone.send(f"GET /health HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert (await someone.answer())[0] == 200
        someone.close()


async def test_a_head_may_come_in_many_pieces_up_to_the_bound(node: Running) -> None:
    """Short header lines count together: just below 16 KiB they are served, one line more is refused."""
    for lines, expected in ((163, 200), (164, 431)):
        someone = await Raw.connect(node.url)
        pieces = [HEALTH[:-2]] + [b"X: " + b"x" * 95 + b"\r\n"] * lines
        for piece in pieces[:-1]:
            await someone.send(piece)
        await someone.send(pieces[-1] + b"\r\n")
        assert (await someone.answer())[0] == expected
        someone.close()


@pytest.mark.parametrize("said", [b"", b"GET / HT", HEALTH[:-2], HEALTH + b"GET /hea", HEALTH + HEALTH + b"G"])
async def test_who_does_not_finish_a_head_in_time_is_closed(
    node: Running, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    """Silence, half a head, and half a head behind a whole request: closed when the time is up."""
    monkeypatch.setattr(stage, "HEAD_SECONDS", 0.1)
    eve = await Raw.connect(node.url)
    await eve.send(said)
    async with asyncio.timeout(10):  # uvicorn's own patience with kept connections is 15 s
        assert await eve.is_ended()
    eve.close()


async def test_a_body_that_does_not_come_in_time_is_closed(node: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """A declared body that never ends: closed when the time is up."""
    monkeypatch.setattr(stage, "BODY_SECONDS", 0.1)
    eve = await Raw.connect(node.url)
    await eve.send(b"POST /auth/refresh HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
    assert await eve.is_ended()
    eve.close()


async def test_a_body_over_64_kib_is_too_large(node: Running) -> None:
    """Declared or in chunks, signed in or not: 413 as JSON."""
    alice = await node.sign_in()
    headers = {"Authorization": f"Bearer {alice.access_token}"}

    async def chunks():  # type: ignore[no-untyped-def]  # httpx wants an async generator
        for _ in range(17):
            yield b" " * 4096

    for path in ("/api/ping", "/auth/password-login"):
        for content in (b" " * 65_537, chunks()):
            answer = await node.http.post(node.url + path, content=content, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    fits = b'{"x":"' + b"x" * 65_528 + b'"}'
    answer = await node.http.post(
        node.url + "/api/ping", content=fits, headers=headers | {"Content-Type": "application/json"}
    )
    assert (len(fits), answer.status_code) == (65_536, 400)


async def test_pipelined_requests_are_answered_in_order(node: Running) -> None:
    """Several requests in one segment get their answers one after the other."""
    someone = await Raw.connect(node.url)
    paths = ["/health", "/nowhere", "/ready", "/config.json"]
    await someone.send(b"".join(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() for path in paths))
    answers = [await someone.answer() for _ in paths]
    assert [status for status, _, _ in answers] == [200, 404, 200, 200]
    assert [answers[0][2]["status"], answers[1][2]["code"], answers[2][2]["status"]] == ["ok", "not_found", "ready"]
    someone.close()


async def test_many_pipelined_requests_do_not_count_as_one_head(node: Running) -> None:
    """More than 16 KiB of whole requests are all answered."""
    someone = await Raw.connect(node.url)
    await someone.send(HEALTH * 500)
    assert [(await someone.answer())[0] for _ in range(500)] == [200] * 500
    someone.close()


@pytest.mark.parametrize(
    "nonsense", [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", b"HELLO\r\n\r\n", b"GET \xff HTTP/1.1\r\n\r\n"]
)
async def test_what_is_not_http_is_refused_and_closed(node: Running, nonsense: bytes) -> None:
    """Anything else gets 400 as JSON and the end of the connection."""
    eve = await Raw.connect(node.url)
    await eve.send(nonsense)
    status, _, body = await eve.answer()
    assert (status, body["code"]) == (400, "invalid")
    assert await eve.is_ended()
    eve.close()


async def test_endless_trailers_are_cut_off(node: Running) -> None:
    """The trailer of a body in chunks is bounded like a head."""
    eve = await Raw.connect(node.url)
    await eve.send(
        b"POST /auth/refresh HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n"
    )
    try:
        for _ in range(64):
            await eve.send(b"X: " + b"x" * 60_000 + b"\r\n")
    except ConnectionError:
        pass
    assert await eve.is_ended()
    eve.close()
