"""Getting in by a link: invitations, forgotten passwords, confirmed addresses, links to register. Real SMTP."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pyotp
import pytest

from chatd.services.mail import RETRY_MS, send_due
from chatd.store import mails
from tests.client import Client
from tests.http.signing import LIMITED
from tests.hub.joints import until
from tests.postbox import Postbox, postbox
from tests.serving import ADMIN_PASSWORD, MovableClock, Running, running, settings
from tests.tokens import audited

PASSWORD = "chosen by alice"
DAY = 86_400


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def node(tmp_path: Path, box: Postbox, clock: MovableClock) -> AsyncIterator[Running]:
    """A node with e-mail, to which nobody comes uninvited."""
    config = settings(tmp_path, auth={"isInviteRequired": True}, email=box.settings())
    async with running(config, clock) as node:
        yield node


async def post(node: Running, path: str, **body: object) -> httpx.Response:
    return await node.http.post(node.url + path, json=body)


async def invited(node: Running, box: Postbox, email: str = "alice@example.com") -> tuple[Client, str]:
    """The administrator, and the secret that alice got."""
    admin = await node.admin()
    (result,) = (await admin.ask("admin.inviteUsers", emails=[email]))["results"]
    assert result["userId"] is not None
    return admin, await box.token_to(email)


async def test_M12_an_invitation_sets_the_password_and_signs_in(node: Running, box: Postbox) -> None:
    """The letter comes from the configured sender; its link is good once; the policy holds."""
    admin, token = await invited(node, box)
    letter = await box.letter_to("alice@example.com")
    assert (letter["From"], "invited to chatd" in letter["Subject"]) == ("chat@example.com", True)
    weak = await post(node, "/auth/setup-password", token=token, password="short")
    assert (weak.status_code, weak.json()["field"]) == (400, "password")
    answer = await post(node, "/auth/setup-password", token=token, password=PASSWORD)
    assert (answer.status_code, answer.json()["user"]["status"]) == (200, "active")
    again = await post(node, "/auth/setup-password", token=token, password="another of eve's")
    assert again.json()["code"] == "not_found"
    found = (await admin.ask("admin.getUser", userId=answer.json()["user"]["id"]))["user"]
    assert (found["emailVerified"], found["status"]) == (True, "active")


async def test_M12_a_link_is_used_once_by_twenty_at_once(node: Running, box: Postbox) -> None:
    """Whoever is first is in; all others hear that the link is not valid any more."""
    _, token = await invited(node, box)
    asked = [post(node, "/auth/setup-password", token=token, password=f"{PASSWORD} {number}") for number in range(20)]
    assert Counter(answer.status_code for answer in await asyncio.gather(*asked)) == {200: 1, 404: 19}


async def test_M12_a_link_expires(node: Running, box: Postbox, clock: MovableClock) -> None:
    """Three days, then it is worth nothing."""
    _, token = await invited(node, box)
    clock.advance(3 * DAY + 1)
    assert (await post(node, "/auth/setup-password", token=token, password=PASSWORD)).status_code == 404


async def test_R03_each_address_has_a_result(node: Running, box: Postbox) -> None:
    """An invalid and a taken one do not sink the rest."""
    admin = await node.admin()
    emails = ["alice@example.com", "not an address", "admin@example.com", "bob@example.com"]
    results = (await admin.ask("admin.inviteUsers", emails=emails))["results"]
    assert [result["code"] for result in results] == [None, "invalid", "conflict", None]
    for email in ("alice@example.com", "bob@example.com"):
        await box.letter_to(email)


async def test_RX16_a_second_invitation_replaces_the_first(node: Running, box: Postbox) -> None:
    """Only for who never signed in; the first link is worth nothing then."""
    admin, first = await invited(node, box)
    (alice,) = (await admin.ask("admin.listUsers", tab="pending"))["users"]
    await admin.ask("admin.resendWelcome", userId=alice["id"])
    second = await box.token_to("alice@example.com", 2)
    assert (await post(node, "/auth/setup-password", token=first, password=PASSWORD)).status_code == 404
    assert (await post(node, "/auth/setup-password", token=second, password=PASSWORD)).status_code == 200
    assert (await admin.refused("admin.resendWelcome", userId=alice["id"])).code == "conflict"


async def test_M19_a_forgotten_password_is_chosen_anew_and_other_sessions_end(node: Running, box: Postbox) -> None:
    """Known and unknown address get the same answer; only the owner gets a letter."""
    _, token = await invited(node, box)
    await post(node, "/auth/setup-password", token=token, password=PASSWORD)
    alice = await (await node.sign_in_with_password("alice@example.com", PASSWORD)).connect()
    answers = [
        await post(node, "/auth/request-password-reset", email=f"{name}@example.com") for name in ("alice", "eve")
    ]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, {}), (200, {})]
    reset = await box.token_to("alice@example.com", 2)
    assert (await post(node, "/auth/setup-password", token=reset, password="a newer one")).status_code == 200
    assert (await alice.ended()).code == 4505
    assert not [letter for letter in box.letters if letter["To"] == "eve@example.com"]


async def test_who_reads_the_letters_cannot_try_out_codes_of_the_app(
    tmp_path: Path, box: Postbox, clock: MovableClock
) -> None:
    """A link needs the second step too, and wrong codes there are counted as wrong sign-ins are."""
    config = settings(tmp_path, email=box.settings(), server=LIMITED)
    async with running(config, clock) as node:
        admin = await (await node.sign_in_with_password("admin", ADMIN_PASSWORD)).connect()
        await admin.ask("admin.addUser", userName="alice", email="alice@example.com", password=PASSWORD)
        alice = await (await node.sign_in_with_password("alice", PASSWORD)).connect()
        app = pyotp.TOTP((await alice.ask("totp.begin"))["secret"])
        await alice.ask("totp.confirm", code=app.at(clock.now() // 1000))
        await post(node, "/auth/request-password-reset", email="alice@example.com")
        token = await box.token_to("alice@example.com")
        tries = [
            await post(node, "/auth/setup-password", token=token, password="a newer one", totp="000000")
            for _ in range(11)
        ]
        assert [answer.status_code for answer in tries] == [401] * 10 + [429]


async def test_F46_who_asks_for_a_new_password_is_written_down_whatever_becomes_of_it(
    node: Running, box: Postbox
) -> None:
    """Sent, sent a moment ago, deactivated, unknown: told apart in the log only, without the address."""
    admin, token = await invited(node, box)
    await post(node, "/auth/setup-password", token=token, password=PASSWORD)
    for email in ("alice@example.com", "alice@example.com", "eve@example.com"):
        await post(node, "/auth/request-password-reset", email=email)
    alice = (await admin.ask("admin.listUsers", search="alice"))["users"][0]["id"]
    await admin.ask("admin.deactivateUser", userId=alice)
    await post(node, "/auth/request-password-reset", email="alice@example.com")
    entries = await audited(admin, "user.passwordForgotten")
    assert [(entry["targetId"], entry["detail"]) for entry in entries] == [
        (alice, {"notSent": "deactivated"}),
        (None, {"notSent": "unknown"}),
        (alice, {"notSent": "again"}),
        (alice, {}),
    ]
    assert "eve" not in str(entries)


async def test_F46_links_that_open_nothing_are_written_down(node: Running, box: Postbox) -> None:
    """A made-up link, and one used twice; the secret is not kept."""
    admin, token = await invited(node, box)
    for _ in range(2):
        await post(node, "/auth/setup-password", token=token, password=PASSWORD)
    await post(node, "/auth/verify-email", token="made up")
    entries = await audited(admin, "link.refused")
    assert [entry["detail"] for entry in entries] == [
        {"kind": "verify", "reason": "worthless"},
        {"kind": "password", "reason": "worthless"},
    ]
    assert token not in str(entries)


async def test_nobody_fills_another_ones_mailbox(node: Running, box: Postbox, clock: MovableClock) -> None:
    """However often a reset is asked for: one letter a minute."""
    _, token = await invited(node, box)
    await post(node, "/auth/setup-password", token=token, password=PASSWORD)
    for _ in range(5):
        await post(node, "/auth/request-password-reset", email="alice@example.com")
    await box.letter_to("alice@example.com", 2)
    clock.advance(61)
    await post(node, "/auth/request-password-reset", email="alice@example.com")
    await box.letter_to("alice@example.com", 3)
    assert len(box.letters) == 3


async def test_R31_R24_R33_a_random_password_goes_to_its_owner_alone(node: Running, box: Postbox) -> None:
    """It is in the letter and not in the reply; the first sign-in asks for another."""
    admin, token = await invited(node, box)
    answer = await post(node, "/auth/setup-password", token=token, password=PASSWORD)
    reply = await admin.ask("admin.resetPassword", userId=answer.json()["user"]["id"], mode="email")
    text = (await box.letter_to("alice@example.com", 2)).get_content()
    password = next(line for line in text.splitlines() if line.count("-") == 3)
    assert password not in str(reply)
    alice = await (await node.sign_in_with_password("alice@example.com", password)).connect()
    assert alice.hello["restricted"] == "password_change"


async def test_R31_a_new_account_may_start_with_a_random_password(node: Running, box: Postbox) -> None:
    """It is in the letter alone, and is changed first of all; without an address or beside another it is refused."""
    admin = await node.admin()
    reply = await admin.ask("admin.addUser", email="bob@example.com", setRandomPassword=True)
    text = (await box.letter_to("bob@example.com")).get_content()
    password = next(line for line in text.splitlines() if line.count("-") == 3)
    assert password not in str(reply)
    bob = await (await node.sign_in_with_password("bob@example.com", password)).connect()
    assert bob.hello["restricted"] == "password_change"
    refused = await admin.refused("admin.addUser", userName="kim", setRandomPassword=True)
    assert (refused.code, refused.field) == ("conflict", "email")
    both = await admin.refused("admin.addUser", email="kim@example.com", setRandomPassword=True, password=PASSWORD)
    assert (both.code, both.field) == ("invalid", "password")
    assert (await admin.ask("admin.listUsers", search="kim"))["users"] == []


async def test_R32_without_an_address_nothing_is_sent_and_nothing_changes(node: Running, box: Postbox) -> None:
    """A reset by e-mail leaves the old password, a welcome makes no account."""
    admin = await node.admin()
    kim = (await admin.ask("admin.addUser", userName="kim", password=PASSWORD))["user"]
    refused = await admin.refused("admin.resetPassword", userId=kim["id"], mode="email")
    assert (refused.code, refused.field) == ("conflict", "email")
    await (await node.sign_in_with_password("kim", PASSWORD)).connect()
    await admin.refused("admin.addUser", userName="lea", password=PASSWORD, sendWelcomeEmail=True)
    assert (await admin.ask("admin.listUsers", search="lea"))["users"] == []


async def test_R26_a_welcome_holds_no_password(node: Running, box: Postbox) -> None:
    """Sent beside a password that the administrator hands over."""
    admin = await node.admin()
    await admin.ask("admin.addUser", email="bob@example.com", password=PASSWORD, sendWelcomeEmail=True)
    letter = await box.letter_to("bob@example.com")
    assert "Welcome" in letter["Subject"]
    assert PASSWORD not in letter.get_content()


async def test_R21_where_addresses_must_be_confirmed_the_link_does_it(node: Running, box: Postbox) -> None:
    """The right password is refused with a letter; the link in it opens the way."""
    admin = await node.admin()
    await admin.ask("admin.updateSettings", requireVerifiedEmail=True)
    await admin.ask("admin.addUser", email="bob@example.com", password=PASSWORD)
    refused = await post(node, "/auth/password-login", login="bob", password=PASSWORD)
    assert (refused.json()["code"], refused.json()["field"]) == ("forbidden", "email")
    token = await box.token_to("bob@example.com")
    assert (await post(node, "/auth/verify-email", token=token)).status_code == 200
    assert (await post(node, "/auth/verify-email", token=token)).status_code == 404
    assert (await post(node, "/auth/password-login", login="bob", password=PASSWORD)).status_code == 200


async def test_RX14_a_link_lets_so_many_register_and_no_more(node: Running, box: Postbox) -> None:
    """Twenty at once through a link for three; a deleted one lets nobody in; without one registration is closed."""
    admin = await node.admin()
    made = await admin.ask("admin.createLink", uses=3)
    token = made["url"].rpartition("/")[2]

    async def register(name: str, **more: str) -> httpx.Response:
        return await post(node, "/auth/register", email=f"{name}@example.com", password=PASSWORD, **more)

    answers = await asyncio.gather(*[register(f"new{number}", joinToken=token) for number in range(20)])
    assert Counter(answer.status_code for answer in answers) == {200: 3, 403: 17}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 403} == {"registration_disabled"}
    other = await admin.ask("admin.createLink")
    await admin.ask("admin.deleteLink", linkId=other["link"]["id"])
    late = await register("late", joinToken=other["url"].rpartition("/")[2])
    assert (late.status_code, (await register("nobody")).status_code) == (403, 403)


async def test_a_letter_that_is_refused_is_tried_again(node: Running, box: Postbox, clock: MovableClock) -> None:
    """And given up after `email.maxRetries` further tries; the request that asked for it never waits."""
    box.refuse = 1
    admin = await node.admin()
    await admin.ask("admin.inviteUsers", emails=["alice@example.com"])

    async def put_off() -> bool:  # until then its lease is longer than the wait before another try
        refused, soon = box.refused, clock.now() + RETRY_MS
        return await node.node.chat.read(lambda connection: mails.any_due(connection, soon)) and refused == 1

    await until(put_off)
    clock.advance(120)
    await box.letter_to("alice@example.com")
    box.refuse = 99
    await admin.ask("admin.inviteUsers", emails=["bob@example.com"])
    for _ in range(6):
        await send_due(node.node.chat)
        clock.advance(3600)
    box.refuse = 0
    assert await send_due(node.node.chat) == 0
    assert [letter["To"] for letter in box.letters] == ["alice@example.com"]


async def test_M11_R26_R32_without_email_what_needs_it_is_refused(tmp_path: Path) -> None:
    """With one code and a sentence that says what to do instead."""
    async with running(settings(tmp_path)) as bare:
        admin = await bare.admin()
        (alice,) = [(await admin.ask("admin.addUser", userName="alice", password=PASSWORD))["user"]]
        for type, payload in (
            ("admin.inviteUsers", {"emails": ["a@example.com"]}),
            ("admin.resendWelcome", {"userId": alice["id"]}),
            ("admin.resetPassword", {"userId": alice["id"], "mode": "email"}),
            ("admin.addUser", {"userName": "bob", "password": PASSWORD, "sendWelcomeEmail": True}),
            ("admin.addUser", {"email": "bob@example.com", "setRandomPassword": True}),
        ):
            assert (await admin.refused(type, **payload)).code == "email_not_configured"
        assert (await post(bare, "/auth/request-password-reset", email="a@example.com")).status_code == 409
        assert not (await bare.http.get(bare.url + "/config.json")).json()["auth"]["hasEmail"]


# --- letters that can never leave ----------------------------------------------------------------------------------


async def test_who_asks_for_a_letter_that_can_never_leave_hears_of_it(tmp_path: Path) -> None:
    """A relay without SMTPUTF8: an address of other letters is refused to its sender, one with such a domain is not."""
    async with postbox(every_address=False) as box, running(settings(tmp_path, email=box.settings())) as node:
        admin, alice = await node.admin(), await node.client("alice@example.com")
        found = (await admin.ask("admin.inviteUsers", emails=["用户@例え.example", "ann@例え.example"]))["results"]
        assert [(one["code"], one["userId"] is None) for one in found] == [("invalid", True), (None, False)]
        assert "mail server" in found[0]["message"]
        refused = await alice.refused("me.update", email="ålice@example.com")
        assert (refused.code, refused.field) == ("invalid", "email")
        await box.letter_to("ann@xn--r8jz45g.example")


async def test_a_letter_that_is_refused_for_good_is_given_up_and_written_down(node: Running, box: Postbox) -> None:
    """A 550 is not tried again; the audit log names the address and whom it was for."""
    admin = await node.admin()
    box.refuse_for_good = 1
    (made,) = (await admin.ask("admin.inviteUsers", emails=["gone@example.com"]))["results"]

    async def written() -> bool:
        return bool(await audited(admin, "letter.failed"))

    await until(written)
    (entry,) = await audited(admin, "letter.failed")
    assert (entry["targetId"], entry["detail"]["email"]) == (made["userId"], "gone@example.com")
    assert (box.refused, box.letters) == (1, [])
