"""`make quick`: is this change all right, as far as a minute can tell? Style, types and layers, the tests of the pure
layers and of the page's models, and the tests of what was touched since main, as far as they fit into the minute.

Which tests belong to a file is told by imports: tests that import it, and tests beside a module that does. Through
`app.py` everything imports everything, so nobody looks through that.
"""

import ast
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = ROOT / ".venv/bin"
TIMES = ROOT / ".ci/times.json"
PURE = [
    "tests/domain",
    "tests/protocol",
    "tests/auth/test_tokens.py",
    "tests/page/test_assets.py",
    "tests/page/test_text.py",
]
BUDGET_SECONDS = 45.0  # for tests of what was touched, on all cores together
UNKNOWN_SECONDS = 5.0
HUBS = {"chatd/app.py", "chatd/services/chat.py", "chatd/dispatch/registry.py", "tests/serving.py", "tests/conftest.py"}
CHECKS = (["ruff", "format", "--check", "."], ["ruff", "check", "."], ["lint-imports"], ["mypy"])


def git(*words: str) -> list[str]:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.splitlines()


def touched() -> list[str]:
    """Files that differ from main as it was when this branch left it; on main itself, from what was pushed last."""
    base = next((found[0] for name in ("origin/main", "main") if (found := git("merge-base", "HEAD", name))), "HEAD")
    return sorted({*git("diff", "--name-only", base), *git("ls-files", "--others", "--exclude-standard")})


def imports() -> dict[str, set[str]]:
    """Each Python file of ours -> those of ours that it imports."""
    files = {
        path.relative_to(ROOT).as_posix() for folder in ("chatd", "tests") for path in (ROOT / folder).rglob("*.py")
    }
    found: dict[str, set[str]] = defaultdict(set)
    for file in files:
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            paths = (name.replace(".", "/") for name in names)
            found[file] |= {path for name in paths for path in (f"{name}.py", f"{name}/__init__.py") if path in files}
    return found


def beside(file: str) -> list[str]:
    """The tests that stand where a file of chatd/ or static/ would have them."""
    path = Path(file)
    if file.startswith("chatd/"):
        folder = ROOT / "tests" / path.parent.relative_to("chatd")
        return [found.relative_to(ROOT).as_posix() for found in folder.glob(f"test_*{path.stem.removesuffix('s')}*.py")]
    if file.startswith("static/"):
        words = {word for part in path.with_suffix("").parts[1:] for word in part.split("_")}
        pages = (ROOT / "tests/page").glob("test_*.py")
        return [page.relative_to(ROOT).as_posix() for page in pages if words & set(page.stem.split("_")[1:])]
    return []


def tests_of(files: list[str]) -> list[str]:
    """Test files, the nearest first."""
    imported_by: dict[str, set[str]] = defaultdict(set)
    for file, names in imports().items():
        for name in names:
            imported_by[name].add(file)
    near: dict[str, int] = {}
    for file in files:
        ways = [(file, 0)]
        seen = {file}
        for at, distance in ways:
            named = beside(at) + ([at] if at.startswith("tests/") and Path(at).name.startswith("test_") else [])
            for test in named:
                near[test] = min(distance, near.get(test, distance))
            if at not in HUBS and distance < 2:
                fresh = imported_by[at] - seen
                seen |= fresh
                ways += [(one, distance + 1) for one in sorted(fresh)]
    return sorted((test for test in near if (ROOT / test).exists()), key=lambda test: (near[test], test))


def within_budget(tests: list[str]) -> tuple[list[str], list[str]]:
    times = json.loads(TIMES.read_text()) if TIMES.exists() else {}
    left, taken, others = BUDGET_SECONDS * (os.cpu_count() or 1), [], []
    for test in tests:
        cost = times.get(test, UNKNOWN_SECONDS)
        (taken if cost <= left else others).append(test)
        left -= cost if cost <= left else 0
    return taken, others


def run(command: list[str]) -> tuple[list[str], subprocess.CompletedProcess[str], float]:
    start = time.monotonic()
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    return command, done, time.monotonic() - start


def main() -> None:
    start = time.monotonic()
    tests, others = within_budget(tests_of(touched()))
    tests += [path for path in PURE if path not in tests]
    failed = 0
    with ThreadPoolExecutor(2) as threads:  # ruff and lint-imports are done while mypy works
        for command, done, seconds in threads.map(run, reversed(CHECKS)):
            print(f"{'FAILED' if done.returncode else 'ok':>7}  {' '.join(command)}  {seconds:.1f} s", flush=True)
            failed |= done.returncode
            if done.returncode:
                print(done.stdout + done.stderr)
    models = ["tests/page/test_models.py::test_under_node"] if "tests/page/test_models.py" not in tests else []
    command = [BIN / "python", "-m", "pytest", "-n", "auto", "--dist", "worksteal", *tests, *models]
    failed |= subprocess.run(command, cwd=ROOT, check=False).returncode
    if others:
        print(f"Touched too, but longer than this minute: {' '.join(others)}")
    print(f"make quick: {time.monotonic() - start:.0f} s; {'FAILED' if failed else 'all well'}")
    sys.exit(1 if failed else 0)


main()
