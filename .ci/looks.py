"""Makes chatd/domain/looks.txt from Unicode's own files. Only when Unicode has a new version.

`python .ci/looks.py [FOLDER]`: with a folder that holds the files of FILES, else they are fetched. What names look like
is kept in the database (`look` of users and channels), so a new version comes with a migration that makes those anew.
"""

import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

VERSION = "17.0.0"
AT = f"https://www.unicode.org/Public/{VERSION}/"
FILES = {
    "confusables.txt": f"https://www.unicode.org/Public/security/{VERSION}/confusables.txt",
    "Scripts.txt": AT + "ucd/Scripts.txt",
    "ScriptExtensions.txt": AT + "ucd/ScriptExtensions.txt",
    "PropertyValueAliases.txt": AT + "ucd/PropertyValueAliases.txt",
    "DerivedCoreProperties.txt": AT + "ucd/DerivedCoreProperties.txt",
    "emoji-data.txt": AT + "ucd/emoji/emoji-data.txt",
}
TARGET = Path(__file__).parent.parent / "chatd" / "domain" / "looks.txt"
HEAD = f"""\
# Made by .ci/looks.py from Unicode {VERSION}: confusables.txt (UTS #39), Scripts.txt, ScriptExtensions.txt,
# DerivedCoreProperties.txt, emoji-data.txt. Copyright 1991-2025 Unicode, Inc.; Unicode License V3,
# https://www.unicode.org/license.txt
"""


def text_of(name: str) -> str:
    if len(sys.argv) > 1:
        return (Path(sys.argv[1]) / name).read_text("utf-8-sig")
    with urllib.request.urlopen(FILES[name], timeout=60) as answer:  # noqa: S310 - one of FILES
        return str(answer.read().decode("utf-8-sig"))


def rows(name: str) -> Iterator[list[str]]:
    for line in text_of(name).splitlines():
        if words := line.partition("#")[0].strip():
            yield [word.strip() for word in words.split(";")]


def points(written: str) -> range:
    first, _, last = written.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def ranges(values: dict[int, str]) -> Iterator[str]:
    """Neighbours with the same value in one line: `first-last value`."""
    start = before = None
    for point in [*sorted(values), None]:
        if start is not None and (point is None or point != before + 1 or values[point] != values[start]):
            yield f"{start:X}-{before:X} {values[start]}".rstrip()
            start = None
        start = point if start is None else start
        before = point


def having(name: str, wanted: Callable[[str], bool]) -> Iterator[str]:
    return ranges({point: "" for where, what, *_ in rows(name) if wanted(what) for point in points(where)})


def scripts() -> Iterator[str]:
    short = {long: code for what, code, long, *_ in rows("PropertyValueAliases.txt") if what == "sc"}
    found = {point: short[what] for where, what in rows("Scripts.txt") for point in points(where)}
    for where, what in rows("ScriptExtensions.txt"):
        found |= {point: " ".join(sorted(what.split())) for point in points(where)}
    return ranges({point: what for point, what in found.items() if what not in ("Zyyy", "Zinh")})


def looks() -> Iterator[str]:
    by: dict[str, list[str]] = {}
    for source, target, *_ in rows("confusables.txt"):
        by.setdefault(" ".join(f"{int(one, 16):X}" for one in target.split()), []).append(f"{int(source, 16):X}")
    for target, sources in sorted(by.items()):
        yield f"{target}: {' '.join(sources)}"


def main() -> None:
    parts = {
        "ignorable": having("DerivedCoreProperties.txt", lambda what: what == "Default_Ignorable_Code_Point"),
        "pictographic": having("emoji-data.txt", lambda what: what == "Extended_Pictographic"),
        "scripts": scripts(),
        "looks": looks(),
    }
    with TARGET.open("w", encoding="ascii") as out:
        out.write(HEAD)
        for name, lines in parts.items():
            out.write(f"[{name}]\n" + "".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    main()
