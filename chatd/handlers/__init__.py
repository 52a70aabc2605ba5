"""One module per noun, one short function per frame type: `x.y` is `y` in `x`. Importing this fills the registry."""

from chatd.handlers import admin, channel, dm, me, message, presence, read, session, state, thread, user

__all__ = ["admin", "channel", "dm", "me", "message", "presence", "read", "session", "state", "thread", "user"]
