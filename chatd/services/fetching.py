"""Getting a file from an address that somebody typed, without being his hand inside the private network (FEATURES R18).

The name is resolved here, every address it has is judged, and the connection goes to an address that was judged: a name
that answers differently the second time (DNS rebinding) gains nothing. Each redirect is judged in the same way.
"""

import asyncio
import ipaddress
import logging
import socket
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin, urlsplit

import httpcore

from chatd.domain.errors import ChatError, invalid, unavailable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

SECONDS = 10.0  # from the first look-up to the last byte, redirects with it
REDIRECTS = 3
AT_ONCE = 4
URL_MAX = 2000
_REDIRECTING = (301, 302, 303, 307, 308)
# Parts of what is routed that lead to an IPv4 address by another way, perhaps a private one.
_TUNNELS = tuple(map(ipaddress.IPv6Network, ("2001::/32", "2002::/16")))
_PROTOCOL_ASSIGNMENTS = ipaddress.IPv4Network("192.0.0.0/24")  # some Pythons take parts of it for the internet
_ROUTED = ipaddress.IPv6Network("2000::/3")
# One sentence for everything that went wrong on the way: which hosts and ports answer is nobody's business.
FAILED = "The picture could not be fetched from there."
log = logging.getLogger("chatd.fetching")


class _Refused(Exception):
    """Not fetched: the reason is for the log."""


def is_public(address: Address) -> bool:
    """Is this an address of the open internet, whichever way it is written?"""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address not in _ROUTED or any(address in tunnel for tunnel in _TUNNELS):
            return False
    elif address in _PROTOCOL_ASSIGNMENTS:
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


class Guard(httpcore.AsyncNetworkBackend):
    """Opens connections to public addresses and to those of networks that are `allowed`, no others."""

    def __init__(self, allowed: Iterable[Network], pool: ThreadPoolExecutor) -> None:
        self._allowed, self._pool = tuple(allowed), pool
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await self._resolve(host, port)
        if not addresses or not all(map(self._may, addresses)):
            raise _Refused(f"{host} has no address or one that is not public")
        return await self._backend.connect_tcp(str(addresses[0]), port, timeout, local_address, socket_options)

    async def _resolve(self, host: str, port: int) -> list[Address]:
        def look() -> Sequence[tuple[object, ...]]:
            return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)

        try:
            found = await asyncio.get_running_loop().run_in_executor(self._pool, look)
            return [ipaddress.ip_address(str(entry[4][0])) for entry in found]  # type: ignore[index]
        except (OSError, ValueError) as error:  # also an address with a zone, which is never public
            raise _Refused(f"{host} cannot be resolved") from error

    def _may(self, address: Address) -> bool:
        plain = getattr(address, "ipv4_mapped", None) or address
        return is_public(plain) or any(plain.version == one.version and plain in one for one in self._allowed)

    async def connect_unix_socket(self, *_: object, **__: object) -> httpcore.AsyncNetworkStream:
        raise _Refused("no file of this machine is an address")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Fetcher:
    """Fetches what a URL names, bounded in time, size and number."""

    def __init__(self, allowed: Iterable[Network] = ()) -> None:
        # Resolving blocks, as long as a name server likes: in threads of its own, so that nothing else waits for it.
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="resolve")
        self._guard = Guard(allowed, self._pool)
        self._under_way = 0

    async def get(self, url: str, max_bytes: int) -> bytes:
        """The content. Raises `invalid` for anything that cannot be had, `unavailable` when too many are under way."""
        if self._under_way >= AT_ONCE:
            raise unavailable("Too many pictures are being fetched; try again in a moment.")
        self._under_way += 1
        try:
            async with asyncio.timeout(SECONDS):
                return await self._follow(url, max_bytes)
        except ChatError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever the other side did: the reason is logged, never told
            log.info("a picture was not fetched", extra={"reason": f"{type(error).__name__}: {error}"})
            raise invalid(FAILED, "url") from None
        finally:
            self._under_way -= 1

    async def _follow(self, url: str, max_bytes: int) -> bytes:
        # A connection of its own for each fetch: nothing is kept that a later one could find open.
        async with httpcore.AsyncConnectionPool(network_backend=self._guard, max_connections=1) as pool:
            for _ in range(REDIRECTS + 1):
                request = pool.stream("GET", _checked(url), headers={"Accept": "image/*", "User-Agent": "chatd"})
                async with request as response:
                    if response.status in _REDIRECTING:
                        url = urljoin(url, _location(response))
                        continue
                    if response.status != 200:
                        raise _Refused(f"status {response.status}")
                    return await _read(response, max_bytes)
        raise _Refused("too many redirects")

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _checked(url: str) -> str:
    """The URL if it is one of http or https without a password in it."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if len(url) > URL_MAX or parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise invalid("Give an address that begins with https:// or http://.", "url")
    if parts.username is not None or parts.password is not None or not url.isascii() or not url.isprintable():
        raise invalid("Give the address without a name, a password or signs that an address does not hold.", "url")
    return url


def _location(response: httpcore.Response) -> str:
    found = [value for name, value in response.headers if name.lower() == b"location"]
    if len(found) != 1:
        raise _Refused("a redirect to nowhere")
    return found[0].decode("ascii")


async def _read(response: httpcore.Response, max_bytes: int) -> bytes:
    content = bytearray()
    async for piece in response.aiter_stream():
        content += piece
        if len(content) > max_bytes:
            raise invalid(f"What is there has more than {max_bytes >> 20} MB; choose a smaller picture.", "url")
    return bytes(content)
