"""A table as comma-separated text that a spreadsheet shows and does not run."""

import csv
import io
from collections.abc import Iterable, Sequence

# What makes a spreadsheet take a cell for a formula or a command, in both widths; a line break or a tab is skipped by
# some before they look.
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

Cell = str | int | bool | None


def cell(value: Cell) -> str:
    """The text of a cell: an apostrophe before what would be run (CSV injection), words for flags."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return "'" + value if value.startswith(_RUN) else value


def rows(table: Iterable[Sequence[Cell]]) -> bytes:
    """Lines of RFC 4180. Every cell is quoted: where semicolons part cells, an unquoted one would become two."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(map(cell, row) for row in table)
    return text.getvalue().encode()
