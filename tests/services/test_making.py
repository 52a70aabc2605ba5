"""What one account makes is bounded for itself, and keeps nobody else from anything."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from chatd.domain import rules
from chatd.services import channels
from tests.client import Client, Refused
from tests.http.signing import LIMITED
from tests.serving import MovableClock, Running, running, settings
from tests.tokens import make_bot

Place = tuple[Running, Running]


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def node(tmp_path: Path, clock: MovableClock) -> AsyncIterator[Running]:
    """One that keeps limits, though not for frames."""
    async with running(settings(tmp_path, server=LIMITED), clock) as node:
        yield node


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Users make five of each kind in an hour, six channels in all, three of them public."""
    few = rules.Bounds({"channel": 5, "conversation": 5, "addition": 8}, channels=6, publics=3)
    monkeypatch.setitem(rules.MAKING, "user", few)


async def outcome(client: Client, type: str, **payload: object) -> str:
    try:
        await client.ask(type, **payload)
    except Refused as refused:
        return refused.code
    return "ok"


async def test_others_are_not_locked_out_by_being_brought_in(node: Running, narrow: None) -> None:
    """eve pulls bob into all that she may make; he makes channels, joins and talks to whom he likes all the same."""
    eve, bob, carol = [await node.client(f"{name}@example.com") for name in ("eve", "bob", "carol")]
    for number in range(5):
        await eve.ask("channel.create", name=f"trap{number}", kind="private", members=[bob.user_id])
    refused = await eve.refused("channel.create", name="one more", kind="private")
    assert (refused.code, refused.error["retryAfterMs"] > 0) == ("rate_limited", True)
    assert "an hour" in refused.message
    await bob.ask("channel.create", name="my own", kind="private")
    await bob.ask("dm.open", userIds=[carol.user_id])
    await carol.ask("dm.open", userIds=[bob.user_id, eve.user_id])
    public = (await carol.ask("channel.create", name="open"))["channel"]
    await bob.ask("channel.leave", channelId=public["id"])
    await bob.ask("channel.join", channelId=public["id"])


async def test_the_hour_goes_by_and_the_whole_stays(node: Running, clock: MovableClock, narrow: None) -> None:
    """After the hour there is room again, up to what one may have made in all; a deleted one makes room in all only."""
    eve = await node.client("eve@example.com")
    made = [(await eve.ask("channel.create", name=f"c{n}", kind="private"))["channel"]["id"] for n in range(5)]
    await eve.ask("channel.delete", channelId=made[0])
    assert await outcome(eve, "channel.create", name="again", kind="private") == "rate_limited"
    clock.advance(3601)
    for number in range(2):
        assert await outcome(eve, "channel.create", name=f"later{number}", kind="private") == "ok"
    refused = await eve.refused("channel.create", name="too many", kind="private")
    assert (refused.code, "6 channels" in refused.message) == ("conflict", True)
    await eve.ask("channel.delete", channelId=made[1])
    assert await outcome(eve, "channel.create", name="in its place", kind="private") == "ok"


