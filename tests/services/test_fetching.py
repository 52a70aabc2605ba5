"""The server fetches what somebody names, and is no hand of his inside the private network (FEATURES R18)."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from ipaddress import ip_address, ip_network
from typing import Any

import pytest

from chatd.domain.errors import ChatError
from chatd.services import fetching
from chatd.services.fetching import FAILED, Fetcher, is_public
from tests.gallery import Gallery, gallery, picture

LOOPBACK = ip_network("127.0.0.1/32")
LIMIT = 100_000


@pytest.fixture
async def hall() -> AsyncIterator[Gallery]:
    async with gallery() as found:
        yield found


@pytest.fixture
def fetcher() -> Any:
    """One that may reach the gallery, as `server.pictureNetworks` allows it."""
    made = Fetcher([LOOPBACK])
    yield made
    made.close()


@pytest.fixture
def strict() -> Any:
    """One as it is without a setting."""
    made = Fetcher()
    yield made
    made.close()


async def refused(fetcher: Fetcher, url: str, limit: int = LIMIT) -> ChatError:
    with pytest.raises(ChatError) as caught:
        await fetcher.get(url, limit)
    return caught.value


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1"),
        *("64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001::1", "fec0::1"),
    ],
)
def test_R18_no_address_of_an_inner_network_is_public(address: str) -> None:
    """Loopback, private, link-local, shared, reserved and multicast, also inside IPv6 in all the ways there are."""
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_R18_the_open_internet_is_public(address: str) -> None:
    """Everything else may be fetched from."""
    assert is_public(ip_address(address))


async def test_R18_a_picture_is_fetched(hall: Gallery, fetcher: Fetcher) -> None:
    """From a network that is allowed, redirects followed."""
    hall.hang("/end.png", picture())
    hall.hang("/second", b"", status="302 Found", Location="end.png")
    first = hall.hang("/first", b"", status="301 Moved Permanently", Location=hall.url + "/second")
    assert await fetcher.get(first, LIMIT) == picture()
    assert [path for path, _ in hall.asked] == ["/first", "/second", "/end.png"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::ffff:127.0.0.1]"]
)
async def test_R18_the_private_network_is_refused_however_it_is_written(
    hall: Gallery, strict: Fetcher, host: str
) -> None:
    """Names and all spellings of an address lead to the same judgement, and nothing is asked for."""
    url = hall.hang("/secret.png", picture()).replace("127.0.0.1", host)
    error = await refused(strict, url)
    assert (error.code, error.field, error.message) == ("invalid", "url", FAILED)
    assert hall.asked == []


async def test_R18_what_is_allowed_says_nothing_of_its_neighbours(strict: Fetcher) -> None:
    """An allowed network is that network: the gallery on another loopback address stays out of reach."""
    fetcher = Fetcher([LOOPBACK])
    async with gallery("127.0.0.2") as other:
        await refused(fetcher, other.hang("/x.png", picture()))
        assert other.asked == []
    fetcher.close()


async def test_R18_a_redirect_into_the_private_network_is_refused(hall: Gallery, fetcher: Fetcher) -> None:
    """Each step is judged: an allowed host cannot send the server on to one that is not."""
    async with gallery("127.0.0.2") as inner:
        goal = inner.hang("/meta-data", picture())
        url = hall.hang("/go", b"", status="307 Temporary Redirect", Location=goal)
        assert (await refused(fetcher, url)).message == FAILED
        assert inner.asked == []


async def test_R18_one_private_address_among_public_ones_is_too_many(
    strict: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every address that a name has is judged, not only the first."""
    answers(monkeypatch, lambda: ["1.1.1.1", "10.0.0.1"])
    assert (await refused(strict, "http://two-faced.example/x.png")).message == FAILED


