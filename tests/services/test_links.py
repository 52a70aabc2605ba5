"""Whose a link is, and what it is worth when its maker or its receiver is not what he was."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pyotp
import pytest

from chatd.domain.rules import MAX_JOIN_LINKS
from chatd.store import links
from tests.client import Client
from tests.http.signing import LIMITED
from tests.postbox import Postbox
from tests.serving import ADMIN_EMAIL, MovableClock, Running, running, settings

PASSWORD = "a password for all"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def node(tmp_path: Path, box: Postbox, clock: MovableClock) -> AsyncIterator[Running]:
    """With e-mail, and nobody comes in uninvited."""
    async with running(settings(tmp_path, auth={"isInviteRequired": True}, email=box.settings()), clock) as node:
        yield node


async def second_admin(node: Running, admin: Client) -> Client:
    await admin.ask("admin.addUser", userName="ann", email="ann@example.com", password=PASSWORD, role="admin")
    return await node.client("ann@example.com")


async def register(node: Running, token: str, name: str) -> str:
    """The code of the answer, or `ok`."""
    body = {"joinToken": token, "email": f"{name}@example.com", "password": PASSWORD}
    answer = await node.http.post(node.url + "/auth/register", json=body)
    return "ok" if answer.is_success else str(answer.json()["code"])


@pytest.mark.parametrize(
    ("type", "payload", "back"),
    [
        ("admin.setRole", {"role": "user"}, ("admin.setRole", {"role": "admin"})),
        ("admin.deactivateUser", {}, ("admin.activateUser", {})),
        ("admin.removeUser", {}, None),
    ],
    ids=["demoted", "deactivated", "removed"],
)
async def test_RX14_a_link_is_worth_what_its_maker_is_worth(
    node: Running, type: str, payload: dict[str, str], back: tuple[str, dict[str, str]] | None
) -> None:
    """Who is no administrator any more lets nobody in by a link that he kept, and so cannot come back by it."""
    admin = await node.admin()
    ann = await second_admin(node, admin)
    token = (await ann.ask("admin.createLink"))["url"].rpartition("/")[2]
    assert await register(node, token, "bob") == "ok"
    await admin.ask(type, userId=ann.user_id, **payload)
    assert await register(node, token, "eve") == "registration_disabled"
    assert (await admin.ask("admin.listLinks"))["links"] == []
    if back is not None:
        await admin.ask(back[0], userId=ann.user_id, **back[1])
        assert await register(node, token, "carol") == "ok"


async def test_live_links_are_bounded(node: Running) -> None:
    """One more than may be is refused, until one is taken back."""
    admin = await node.admin()
    made = [(await admin.ask("admin.createLink"))["link"]["id"] for _ in range(MAX_JOIN_LINKS)]
    assert (await admin.refused("admin.createLink")).code == "conflict"
    await admin.ask("admin.deleteLink", linkId=made[0])
    await admin.ask("admin.createLink")
    assert len((await admin.ask("admin.listLinks"))["links"]) == MAX_JOIN_LINKS


async def test_a_link_to_a_deactivated_account_changes_nothing(node: Running, box: Postbox) -> None:
    """It is refused before anything is changed, and once the account is active again another letter is sent."""
    admin = await node.admin()
    (made,) = (await admin.ask("admin.inviteUsers", emails=["alice@example.com"]))["results"]
    token = await box.token_to("alice@example.com")
    await admin.ask("admin.deactivateUser", userId=made["userId"])
    body = {"token": token, "password": PASSWORD}
    answer = await node.http.post(node.url + "/auth/setup-password", json=body)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert not (await admin.ask("admin.getUser", userId=made["userId"]))["user"]["emailVerified"]
    await admin.ask("admin.activateUser", userId=made["userId"])
    assert (await node.http.post(node.url + "/auth/setup-password", json=body)).status_code == 404
    await admin.ask("admin.resendWelcome", userId=made["userId"])
    body["token"] = await box.token_to("alice@example.com", 2)
    assert (await node.http.post(node.url + "/auth/setup-password", json=body)).status_code == 200


async def test_links_that_are_over_are_pruned(node: Running) -> None:
    """Rows of expired links go, with the upkeep of every node."""
    admin = await node.admin()
    await admin.ask("admin.createLink", expiresInDays=1)
    await admin.ask("admin.createLink", expiresInDays=2)
    node.clock.advance(86_401)
    await node.node.upkeep._prune()
    late = node.clock.now() - 86_400_000
    assert await node.node.chat.read(lambda connection: links.count_joining(connection, late)) == 1


async def forgotten(node: Running, box: Postbox, address: str = "alice@example.com", number: int = 1) -> str:
    """The secret of a letter to somebody who forgot their password."""
    answer = await node.http.post(node.url + "/auth/request-password-reset", json={"email": address})
    assert answer.is_success
    return await box.token_to(address, number)


async def opens(node: Running, token: str) -> bool:
    """Does this link still set a password?"""
    body = {"token": token, "password": "another password for all"}
    return (await node.http.post(node.url + "/auth/setup-password", json=body)).is_success


ENDS_LINKS: dict[str, tuple[str, dict[str, object]]] = {
    "own password": ("me.changePassword", {"currentPassword": PASSWORD, "newPassword": PASSWORD + "!"}),
    "own sessions": ("session.signOutOthers", {}),
    "password set": ("admin.resetPassword", {"mode": "manual", "password": PASSWORD + "?"}),
    "password sent": ("admin.resetPassword", {"mode": "email"}),
    "password edited": ("admin.updateUser", {"password": PASSWORD + "."}),
    "address": ("admin.updateUser", {"email": "alice2@example.com"}),
    "no address": ("admin.updateUser", {"email": None}),
    "promoted": ("admin.setRole", {"role": "admin"}),
    "promoted by editing": ("admin.updateUser", {"role": "admin"}),
    "sessions ended": ("admin.revokeUserSessions", {}),
    "everybody's sessions ended": ("admin.revokeAllSessions", {}),
    "deactivated": ("admin.deactivateUser", {}),
    "deactivated in bulk": ("admin.deactivateUsers", {}),
}


@pytest.mark.parametrize("change", ENDS_LINKS, ids=lambda change: change.replace(" ", "-"))
async def test_a_change_of_an_account_ends_the_links_of_its_letters(node: Running, box: Postbox, change: str) -> None:
    """Whoever read the letter before it, by a mailbox that is not theirs, gets in by none of them afterwards."""
    admin = await node.admin()
    made = await admin.ask("admin.addUser", userName="alice", email="alice@example.com", password=PASSWORD)
    alice_id = made["user"]["id"]
    token = await forgotten(node, box)
    type, payload = ENDS_LINKS[change]
    if type.startswith("admin."):
        whose = {} if change.startswith("every") else {"userId": alice_id}
        await admin.ask(type, **({"userIds": [alice_id]} if type.endswith("Users") else whose), **payload)
        if "deactivated" in change:
            await admin.ask("admin.activateUser", userId=alice_id)
    else:
        await (await node.client("alice@example.com")).ask(type, **payload)
    assert not await opens(node, token)


async def test_a_second_factor_ends_the_links_of_letters(node: Running, box: Postbox, clock: MovableClock) -> None:
    """Switched on, its codes renewed, switched off, or taken away by an administrator."""
    admin = await node.admin()
    made = await admin.ask("admin.addUser", userName="alice", email="alice@example.com", password=PASSWORD)
    alice = await node.client("alice@example.com")
    begun = await alice.ask("totp.begin", proof={"password": PASSWORD})

    async def confirm() -> None:
        await alice.ask("totp.confirm", code=pyotp.TOTP(begun["secret"]).at(clock.now() // 1000))

    async def renew() -> None:
        await alice.ask("totp.newCodes", totp=pyotp.TOTP(begun["secret"]).at(clock.now() // 1000))

    async def reset() -> None:
        await admin.ask("admin.resetTotp", userId=made["user"]["id"])

    for number, change in enumerate((confirm, renew, reset), 1):
        token = await forgotten(node, box, number=number)
        await change()
        assert not await opens(node, token)
        clock.advance(61)


@pytest.mark.parametrize("end", ["admin.setRole", "admin.deactivateUser", "admin.removeUser"])
async def test_an_invitation_is_worth_what_its_maker_is_worth(node: Running, box: Postbox, end: str) -> None:
    """Who is no administrator any more makes none by a letter that is still on its way, until another takes it over."""
    admin = await node.admin()
    ann = await second_admin(node, admin)
    await ann.ask("admin.inviteUsers", emails=["eve@example.com"], role="admin")
    token = await box.token_to("eve@example.com")
    await admin.ask(end, userId=ann.user_id, **({"role": "user"} if end == "admin.setRole" else {}))
    assert not await opens(node, token)
    assert (await admin.ask("admin.takeOver", userId=ann.user_id))["madeLinks"] == 1
    assert await opens(node, token)


async def test_a_link_used_while_the_password_is_changed_does_one_of_both(node: Running, box: Postbox) -> None:
    """Twenty uses beside a change: whichever is first, the other finds that there is nothing for it any more."""
    admin = await node.admin()
    made = await admin.ask("admin.addUser", userName="alice", email="alice@example.com", password=PASSWORD)
    token = await forgotten(node, box)
    reset = admin.ask("admin.resetPassword", userId=made["user"]["id"], mode="manual", password="the last word 1")
    outcomes = await asyncio.gather(*(opens(node, token) for _ in range(10)), reset, return_exceptions=True)
    assert sum(outcome is True for outcome in outcomes) <= 1
    body = {"login": "alice", "password": "the last word 1"}
    assert (await node.http.post(node.url + "/auth/password-login", json=body)).is_success
    assert not await opens(node, token)


async def test_a_false_link_to_register_by_is_refused_before_the_password_is_hashed(node: Running) -> None:
    """Fifty at once, while every thread that hashes is busy with something else."""
    turns = node.node.chat.passwords._turns
    threads = turns._free
    for _ in range(threads):
        await turns.take("somebody else")
    try:
        answers = await asyncio.gather(*(register(node, "false", f"name{number}") for number in range(50)))
    finally:
        for _ in range(threads):
            turns.give_back()
    assert set(answers) == {"registration_disabled"}


async def test_addresses_are_not_tried_out_by_registering(tmp_path: Path) -> None:
    """Ten refusals from one place, then no more are heard; a taken address costs no hash."""
    auth = {"isInviteRequired": False}
    async with running(settings(tmp_path, auth=auth, server=LIMITED)) as node:
        body = {"email": ADMIN_EMAIL, "password": PASSWORD}
        asked = [await node.http.post(node.url + "/auth/register", json=body) for _ in range(12)]
        assert [answer.status_code for answer in asked] == [409] * 10 + [429] * 2
