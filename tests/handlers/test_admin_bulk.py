"""Many accounts deactivated at once: a result for each, oneself and the last administrator kept (M36, RX07)."""

import asyncio

from chatd.store import users
from tests.client import Client
from tests.serving import ADMIN_EMAIL, Running

DAY_SECONDS = 86_400


async def statuses(admin: Client) -> dict[str, str]:
    page = await admin.ask("admin.listUsers", limit=200)
    return {user["userName"]: user["status"] for user in page["users"]}


async def test_M36_bulk_deactivation_cuts_each_and_says_what_became_of_each(node: Running) -> None:
    """Alice and bob are locked and cut before the reply; oneself and an unknown id are refused, each with its code."""
    admin, alice, bob = await node.admin(), await node.client(), await node.client("bob@example.com")
    ids = [alice.user_id, admin.user_id, "nobody", bob.user_id, alice.user_id]
    results = (await admin.ask("admin.deactivateUsers", userIds=ids))["results"]
    assert [(one["userId"], one["code"]) for one in results] == [
        (alice.user_id, None),
        (admin.user_id, "cannot_remove_self"),
        ("nobody", "not_found"),
        (bob.user_id, None),
    ]
    assert results[0]["user"]["status"] == "deactivated"
    assert results[0]["user"]["counts"]["sessions"] == 0
    for gone in (alice, bob):
        assert (await gone.ended()).code == 4504
    assert await statuses(admin) == {"admin": "active", "alice": "deactivated", "bob": "deactivated"}


async def test_M36_bulk_deactivation_is_written_down_for_each(node: Running) -> None:
    """The audit log names who was locked, once each; who was locked already is no second entry."""
    admin, alice, bob = await node.admin(), await node.client(), await node.client("bob@example.com")
    await admin.ask("admin.deactivateUser", userId=alice.user_id)
    await admin.ask("admin.deactivateUsers", userIds=[alice.user_id, bob.user_id])
    log = await admin.ask("admin.auditLog", action="user.deactivated")
    assert [entry["targetId"] for entry in log["entries"]] == [bob.user_id, alice.user_id]


async def test_M36_bulk_deactivation_is_for_administrators(node: Running) -> None:
    """Somebody else is refused, and nobody is locked."""
    admin, alice, bob = await node.admin(), await node.client(), await node.client("bob@example.com")
    assert (await alice.refused("admin.deactivateUsers", userIds=[bob.user_id])).code == "forbidden"
    assert (await alice.refused("admin.deactivateIdle", daysIdle=1)).code == "forbidden"
    assert set((await statuses(admin)).values()) == {"active"}


async def test_M36_at_most_a_hundred_at_once(node: Running) -> None:
    """More than a hundred, or none, is invalid."""
    admin = await node.admin()
    for ids in ([], [str(number) for number in range(101)]):
        assert (await admin.refused("admin.deactivateUsers", userIds=ids)).field == "userIds"


async def test_M36_administrators_who_lock_each_other_leave_one(two_nodes: tuple[Running, Running]) -> None:
    """Twenty administrators lock all the others at once, over two nodes: one of them stays active."""
    first, second = two_nodes
    root = await first.admin()
    people = []
    for number in range(20):
        person = await (first, second)[number % 2].sign_in(f"admin{number}@example.com")
        await root.ask("admin.setRole", userId=person.id, role="admin")
        people.append(person)
    ids = [root.user_id, *(person.id for person in people)]
    await asyncio.gather(
        *(person.post("/api/admin.deactivateUsers", {"userIds": ids}) for person in people), return_exceptions=True
    )
    assert await first.node.chat.read(users.active_admins) == 1


async def test_RX07_deactivate_idle_locks_who_has_not_been_here(node: Running) -> None:
    """After 31 days bob is locked, who never came back; alice, who did, the asker and administrators are not."""
    await node.client("bob@example.com")
    node.clock.advance(31 * DAY_SECONDS)
    admin, alice = await node.admin(), await node.client()
    reply = await admin.ask("admin.deactivateIdle", daysIdle=30)
    assert [one["user"]["userName"] for one in reply["results"]] == ["bob"]
    assert reply["more"] is False
    assert await statuses(admin) == {"admin": "active", "alice": "active", "bob": "deactivated"}
    assert (await alice.ask("ping")) == {}


async def test_RX07_an_administrator_who_is_idle_is_locked_only_when_asked_for(node: Running) -> None:
    """The role decides; the asker stays, even where nobody else does."""
    admin = await node.admin()
    other = await node.sign_in("other@example.com")
    await admin.ask("admin.setRole", userId=other.id, role="admin")
    node.clock.advance(3 * DAY_SECONDS)
    asking = await node.sign_in(ADMIN_EMAIL)
    answer = (await asking.post("/api/admin.deactivateIdle", {"daysIdle": 2})).json()
    assert answer["results"] == []
    answer = (await asking.post("/api/admin.deactivateIdle", {"daysIdle": 2, "role": "admin"})).json()
    assert [one["userId"] for one in answer["results"]] == [other.id]
