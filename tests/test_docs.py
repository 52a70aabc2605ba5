"""What is written down is true: the reference is the code's, the README's commands and its script run as printed."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import pytest

import chatd.handlers
from chatd import __version__
from chatd.dispatch import reference
from chatd.dispatch.examples import EXAMPLES
from chatd.dispatch.registry import REGISTRY
from chatd.domain.errors import CloseCode, ErrorCode
from tests import features
from tests.feature_rows import ROWS
from tests.process import Process
from tests.serving import settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", list(reference.files()))
def test_the_reference_is_made_from_the_code(path: str) -> None:
    """`make docs` would change nothing."""
    assert (ROOT / path).read_text(encoding="utf-8") == reference.files()[path]


def test_the_list_of_features_is_made_from_the_tests() -> None:
    """`make docs` would change nothing; each row has a test that bears its name, and no test a row that is none."""
    proven = {row for proof in features.proofs() for row in proof.rows}
    assert (set(ROWS) - proven, proven - set(ROWS)) == (set(), set())
    assert (ROOT / features.DOCUMENT).read_text(encoding="utf-8") == features.document()


def test_a_test_proves_the_rows_that_its_name_begins_with() -> None:
    """Rows in the middle of a name, and what only looks like one, count for nothing."""
    assert features.rows_of("test_M20_F24_who_is_removed") == ("M20", "F24")
    assert features.rows_of("test_FX01_RX05_x") == ("FX01", "RX05")
    for name in ("test_who_M20_is", "test_B3_9_a_bot", "M20_helper", "test_M2_x", "test_R100_x"):
        assert features.rows_of(name) == ()


def test_every_request_has_an_example() -> None:
    """The reference shows one for each, and for none that is not there."""
    assert EXAMPLES.keys() == REGISTRY.keys()


def test_the_page_takes_its_names_from_the_registry() -> None:
    """Each request, event, close and error code has its constant in frames.js, in camelCase, and nothing else has."""
    module = reference.files()["static/models/frames.js"]
    tables = {
        name: dict(re.findall(r"^  (\w+): (.+),$", rows, re.MULTILINE))
        for name, rows in re.findall(r"export const (\w+) = Object.freeze\({\n(.*?)}\);", module, re.DOTALL)
    }
    names = {name: [value.strip('"') for value in table.values()] for name, table in tables.items()}
    assert names["request"] == list(REGISTRY)
    assert names["event"] == list(reference.EVENTS)
    assert names["closeCode"] == [str(int(code)) for code in sorted(CloseCode)]
    assert names["errorCode"] == list(ErrorCode)
    assert tables["request"]["messageEdit"] == '"message.edit"'
    assert tables["event"]["channelMemberAdded"] == '"channel.memberAdded"'
    assert tables["closeCode"]["sessionLimit"] == "4501"
    assert tables["errorCode"]["stepUpRequired"] == '"step_up_required"'


@pytest.mark.parametrize("type", list(reference.EVENTS))
def test_every_event_of_the_reference_is_sent_somewhere(type: str) -> None:
    """No name stands in the reference that the code has given up."""
    files = [file for file in (ROOT / "chatd").rglob("*.py") if file.name != "reference.py"]
    assert any(f'"{type}"' in file.read_text(encoding="utf-8") for file in files)


def test_every_request_says_what_it_is_for() -> None:
    """The text of the reference is the handlers' own, a sentence for the author of a client."""
    assert {endpoint.type for endpoint in REGISTRY.values() if not re.match(r"[A-Z].*\.$", endpoint.summary)} == set()
    assert chatd.handlers.__all__


def test_the_first_screen_shows_both_commands() -> None:
    """Whoever opens the README sees how to run and how to test."""
    first_screen = README[:900]
    assert "make run" in first_screen
    assert "make test" in first_screen


def test_the_change_log_and_the_package_agree() -> None:
    """The version is said once; what is not released stands under Unreleased."""
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text()
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text()


async def test_the_script_of_the_readme_runs_as_printed(tmp_path: Path) -> None:
    """For a user made with `chatd user add` while the server runs it signs in, talks and prints what comes."""
    server = Process(tmp_path, settings(tmp_path, auth={"authMode": "password", "isInviteRequired": True}))
    await server.start()
    add = [sys.executable, "-m", "chatd", "user", "add", "bob", "--password", "only for this example"]
    added = await asyncio.to_thread(subprocess.run, add, cwd=server.folder, capture_output=True, text=True)
    assert added.returncode == 0, added.stderr
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code is not None
    script = tmp_path / "example.py"
    script.write_text(code.group(1).replace("127.0.0.1:3000", server.url.removeprefix("http://")))
    talking = await asyncio.create_subprocess_exec(
        sys.executable, "-u", str(script), "bob", "only for this example", stdout=asyncio.subprocess.PIPE
    )
    assert talking.stdout is not None
    lines = [(await asyncio.wait_for(talking.stdout.readline(), 60)).decode() for _ in range(4)]
    assert lines[0].startswith('{"type": "hello"')
    assert any(line.startswith('{"type": "message.created"') for line in lines), lines
    talking.kill()
    await talking.wait()
    await server.close()
