"""From where somebody signs in."""

from dataclasses import dataclass


@dataclass(slots=True, frozen=True)
class Place:
    """From where and how somebody signs in."""

    ip: str
    user_agent: str
    remember: bool = False
    secure: bool = False  # behind TLS
