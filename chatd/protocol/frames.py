"""Envelopes and frames: a request is parsed here, a reply or event becomes a complete WebSocket frame here, once."""

from dataclasses import dataclass
from typing import Any

import orjson
from websockets.frames import Frame, Opcode

from chatd.domain.errors import ChatError, CloseCode, invalid

PROTOCOL_VERSION = 1
SUBPROTOCOL = "chatd.v1"
MAX_FRAME_BYTES = 65_536
MAX_ID = 64
_ENVELOPE = frozenset({"type", "id", "payload"})


@dataclass(slots=True, frozen=True)
class Request:
    """One request as it came: `id` is None when the client wants no reply."""

    type: str
    id: str | None
    payload: dict[str, Any]
    text: bytes | bytearray | memoryview = b""

    def checked(self) -> dict[str, Any]:
        """The payload, once its turn has come in the order of refusals. Raises `invalid`."""
        return require_no_nul(self.text, self.payload)


class MalformedRequest(Exception):
    """A frame that is no request. It is always answered, with the id if one could be read."""

    def __init__(self, error: ChatError, id: str | None) -> None:
        super().__init__(error.message)
        self.error = error
        self.id = id


def _usable_id(frame: Any) -> str | None:
    id = frame.get("id") if isinstance(frame, dict) else None
    return id if isinstance(id, str) and 1 <= len(id) <= MAX_ID and "\0" not in id else None


def load_json(text: bytes | bytearray | memoryview) -> Any:
    """Parse JSON. Raises `invalid`."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise invalid(f"This is not readable JSON: {error.msg}.") from None


def require_no_nul(text: bytes | bytearray | memoryview, payload: dict[str, Any]) -> dict[str, Any]:
    """The payload. Raises `invalid` where its text holds U+0000, which no database keeps faithfully."""
    if b"\\u0000" in bytes(text):
        for key, value in payload.items():
            if _holds_nul([key, value]):
                raise invalid("Text must not hold the character U+0000.", key[:64])
    return payload


def _holds_nul(value: Any) -> bool:
    """Without recursion: the parser takes more levels than Python's stack."""
    left = [value]
    while left:
        item = left.pop()
        if isinstance(item, dict):
            left += item
            left += item.values()
        elif isinstance(item, list):
            left += item
        elif isinstance(item, str) and "\0" in item:
            return True
    return False


def parse(text: bytes | bytearray | memoryview) -> Request:
    """A client's frame as a Request. Raises MalformedRequest."""
    try:
        frame = load_json(text)
    except ChatError as error:
        raise MalformedRequest(error, None) from None
    id = _usable_id(frame)
    if not isinstance(frame, dict):
        raise MalformedRequest(invalid('A request is an object such as {"type":"ping","id":"1"}.'), None)
    if unknown := frame.keys() - _ENVELOPE:
        name = min(unknown)[:64]
        raise MalformedRequest(invalid(f"A request holds type, id and payload only, not {name}.", name), id)
    if not isinstance(frame.get("type"), str):
        raise MalformedRequest(invalid("A request needs a type, which is text.", "type"), id)
    if "id" in frame and id is None:
        raise MalformedRequest(invalid(f"An id is text of 1 to {MAX_ID} characters.", "id"), None)
    payload = frame.get("payload", {})
    if not isinstance(payload, dict):
        raise MalformedRequest(invalid("A payload is an object; leave it out where there is none.", "payload"), id)
    return Request(frame["type"], id, payload, text)


def encode(value: Any) -> bytes:
    return orjson.dumps(value)


def text_frame(payload: bytes) -> bytes:
    """A complete, unmasked WebSocket text frame: the same bytes go to every socket."""
    return bytes(Frame(Opcode.TEXT, payload).serialize(mask=False))


def reply(id: str | None, payload: Any) -> bytes:
    return text_frame(orjson.dumps({"type": "reply", "id": id, "ok": True, "payload": payload}))


def error_body(error: ChatError) -> dict[str, Any]:
    body: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.field is not None:
        body["field"] = error.field
    if error.retry_after_ms is not None:
        body["retryAfterMs"] = error.retry_after_ms
    return body


def refusal(id: str | None, error: ChatError) -> bytes:
    return text_frame(orjson.dumps({"type": "reply", "id": id, "ok": False, "error": error_body(error)}))


def event(type: str, payload: Any, channel_id: str | None = None, seq: int | None = None) -> bytes:
    """The JSON of an event, not yet a frame; `channelId` and `seq` stand on changes of a channel's content."""
    envelope: dict[str, Any] = {"type": type}
    if channel_id is not None:
        envelope["channelId"] = channel_id
    if seq is not None:
        envelope["seq"] = seq
    envelope["payload"] = payload
    return orjson.dumps(envelope)


def bye(code: CloseCode, *, by: str | None = None, reconnect_after_ms: int | None = None) -> bytes:
    """The last frame before the server closes on purpose."""
    payload: dict[str, Any] = {"code": int(code), "reason": code.reason, "reconnect": code.reconnect}
    if reconnect_after_ms is not None:
        payload["reconnectAfterMs"] = reconnect_after_ms
    if by is not None:
        payload["by"] = by
    return text_frame(event("bye", payload))
