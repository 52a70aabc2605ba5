"""admin.listSessions and what ends sessions: sorted, searched, narrowed down to who is here, live on every node."""

import asyncio
from typing import Any

import pytest

from tests.client import Client
from tests.serving import MovableClock, Running, running, settings


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def house(tmp_path: Any, clock: MovableClock) -> Any:
    async with running(settings(tmp_path), clock) as node:
        yield node


async def owners(admin: Client, **wanted: object) -> list[str]:
    """The user ids of the sessions of a page."""
    return [session["userId"] for session in (await admin.ask("admin.listSessions", **wanted))["sessions"]]


async def test_F35_all_sessions_are_listed_with_who_and_where(node: Running) -> None:
    """User, address, device, times, open sockets, and which one is asking."""
    admin, alice = await node.admin(), await node.client()
    page = await admin.ask("admin.listSessions")
    assert page["total"] == 2
    mine, hers = sorted(page["sessions"], key=lambda session: not session["current"])
    assert (hers["userId"], hers["ip"], hers["sockets"], hers["current"]) == (alice.user_id, "127.0.0.1", 1, False)
    assert (mine["userId"], mine["current"]) == (admin.user_id, True)
    assert hers["createdAt"] <= hers["lastActiveAt"] < hers["expiresAt"]
    assert hers["userAgent"]


async def test_F36_sessions_are_filtered_by_user_and_by_who_is_here(house: Running) -> None:
    """`online` leaves out who has no open socket; `total` counts what is left."""
    admin, alice = await house.admin(), await house.client()
    await house.sign_in("alice@example.com")
    assert await owners(admin, userId=alice.user_id) == [alice.user_id] * 2
    page = await admin.ask("admin.listSessions", userId=alice.user_id, online=True)
    assert ([session["sockets"] for session in page["sessions"]], page["total"]) == ([1], 1)
    assert await owners(admin, online=True, limit=1, offset=1) == [admin.user_id]


async def test_F33_expired_sessions_are_neither_listed_nor_counted(house: Running, clock: MovableClock) -> None:
    """Over is over, before anybody has cleared it away."""
    await house.sign_in("alice@example.com")
    clock.advance(8 * 86_400)
    admin = await house.admin()
    assert (await admin.ask("admin.listSessions"))["total"] == 1
    assert (await admin.ask("admin.stats"))["sessions"] == 1


async def test_sessions_are_sorted_as_asked(house: Running, clock: MovableClock) -> None:
    """By start, last activity or end, in both directions."""
    alice = await house.sign_in("alice@example.com")
    clock.advance(120)
    await house.sign_in("bob@example.com")
    clock.advance(120)
    admin = await house.admin()
    clock.advance(120)
    socket = await alice.connect()  # being used moves it to the front
    await socket.ask("me.update", nickname="Al")  # written behind that
    bob = (await admin.ask("user.find", query="bob"))["users"][0]["id"]
    asc = {"order": "asc"}
    assert await owners(admin, sort="createdAt", **asc) == [socket.user_id, bob, admin.user_id]
    assert await owners(admin, sort="lastActiveAt") == [socket.user_id, admin.user_id, bob]
    assert await owners(admin, sort="expiresAt", **asc) == [bob, admin.user_id, socket.user_id]


async def test_F38_what_ended_is_told_with_whose_it_was(node: Running) -> None:
    """An open panel can name the person without asking."""
    admin, alice = await node.admin(), await node.client()
    await admin.ask("admin.watch", topics=["sessions"])
    (session,) = (await admin.ask("admin.listSessions", userId=alice.user_id))["sessions"]
    await admin.ask("admin.revokeSession", sessionId=session["id"])
    ended = (await admin.expect("admin.sessionChanged", change="ended"))["payload"]
    assert (ended["sessionIds"], ended["userIds"], ended["code"]) == ([session["id"]], [alice.user_id], 4502)


async def test_M32_the_limit_of_one_user_is_shown_to_administrators_only(node: Running) -> None:
    """Null stands for the server's own limit; nobody else sees it, himself included."""
    admin, alice = await node.admin(), await node.client()
    assert (await admin.ask("admin.getUser", userId=alice.user_id))["user"]["sessionLimit"] is None
    await admin.ask("admin.updateUser", userId=alice.user_id, sessionLimit=2)
    assert (await admin.ask("admin.getUser", userId=alice.user_id))["user"]["sessionLimit"] == 2
    update = (await alice.expect("user.updated"))["payload"]["user"]
    assert "sessionLimit" not in update
    assert "sessionLimit" not in (await alice.ask("user.get", userIds=[alice.user_id]))["users"][0]


async def test_F22_twenty_sign_ins_beside_a_revocation_of_all_leave_none_half_alive(node: Running) -> None:
    """Each session either ended or is in the list: what is refused is not listed, what is listed is not refused."""
    admin, alice = await node.admin(), await node.client()
    signing = [node.sign_in("alice@example.com") for _ in range(20)]
    *people, reply = await asyncio.gather(*signing, admin.ask("admin.revokeUserSessions", userId=alice.user_id))
    listed = len(await owners(admin, userId=alice.user_id, limit=200))
    assert listed + reply["revoked"] == 21
    answers = await asyncio.gather(
        *(
            node.http.get(node.url + "/auth/me", headers={"Authorization": f"Bearer {person.access_token}"})
            for person in people
        )
    )
    assert [answer.status_code for answer in answers].count(200) == listed


async def test_the_outsider_gets_no_list_of_sessions(node: Running) -> None:
    eve = await node.client("eve@example.com")
    assert (await eve.refused("admin.listSessions", online=True)).message == "Admin access required"
