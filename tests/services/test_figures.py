"""Figures over time: what nodes write down once a minute, and what administrators are shown of it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from chatd.services import figures
from chatd.store.figures import DAY_MS, HOUR_MS
from chatd.store.schema import figures as figures_table
from chatd.store.schema import people_here
from tests.client import Client
from tests.serving import MovableClock, Running, running, settings
from tests.tokens import ask, make_bot, make_webhook, post


@pytest.fixture
def clock() -> MovableClock:
    """A quarter of an hour into an hour that lies at noon: no test crosses midnight by itself."""
    clock = MovableClock()
    clock.added_ms = DAY_MS - clock.now() % DAY_MS + DAY_MS // 2 + HOUR_MS // 4
    return clock


@pytest.fixture
async def node(tmp_path: Path, clock: MovableClock) -> AsyncIterator[Running]:
    async with running(settings(tmp_path), clock) as node:
        yield node


async def general_of(client: Client) -> str:
    channels = (await client.ask("channel.list"))["channels"]
    return str(next(channel["id"] for channel in channels if channel["name"] == "general"))


async def say(client: Client, channel_id: str, times: int) -> None:
    for n in range(times):
        await client.ask("message", channelId=channel_id, content=f"message {n}")


async def write_down(node: Running) -> None:
    await figures.write_down(node.node.chat)


async def points(admin: Client, period: str) -> list[dict[str, Any]]:
    return list((await admin.ask("admin.stats", period=period))["series"]["points"])


async def test_F02_messages_and_people_are_counted_by_hours_and_days(node: Running, clock: MovableClock) -> None:
    """Each message once, whoever sent it and how; a person once a day, however often; bots are no people."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    general = await general_of(admin)
    await say(alice, general, 3)
    hook, token = await make_webhook(admin, general)
    assert (await post(node, hook, token, content="by a webhook")).status_code == 201
    _, bot_token = await make_bot(alice)
    assert (await ask(node, bot_token, "sync")).status_code == 200
    assert (await admin.ask("admin.stats"))["messagesToday"] == 4
    await write_down(node)
    await write_down(node)
    (hour,) = await points(admin, "day")
    assert hour["at"] == clock.now() - clock.now() % HOUR_MS
    assert (hour["messages"], hour["sessions"]) == (4, 2)
    assert hour["sockets"] == 2
    assert 0 < hour["halfMs"] <= hour["mostMs"]
    clock.advance(3600)
    await say(alice, general, 2)
    await write_down(node)
    assert [point["messages"] for point in await points(admin, "day")] == [4, 2]
    (day,) = await points(admin, "month")
    assert (day["at"] % DAY_MS, day["messages"], day["people"]) == (0, 6, 2)
    now = await admin.ask("admin.stats")
    assert (now["messagesToday"], now["peopleToday"], now["messagesYesterday"]) == (6, 2, 0)


async def test_the_next_day_begins_at_nothing(node: Running, clock: MovableClock) -> None:
    """Yesterday's figures stay; of who was here only the number is kept, two days later not even a name is stored."""
    admin = await node.admin()
    general = await general_of(admin)
    await say(admin, general, 2)
    await write_down(node)
    clock.advance(24 * 3600)
    await say(admin, general, 1)
    await write_down(node)
    days = await points(admin, "month")
    assert [(day["messages"], day["people"]) for day in days] == [(2, 1), (1, 1)]
    now = await admin.ask("admin.stats")
    assert (now["messagesToday"], now["messagesYesterday"]) == (1, 2)
    clock.advance(3 * 24 * 3600)
    await write_down(node)
    chat = node.node.chat
    noted = await chat.read(lambda connection: connection.execute(select(people_here.c.day)).scalars().all())
    assert list(noted) == [clock.now() - clock.now() % DAY_MS]


async def test_a_year_is_shown_in_weeks_and_older_rows_are_forgotten(node: Running, clock: MovableClock) -> None:
    """Never more than 52 points; hours are forgotten after three days, days after 400."""
    admin = await node.admin()
    general = await general_of(admin)
    for _ in range(3):
        await say(admin, general, 1)
        await write_down(node)
        clock.advance(24 * 3600)
    year = await points(admin, "year")
    assert sum(point["messages"] for point in year) == 3
    assert 1 <= len(year) <= 2
    clock.advance(401 * 24 * 3600)
    again = await node.admin()  # the session before has run out
    await write_down(node)
    chat = node.node.chat
    rows = await chat.read(
        lambda connection: connection.execute(select(func.count()).select_from(figures_table)).scalar_one()
    )
    assert rows == 2
    assert [point["messages"] for point in await points(again, "year")] == [0]


async def test_twenty_nodes_minutes_at_once_add_up(node: Running) -> None:
    """The row of an hour is read and written in one transaction."""
    admin = await node.admin()
    chat = node.node.chat

    async def minute() -> None:
        chat.pulse.messages += 1
        await figures.write_down(chat)

    await asyncio.gather(*[minute() for _ in range(20)])
    assert [point["messages"] for point in await points(admin, "day")] == [20]


async def test_what_is_written_down_is_there_after_a_restart(tmp_path: Path, clock: MovableClock) -> None:
    """A node that stops writes down what it had not yet."""
    config = settings(tmp_path)
    async with running(config, clock) as first:
        admin = await first.admin()
        await say(admin, await general_of(admin), 5)
    async with running(config, clock) as second:
        assert (await (await second.admin()).ask("admin.stats"))["messagesToday"] == 5


async def test_M36_who_was_not_here_for_so_many_days_is_listed(node: Running, clock: MovableClock) -> None:
    """The longest away first; not who has a session in use, and who never came counts from when he was added."""
    admin = await node.admin()
    await admin.ask("admin.addUser", userName="never", email="never@example.com", password="a long password")
    await node.sign_in("gone@example.com")
    clock.advance(10 * 86400)
    await node.sign_in("later@example.com")
    clock.advance(31 * 86400)
    await node.client("here@example.com")
    again = await node.admin()

    async def away(days: int, **more: Any) -> list[str]:
        page = await again.ask("admin.listUsers", daysIdle=days, sort="lastLoginAt", order="asc", **more)
        assert page["total"] == len(page["users"])
        return [user["userName"] for user in page["users"]]

    assert await away(30) == ["never", "gone", "later"]
    assert await away(35, tab="active") == ["gone"]
    assert await away(30, tab="pending") == ["never"]
    assert await away(30, role="admin") == []
    assert await away(100) == []
    assert (await again.refused("admin.listUsers", daysIdle=0)).field == "daysIdle"


async def test_the_figures_are_for_administrators_only(node: Running) -> None:
    eve = await node.client("eve@example.com")
    assert (await eve.refused("admin.stats", period="day")).message == "Admin access required"
    admin = await node.admin()
    assert "series" not in await admin.ask("admin.stats")
    assert (await admin.refused("admin.stats", period="decade")).field == "period"
