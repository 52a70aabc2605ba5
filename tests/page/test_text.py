"""Every sentence a person reads is in a table, none is missing, and all keep the rules of the house (UI.md 6.1)."""

import re
from pathlib import Path

import pytest

from chatd.http.joining import imported_later, reached

STATIC = Path(__file__).parent.parent.parent / "static"
TABLES = {
    "lib/text.js": ("const words = {", "\n};"),
    "lib/text_admin.js": ("addWords({", "\n});"),
    "lib/text_admin_audit.js": ("addWords({", "\n});"),
    "lib/text_admin_sessions.js": ("addWords({", "\n});"),
    "lib/text_aside.js": ("addWords({", "\n});"),
    "lib/text_door.js": ("addWords({", "\n});"),
    "lib/text_integrations.js": ("addWords({", "\n});"),
    "lib/text_keys.js": ("addWords({", "\n});"),
    "lib/text_people.js": ("addWords({", "\n});"),
    "lib/text_server.js": ("addWords({", "\n});"),
    "lib/text_settings.js": ("addWords({", "\n});"),
    "lib/text_stats.js": ("addWords({", "\n});"),
    "lib/text_two_step.js": ("addWords({", "\n});"),
}
TABLE = "".join(
    (STATIC / path).read_text(encoding="utf-8").split(start, 1)[1].split(end, 1)[0]
    for path, (start, end) in TABLES.items()
)
KEYS = re.findall(r'^  "([\w.-]+)":', TABLE, re.MULTILINE)
SENTENCES = re.findall(r':\s*"((?:[^"\\]|\\.)*)"', TABLE)
SOURCES = [file for folder in ("lib", "models", "views") for file in sorted((STATIC / folder).rglob("*.js"))]


def test_no_key_is_given_twice() -> None:
    """The second would win without a word."""
    assert sorted(KEYS) == sorted(set(KEYS))


def test_every_key_has_a_sentence() -> None:
    named = {file: re.findall(r'\bt\(\s*"([^"]+)"', file.read_text(encoding="utf-8")) for file in SOURCES}
    assert [(file.name, key) for file, keys in named.items() for key in keys if key not in KEYS] == []


def test_sentences_come_with_what_says_them() -> None:
    """Each file that is fetched by itself brings the words of all that it shows, or the first file has brought them."""
    modules = {file.relative_to(STATIC).as_posix(): file.read_text(encoding="utf-8") for file in STATIC.rglob("*.js")}
    table_of = {key: path for path in TABLES for key in re.findall(r'^  "([\w.-]+)":', modules[path], re.MULTILINE)}
    at_once = reached("app.js", modules)
    entries = sorted({later for path, text in modules.items() for later in imported_later(path, text)})
    for entry in ["app.js", *(path for path in entries if not path.startswith("vendor/"))]:
        here = dict.fromkeys([*at_once, *reached(entry, modules)])
        named = {key: path for path in here for key in re.findall(r'\bt\(\s*"([^"]+)"', modules[path])}
        assert [(entry, path, key) for key, path in named.items() if table_of[key] not in here] == []


def test_no_sentence_is_left_over() -> None:
    """A key is named whole somewhere, or its beginning is put together with a code."""
    code = "\n".join(
        file.read_text(encoding="utf-8") for file in SOURCES if file.relative_to(STATIC).as_posix() not in TABLES
    )
    starts = set(re.findall(r"`([\w-]+\.(?:[\w-]+\.)*)\$\{", code))
    ends = set(re.findall(r"\}(\.[\w.-]+)`", code))

    def is_used(key: str) -> bool:
        if f'"{key}"' in code or any(key.startswith(start) for start in starts):
            return True
        return any(key.endswith(end) and f'"{key.removesuffix(end)}"' in code for end in ends)

    assert [key for key in KEYS if not is_used(key)] == []


@pytest.mark.parametrize("mark", ["—", "!", "please wait", "Oops", "Sorry"])
def test_the_tone_is_plain(mark: str) -> None:
    assert [sentence for sentence in SENTENCES if mark in sentence] == []


def test_dots_and_quotes_are_of_one_kind() -> None:
    """The sign of three dots and straight quotes, as in the design: whoever searches the page finds what it says."""
    assert [sentence for sentence in SENTENCES if re.search(r"\.\.\.|[“”‘’]", sentence)] == []
