"""What the owner of an account hears when its e-mail address is changed. Real SMTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from chatd.store.schema import mails
from tests.client import Client
from tests.postbox import Postbox
from tests.serving import Running, running, settings

OLD, NEW = "alice@example.com", "alice@elsewhere.example"


@pytest.fixture
async def node(tmp_path: Path, box: Postbox) -> AsyncIterator[Running]:
    async with running(settings(tmp_path, email=box.settings())) as node:
        yield node


@pytest.fixture
async def alice(node: Running) -> Client:
    return await node.client(OLD)


async def written_to(node: Running, box: Postbox) -> set[str]:
    """Everybody who got a letter or will get one: a row goes only after its letter has come."""
    statement = select(mails.c.to_address)
    waiting = await node.node.chat.read(lambda connection: connection.execute(statement).scalars().all())
    return {*waiting, *(letter["To"] for letter in box.letters)}


@pytest.mark.parametrize("new", [NEW, None], ids=["another", "none"])
async def test_the_old_address_hears_of_a_change(alice: Client, box: Postbox, new: str | None) -> None:
    """Who has only a stolen session cannot take the account over unseen; the letter does not name his address."""
    await alice.ask("me.update", email=new)
    letter = await box.letter_to(OLD)
    assert "was changed" in letter["Subject"]
    assert "ask an administrator" in letter.get_content()
    assert NEW not in letter.get_content()


async def test_no_letter_goes_to_the_old_address_where_none_was_given_up(
    node: Running, alice: Client, box: Postbox
) -> None:
    """Neither for other letters of the same address, nor for a taken one, nor for the first."""
    admin = await node.admin()
    await admin.ask("admin.addUser", userName="bob", email="bob@example.com", password="a password for all")
    await alice.ask("me.update", email=OLD.upper(), displayName="Alice")
    assert (await alice.refused("me.update", email="bob@example.com")).code == "conflict"
    await admin.ask("admin.updateUser", userId=alice.user_id, email=None)
    await alice.ask("me.update", email=NEW)
    assert await written_to(node, box) == {NEW}


# --- an address holds once a letter to it was answered ---------------------------------------------------------------


async def addresses(alice: Client) -> tuple[str, str | None]:
    """What one's own account says, over the socket and HTTP: the address, and the one that waits."""
    user = (await alice.ask("me"))["user"]
    return user["email"], user.get("pendingEmail")


async def reset_letter_for(node: Running, email: str) -> int:
    body = {"email": email}
    return (await node.http.post(node.url + "/auth/request-password-reset", json=body)).status_code


async def test_an_address_holds_once_its_letter_was_answered(node: Running, alice: Client, box: Postbox) -> None:
    """Until then it is shown as pending, opens nothing and takes nobody's; then everybody's next look shows it."""
    bob, admin = await node.client("bob@example.com"), await node.admin()
    for client in (alice, bob):
        await client.drain_events()
    user = (await alice.ask("me.update", email=NEW))["user"]
    assert (user["email"], user["pendingEmail"]) == (OLD, NEW)
    assert await addresses(alice) == (OLD, NEW)
    event = (await alice.expect("user.updated"))["payload"]["user"]
    assert (event["email"], event["pendingEmail"]) == (OLD, NEW)
    assert "pendingEmail" not in (await bob.expect("user.updated"))["payload"]["user"]
    assert (await admin.ask("admin.getUser", userId=alice.user_id))["user"]["pendingEmail"] == NEW
    token = await box.token_to(NEW)
    assert await reset_letter_for(node, NEW) == 200
    assert len([letter for letter in box.letters if letter["To"] == NEW]) == 1  # no way in by what is not confirmed
    answer = await node.http.post(node.url + "/auth/verify-email", json={"token": token})
    assert answer.status_code == 200
    assert await addresses(alice) == (NEW, None)
    assert (await node.http.post(node.url + "/auth/verify-email", json={"token": token})).status_code == 404


async def test_of_several_addresses_the_last_holds(node: Running, alice: Client, box: Postbox) -> None:
    """Links to those before are worth nothing; giving the old one again takes the wish back."""
    first, second = "one@elsewhere.example", "two@elsewhere.example"
    await alice.ask("me.update", email=first)
    await alice.ask("me.update", email=second)
    tokens = {address: await box.token_to(address) for address in (first, second)}
    await alice.ask("me.update", email=OLD)
    assert await addresses(alice) == (OLD, None)
    for token in tokens.values():
        answer = await node.http.post(node.url + "/auth/verify-email", json={"token": token})
        assert answer.status_code == 404
    assert await addresses(alice) == (OLD, None)


async def test_one_address_is_confirmed_by_one_of_two(node: Running, alice: Client, box: Postbox) -> None:
    """Both want it; whoever answers the letter first has it, the other hears that it is in use."""
    bob = await node.client("bob@example.com")
    for client in (alice, bob):
        await client.ask("me.update", email=NEW)
    tokens = [await box.token_to(NEW, number) for number in (1, 2)]
    answers = [await node.http.post(node.url + "/auth/verify-email", json={"token": token}) for token in tokens]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert [(await addresses(client))[0] for client in (alice, bob)] == [NEW, "bob@example.com"]


async def test_a_change_of_the_password_ends_the_letter_of_an_address(
    node: Running, alice: Client, box: Postbox
) -> None:
    """Somebody else asked for it with a stolen session: the owner's new password ends the link."""
    admin = await node.admin()
    await alice.ask("me.update", email=NEW)
    token = await box.token_to(NEW)
    await admin.ask("admin.resetPassword", userId=alice.user_id, mode="manual", password="another password")
    assert (await node.http.post(node.url + "/auth/verify-email", json={"token": token})).status_code == 404


async def test_an_administrators_word_takes_the_place_of_a_wish(node: Running, alice: Client, box: Postbox) -> None:
    """Their change holds at once, and what waited is gone."""
    await alice.ask("me.update", email=NEW)
    token = await box.token_to(NEW)
    await (await node.admin()).ask("admin.updateUser", userId=alice.user_id, email="third@example.com")
    assert await addresses(alice) == ("third@example.com", None)
    assert (await node.http.post(node.url + "/auth/verify-email", json={"token": token})).status_code == 404


async def test_an_administrator_changes_an_address_without_a_letter(node: Running, alice: Client, box: Postbox) -> None:
    """He is the one who would be asked."""
    await (await node.admin()).ask("admin.updateUser", userId=alice.user_id, email=NEW)
    assert await written_to(node, box) == set()


async def test_changing_to_and_fro_fills_no_mailbox(node: Running, alice: Client, box: Postbox) -> None:
    """A few letters in a while, whatever address was given up or wanted; then it is refused."""
    for number in range(5):
        await alice.ask("me.update", email=f"victim{number}@example.com")
    refused = await alice.refused("me.update", email="victim5@example.com")
    assert (refused.code, refused.field) == ("rate_limited", "email")
    assert await written_to(node, box) == {OLD, *(f"victim{number}@example.com" for number in range(5))}
    assert len([letter for letter in box.letters if letter["To"] == OLD]) <= 3


async def test_without_email_no_letter_waits(tmp_path: Path, box: Postbox) -> None:
    """Nothing is queued that would go out, late, once e-mail is configured."""
    async with running(settings(tmp_path)) as node:
        alice = await node.client(OLD)
        await alice.ask("me.update", email=NEW)
        assert await written_to(node, box) == set()
        assert await addresses(alice) == (NEW, None)
