"""The ways in which a request, a connection or a start is ended on purpose. All else that is raised is a bug."""

from enum import IntEnum, StrEnum


class ErrorCode(StrEnum):
    """The codes of PROTOCOL.md section 7."""

    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    TOTP_REQUIRED = "totp_required"
    FORBIDDEN = "forbidden"
    RESTRICTED = "restricted"
    ACCOUNT_DEACTIVATED = "account_deactivated"
    REGISTRATION_DISABLED = "registration_disabled"
    CANNOT_REMOVE_SELF = "cannot_remove_self"
    STEP_UP_REQUIRED = "step_up_required"
    NOT_FOUND = "not_found"
    UNKNOWN_TYPE = "unknown_type"
    CONFLICT = "conflict"
    LAST_ADMIN = "last_admin"
    SEAT_LIMIT = "seat_limit"
    EMAIL_NOT_CONFIGURED = "email_not_configured"
    TOO_LARGE = "too_large"
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"
    INTERNAL = "internal"


class CloseCode(IntEnum):
    """The close codes of PROTOCOL.md section 8: below 4500 a client comes back, from 4500 on it does not."""

    RESTART = 1012
    SLOW_CONSUMER = 4001
    HEARTBEAT_TIMEOUT = 4002
    FLOODING = 4003
    SIGNED_OUT = 4500
    SESSION_LIMIT = 4501
    SESSION_REVOKED = 4502
    ACCOUNT_REMOVED = 4503
    ACCOUNT_DEACTIVATED = 4504
    PASSWORD_RESET = 4505
    TOTP_RESET = 4506
    E2EE_RESET = 4507
    SESSION_EXPIRED = 4508
    ACCOUNT_LEFT = 4509
    PROTOCOL_VIOLATION = 4510

    @property
    def reason(self) -> str:
        """The word that stands for the number in `bye` and in the close frame."""
        return self.name.lower()

    @property
    def reconnect(self) -> bool:
        return self.value < 4500


class ChatError(Exception):
    """A refused request: a code for programs, a sentence for people, nothing done."""

    def __init__(
        self, code: ErrorCode, message: str, field: str | None = None, *, retry_after_ms: int | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.retry_after_ms = retry_after_ms


def invalid(message: str, field: str | None = None) -> ChatError:
    return ChatError(ErrorCode.INVALID, message, field)


def forbidden(message: str) -> ChatError:
    return ChatError(ErrorCode.FORBIDDEN, message)


def not_found(message: str) -> ChatError:
    return ChatError(ErrorCode.NOT_FOUND, message)


def conflict(message: str, field: str | None = None) -> ChatError:
    return ChatError(ErrorCode.CONFLICT, message, field)


def unauthenticated(message: str = "Sign in first; this session has ended or never existed.") -> ChatError:
    return ChatError(ErrorCode.UNAUTHENTICATED, message)


def unavailable(message: str, retry_after_ms: int = 2000) -> ChatError:
    return ChatError(ErrorCode.UNAVAILABLE, message, retry_after_ms=retry_after_ms)


class CannotStart(Exception):
    """A server that cannot begin: a sentence for the operator that says why, and what to do about it."""

    status = 1  # the exit status of the process; 2 where the settings or the call are what has to change
