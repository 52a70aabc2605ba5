"""The kinds of control_log rows and what they hold. The hub applies them, services append them."""

from enum import StrEnum


class Control(StrEnum):
    """What may change about who may do what.

    SESSIONS_ENDED {"sessions":[[session id, user id]],"code","by"}
    SESSION_STARTED {"session","userId","sessionId"}: for open administration panels only
    SESSIONS_RESTRICTED {"sessions":[[session id, user id]],"userId","user","restricted"}: of one user; null: no more
    USER           {"userId","type","user"}: `user` as administrators see it
    HELD           {"userId","user"}: his bots or tokens are others; for open administration panels only
    MEMBER         {"userId","channel","state","joined"}: `state` is the row's, null without one
    CHANNEL        {"type","channel","members","before"?}: `members` are all member rows of a new or reshaped channel,
                   else null; `before` is the channel that those know who lose sight of it
    ERASED         {"author","erasure","channels"}: channel id -> the `seq` that stands for the erasure
    SETTINGS       {"settings"}
    AUDITED        {"entry"}: for open administration panels only
    """

    SESSIONS_ENDED = "sessions.ended"
    SESSION_STARTED = "session.started"
    SESSIONS_RESTRICTED = "sessions.restricted"
    USER = "user"
    HELD = "user.held"
    MEMBER = "member"
    CHANNEL = "channel"
    ERASED = "erased"
    SETTINGS = "settings"
    AUDITED = "audited"
