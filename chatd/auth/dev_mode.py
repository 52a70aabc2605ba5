"""What guards a server that asks for no password: it answers to its own names alone.

A page on the internet can have its own name resolve to this machine (DNS rebinding). The browser then takes the server
for that page's own, and would sign it in as the administrator; only `Host` tells.
"""

from urllib.parse import urlsplit

from chatd.config import Config
from chatd.domain.errors import forbidden
from chatd.domain.hosts import is_loopback, name_of, parsed_address

WARNING = (
    "DEV MODE: whoever reaches this server signs in as anybody, the administrator too, without a password. "
    "Set auth.authMode to password before real people use it."
)


class DevMode:
    def __init__(self, config: Config) -> None:
        self.is_on = config.auth.auth_mode == "dev"
        public = urlsplit(config.server.public_url or "").hostname
        self._names = {config.server.host.lower(), *([public] if public else [])}

    def require_own_name(self, headers: list[tuple[bytes, bytes]], local_address: str) -> None:
        """Raises `forbidden` for a `Host` that is none of this server's names, nor the address that was reached."""
        if not self.is_on:
            return
        host = next((value.decode("latin-1") for name, value in headers if name.lower() == b"host"), "")
        name = name_of(host)
        address = parsed_address(name)
        if is_loopback(name) or name in self._names or (address and address == parsed_address(local_address)):
            return
        raise forbidden(
            "In dev mode this server answers to its own names only, and the Host of this request is none of them. "
            "Open it as localhost, or set server.publicUrl to how it is reached."
        )
