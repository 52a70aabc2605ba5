"""Names and addresses of hosts, as far as they say who can reach them. No look-up."""

import ipaddress
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def parsed_address(text: str) -> Address | None:
    """An IPv4 address in IPv6's clothes is itself."""
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def is_loopback(host: str) -> bool:
    """A name or address by which only this machine is reached."""
    if host.lower().rstrip(".") == "localhost":
        return True
    found = parsed_address(host)
    return found is not None and found.is_loopback


def name_of(host: str) -> str:
    """The name or address in a `Host` header, without port and brackets, in lower case; empty when there is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""
