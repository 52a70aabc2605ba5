"""`chatd user`: the deeds and rules of the page, on live sockets within a second, or with the server stopped."""

import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pyotp
import pytest

from tests.cli.command import PASSWORD, beside, call, configure, done, refused, rows
from tests.postbox import postbox
from tests.process import Process, serving
from tests.serving import ADMIN_EMAIL, ADMIN_PASSWORD, settings


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Process]:
    """`chatd serve` in a process of its own."""
    async with serving(tmp_path) as server:
        yield server


# --- server stopped ------------------------------------------------------------------------------------------------


def test_users_without_a_server(tmp_path: Path) -> None:
    """add, list, passwd and remove work on the data folder alone, which nobody else may read."""
    configure(tmp_path, chat={"initialUser": {"password": PASSWORD}})
    assert done(call(tmp_path, "user", "add", "alice", "--email", "a@x.org", "--admin", given=PASSWORD + "\n"))
    names = [line.split() for line in done(call(tmp_path, "user", "list")).splitlines()]
    assert names == [["alice", "admin", "pending", "a@x.org"], ["admin", "admin", "pending", "admin@localhost"]]
    assert done(call(tmp_path, "user", "passwd", "a@x.org", "--password", "another password"))
    assert done(call(tmp_path, "user", "remove", "alice", "--yes")) == "Removed alice.\n"
    (admin,) = rows(done(call(tmp_path, "user", "list", "--json")))
    assert (admin["userName"], admin["role"]) == ("admin", "admin")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "data").iterdir()}
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert (modes["secrets.json"], modes["chatd.db"]) == (0o600, 0o600)


def test_roles_and_locks_without_a_server(tmp_path: Path) -> None:
    """promote, deactivate, activate, demote; the list is filtered as in the page."""
    configure(tmp_path, chat={"initialUser": {"password": PASSWORD}})
    done(call(tmp_path, "user", "add", "alice", "--name", "Alice A.", "--password", PASSWORD))
    assert done(call(tmp_path, "user", "promote", "alice")) == "alice is an administrator now.\n"
    admins = rows(done(call(tmp_path, "user", "list", "--role", "admin", "--json")))
    assert [(one["userName"], one["displayName"]) for one in admins] == [("alice", "Alice A."), ("admin", "admin")]
    assert done(call(tmp_path, "user", "deactivate", admins[0]["id"])) == "alice is deactivated.\n"
    assert done(call(tmp_path, "user", "list", "--tab", "deactivated")).split() == ["alice", "admin", "deactivated"]
    assert done(call(tmp_path, "user", "activate", "ALICE")) == "alice is active again.\n"
    assert done(call(tmp_path, "user", "demote", "alice")) == "alice is a regular user now.\n"
    assert done(call(tmp_path, "user", "list", "--search", "nobody")) == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "alice", "--password", "short"), "The password needs at least 8 characters."),
        (("add", "ADMIN", "--password", PASSWORD), "The user name ADMIN is reserved; choose another."),
        (
            ("add", "alice", "--email", "a@x.org", "--invite"),
            "Set a password; without e-mail nobody could be sent one.",
        ),
        (("passwd", "nobody", "--password", PASSWORD), "there is no user nobody."),
        (("passwd", "admin", "--send"), "E-mail is not configured on this server; set a password instead."),
        (("remove", "admin", "--yes"), "This is the last administrator."),
        (("demote", "admin"), "This is the last administrator."),
        (("deactivate", "admin"), "This is the last administrator."),
        (("reset-2fa", "admin"), "This user has no two-step sign-in to reset."),
        (("list", "--search", "x" * 101), "search: string should have at most 100 characters."),
    ],
)
def test_what_the_command_line_refuses(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    """The same rules as everywhere, as one sentence and exit status 1."""
    configure(tmp_path, chat={"initialUser": {"password": PASSWORD}})
    assert refused(call(tmp_path, "user", *arguments)).startswith(f"chatd: {told}")


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "alice", "--invite"),
        ("passwd", "admin", "--send", "--password", PASSWORD),
        ("list", "--tab", "gone"),
        ("promote",),
    ],
)
def test_a_wrong_use_ends_with_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """How it is used is told on standard error, and nothing is made."""
    assert refused(call(tmp_path, "user", *arguments), 2).startswith("Usage: ")
    assert list(tmp_path.iterdir()) == []


def test_a_removal_asks_first_and_says_what_goes(tmp_path: Path) -> None:
    """Without --yes and without a yes nobody is removed."""
    configure(tmp_path, chat={"initialUser": {"password": PASSWORD}})
    done(call(tmp_path, "user", "add", "alice", "--password", PASSWORD))
    asked = call(tmp_path, "user", "remove", "alice", given="n\n")
    assert (asked.returncode, "0 messages (keep), 0 bots and 0 tokens for good?" in asked.stdout) == (1, True)
    assert "alice" in done(call(tmp_path, "user", "list"))


