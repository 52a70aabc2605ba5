"""Passwords that were used before do not come back, on any path, when the policy says so."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.client import Client
from tests.serving import Running, running, settings

FIRST, SECOND, THIRD, FOURTH = (f"password number {number}" for number in range(1, 5))


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[Running]:
    """A node that remembers three passwords, the present one among them."""
    config = settings(tmp_path, auth={"passwordPolicy": {"history": 3}})
    async with running(config) as node:
        yield node


async def change(client: Client, old: str, new: str) -> str:
    try:
        await client.ask("me.changePassword", currentPassword=old, newPassword=new)
    except Exception as refused:
        return str(refused)
    return "ok"


async def test_RX12_the_last_passwords_are_refused_and_older_ones_come_back(node: Running) -> None:
    """With a history of three the second but last is refused, the one before it is free again."""
    admin = await node.admin()
    await admin.ask("admin.addUser", userName="alice", password=FIRST)
    alice = await (await node.sign_in_with_password("alice", FIRST)).connect()
    assert [await change(alice, FIRST, SECOND), await change(alice, SECOND, THIRD)] == ["ok", "ok"]
    assert await change(alice, THIRD, FIRST) == "invalid: This is one of the last 3 passwords; choose another."
    assert await change(alice, THIRD, FOURTH) == "ok"
    assert await change(alice, FOURTH, FIRST) == "ok"


async def test_RX12_an_administrator_is_held_to_it_too(node: Running) -> None:
    """By reset and by edit; the field is named; a refused one leaves the present password."""
    admin = await node.admin()
    user = (await admin.ask("admin.addUser", userName="alice", password=FIRST))["user"]
    await admin.ask("admin.resetPassword", userId=user["id"], mode="manual", password=SECOND)
    for type, more in (("admin.resetPassword", {"mode": "manual"}), ("admin.updateUser", {})):
        refused = await admin.refused(type, userId=user["id"], password=FIRST, **more)
        assert (refused.code, refused.field) == ("invalid", "password")
    await node.sign_in_with_password("alice", SECOND)
