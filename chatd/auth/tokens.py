"""Tokens of sign-ins, tokens of scripts, cookies. What a session is worth is the database's to say."""

import hashlib
import hmac
from dataclasses import dataclass

import jwt

ALGORITHM = "HS256"
COOKIE = "chatd_session"
HOST_COOKIE = "__Host-" + COOKIE  # behind TLS
HOST_MARK = "h."  # begins the secrets that are given under HOST_COOKIE, which count under no other name
PREFIX = "chatd_"  # of what scripts carry: told apart from a JWT by it, and found by those who look for leaked secrets


@dataclass(slots=True, frozen=True)
class RefreshClaim:
    """What a genuine refresh token says: the `number`-th of its session."""

    session_id: str
    number: int


class Tokens:
    """Signs and reads tokens with the server's secrets; keeps nothing."""

    def __init__(self, *, jwt_secret: str, token_secret: str, expiry_seconds: int) -> None:
        self._jwt_secret = jwt_secret
        self._token_secret = token_secret.encode()
        self.expiry_seconds = expiry_seconds

    def access(self, user_id: str, session_id: str, now: int) -> str:
        """A JWT (RFC 7519) with `sub`, `sid`, `exp`; worth what its session is worth at each use."""
        claims = {"sub": user_id, "sid": session_id, "exp": now // 1000 + self.expiry_seconds}
        return jwt.encode(claims, self._jwt_secret, ALGORITHM)

    def session_of(self, access_token: str, now: int) -> str | None:
        """The session of a genuine access token that has not expired."""
        try:
            claims = jwt.decode(
                access_token,
                self._jwt_secret,
                algorithms=[ALGORITHM],
                options={"require": ["sub", "sid", "exp"], "verify_exp": False},
            )
        except jwt.InvalidTokenError:
            return None
        session_id, expires = claims["sid"], claims["exp"]
        if not isinstance(session_id, str) or not isinstance(expires, int) or expires * 1000 <= now:
            return None
        return session_id

    def refresh(self, session_id: str, number: int) -> str:
        """The `number`-th refresh token of a session: HMAC(server secret, session, number)."""
        return f"{session_id}.{number}.{self._seal(session_id, number)}"

    def read_refresh(self, token: str) -> RefreshClaim | None:
        """What a refresh token says, None for one that this server never gave."""
        session_id, _, rest = token.partition(".")
        number, _, seal = rest.partition(".")
        if not (number.isascii() and number.isdigit() and len(number) < 10 and seal.isascii()):
            return None
        if not hmac.compare_digest(seal, self._seal(session_id, int(number))):
            return None
        return RefreshClaim(session_id, int(number))

    def _seal(self, session_id: str, number: int) -> str:
        return hmac.new(self._token_secret, f"refresh\0{session_id}\0{number}".encode(), hashlib.sha256).hexdigest()


def hashed(token: str) -> str:
    """What is stored of a random token; 256 bits of chance need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
