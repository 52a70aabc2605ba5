"""Envelopes and frames: whatever comes is a Request or a MalformedRequest, and what is sent is one whole frame."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatd.domain.errors import ChatError, CloseCode, ErrorCode, invalid
from chatd.protocol import frames

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=10,
)
ENVELOPES = st.dictionaries(st.sampled_from(["type", "id", "payload", "other"]), JSON)


def payload_of(frame: bytes) -> Any:
    """The JSON in a short unmasked text frame."""
    start = {126: 4, 127: 10}.get(frame[1], 2)
    assert frame[0] == 0x81
    return json.loads(frame[start:])


@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_anything_is_a_request_or_malformed(data: bytes) -> None:
    """No bytes make the parser fail in another way; the refusal is always `invalid`."""
    try:
        found = frames.parse(data)
    except frames.MalformedRequest as malformed:
        assert malformed.error.code is ErrorCode.INVALID
    else:
        assert isinstance(found.payload, dict)


@given(ENVELOPES)
def test_an_envelope_of_any_shape_keeps_its_usable_id(envelope: dict[str, Any]) -> None:
    """A refusal names the id whenever the frame holds one that can be used, and no other."""
    id = envelope.get("id")
    usable = id if isinstance(id, str) and 1 <= len(id) <= 64 and "\0" not in id else None
    try:
        assert frames.parse(json.dumps(envelope).encode()).id == usable
    except frames.MalformedRequest as malformed:
        assert malformed.id in (usable, None)


@given(
    st.text(min_size=1).filter(lambda text: "\0" not in text),
    st.dictionaries(st.text().filter(lambda key: "\0" not in key), st.integers(0, 9)),
)
def test_a_request_is_read_as_it_was_written(type: str, payload: dict[str, int]) -> None:
    """Type, id and payload come through unchanged."""
    found = frames.parse(orjson.dumps({"type": type, "id": "1", "payload": payload}))
    assert (found.type, found.id, found.payload) == (type, "1", payload)


@pytest.mark.parametrize("deep", ['"\\u0000"', '{"\\u0000":1}', '[1,"x",{"y":["\\u0000"]}]'])
def test_nul_is_refused_at_every_depth(deep: str) -> None:
    """U+0000 in a value or a key is refused with its field, also 1,000 levels down where recursion would break."""
    for levels in (0, 900):
        request = frames.parse(f'{{"type":"x","payload":{{"a":{"[" * levels}{deep}{"]" * levels}}}}}'.encode())
        with pytest.raises(ChatError) as refusal:
            request.checked()
        assert (refusal.value.code, refusal.value.field) == ("invalid", "a")


def test_text_that_only_looks_like_nul_is_taken() -> None:
    """A backslash followed by u0000 is text like any other."""
    assert frames.parse(rb'{"type":"x","payload":{"a":"\\u0000"}}').payload == {"a": "\\u0000"}


@pytest.mark.parametrize("size", [0, 100, 125, 126, 65_535, 65_536, 100_000])
def test_a_text_frame_carries_its_whole_payload(size: int) -> None:
    """Each of the three ways to write a length (RFC 6455 section 5.2) holds exactly the payload."""
    frame, data = frames.text_frame(b"x" * size), b"x" * size
    assert frame.endswith(data)
    assert len(frame) - size == (2 if size < 126 else 4 if size < 65_536 else 10)


def test_a_refusal_holds_what_the_error_says_and_nothing_else() -> None:
    """`field` and `retryAfterMs` are there only when the error has them."""
    bare = payload_of(frames.refusal("1", invalid("No.")))
    assert bare == {"type": "reply", "id": "1", "ok": False, "error": {"code": "invalid", "message": "No."}}
    assert payload_of(frames.refusal(None, invalid("No.", "name")))["error"]["field"] == "name"


@pytest.mark.parametrize("code", CloseCode)
def test_bye_says_whether_to_come_back(code: CloseCode) -> None:
    """Below 4500 a client comes back, from 4500 on it does not."""
    said = payload_of(frames.bye(code))
    assert said == {"type": "bye", "payload": {"code": code, "reason": code.reason, "reconnect": code < 4500}}


def test_an_event_names_channel_and_seq_only_where_content_changes() -> None:
    """`channelId` and `seq` stand on content events and are absent elsewhere."""
    assert json.loads(frames.event("x", {})) == {"type": "x", "payload": {}}
    assert json.loads(frames.event("x", {}, "c", 7)) == {"type": "x", "channelId": "c", "seq": 7, "payload": {}}
