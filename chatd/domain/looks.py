"""What a text looks like, by Unicode Technical Standard #39: skeletons, scripts, signs that show nothing.

The tables are looks.txt, made from Unicode's own files by .ci/looks.py and read when first needed.
"""

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

# Scripts that are written together (UTS #39 section 5.2, "Highly Restrictive").
_TOGETHER = (
    frozenset({"Latn", "Hani", "Hira", "Kana"}),
    frozenset({"Latn", "Hani", "Bopo"}),
    frozenset({"Latn", "Hani", "Hang"}),
)


class _Ranges(Generic[T]):
    """Ranges of characters with a value each. As a dictionary they would take 50 MB, for one lookup in a thousand."""

    def __init__(self, lines: list[str], value: Callable[[str], T]) -> None:
        spans = [line.partition(" ") for line in lines]
        self._first = array("L", (int(span.partition("-")[0], 16) for span, _, _ in spans))
        self._last = array("L", (int(span.partition("-")[2], 16) for span, _, _ in spans))
        self._values = [value(text) for _, _, text in spans]

    def get(self, character: str) -> T | None:
        point = ord(character)
        at = bisect_right(self._first, point) - 1
        return self._values[at] if at >= 0 and point <= self._last[at] else None


class _Tables(NamedTuple):
    ignorable: _Ranges[bool]
    pictographic: _Ranges[bool]
    scripts: _Ranges[frozenset[str]]
    looks: dict[str, str]


@cache
def _tables() -> _Tables:
    parts: dict[str, list[str]] = {}
    for line in files("chatd.domain").joinpath("looks.txt").read_text("ascii").splitlines():
        if line.startswith("["):
            parts[line.strip("[]")] = []
        elif not line.startswith("#"):
            parts[list(parts)[-1]].append(line)
    looks: dict[str, str] = {}
    for line in parts["looks"]:
        target, _, sources = line.partition(": ")
        text = "".join(chr(int(point, 16)) for point in target.split())
        looks |= {chr(int(source, 16)): text for source in sources.split()}
    return _Tables(
        _Ranges(parts["ignorable"], lambda _: True),
        _Ranges(parts["pictographic"], lambda _: True),
        _Ranges(parts["scripts"], lambda text: frozenset(text.split())),
        looks,
    )


def is_ignorable(character: str) -> bool:
    """Does it show nothing by itself: zero-width, bidirectional controls, fillers, variation selectors?"""
    return _tables().ignorable.get(character) is not None


def is_pictographic(character: str) -> bool:
    return bool(character) and _tables().pictographic.get(character) is not None


def skeleton(text: str) -> str:
    """UTS #39 section 4: texts with the same skeleton are taken for one another. For comparing, never for showing."""
    tables = _tables()
    shown = (one for one in unicodedata.normalize("NFD", text) if tables.ignorable.get(one) is None)
    return unicodedata.normalize("NFD", "".join(tables.looks.get(one, one) for one in shown))


def is_mixed(text: str) -> bool:
    """Are there letters of scripts that nobody writes together, such as a Cyrillic `а` among Latin letters?"""
    common: frozenset[str] | None = None
    for character in text:
        scripts = _tables().scripts.get(character)
        if scripts is None:  # digits, signs and marks that belong to every script
            continue
        common = scripts if common is None else common & scripts
    if common is None or common:
        return False
    return not any(all((_tables().scripts.get(one) or group) & group for one in text) for group in _TOGETHER)
