"""Tables for spreadsheets: nothing in them is run, and everything comes back as it was."""

import csv
import io

import pytest

from chatd.domain import cells


def read(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode(), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_a_cell_that_would_be_run_begins_with_an_apostrophe(start: str) -> None:
    """A formula in a name is text for whoever opens the file."""
    assert read(cells.rows([[start + "cmd|' /C calc'!A0"]])) == [["'" + start + "cmd|' /C calc'!A0"]]


@pytest.mark.parametrize("text", ["", "ann", 'the "best"', "a,b;c", "line\r\nline", "Ärger 👍", "a=b", "'=x"])
def test_any_other_cell_comes_back_as_it_was(text: str) -> None:
    """Quotes, separators and line breaks survive."""
    assert read(cells.rows([[text, "end"]])) == [[text, "end"]]


def test_numbers_flags_and_nothing_have_their_words() -> None:
    """A negative number is a number; no value is an empty cell."""
    assert read(cells.rows([[-3, True, False, None]])) == [["-3", "true", "false", ""]]


def test_no_cell_is_left_unquoted() -> None:
    """Where semicolons part cells, an unquoted one would become two, the second perhaps a formula."""
    assert cells.rows([["a;=1+1", 2]]) == b'"a;=1+1","2"\r\n'
