"""Errors as HTTP answers: the status of each code (PROTOCOL.md section 7) and the body they all share."""

from http import HTTPStatus
from typing import Any

from chatd.domain.errors import ChatError, ErrorCode
from chatd.protocol.frames import encode

STATUS: dict[ErrorCode, int] = {
    ErrorCode.INVALID: 400,
    ErrorCode.UNAUTHENTICATED: 401,
    ErrorCode.TOTP_REQUIRED: 401,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.RESTRICTED: 403,
    ErrorCode.ACCOUNT_DEACTIVATED: 403,
    ErrorCode.REGISTRATION_DISABLED: 403,
    ErrorCode.CANNOT_REMOVE_SELF: 403,
    ErrorCode.STEP_UP_REQUIRED: 403,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.UNKNOWN_TYPE: 404,
    ErrorCode.CONFLICT: 409,
    ErrorCode.LAST_ADMIN: 409,
    ErrorCode.SEAT_LIMIT: 409,
    ErrorCode.EMAIL_NOT_CONFIGURED: 409,
    ErrorCode.TOO_LARGE: 413,
    ErrorCode.RATE_LIMITED: 429,
    ErrorCode.UNAVAILABLE: 503,
    ErrorCode.INTERNAL: 500,
}


def body(error: ChatError) -> dict[str, Any]:
    """`{"error","code","field"?,"retryAfterMs"?}`."""
    found: dict[str, Any] = {"error": error.message, "code": error.code}
    if error.field is not None:
        found["field"] = error.field
    if error.retry_after_ms is not None:
        found["retryAfterMs"] = error.retry_after_ms
    return found


def headers(error: ChatError) -> dict[str, str]:
    """`Retry-After` in whole seconds (RFC 9110 section 10.2.3), `WWW-Authenticate` with 401 (section 11.6.1)."""
    found = {"Cache-Control": "no-store"}
    if error.retry_after_ms is not None:
        found["Retry-After"] = str(max(1, -(-error.retry_after_ms // 1000)))
    if STATUS[error.code] == 401:
        found["WWW-Authenticate"] = "Bearer"
    return found


def head_and_body(error: ChatError, status: int | None = None) -> bytes:
    """A whole HTTP/1.1 answer that closes the connection, for where no request reaches the application."""
    code = HTTPStatus(status or STATUS[error.code])
    content = encode(body(error))
    lines = [
        f"HTTP/1.1 {code.value} {code.phrase}",
        "Content-Type: application/json",
        f"Content-Length: {len(content)}",
    ]
    lines += [f"{name}: {value}" for name, value in headers(error).items()]
    lines += ["Connection: close", "", ""]
    return "\r\n".join(lines).encode() + content
