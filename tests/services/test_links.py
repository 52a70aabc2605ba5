"""Whose a link is, and what it is worth when its maker or its receiver is not what he was."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatd.domain.rules import MAX_JOIN_LINKS
from chatd.store import links
from tests.client import Client
from tests.postbox import Postbox
from tests.serving import Running, running, settings

PASSWORD = "a password for all"


@pytest.fixture
async def node(tmp_path: Path, box: Postbox) -> AsyncIterator[Running]:
    """With e-mail, and nobody comes in uninvited."""
    async with running(settings(tmp_path, auth={"isInviteRequired": True}, email=box.settings())) as node:
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
    """It is refused before anything is changed, and works once the account is active again."""
    admin = await node.admin()
    (made,) = (await admin.ask("admin.inviteUsers", emails=["alice@example.com"]))["results"]
    token = await box.token_to("alice@example.com")
    await admin.ask("admin.deactivateUser", userId=made["userId"])
    body = {"token": token, "password": PASSWORD}
    answer = await node.http.post(node.url + "/auth/setup-password", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "account_deactivated")
    assert not (await admin.ask("admin.getUser", userId=made["userId"]))["user"]["emailVerified"]
    await admin.ask("admin.activateUser", userId=made["userId"])
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