def test_the_one_time_password_of_a_first_start_is_no_part_of_a_list(tmp_path: Path) -> None:
    """It is told on standard error: what stands on standard output is JSON and nothing else."""
    configure(tmp_path)
    answer = call(tmp_path, "user", "list", "--json")
    assert [row["userName"] for row in rows(answer.stdout)] == ["admin"]
    assert "One-time password:" in answer.stderr


# --- server running ------------------------------------------------------------------------------------------------


async def test_who_is_added_signs_in_at_once(server: Process) -> None:
    """Everybody hears of the new one, who signs in without a restart."""
    admin = await server.client(ADMIN_EMAIL)
    await beside(server.folder, "user", "add", "bob", "--password", PASSWORD, "--require-change")
    assert (await admin.expect("user.created"))["payload"]["user"]["userName"] == "bob"
    body = {"login": "bob", "password": PASSWORD}
    answer = await server.http.post(server.url + "/auth/password-login", json=body)
    assert (await server.connect(answer.json()["accessToken"])).hello["restricted"] == "password_change"


async def test_who_is_removed_is_cut_and_his_messages_obey(server: Process) -> None:
    """4503 for his sockets, one event of the erasure for everybody else, and his token is worth nothing."""
    alice_person, admin = await server.sign_in(), await server.client(ADMIN_EMAIL)
    alice = await server.connect(alice_person.access_token)
    (general,) = (await alice.ask("channel.list"))["channels"]
    await alice.ask("message", channelId=general["id"], content="hello")
    await beside(server.folder, "user", "remove", "alice", "--yes", "--messages", "delete")
    assert (await alice.ended()).code == 4503
    assert (await admin.expect("messages.erased"))["payload"]["erasure"] == "delete"
    assert (await admin.expect("user.removed"))["payload"]["user"]["id"] == alice.user_id
    assert (await alice_person.get("/auth/me")).status_code == 401


async def test_a_new_password_ends_sessions_when_asked_to(server: Process) -> None:
    """passwd leaves open sessions alone; with --revoke-sessions they are cut with 4505."""
    alice = await server.client()
    await beside(server.folder, "user", "passwd", "alice", given=PASSWORD + "\n")
    assert await alice.ask("ping") == {}
    await beside(server.folder, "user", "passwd", "alice", "--password", PASSWORD + "!", "--revoke-sessions")
    assert (await alice.ended()).code == 4505
    body = {"login": "alice", "password": PASSWORD + "!"}
    assert (await server.http.post(server.url + "/auth/password-login", json=body)).status_code == 200


async def test_promote_and_demote_hold_on_the_open_socket(server: Process) -> None:
    """The very next request after the event is judged by the new role."""
    alice = await server.client()
    assert (await alice.refused("admin.stats")).code == "forbidden"
    await beside(server.folder, "user", "promote", "alice")
    assert (await alice.expect("user.updated"))["payload"]["user"]["isAdmin"]
    await alice.ask("admin.stats")
    await beside(server.folder, "user", "demote", "alice@example.com")
    assert not (await alice.expect("user.updated"))["payload"]["user"]["isAdmin"]
    assert (await alice.refused("admin.stats")).code == "forbidden"


async def test_deactivate_cuts_and_activate_lets_in_again(server: Process) -> None:
    """4504; the door says why; activated, it opens."""
    alice = await server.client()
    await beside(server.folder, "user", "deactivate", "alice")
    assert (await alice.ended()).code == 4504
    body = {"email": "alice@example.com"}
    closed = await server.http.post(server.url + "/auth/dev-login", json=body)
    assert closed.json()["code"] == "account_deactivated"
    await beside(server.folder, "user", "activate", "alice")
    assert (await (await server.client()).ask("ping")) == {}


async def test_reset_2fa_signs_out_and_asks_for_no_code(server: Process) -> None:
    """4506, and the password alone is enough again: the way back for an administrator who lost his telephone."""
    admin = await server.client(ADMIN_EMAIL)
    app = pyotp.TOTP((await admin.ask("totp.begin", proof={"password": ADMIN_PASSWORD}))["secret"])
    await admin.ask("totp.confirm", code=app.now())
    await beside(server.folder, "user", "reset-2fa", ADMIN_EMAIL)
    assert (await admin.ended()).code == 4506
    again = await server.client(ADMIN_EMAIL)
    assert not (await again.ask("totp.status"))["enabled"]


async def test_letters_that_the_command_line_asks_for_are_sent_by_the_server(tmp_path: Path) -> None:
    """An invitation and a random password, neither of which the command line prints."""
    async with postbox() as box:
        config = settings(tmp_path, email=box.settings())
        async with serving(tmp_path, config=config) as server:
            await beside(server.folder, "user", "add", "alice", "--email", "alice@example.com", "--invite")
            token = await box.token_to("alice@example.com")
            body = {"token": token, "password": PASSWORD}
            answer = await server.http.post(server.url + "/auth/setup-password", json=body)
            assert answer.json()["user"]["userName"] == "alice"
            told = await beside(server.folder, "user", "passwd", "alice", "--send")
            assert told == "A new password goes to alice@example.com.\n"
            assert "password" in (await box.letter_to("alice@example.com", 2))["Subject"].lower()
