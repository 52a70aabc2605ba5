"""Some forty faults, spread over all layers and the page's models: each must make a test fail. `make mutations`.

Each is made in a copy of the project, and the tests named for it are run there. A fault that nobody notices is printed
and makes the exit status 1. `python -m tests.mutations DIR` does the same to another checkout.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Mutation:
    """`old` stands in `file` and becomes `new`; `tests` are files, or the models' for node."""

    file: str
    old: str
    new: str
    tests: str


MUTATIONS = (
    # domain
    Mutation("chatd/domain/rules.py", "others < 1", "others < 0", "tests/domain/test_rules.py"),
    Mutation("chatd/domain/rules.py", "used >= maximum", "used > maximum", "tests/domain"),
    Mutation("chatd/domain/rules.py", "raise forbidden(ADMIN_ONLY)", "return", "tests/domain tests/handlers"),
    Mutation("chatd/domain/text.py", "_CODE.sub(\" \", content)", "content", "tests/domain/test_text.py"),
    # protocol
    Mutation("chatd/protocol/frames.py", "1 <= len(id) <= MAX_ID", "len(id) <= MAX_ID", "tests/protocol tests/gateway"),
    Mutation("chatd/protocol/frames.py", 'if b"\\\\u0000" in bytes(text):', "if False:", "tests/protocol tests/handlers"),
    # hub
    Mutation("chatd/hub/sequencer.py", "if self.held or seq <= channel.head:", "if seq <= channel.head:", "tests/hub"),
    Mutation("chatd/hub/sequencer.py", "if len(channel.waiting) < WAITING_MAX:", "if True:", "tests/hub"),
    Mutation("chatd/hub/fanout.py", "if count and size + len(frame) > JOIN_BYTES:", "if False:", "tests/hub"),
    Mutation("chatd/hub/fanout.py", "channel.pending = channel.pending[count:]", "channel.pending = []", "tests/hub"),
    Mutation("chatd/hub/following.py", "if row <= self._cursor():\n            deed()", "if True:\n            deed()", "tests/hub"),
    Mutation("chatd/hub/hub.py", "                self._silence(socket)\n", "                pass\n", "tests/hub"),
    # store
    Mutation("chatd/store/writer.py", "                self._files.see_log()\n            self._files.require_same()\n", "                pass\n", "tests/test_faults.py"),
    Mutation("chatd/store/write_lock.py", "if not self._is_wanted:", "if False:", "tests/store tests/test_faults.py"),
    Mutation("chatd/store/sessions.py", "ENROLMENT, not_(due), wanted)", "ENROLMENT, wanted)", "tests/services/test_restrictions.py"),
    Mutation("chatd/store/writer.py", "if changes(self.connection) != before:", "if False:", "tests/store"),
    Mutation("chatd/store/folder.py", "fcntl.LOCK_SH if joined else fcntl.LOCK_EX", "fcntl.LOCK_SH", "tests/store tests/cli"),
    Mutation("chatd/store/database.py", "return await asyncio.shield(task)", "return await task", "tests/store"),
    # auth
    Mutation("chatd/auth/throttle.py", "if guess.failed:", "if False:", "tests/auth"),
    Mutation("chatd/auth/door.py", 'if origin is None and missing:', "if origin is None:", "tests/http/test_origin.py"),
    Mutation("chatd/auth/door.py", "if not is_in(address, self._proxies):\n                break", "pass", "tests/http/test_origin.py tests/auth"),
    # services
    Mutation("chatd/services/revocation.py", "found.user.id != actor.user_id or", "", "tests/http/test_sessions.py tests/handlers tests/services/test_revocation.py"),
    Mutation("chatd/services/revocation.py", "    sessions.delete_many(tx.connection, [session.id for session in ending])\n", "", "tests/services/test_revocation.py tests/http/test_sessions.py"),
    Mutation("chatd/services/revocation.py", "if session.id != but]", "]", "tests/http/test_sessions.py tests/handlers"),
    Mutation("chatd/services/making.py", "found + number > most", "found > most", "tests/services/test_making.py"),
    Mutation("chatd/services/own_account.py", 'changed["pending_email"] = changed.pop("email")', "pass", "tests/services/test_own_account.py"),
    Mutation("chatd/domain/text.py", "is_ignorable(character) or character == _BLANK or", "is_ignorable(character) or", "tests/domain/test_text.py"),
    # dispatch
    Mutation("chatd/dispatch/dispatcher.py", "if socket.refused >= FLOOD_REFUSALS:", "if False:", "tests/http/test_api.py"),
    Mutation("chatd/dispatch/dispatcher.py", "require_access(endpoint, socket.session.restricted)", "pass", "tests/http/test_restricted.py tests/dispatch tests/handlers"),
    # gateway
    Mutation("chatd/gateway/socket.py", "len(self._fragments) > FRAGMENTS_MAX", "False", "tests/gateway"),
    Mutation("chatd/gateway/socket.py", 'self._fail(BINARY_REFUSED, "text frames only")', "pass", "tests/gateway"),
    # http
    Mutation("chatd/http/routes.py", "if self.chat.draining:", "if False:", "tests/test_drain.py tests/http/test_operations.py"),
    Mutation("chatd/http/knocking.py", 'response.headers["Cache-Control"] = "no-store"\n', "pass\n", "tests/http"),
    # the page
    Mutation("static/models/outbox.js", 'first.state === "failed" ||', "", "models"),
    Mutation("static/models/outbox.js", "    this.#storage.set(this.#prefix + entry.clientId, entry);\n", "", "models"),
    Mutation("static/models/typing.js", "if (userId === this.#me.peek().id) return;", "", "models"),
    Mutation("static/models/notifications.js", 'presence !== "dnd" && ', "", "models"),
    Mutation("static/models/timeline.js", "this.hasOlder.value = page.hasMore;", "", "models"),
)  # fmt: skip


def fails(tests: str, project: Path) -> bool:
    if tests == "models":
        command = ["node", "--test", *map(str, sorted((project / "tests/page/models").glob("*.test.js")))]
    else:
        command = [sys.executable, "-m", "pytest", "-n", "2", "-x", *tests.split()]
    return subprocess.run(command, cwd=project, capture_output=True, check=False).returncode != 0


def is_noticed(mutation: Mutation, project: Path) -> bool:
    """Whether a test fails in `project` with this fault in it; the fault is taken out again."""
    file = project / mutation.file
    text = file.read_text(encoding="utf-8")
    assert text.count(mutation.old) == 1, f"{mutation.file} does not hold {mutation.old!r} once"
    file.write_text(text.replace(mutation.old, mutation.new), encoding="utf-8")
    try:
        return fails(mutation.tests, project)
    finally:
        file.write_text(text, encoding="utf-8")


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        shutil.copytree(source, project, ignore=shutil.ignore_patterns(".venv", ".git", "*_cache", "__pycache__"))
        files = sorted({file for mutation in MUTATIONS for file in mutation.tests.split()} - {"models"})
        if fails(" ".join(files), project) or fails("models", project):
            sys.exit("The tests fail without any fault: nothing can be learnt from them.")
        for mutation in MUTATIONS:
            noticed = is_noticed(mutation, project)
            missed += not noticed
            what = " ".join(mutation.old.split())[:70]
            print(f"{'noticed' if noticed else 'MISSED'}  {mutation.file}: {what}", flush=True)
    print(f"{len(MUTATIONS) - missed} of {len(MUTATIONS)} faults were noticed")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
