"""Sign-in events and refusals in the audit log: who, whom, how and from where, and never without bound."""

import asyncio
import inspect
from pathlib import Path

import httpx
import pytest

import chatd
from chatd.services import witness
from chatd.services.allowance import WINDOW_SECONDS, Allowance
from chatd.store import audit
from tests.client import Client
from tests.http.signing import Configured
from tests.serving import Running, running, settings
from tests.tokens import audited, make_bot, make_token

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


def test_nothing_changes_an_entry_and_only_age_deletes_one() -> None:
    """Only one module knows the table; it knows no statement that changes a row, and one that deletes by age."""
    store = Path(chatd.__file__).parent / "store"
    knowing = {file.name for file in store.glob("*.py") if "audit_log" in file.read_text()}
    assert knowing == {"audit.py", "schema.py"}
    statements = (store / "audit.py").read_text()
    assert "update(" not in statements
    assert statements.count("delete(") == 1
    assert "audit_log.c.at < before" in inspect.getsource(audit.prune)
    callers = [file for file in store.parent.rglob("*.py") if "entries.prune(" in file.read_text()]
    assert callers == [store.parent / "services" / "witness.py"]


async def rename(owner: Client, bot_id: str, times: int, name: str = "Bot") -> None:
    for number in range(times):
        await owner.ask("bot.update", botId=bot_id, displayName=f"{name} {number}")


async def test_a_member_cannot_fill_the_log_with_what_is_their_own(node: Running) -> None:
    """Of 300 changes of a bot 100 are rows, the rest a number in one more; other kinds and people are written on."""
    admin, alice, bob = await node.admin(), await node.client(), await node.client("bob@example.com")
    (bot, _), (other, _) = await make_bot(alice), await make_bot(bob, "bobsbot")
    await asyncio.gather(*(rename(alice, bot, 150, name) for name in ("One", "Other")))
    assert len(await audited(admin, "bot.updated")) == 100
    await rename(bob, other, 1)
    await make_token(alice)
    assert len(await audited(admin, "bot.updated")) == 101
    assert (await audited(admin, "token.created"))[0]["actorId"] == alice.user_id
    await witness.write_left_out(node.node.chat)
    (entry,) = await audited(admin, "audit.leftOut")
    assert entry["detail"]["bot.updated"] == 200
    node.clock.advance(WINDOW_SECONDS)
    await rename(alice, bot, 1)
    assert len(await audited(admin, "bot.updated")) == 102


async def test_two_nodes_count_a_member_once(two_nodes: tuple[Running, Running]) -> None:
    """Half over one node and half over the other are no more rows."""
    first, second = two_nodes
    admin, alice = await first.admin(), await first.sign_in()
    here, there = await alice.connect(), await alice.connect(second.url)
    bot, _ = await make_bot(here)
    await asyncio.gather(rename(here, bot, 80, "Here"), rename(there, bot, 80, "There"))
    assert len(await audited(admin, "bot.updated")) == 100


async def test_what_administrators_do_is_always_written(node: Running) -> None:
    """However often."""
    admin, alice = await node.admin(), await node.client()
    for number in range(110):
        await admin.ask("admin.updateUser", userId=alice.user_id, displayName=f"Alice {number}")
    assert len(await audited(admin, "user.updated")) == 110


async def test_entries_over_their_age_go(configured: Configured) -> None:
    """`chat.auditRetentionDays`: what is older is deleted, in slices; the rest stays, and without it everything."""
    for days, kept in ((30, {"signIn.succeeded"}), (0, {"signIn.succeeded", "user.added"})):
        async with configured(chat={"auditRetentionDays": days}) as node:
            admin = await node.admin()
            await admin.ask("admin.addUser", userName=f"alice{days}", password=PASSWORD)
            node.clock.advance(31 * 86_400)
            admin = await node.admin()
            await witness.prune(node.node.chat)
            found = {entry["action"] for entry in (await admin.ask("admin.auditLog"))["entries"]}
            assert found == kept


async def test_many_old_entries_go_in_slices(configured: Configured, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits behind one long delete."""
    monkeypatch.setattr(witness, "PRUNED_AT_ONCE", 2)
    async with configured(chat={"auditRetentionDays": 1}) as node:
        for _ in range(5):
            await node.admin()
        node.clock.advance(2 * 86_400)
        await witness.prune(node.node.chat)
        assert (await (await node.admin()).ask("admin.auditLog"))["total"] == 1