async def test_public_channels_are_fewer_and_administrators_have_the_last(
    node: Running, narrow: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also by making a private one public. What is kept for administrators only they make."""
    eve, admin = await node.client("eve@example.com"), await node.admin()
    for number in range(3):
        assert await outcome(eve, "channel.create", name=f"p{number}") == "ok"
    assert await outcome(eve, "channel.create", name="p4") == "conflict"
    hidden = (await eve.ask("channel.create", name="hidden", kind="private"))["channel"]["id"]
    assert await outcome(eve, "channel.update", channelId=hidden, kind="public") == "conflict"
    monkeypatch.setattr(channels, "MAX_PUBLIC_CHANNELS", 5)
    monkeypatch.setattr(channels, "PUBLIC_KEPT_FOR_ADMINS", 1)
    bob = await node.client("bob@example.com")
    assert await outcome(bob, "channel.create", name="full") == "conflict"
    assert await outcome(admin, "channel.create", name="the last") == "ok"


async def test_bots_make_on_their_owners_account(node: Running, narrow: None) -> None:
    """Three by eve, two by a bot of hers; then neither makes another."""
    eve = await node.client("eve@example.com")
    _, token = await make_bot(eve)
    bot = await Client.open(node.url, token)
    for number, client in enumerate((eve, eve, eve, bot, bot)):
        assert await outcome(client, "channel.create", name=f"c{number}", kind="private") == "ok"
    assert [await outcome(client, "channel.create", name="x", kind="private") for client in (eve, bot)] == [
        "rate_limited"
    ] * 2


async def test_people_are_brought_in_so_many_in_an_hour(node: Running, narrow: None) -> None:
    """With the channel or later, it counts the same; nothing is half done."""
    eve = await node.client("eve@example.com")
    others = [(await node.client(f"u{number}@example.com")).user_id for number in range(9)]
    made = (await eve.ask("channel.create", name="a", kind="private", members=others[:7]))["channel"]["id"]
    assert await outcome(eve, "channel.addMember", channelId=made, userId=others[7]) == "ok"
    assert await outcome(eve, "channel.addMember", channelId=made, userId=others[8]) == "rate_limited"
    assert await outcome(eve, "channel.create", name="b", kind="private", members=others[:1]) == "rate_limited"
    assert await outcome(eve, "channel.create", name="b", kind="private") == "ok"
    listed = [channel["name"] for channel in (await eve.ask("channel.list"))["channels"]]
    assert sorted(listed) == ["a", "b", "general"]


async def test_however_many_ask_at_once(place: Place, narrow: None) -> None:
    """Twenty on two nodes: six channels."""
    first, second = place
    eve = await first.sign_in("eve@example.com")
    sockets = [await eve.connect(), await (await second.sign_in("eve@example.com")).connect()]
    asked = [outcome(sockets[n % 2], "channel.create", name=f"c{n}", kind="private") for n in range(20)]
    assert Counter(await asyncio.gather(*asked)) == {"ok": 6, "conflict": 14}


async def test_however_many_ask_at_once_within_the_hour(node: Running, narrow: None) -> None:
    """Five channels and five conversations."""
    eve = await node.client("eve@example.com")
    others = [(await node.client(f"u{number}@example.com")).user_id for number in range(8)]
    asked = [outcome(eve, "channel.create", name=f"c{n}", kind="private") for n in range(20)]
    assert Counter(await asyncio.gather(*asked)) == {"ok": 5, "rate_limited": 15}
    opened = [outcome(eve, "dm.open", userIds=[other]) for other in others]
    assert Counter(await asyncio.gather(*opened)) == {"ok": 5, "rate_limited": 3}


async def test_who_inherits_channels_has_not_made_them(node: Running, narrow: None) -> None:
    """eve fills bob's list by leaving him all that she made: he makes as many as before."""
    eve, bob = await node.client("eve@example.com"), await node.client("bob@example.com")
    for number in range(5):
        await eve.ask("channel.create", name=f"trap{number}", kind="private", members=[bob.user_id])
    await (await node.admin()).ask("admin.removeUser", userId=eve.user_id)
    for number in range(5):
        assert await outcome(bob, "channel.create", name=f"mine{number}", kind="private") == "ok"


async def test_without_limits_there_is_no_hour(tmp_path: Path, narrow: None) -> None:
    """`server.rateLimit.enabled` false: what one may make in all stays."""
    async with running(settings(tmp_path)) as node:
        eve = await node.client("eve@example.com")
        found = [await outcome(eve, "channel.create", name=f"c{n}", kind="private") for n in range(7)]
        assert found == ["ok"] * 6 + ["conflict"]


async def test_a_removal_may_delete_what_they_made(node: Running) -> None:
    """The preview counts it; it goes with what others wrote there, and everybody's open list is told."""
    eve, bob, admin = await node.client("eve@example.com"), await node.client("bob@example.com"), await node.admin()
    made = [(await eve.ask("channel.create", name=f"spam{number}"))["channel"]["id"] for number in range(4)]
    _, token = await make_bot(eve)
    bot = await Client.open(node.url, token)
    made.append((await bot.ask("channel.create", name="by a bot"))["channel"]["id"])
    await bob.ask("message", channelId=made[0], content="what is this?")
    await eve.ask("message", channelId=made[1], content="spam")
    counts = (await admin.ask("admin.removeUserPreview", userId=eve.user_id))["counts"]
    assert (counts["madeChannels"], counts["othersWroteIn"]) == (5, 1)
    reply = await admin.ask("admin.removeUser", userId=eve.user_id, deleteChannels=True)
    assert reply["deletedChannels"] == 5
    gone = {(await bob.expect("channel.deleted"))["payload"]["channel"]["id"] for _ in made}
    assert gone == set(made)
    assert [channel["name"] for channel in (await bob.ask("channel.list"))["channels"]] == ["general"]
    entries = (await admin.ask("admin.auditLog", action="channel.deleted"))["entries"]
    assert {entry["targetId"] for entry in entries} == set(made)


async def test_a_removal_keeps_channels_unless_it_is_said(node: Running) -> None:
    eve, admin = await node.client("eve@example.com"), await node.admin()
    await eve.ask("channel.create", name="kept")
    assert "deletedChannels" not in await admin.ask("admin.removeUser", userId=eve.user_id)
    assert "kept" in [channel["name"] for channel in (await admin.ask("channel.list"))["channels"]]


async def test_what_somebody_made_is_counted_by_an_index(node: Running) -> None:
    """On a filled database too: nobody's making is slow because many have made much."""

    def plan(connection):  # type: ignore[no-untyped-def]
        query = "SELECT count(*) FROM channels WHERE made_by = 'x' AND kind = 'public'"
        return " ".join(str(row) for row in connection.execute(text("EXPLAIN QUERY PLAN " + query)))

    assert "ix_channels_made_by" in await node.node.chat.read(plan)