async def test_R18_a_name_that_changes_its_mind_gains_nothing(
    hall: Gallery, monkeypatch: pytest.MonkeyPatch, fetcher: Fetcher
) -> None:
    """DNS rebinding: the name is looked up once, and the connection goes where was looked."""
    looks: list[str] = []

    def rebinding() -> list[str]:
        looks.append("look")
        return ["127.0.0.1" if len(looks) == 1 else "127.0.0.2"]

    answers(monkeypatch, rebinding)
    url = hall.hang("/x.png", picture()).replace("127.0.0.1", "rebinding.example")
    assert await fetcher.get(url, LIMIT) == picture()
    assert len(looks) == 1
    assert hall.asked[0][1].startswith("rebinding.example")


def answers(monkeypatch: pytest.MonkeyPatch, addresses: Callable[[], list[str]]) -> None:
    """Let every name have these addresses."""

    def look(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses()]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", look)


@pytest.mark.parametrize(
    "url",
    [
        *("", "x", "//127.0.0.1/x", "file:///etc/passwd", "ftp://example.com/x", "gopher://127.0.0.1:70/x"),
        *("http://", "http:///x", "http://name:word@127.0.0.1/x", "http://127.0.0.1:0/x", "http://127.0.0.1:99999/"),
        *("http://exämple.com/x", "http://127.0.0.1/a\r\nHost: b", "http://127.0.0.1/" + "x" * 2000),
        *("http://[::1", "http://a b/", "javascript:alert(1)", "data:image/png;base64,AAAA"),
    ],
)
async def test_R18_what_is_no_web_address_is_refused(fetcher: Fetcher, url: str) -> None:
    """Other schemes, passwords, line breaks and nonsense are `invalid` before anything is looked up."""
    error = await refused(fetcher, url)
    assert (error.code, error.field) == ("invalid", "url")


@pytest.mark.parametrize("location", ["file:///etc/passwd", "/loop", "http://", "\xff", "ftp://127.0.0.1/"])
async def test_R18_a_redirect_to_nowhere_is_refused(hall: Gallery, fetcher: Fetcher, location: str) -> None:
    """To another scheme, to itself, to nothing that could be read: bounded, and refused."""
    hall.hung["/loop"] = f"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: {location}\r\n\r\n".encode("latin-1")
    assert (await refused(fetcher, hall.url + "/loop")).field == "url"
    assert len(hall.asked) <= 4


async def test_R18_what_is_too_large_is_not_read_to_its_end(hall: Gallery, fetcher: Fetcher) -> None:
    """Said so or not: after the limit nothing more is read, even of what never ends."""
    assert "more than" in (await refused(fetcher, hall.hang("/large", b"x" * (LIMIT + 1)))).message
    hall.hung["/endless"] = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 2048
    hall.endless.add("/endless")
    assert "more than" in (await refused(fetcher, hall.url + "/endless")).message


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"x" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 206 Partial Content\r\nContent-Length: 1\r\n\r\nx",
    ],
    ids=["nothing", "nonsense", "cut", "broken", "endless head", "a part"],
)
async def test_R18_whatever_goes_wrong_sounds_the_same(hall: Gallery, fetcher: Fetcher, answer: bytes) -> None:
    """Which hosts, ports and paths answer, and how, cannot be told from the refusal."""
    hall.hung["/x"] = answer
    assert (await refused(fetcher, hall.url + "/x")).message == FAILED
    closed = hall.url.rpartition(":")[0] + ":1/"
    assert (await refused(fetcher, closed)).message == FAILED


async def test_R18_a_server_that_does_not_answer_is_given_up(
    hall: Gallery, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole of it takes a bounded time, and beyond a few at once the next is told to come back."""
    monkeypatch.setattr(fetching, "SECONDS", 1.0)
    hall.hung["/slow"] = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
    silent = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await silent.wait()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1")
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    codes = [(await one).code for one in asyncio.as_completed([refused(fetcher, url) for _ in range(6)])]
    assert sorted(codes) == ["invalid"] * 4 + ["unavailable"] * 2
    silent.set()
    server.close()
    monkeypatch.undo()  # a slow machine may need more than a second for what is answered
    assert await fetcher.get(hall.hang("/x.png", picture()), LIMIT) == picture()
