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


async def test_no_letter_goes_out_where_no_address_was_changed(node: Running, alice: Client, box: Postbox) -> None:
    """Neither for other letters of the same address, nor for a taken one, nor for the first, nor for what is not it."""
    admin = await node.admin()
    await admin.ask("admin.addUser", userName="bob", email="bob@example.com", password="a password for all")
    await alice.ask("me.update", email=OLD.upper(), displayName="Alice")
    assert (await alice.refused("me.update", email="bob@example.com")).code == "conflict"
    await admin.ask("admin.updateUser", userId=alice.user_id, email=None)
    await alice.ask("me.update", email=NEW)
    assert await written_to(node, box) == set()


async def test_an_administrator_changes_an_address_without_a_letter(node: Running, alice: Client, box: Postbox) -> None:
    """He is the one who would be asked."""
    await (await node.admin()).ask("admin.updateUser", userId=alice.user_id, email=NEW)
    assert await written_to(node, box) == set()


async def test_changing_to_and_fro_fills_no_mailbox(node: Running, alice: Client, box: Postbox) -> None:
    """A few letters in a while, whatever address was given up."""
    for number in range(10):
        await alice.ask("me.update", email=f"victim{number}@example.com")
    assert await written_to(node, box) == {OLD, "victim0@example.com", "victim1@example.com"}


async def test_without_email_no_letter_waits(tmp_path: Path, box: Postbox) -> None:
    """Nothing is queued that would go out, late, once e-mail is configured."""
    async with running(settings(tmp_path)) as node:
        await (await node.client(OLD)).ask("me.update", email=NEW)
        assert await written_to(node, box) == set()
