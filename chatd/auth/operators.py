"""Who may see figures and reasons: asked from this machine, from a network that is named, or with a token."""

import hmac
import ipaddress

from chatd.auth.address import is_in
from chatd.auth.door import Knock
from chatd.config import Server
from chatd.domain.hosts import is_loopback, name_of


class Operators:
    def __init__(self, settings: Server) -> None:
        self._networks = [ipaddress.ip_network(network) for network in settings.metrics_networks]
        self._token = settings.metrics_token

    def admits(self, knock: Knock) -> bool:
        if self._has_token(knock):
            return True
        if knock.proxied and not knock.trusted:  # nobody knows from where it came
            return False
        return is_in(knock.address, self._networks) or self._is_local(knock)

    def _has_token(self, knock: Knock) -> bool:
        credential = knock.credential
        if self._token is None or credential is None or credential.kind != "bearer":
            return False
        return hmac.compare_digest(credential.token.encode(), self._token.encode())

    @staticmethod
    def _is_local(knock: Knock) -> bool:
        """Asked on this machine, by no proxy: one that says nothing of itself still passes on the name it serves."""
        return not knock.proxied and is_loopback(knock.peer) and is_loopback(name_of(knock.host))
