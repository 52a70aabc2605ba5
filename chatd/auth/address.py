"""Addresses as they count: an IPv4 one in IPv6's clothes is itself, and a network of IPv6 is one place."""

import ipaddress

PLACE_PREFIX = 64  # what one line gets, at least: its 2^64 addresses are one customer's
SITE_PREFIX = 48  # what a company or a server's renter gets


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def plain(address: str) -> str:
    """The address in its one form; what is none stays as it is."""
    found = _parsed(address)
    return address if found is None else str(found)


def place(address: str) -> str:
    """What counts as one place: an IPv4 address, or a /64 of IPv6."""
    return _network(address, PLACE_PREFIX)


def site(address: str) -> str:
    """A wider place, for those who have many: an IPv4 address, or a /48 of IPv6."""
    return _network(address, SITE_PREFIX)


def _network(address: str, prefix: int) -> str:
    found = _parsed(address)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, prefix), strict=False))
    return address if found is None else str(found)


def is_in(address: str, networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    found = _parsed(address)
    return found is not None and any(found in network for network in networks)


def of_hop(text: str) -> str | None:
    """The address in one entry of X-Forwarded-For or of `for=` (RFC 7239 section 6): with port, brackets, quotes."""
    text = text.strip().strip('"').strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    found = _parsed(text)
    return None if found is None else str(found)
