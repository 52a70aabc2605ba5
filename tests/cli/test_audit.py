"""`chatd audit`: what the command line did is in the log under its own name, and found again."""

from pathlib import Path

import pytest

from tests.cli.command import PASSWORD, beside, call, configure, done, refused, rows
from tests.process import serving
from tests.serving import ADMIN_EMAIL


async def test_deeds_of_the_command_line_reach_an_open_panel(tmp_path: Path) -> None:
    """Live, with the actor `command line`; what an administrator did has his name."""
    async with serving(tmp_path) as server:
        admin, alice = await server.client(ADMIN_EMAIL), await server.client()
        await admin.ask("admin.watch", topics=["audit"])
        await beside(server.folder, "user", "promote", "alice")
        entry = (await admin.expect("admin.auditAdded"))["payload"]["entry"]
        assert (entry["action"], entry["actorId"], entry["targetId"]) == ("role.changed", "command line", alice.user_id)
        await admin.ask("admin.setRole", userId=alice.user_id, role="user")
        listed = rows(await beside(server.folder, "audit", "--action", "role.*", "--json"))
        assert [(row["actor"], row["target"], row["detail"]["role"]) for row in listed] == [
            ("admin", "alice", "user"),
            ("command line", "alice", "admin"),
        ]
        found = await admin.ask("admin.auditLog", actorId="command line")
        assert [row["action"] for row in found["entries"]] == ["role.changed"]


def test_the_log_is_filtered(tmp_path: Path) -> None:
    """By actor, target, action, text, time and number, with the server stopped; also for who was removed."""
    configure(tmp_path, chat={"initialUser": {"password": PASSWORD}})
    done(call(tmp_path, "user", "add", "alice", "--password", PASSWORD))
    alice = rows(done(call(tmp_path, "user", "list", "--search", "alice", "--json")))[0]["id"]
    done(call(tmp_path, "user", "deactivate", "alice"))
    done(call(tmp_path, "user", "remove", "alice", "--yes"))

    def actions(*arguments: str) -> list[str]:
        return [row["action"] for row in rows(done(call(tmp_path, "audit", "--json", *arguments)))]

    everything = ["user.removed", "user.deactivated", "user.added"]
    assert actions() == actions("--actor", "command line") == actions("--target", alice) == everything
    assert actions("--limit", "2") == everything[:2]
    assert actions("--action", "user.added", "--since", "1h") == actions("--search", '"role":"user"') == ["user.added"]
    assert actions("--until", "1h") == actions("--since", "2999-01-01T12:00+02:00") == actions("--actor", "admin") == []
    first = done(call(tmp_path, "audit", "--limit", "1")).split()
    assert first[2:5] == ["command", "line", "user.removed"]
    assert first[5] == "alice"


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("--actor", "eve"), 1, "chatd: there is no user eve.\n"),
        (("--since", "yesterday"), 2, "give a time such as"),
        (("--limit", "-1"), 2, "Invalid value for '--limit'"),
    ],
)
def test_what_is_refused(tmp_path: Path, arguments: tuple[str, ...], status: int, told: str) -> None:
    """A name nobody has ends with 1, a time nobody can read with 2."""
    configure(tmp_path, chat={"initialUser": {"password": PASSWORD}})
    assert told in refused(call(tmp_path, "audit", *arguments), status)
