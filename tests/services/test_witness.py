"""Sign-in events and refusals in the audit log: who, whom, how and from where, and never without bound."""

import asyncio
from pathlib import Path

import httpx

import chatd
from chatd.services import witness
from chatd.services.allowance import WINDOW_SECONDS, Allowance
from tests.serving import Running, running, settings
from tests.tokens import audited

PASSWORD = "a password for alice"
BROWSER = "A browser of alice"


async def knock(node: Running, login: str, password: str) -> httpx.Response:
    body = {"login": login, "password": password}
    return await node.http.post(node.url + "/auth/password-login", json=body, headers={"User-Agent": BROWSER})


async def test_F40_coming_and_going_are_written_down(node: Running) -> None:
    """A sign-in and a sign-out name the person, the address and the device."""
    admin = await node.admin()
    user = (await admin.ask("admin.addUser", userName="alice", password=PASSWORD))["user"]
    token = (await knock(node, "alice", PASSWORD)).json()["accessToken"]
    await node.http.post(node.url + "/auth/logout", headers={"Authorization": f"Bearer {token}"})
    for action in ("signIn.succeeded", "signIn.ended"):
        entry = (await audited(admin, action))[0]
        assert (entry["actorId"], entry["targetId"]) == (user["id"], user["id"])
        assert (entry["ip"], entry["userAgent"]) == ("127.0.0.1", BROWSER)


async def test_F46_a_failure_has_its_reason_and_nothing_that_was_typed(node: Running) -> None:
    """Wrong password, unknown name, deactivated: told apart here only, without the name or the password."""
    admin = await node.admin()
    user = (await admin.ask("admin.addUser", userName="alice", password=PASSWORD))["user"]
    await knock(node, "alice", "mistyped secret")
    await knock(node, "hunter2 typed as a name", PASSWORD)
    await admin.ask("admin.deactivateUser", userId=user["id"])
    await knock(node, "alice", PASSWORD)
    entries = await audited(admin, "signIn.failed")
    assert [(entry["detail"]["reason"], entry["targetId"]) for entry in entries] == [
        ("deactivated", user["id"]),
        ("unknown", None),
        ("password", user["id"]),
    ]
    assert "mistyped" not in str(entries)
    assert "hunter2" not in str(entries)


async def test_guessing_cannot_fill_the_log(node: Running) -> None:
    """Of 40 failures side by side from one address 20 are rows, the rest a number in one more row."""
    admin = await node.admin()
    await asyncio.gather(*(knock(node, f"nobody{number}", PASSWORD) for number in range(40)))
    assert len(await audited(admin, "signIn.failed")) == 20
    await witness.write_left_out(node.node.chat)
    await witness.write_left_out(node.node.chat)
    assert [entry["detail"] for entry in await audited(admin, "audit.leftOut")] == [{"signIn.failed": 20}]


async def test_a_wrong_password_of_somebody_signed_in_is_written_down(node: Running) -> None:
    """An open session is no quiet way to guess."""
    admin = await node.admin()
    alice = await node.client()
    await alice.refused("me.changePassword", currentPassword="wrong", newPassword=PASSWORD)
    (entry,) = await audited(admin, "proof.failed")
    assert (entry["actorId"], entry["ip"]) == (alice.user_id, "127.0.0.1")


async def test_F46_a_wrong_code_while_switching_two_step_sign_in_on_is_written_down(node: Running) -> None:
    """Nothing is switched on, and who tried is known."""
    admin = await node.admin()
    alice = await node.client()
    await alice.ask("totp.begin")
    await alice.refused("totp.confirm", code="000000")
    (entry,) = await audited(admin, "totp.refused")
    assert (entry["actorId"], entry["targetId"], entry["ip"]) == (alice.user_id, alice.user_id, "127.0.0.1")


async def test_F40_ending_ones_own_other_sessions_is_written_down_once(node: Running) -> None:
    """With how many ended; where there were none, nothing is written."""
    admin = await node.admin()
    alice, _, _ = [await node.client() for _ in range(3)]
    await alice.ask("session.signOutOthers")
    await alice.ask("session.signOutOthers")
    (entry,) = await audited(admin, "session.othersRevoked")
    assert (entry["actorId"], entry["detail"]["sessions"]) == (alice.user_id, 2)


async def test_F46_a_refused_registration_is_written_down_without_what_was_typed(tmp_path: Path) -> None:
    """Where nobody may register, and where an address is taken."""
    body = {"email": "eve@example.com", "password": PASSWORD}
    async with running(settings(tmp_path, auth={"isInviteRequired": True})) as node:
        admin = await node.admin()
        await node.http.post(node.url + "/auth/register", json=body)
        await node.http.post(node.url + "/auth/register", json=body | {"joinToken": "made up"})
        entries = await audited(admin, "registration.refused")
    assert [(entry["actorId"], entry["detail"]) for entry in entries] == [(None, {"reason": "closed"})] * 2


async def test_F46_trying_out_who_has_an_account_is_written_down(node: Running) -> None:
    """Registering with a taken address is refused, forty times at once too, and the log stays bounded."""
    admin = await node.admin()
    await node.client()
    body = {"email": "alice@example.com", "password": PASSWORD}
    tries = (node.http.post(node.url + "/auth/register", json=body) for _ in range(40))
    assert {answer.status_code for answer in await asyncio.gather(*tries)} == {409}
    entries = await audited(admin, "registration.refused")
    assert len(entries) == 20
    assert entries[0]["detail"] == {"reason": "taken"}
    assert "alice" not in str(entries)


async def test_an_outsider_sees_nothing_of_the_log(node: Running) -> None:
    """Who asks for it is refused, and that is in it."""
    admin, eve = await node.admin(), await node.client("eve@example.com")
    assert (await eve.refused("admin.auditLog")).message == "Admin access required"
    assert (await audited(admin, "denied"))[0]["actorId"] == eve.user_id


def test_an_allowance_begins_anew_after_its_window() -> None:
    """So many for one key, so many for all, and as many again later."""
    allowance = Allowance(per_key=2, total=3)
    assert [allowance.take(key, 0.0) for key in ("a", "a", "a", "b", "c")] == [True, True, False, True, False]
    assert allowance.take("a", WINDOW_SECONDS)


def test_nothing_changes_or_deletes_an_entry() -> None:
    """Only one module knows the table, and it knows no statement that changes a row."""
    store = Path(chatd.__file__).parent / "store"
    knowing = {file.name for file in store.glob("*.py") if "audit_log" in file.read_text()}
    assert knowing == {"audit.py", "schema.py"}
    assert "update(" not in (store / "audit.py").read_text()
    assert "delete(" not in (store / "audit.py").read_text()
