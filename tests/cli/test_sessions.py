"""`chatd sessions`: who is signed in, and an end to it on live sockets."""

from pathlib import Path

import pytest

from tests.cli.command import PASSWORD, beside, call, configure, done, refused, rows
from tests.process import serving
from tests.serving import ADMIN_EMAIL


async def test_sessions_are_listed_and_ended_on_live_sockets(tmp_path: Path) -> None:
    """By id only that one, by user only his, with --all everybody's: each cut with 4502 by an administrator."""
    async with serving(tmp_path) as server:
        first, second = await server.client(), await server.client()
        bob, admin = await server.client("bob@example.com"), await server.client(ADMIN_EMAIL)
        listed = rows(await beside(server.folder, "sessions", "list", "--user", "alice", "--json"))
        assert [row["id"] for row in listed] == [second.session_id, first.session_id]
        assert {(row["userName"], row["ip"]) for row in listed} == {("alice", "127.0.0.1")}
        assert await beside(server.folder, "sessions", "revoke", first.session_id) == "Ended 1 session.\n"
        ending = await first.ended()
        assert ending.code == 4502
        assert ending.bye is not None
        assert ending.bye["by"] == "admin"
        assert second.is_open
        assert await beside(server.folder, "sessions", "revoke", "--user", "alice") == "Ended 1 session.\n"
        assert (await second.ended()).code == 4502
        assert [row["userName"] for row in rows(await beside(server.folder, "sessions", "list", "--json"))] == [
            "admin",
            "bob",
        ]
        assert await beside(server.folder, "sessions", "revoke", "--all") == "Ended 2 sessions.\n"
        assert [(await client.ended()).code for client in (bob, admin)] == [4502, 4502]
        assert await beside(server.folder, "sessions", "list") == ""


def test_without_a_server(tmp_path: Path) -> None:
    """An empty list is no error; what is not there is refused with 1, a wrong use with 2."""
    configure(tmp_path, chat={"initialUser": {"password": PASSWORD}})
    assert done(call(tmp_path, "sessions", "list", "--json")) == ""
    assert refused(call(tmp_path, "sessions", "revoke", "gone")).startswith("chatd: There is no such session;")
    assert refused(call(tmp_path, "sessions", "revoke", "--user", "eve")) == "chatd: there is no user eve.\n"


@pytest.mark.parametrize("arguments", [(), ("an-id", "--all"), ("--all", "--user", "admin")])
def test_one_of_three_ways_is_needed(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Which sessions are meant is said once: nobody ends everybody's by leaving a word out."""
    assert "Give ids, or --user, or --all." in refused(call(tmp_path, "sessions", "revoke", *arguments), 2)
