"""What a text looks like, by Unicode Technical Standard #39: skeletons, scripts, signs that show nothing.

The tables are looks.txt, made from Unicode's own files by .ci/looks.py and read when first needed.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

# Scripts that are written together (UTS #39 section 5.2, "Highly Restrictive").
_TOGETHER = (
    frozenset({"Latn", "Hani", "Hira", "Kana"}),
    frozenset({"Latn", "Hani", "Bopo"}),
    frozenset({"Latn", "Hani", "Hang"}),
)


class _Tables(NamedTuple):
    ignorable: frozenset[str]
    pictographic: frozenset[str]
    scripts: dict[str, frozenset[str]]
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
        frozenset(character for character, _ in _ranges(parts["ignorable"])),
        frozenset(character for character, _ in _ranges(parts["pictographic"])),
        {character: frozenset(value.split()) for character, value in _ranges(parts["scripts"])},
        looks,
    )


def _ranges(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        span, _, value = line.partition(" ")
        first, _, last = span.partition("-")
        for point in range(int(first, 16), int(last, 16) + 1):
            yield chr(point), value


def is_ignorable(character: str) -> bool:
    """Does it show nothing by itself: zero-width, bidirectional controls, fillers, variation selectors?"""
    return character in _tables().ignorable


def is_pictographic(character: str) -> bool:
    return character in _tables().pictographic


def skeleton(text: str) -> str:
    """UTS #39 section 4: texts with the same skeleton are taken for one another. For comparing, never for showing."""
    tables = _tables()
    shown = (one for one in unicodedata.normalize("NFD", text) if one not in tables.ignorable)
    return unicodedata.normalize("NFD", "".join(tables.looks.get(one, one) for one in shown))


def is_mixed(text: str) -> bool:
    """Are there letters of scripts that nobody writes together, such as a Cyrillic `а` among Latin letters?"""
    common: frozenset[str] | None = None
    all_of_them: set[str] = set()
    for character in text:
        scripts = _tables().scripts.get(character)
        if scripts is None:  # digits, signs and marks that belong to every script
            continue
        all_of_them |= scripts
        common = scripts if common is None else common & scripts
    if common is None or common:
        return False
    return not any(all(_tables().scripts.get(character, group) & group for character in text) for group in _TOGETHER)
