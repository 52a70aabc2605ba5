"""Who may see figures and reasons: asked from this machine, from a network that is named, or with a token."""

import hmac
import ipaddress
from urllib.parse import urlsplit

from chatd.auth.door import Knock
from chatd.config import Server


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def is_loopback(host: str) -> bool:
    """A name or address by which only this machine is reached."""
    if host.lower().rstrip(".") == "localhost":
        return True
    found = _parsed(host)
    return found is not None and found.is_loopback


class Operators:
    def __init__(self, settings: Server) -> None:
        self._networks = [ipaddress.ip_network(network) for network in settings.metrics_networks]
        self._token = settings.metrics_token

    def admits(self, knock: Knock) -> bool:
        if self._has_token(knock):
            return True
        if knock.proxied and not knock.trusted:  # nobody knows from where it came
            return False
        found = _parsed(knock.address)
        if found is not None and any(found in network for network in self._networks):
            return True
        return self._is_local(knock)

    def _has_token(self, knock: Knock) -> bool:
        credential = knock.credential
        if self._token is None or credential is None or credential.kind != "bearer":
            return False
        return hmac.compare_digest(credential.token.encode(), self._token.encode())

    @staticmethod
    def _is_local(knock: Knock) -> bool:
        """Asked on this machine, by no proxy: one that says nothing of itself still passes on the name it serves."""
        if knock.proxied or not is_loopback(knock.peer):
            return False
        try:
            return is_loopback(urlsplit(f"//{knock.host}").hostname or "")
        except ValueError:
            return False
