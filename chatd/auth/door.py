"""Who knocks: the credential, address and origin of an HTTP head, the same for requests and upgrades."""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from chatd.auth.address import is_in, of_hop, plain
from chatd.auth.tokens import COOKIE, HOST_COOKIE, HOST_MARK
from chatd.config import Server
from chatd.domain.errors import forbidden

BEARER_PROTOCOL = "bearer."
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HTTP_SCHEMES = {"ws": "http", "wss": "https"}
FORWARDING = ("x-forwarded-for", "forwarded", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")


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
    cookie_name: str  # of our cookie, for the browser that asks
    credential: Credential | None
    peer: str = ""
    trusted: bool = False  # the peer is a proxy of ours, and what it says of its client is believed
    secure: bool = False

    @property
    def user_agent(self) -> str:
        return self.headers.get("user-agent", "")[:256]

    @property
    def proxied(self) -> bool:
        """Does it say that somebody passed it on? A stranger may say so too, and only loses by it."""
        return any(name in self.headers for name in FORWARDING)


def _cookie_name(port: int, *, secure: bool) -> str:
    """Behind TLS one that no other host and no plain page can set (RFC 6265bis section 4.1.3.2).

    With the port in it: browsers send a host's cookies to all its ports, and two servers on one host would sign each
    other's people out. TLS at its usual port goes without.
    """
    if not secure:
        return f"{COOKIE}_{port}"
    return HOST_COOKIE if port in _DEFAULT_PORTS.values() else f"{HOST_COOKIE}_{port}"


def _cookie(header: str, own_name: str) -> str | None:
    """Ours among whatever else the host has set: the standard library's parser gives up at the first odd one.

    The name of earlier versions counts last, and not for secrets given under HOST_COOKIE: a neighbouring host can plant
    a cookie of the old name, and would sign somebody in as somebody else.
    """
    found: dict[str, str] = {}
    for part in header.split(";"):
        name, _, value = part.strip().partition("=")
        found.setdefault(name, value.strip('"'))
    if own_name in found:
        return found[own_name]
    old = found.get(COOKIE)
    return None if old is None or old.startswith(HOST_MARK) else old


def _credential(headers: Mapping[str, str], cookie_name: str, *, socket: bool) -> Credential | None:
    """`Authorization`, then (socket only) the subprotocol, then the cookie: only the first present is judged."""
    if (authorization := headers.get("authorization")) is not None:
        scheme, _, token = authorization.partition(" ")
        return Credential("bearer", token.strip() if scheme.lower() == "bearer" else "")
    if socket:
        offered = [part.strip() for part in headers.get("sec-websocket-protocol", "").split(",")]
        for protocol in offered:
            if protocol.startswith(BEARER_PROTOCOL):
                return Credential("bearer", protocol.removeprefix(BEARER_PROTOCOL))
    cookie = _cookie(headers.get("cookie", ""), cookie_name)
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
        trusted = is_in(peer, self._proxies)
        if trusted:
            hops = _hops(headers)
            address = self._client(hops, peer)
            nearest = hops[-1] if hops else {}
            scheme = headers.get("x-forwarded-proto", nearest.get("proto", scheme)).rpartition(",")[2].strip().lower()
            host = headers.get("x-forwarded-host", nearest.get("host", host)).rpartition(",")[2].strip()
        secure = self._is_secure(scheme)
        origin = self._public or _normal(f"{_HTTP_SCHEMES.get(scheme, scheme)}://{host}")
        cookie_name = _cookie_name(origin[2] if origin else _DEFAULT_PORTS["http"], secure=secure)
        credential = _credential(headers, cookie_name, socket=socket)
        return Knock(headers, address, scheme, host, cookie_name, credential, peer, trusted, secure)

    def is_proxy(self, peer: str) -> bool:
        """Is what it says of its client believed?"""
        return bool(self._proxies) and is_in(peer, self._proxies)

    def client_address(self, raw: Iterable[tuple[bytes, bytes]], peer: str) -> str:
        """Whom a proxy of ours asks for."""
        return self.knock(raw, peer, "http").address

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

    def _is_secure(self, scheme: str) -> bool:
        return scheme in ("https", "wss") or bool(self._public and self._public[0] == "https")

    def is_secure(self, raw: Iterable[tuple[bytes, bytes]], peer: str, scheme: str) -> bool:
        """Does the asker's browser speak TLS, with us or with a proxy of ours?"""
        if not self._proxies or self._is_secure(scheme):
            return self._is_secure(scheme)
        return self.knock(raw, peer, scheme).secure

    def require_origin(self, knock: Knock, *, missing: bool) -> None:
        """Refuse a foreign `Origin`, and unless `missing` also none: a cookie may not be used from elsewhere."""
        origin = knock.headers.get("origin")
        if origin is None and missing:
            return
        found = _normal(origin) if origin else None
        scheme = _HTTP_SCHEMES.get(knock.scheme, knock.scheme)
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
