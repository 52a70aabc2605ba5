"""`chatd check`: names of before the rules are listed with what is wrong, and nothing is changed."""

import json
import sqlite3
from pathlib import Path

from tests.cli.command import PASSWORD, call, configure, done


def test_older_names_are_listed(tmp_path: Path) -> None:
    """Exit status 1 with one line each, what shows nothing written out; 0 where there are none."""
    configure(tmp_path, chat={"initialUser": {"password": PASSWORD}})
    for name in ("alice", "bob", "carol"):
        done(call(tmp_path, "user", "add", name, given=f"{PASSWORD}\n"))
    assert "Nothing to mend" in done(call(tmp_path, "check"))
    database = sqlite3.connect(tmp_path / "data" / "chatd.db")
    with database:
        database.execute("UPDATE users SET display_name = 'Al\u202eice' WHERE user_name = 'alice'")
        database.execute("UPDATE users SET user_name = 'b.', email = 'b@c..d' WHERE user_name = 'bob'")
        database.execute("UPDATE users SET user_name_look = 'alice' WHERE user_name = 'carol'")
        database.execute("UPDATE channels SET name = 'gen\u200beral'")
    database.close()
    answer = call(tmp_path, "check")
    assert answer.returncode == 1
    lines = answer.stdout.splitlines()
    assert len(lines) == 6  # alice and carol look alike
    for said in ("displayName Al<U+202E>ice", "userName b. is against a rule", "email b@c..d", "name gen<U+200B>eral"):
        assert sum(said in line for line in lines) == 1, (said, lines)
    assert sum("looks like another" in line for line in lines) == 2
    rows = [json.loads(line) for line in call(tmp_path, "check", "--json").stdout.splitlines()]
    assert {row["kind"] for row in rows} == {"user", "channel"}
