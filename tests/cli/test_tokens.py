"""`chatd token`: made once, listed without secrets, revoked with their sockets."""

from pathlib import Path

import httpx

from tests.cli.command import PASSWORD, beside, call, configure, done, refused, rows
from tests.client import Client
from tests.process import Process, serving
from tests.serving import ADMIN_EMAIL


async def ask(server: Process, token: str, type: str) -> httpx.Response:
    return await server.http.post(f"{server.url}/api/{type}", json={}, headers={"Authorization": f"Bearer {token}"})


async def test_tokens_work_at_once_and_end_at_once(tmp_path: Path) -> None:
    """The server's own has all rights, a person's has his; revoked, their sockets are cut with 4502."""
    async with serving(tmp_path) as server:
        await server.sign_in()
        secret = (await beside(server.folder, "token", "create", "backup")).splitlines()[-1]
        (made,) = rows(await beside(server.folder, "token", "create", "script", "--user", "alice", "--json"))
        assert [(await ask(server, one, "admin.stats")).status_code for one in (secret, made["token"])] == [200, 403]
        sockets = [await Client.open(server.url, one) for one in (secret, made["token"])]
        listed = rows(await beside(server.folder, "token", "list", "--json"))
        assert [(row["name"], row["kind"], row["userName"], row["createdBy"]) for row in listed] == [
            ("script", "personal", "alice", "command line"),
            ("backup", "system", "system", "command line"),
        ]
        assert secret not in str(listed)
        assert made["token"] not in str(listed)
        ids = [row["id"] for row in listed]
        assert await beside(server.folder, "token", "revoke", *ids) == f"Revoked {ids[0]}.\nRevoked {ids[1]}.\n"
        assert [(await socket.ended()).code for socket in sockets] == [4502, 4502]
        assert [(await ask(server, one, "ping")).status_code for one in (secret, made["token"])] == [401, 401]


async def test_a_bot_gets_one_too(tmp_path: Path) -> None:
    """For a bot whose owner lost its token."""
    async with serving(tmp_path) as server:
        alice = await server.client()
        bot = (await alice.ask("bot.create", userName="buildbot"))["user"]
        told = await beside(server.folder, "token", "create", "new", "--user", "buildbot", "--expires-in-days", "7")
        socket = await Client.open(server.url, told.splitlines()[-1])
        assert socket.user_id == bot["id"]
        assert "buildbot" in await beside(server.folder, "token", "list", "--user", "buildbot")


async def test_what_is_made_here_an_administrator_sees_and_ends(tmp_path: Path) -> None:
    """In the page it is a token as any other."""
    async with serving(tmp_path) as server:
        admin = await server.client(ADMIN_EMAIL)
        secret = (await beside(server.folder, "token", "create", "backup")).splitlines()[-1]
        (listed,) = (await admin.ask("admin.listTokens"))["tokens"]
        await admin.ask("admin.revokeToken", tokenId=listed["id"])
        assert (await ask(server, secret, "ping")).status_code == 401


def test_what_is_refused(tmp_path: Path) -> None:
    """Unknown tokens and people, and a name of white space: 1; no id at all: 2."""
    configure(tmp_path, chat={"initialUser": {"password": PASSWORD}})
    assert refused(call(tmp_path, "token", "revoke", "gone")).startswith("chatd: There is no such token;")
    assert refused(call(tmp_path, "token", "create", "x", "--user", "eve")) == "chatd: there is no user eve.\n"
    assert "Give the token a name" in refused(call(tmp_path, "token", "create", " "))
    assert "Missing argument" in refused(call(tmp_path, "token", "revoke"), 2)
    assert done(call(tmp_path, "token", "list")) == ""
