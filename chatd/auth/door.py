"""Who knocks: the credential, address and origin of an HTTP head, the same for requests and upgrades."""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from chatd.auth.address import is_in, of_hop, plain
from chatd.auth.tokens import COOKIE
from chatd.config import Server
from chatd.domain.errors import forbidden

BEARER_PROTOCOL = "bearer."
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(slots=True, frozen=True)
class Credential:
    kind: Literal["bearer", "cookie"]
    token: str


@dataclass(slots=True, frozen=True)
class Knock:
    """One HTTP head, as far as it says who asks. `header` names are lower case."""

    headers: Mapping[str, str]
    address: str
    scheme: str
    host: str
    credential: Credential | None

    @property
    def user_agent(self) -> str:
        return self.headers.get("user-agent", "")[:256]


def _cookie(header: str) -> str | None:
    """Ours among whatever else the host has set: the standard library's parser gives up at the first odd one."""
    for part in header.split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE:
            return value.strip('"')
    return None


def _credential(headers: Mapping[str, str], *, socket: bool) -> Credential | None:
    """`Authorization`, then (socket only) the subprotocol, then the cookie: only the first present is judged."""
    if (authorization := headers.get("authorization")) is not None:
        scheme, _, token = authorization.partition(" ")
        return Credential("bearer", token.strip() if scheme.lower() == "bearer" else "")
    if socket:
        offered = [part.strip() for part in headers.get("sec-websocket-protocol", "").split(",")]
        for protocol in offered:
            if protocol.startswith(BEARER_PROTOCOL):
                return Credential("bearer", protocol.removeprefix(BEARER_PROTOCOL))
    cookie = _cookie(headers.get("cookie", ""))
    return Credential("cookie", cookie) if cookie is not None else None


class Door:
    """Reads heads by the settings: which proxies are believed, which origins may use cookies."""

    def __init__(self, settings: Server) -> None:
        self._proxies = [ipaddress.ip_network(network) for network in settings.trusted_proxies]
        self._public = _normal(settings.public_url) if settings.public_url else None
        self._allowed = {_normal(origin) for origin in settings.allowed_domains}

    def knock(self, raw: Iterable[tuple[bytes, bytes]], peer: str, scheme: str, *, socket: bool = False) -> Knock:
        headers: dict[str, str] = {}
        for name, value in raw:
            key, text = name.decode("latin-1").lower(), value.decode("latin-1")
            separator = "; " if key == "cookie" else ", "
            headers[key] = headers[key] + separator + text if key in headers else text
        host = headers.get("host", "")
        peer = address = plain(peer)
        if is_in(peer, self._proxies):
            hops = _hops(headers)
            address = self._client(hops, peer)
            nearest = hops[-1] if hops else {}
            scheme = headers.get("x-forwarded-proto", nearest.get("proto", scheme)).rpartition(",")[2].strip().lower()
            host = headers.get("x-forwarded-host", nearest.get("host", host)).rpartition(",")[2].strip()
        return Knock(headers, address, scheme, host, _credential(headers, socket=socket))

    def _client(self, hops: list[dict[str, str]], peer: str) -> str:
        """The nearest address that is no trusted proxy of ours; what is left of it may be made up."""
        address = peer
        for hop in reversed(hops):
            found = of_hop(hop.get("for", ""))
            if found is None:
                break
            address = found
            if not is_in(address, self._proxies):
                break
        return address

    def is_secure(self, knock: Knock) -> bool:
        return knock.scheme in ("https", "wss") or bool(self._public and self._public[0] == "https")

    def require_origin(self, knock: Knock, *, missing: bool) -> None:
        """Refuse a foreign `Origin`, and unless `missing` also none: a cookie may not be used from elsewhere."""
        origin = knock.headers.get("origin")
        if origin is None and missing:
            return
        found = _normal(origin) if origin else None
        scheme = {"ws": "http", "wss": "https"}.get(knock.scheme, knock.scheme)
        own = self._public or _normal(f"{scheme}://{knock.host}")
        if found is None or (
            found != own and found != _normal(f"{scheme}://{knock.host}") and found not in self._allowed
        ):
            raise forbidden("This page may not act for you here: its origin is not in server.allowedDomains.")


def _hops(headers: Mapping[str, str]) -> list[dict[str, str]]:
    """What proxies say of whom they ask for, the nearest last: X-Forwarded-For, else Forwarded (RFC 7239 section 4)."""
    if "x-forwarded-for" in headers:
        return [{"for": part} for part in headers["x-forwarded-for"].split(",") if part.strip()]
    hops = []
    for element in _split(headers.get("forwarded", ""), ","):
        pairs = (part.partition("=") for part in _split(element, ";"))
        hops.append({name.strip().lower(): value.strip().strip('"') for name, _, value in pairs})
    return hops


def _split(text: str, separator: str) -> list[str]:
    """At separators outside of quotes; empty parts are left out."""
    quoted = re.findall(rf'(?:"[^"]*"|[^"{separator}])+', text)
    return [part for part in quoted if part.strip()]


def _normal(origin: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(origin)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    if not parts.hostname or port is None:
        return None
    return parts.scheme, parts.hostname.lower(), port
