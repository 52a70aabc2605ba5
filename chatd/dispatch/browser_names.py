"""The names of the wire for the page (static/models/frames.js). What they mean is said in reference.py."""

import re
from collections.abc import Iterable, Mapping

from chatd.dispatch.registry import REGISTRY
from chatd.domain.errors import CloseCode, ErrorCode

_HEAD = """\
// The names of the wire: requests, events, close codes and error codes. Made from the server's registry by `make docs`,
// not by hand. The shapes of payloads are not here; docs/protocol.md has them.
"""


def frames_module(events: Iterable[str]) -> str:
    """An ES module in which each name stands in camelCase: `request.messageEdit` is "message.edit"."""
    codes = sorted(CloseCode)
    return "\n".join(
        [
            _HEAD,
            _table("request", {_camel(type): f'"{type}"' for type in REGISTRY}),
            _table("event", {_camel(type): f'"{type}"' for type in events}),
            _table("closeCode", {_camel(code.reason): str(int(code)) for code in codes}),
            _table("errorCode", {_camel(code): f'"{code}"' for code in ErrorCode}),
        ]
    )


def _table(name: str, entries: Mapping[str, str]) -> str:
    rows = "".join(f"  {key}: {value},\n" for key, value in entries.items())
    return f"export const {name} = Object.freeze({{\n{rows}}});\n"


def _camel(name: str) -> str:
    return re.sub(r"[._](\w)", lambda found: found.group(1).upper(), name)
