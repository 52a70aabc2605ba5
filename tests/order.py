"""The slowest files first, by the times of an earlier run: nobody waits for one long file at the end.

`pytest --record-times` writes them down. Which tests there are is not decided here.
"""

import json
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TIMES = ROOT / ".ci" / "times.json"  # seconds of each file
UNKNOWN_SECONDS = 5.0  # a new file: neither first nor last


def recorded() -> dict[str, float]:
    times: dict[str, float] = json.loads(TIMES.read_text()) if TIMES.exists() else {}
    return times


def file_of(node_id: str) -> str:
    return node_id.partition("::")[0]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record-times", action="store_true", help="write down how long each file took")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each process of tests begins with its share of the slow ones; what it cannot do the others take from its end."""
    processes = getattr(config, "workerinput", {}).get("workercount", 1)
    times = recorded()
    files = sorted({file_of(item.nodeid) for item in items}, key=lambda file: (-times.get(file, UNKNOWN_SECONDS), file))
    dealt = [file for first in range(processes) for file in files[first::processes]]
    places = {file: place for place, file in enumerate(dealt)}
    items.sort(key=lambda item: places[file_of(item.nodeid)])


class Recorder:
    """Adds up what each file took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[file_of(report.nodeid)] += report.duration

    def pytest_sessionfinish(self) -> None:
        found = recorded() | {file: round(seconds, 1) for file, seconds in self.seconds.items()}
        here = {file: seconds for file, seconds in sorted(found.items()) if (ROOT / file).exists()}
        TIMES.write_text(json.dumps(here, indent=1) + "\n")


def configure(config: pytest.Config) -> None:
    if config.getoption("--record-times") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Recorder())
