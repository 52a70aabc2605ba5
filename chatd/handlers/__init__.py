"""One module per noun, one short function per frame type: `x.y` is `y` in `x`. Importing this fills the registry."""

from chatd.handlers import (
    admin,
    admin_integrations,
    admin_invitations,
    bot,
    channel,
    dm,
    me,
    message,
    presence,
    read,
    session,
    state,
    thread,
    token,
    totp,
    user,
)

__all__ = [
    "admin",
    "admin_integrations",
    "admin_invitations",
    "bot",
    "channel",
    "dm",
    "me",
    "message",
    "presence",
    "read",
    "session",
    "state",
    "thread",
    "token",
    "totp",
    "user",
]
