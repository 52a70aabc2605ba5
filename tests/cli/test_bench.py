"""chatd bench: it starts a server of its own, loads it, and says what it measured."""

import json
import subprocess
import sys


def bench(*words: str) -> dict[str, object]:
    command = [sys.executable, "-m", "chatd", "bench", *words, "--json"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_fanout_delivers_everything() -> None:
    """Twelve sockets hear forty messages each; rates, latencies and the server's use of the machine are given."""
    found = bench("fanout", "-n", "12", "-m", "40", "-w", "8")
    assert (found["sockets"], found["messages"], found["complete"]) == (12, 40, True)
    for figure in ("deliveriesPerSecond", "p50Ms", "p99Ms", "serverCpuPercent", "serverMemoryMb"):
        assert isinstance(found[figure], int | float)


def test_kick_cuts_every_socket() -> None:
    """Each of five people is removed and his socket ends with 4503."""
    found = bench("kick", "-n", "5")
    assert found["closeCodes"] == {"4503": 5}


def test_a_server_that_cannot_be_reached_is_named() -> None:
    """A wrong address ends with a sentence, not a traceback."""
    command = [sys.executable, "-m", "chatd", "bench", "fanout", "--url", "http://127.0.0.1:9"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert result.returncode == 1
    assert "the server refused" in result.stderr
    assert "Traceback" not in result.stderr
