"""docs/features.md, made from the names and docstrings of the tests: `test_M27_...` proves row M27. It runs none."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.feature_rows import ROWS

ROOT = Path(__file__).parent.parent
DOCUMENT = "docs/features.md"
_ROW = re.compile(r"[MFR]X?\d\d")
_PARTS = {
    "M": "MikroChat's guide",
    "F": "FOVEA's guide",
    "R": "Rocket.Chat's guide",
    "FX": "Exact behaviours: FOVEA",
    "MX": "Exact behaviours: MikroChat",
    "RX": "Exact behaviours: Rocket.Chat",
}


@dataclass(slots=True, frozen=True)
class Proof:
    """One test and the rows that its name begins with."""

    path: str
    name: str
    rows: tuple[str, ...]
    sentence: str


def proofs(folder: Path = ROOT / "tests") -> Iterator[Proof]:
    """Every test that names a row, in order of file and line."""
    for file in sorted(folder.rglob("test_*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (rows := rows_of(node.name)):
                yield Proof(file.relative_to(folder.parent).as_posix(), node.name, rows, _sentence(node, rows))


def rows_of(name: str) -> tuple[str, ...]:
    """The rows at the beginning of a test's name: M20 and F24 of `test_M20_F24_who_is_removed`."""
    rows: list[str] = []
    for word in name.removeprefix("test_").split("_") if name.startswith("test_") else ():
        if not _ROW.fullmatch(word):
            break
        rows.append(word)
    return tuple(rows)


def _sentence(node: ast.FunctionDef | ast.AsyncFunctionDef, rows: tuple[str, ...]) -> str:
    """What the name says behind its rows, and the docstring."""
    words = " ".join(node.name.split("_")[1 + len(rows) :])
    said = " ".join((ast.get_docstring(node) or "").split())
    return f"{words[:1].upper()}{words[1:]}." + (f" {said}" if said else "")


def document() -> str:
    found = list(proofs())
    lines = [
        "# What users can do, and the test that proves it",
        "",
        "Made from the tests by `make docs`: a test named `test_M27_...` proves row M27, and a test fails when a row",
        "has none. The rows are those of three guides to user administration and of the products they describe.",
    ]
    part = ""
    for row, promise in ROWS.items():
        if (letters := row.rstrip("0123456789")) != part:
            part = letters
            lines += ["", f"## {_PARTS[part]}"]
        lines += ["", f"### {row}", "", promise, ""]
        lines += [f"- {one.sentence} [`{one.path}`](../{one.path})" for one in found if row in one.rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / DOCUMENT).write_text(document(), encoding="utf-8")
