"""A node that lags behind: whoever lost a right hears nothing that was said after it, by whatever road it comes."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.client import Client
from tests.conftest import RedisServer
from tests.process import Process, serving
from tests.serving import ADMIN_EMAIL, ADMIN_PASSWORD, Running, settings

PAUSE_SECONDS = 2.0


@pytest.fixture
async def processes(tmp_path: Path, redis_server: RedisServer) -> AsyncIterator[tuple[Process, Process]]:
    """Two nodes over one database and Redis, each in a process of its own."""
    config = settings(tmp_path, redis_server.url)
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(serving(tmp_path, "first", config))
        yield first, await stack.enter_async_context(serving(tmp_path, "second", config))


async def administrator(server: Process | Running) -> Client:
    client = await server.client(ADMIN_EMAIL)
    client.password = ADMIN_PASSWORD
    return client


def messages(client: Client) -> list[str]:
    """What was said, by whatever event it came."""
    heard = [event["payload"]["message"]["content"] for event in client.heard if event["type"] == "message.created"]
    for event in client.heard:
        if event["type"] == "channel.changes":
            heard += [message["content"] for message in event["payload"]["messages"]]
    return heard


async def general(client: Client) -> str:
    return str((await client.ask("channel.list"))["channels"][0]["id"])


def target(type: str, user_id: str) -> dict[str, Any]:
    return {"userIds": [user_id]} if type == "admin.deactivateUsers" else {"userId": user_id}


@pytest.mark.parametrize("deed", ["admin.removeUser", "admin.deactivateUsers", "admin.revokeUserSessions"])
async def test_a_paused_node_tells_nothing_to_those_who_are_gone(processes: tuple[Process, Process], deed: str) -> None:
    """B is stopped; bob is sent away over A, 20 messages follow; B goes on: bob gets none of them, carol all."""
    first, second = processes
    admin = await administrator(first)
    bob, carol = await second.client("bob@example.com"), await second.client("carol@example.com")
    channel = await general(admin)
    second.signal(signal.SIGSTOP)
    await admin.ask(deed, **target(deed, bob.user_id))
    replies = [await admin.start("message", channelId=channel, content=f"after {number}") for number in range(20)]
    assert [(await reply)["ok"] for reply in replies] == [True] * 20
    await asyncio.sleep(PAUSE_SECONDS)
    second.signal(signal.SIGCONT)
    ending = await bob.ended()
    assert 4500 <= ending.code < 4510
    assert messages(bob) == []
    async with asyncio.timeout(10):
        while len(messages(carol)) < 20:
            await asyncio.sleep(0.02)
    assert messages(carol) == [f"after {number}" for number in range(20)]
    for client in (admin, bob, carol):
        await client.close()


@pytest.mark.parametrize("kind", ["private", "public"])
async def test_a_member_removed_over_one_node_hears_nothing_more_on_the_other(
    two_nodes: tuple[Running, Running], kind: str
) -> None:
    """`channel.removeMember` and ten messages in one go, thirty times: bob on the other node gets none of the 300."""
    first, second = two_nodes
    admin = await administrator(first)
    bob, carol = await second.client("bob@example.com"), await second.client("carol@example.com")
    made = (await admin.ask("channel.create", name=f"room-{kind}", kind=kind))["channel"]
    for client in (bob, carol):
        await admin.ask("channel.addMember", channelId=made["id"], userId=client.user_id)
    for turn in range(30):
        replies = [await admin.start("channel.removeMember", channelId=made["id"], userId=bob.user_id)]
        replies += [
            await admin.start("message", channelId=made["id"], content=f"{turn}-{number}") for number in range(10)
        ]
        assert [(await reply)["ok"] for reply in replies] == [True] * 11
        await admin.ask("channel.addMember", channelId=made["id"], userId=bob.user_id)
    async with asyncio.timeout(10):
        while len(messages(carol)) < 300:
            await asyncio.sleep(0.02)
    await bob.ask("ping")
    assert messages(bob) == []
    assert messages(carol) == [f"{turn}-{number}" for turn in range(30) for number in range(10)]


async def test_without_redis_what_is_fetched_waits_for_the_control_log_too(
    tmp_path: Path, own_redis: RedisServer
) -> None:
    """Redis is away: messages reach the other node by polls, and bob, removed before them, gets none."""
    config = settings(tmp_path, own_redis.url)
    async with serving(tmp_path, "first", config) as first, serving(tmp_path, "second", config) as second:
        admin = await administrator(first)
        bob, carol = await second.client("bob@example.com"), await second.client("carol@example.com")
        channel = await general(admin)
        own_redis.stop()
        for turn in range(3):
            await admin.ask("message", channelId=channel, content=f"before {turn}")
            await asyncio.sleep(0.4)
        removing = asyncio.create_task(admin.ask("admin.removeUser", userId=bob.user_id))
        for number in range(20):
            await admin.ask("message", channelId=channel, content=f"after {number}")
            await asyncio.sleep(0.05)
        await removing
        assert (await bob.ended()).code == 4503
        async with asyncio.timeout(10):
            while "after 19" not in messages(carol):
                await asyncio.sleep(0.05)
        assert not [text for text in messages(bob) if text.startswith("after")]
        for client in (admin, bob, carol):
            await client.close()
