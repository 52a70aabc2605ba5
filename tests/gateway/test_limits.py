"""What one session, one account and one address may ask for, however many sockets they open (PROTOCOL.md section 7)."""

import asyncio
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.frames import Opcode

from tests.client import Client
from tests.gateway import raw
from tests.gateway.conftest import Bounded
from tests.gateway.raw import Raw
from tests.http.signing import Configured
from tests.serving import Running


def limited(per_minute: int) -> dict[str, Any]:
    return {"rateLimit": {"enabled": True, "requestsPerMinute": per_minute}}


async def answered(client: Client, requests: int) -> int:
    """How many of so many pings at once are answered."""
    replies = await asyncio.gather(*[await client.start("ping") for _ in range(requests)])
    return sum(reply["ok"] for reply in replies)


async def status_of(node: Running, token: str) -> int:
    """101 or what an upgrade is refused with."""
    try:
        await Client.open(node.url, token)
    except InvalidStatus as refusal:
        return refusal.response.status_code
    return 101


async def test_sockets_of_one_session_share_one_allowance(configured: Configured) -> None:
    """A burst of a tenth over all of them and HTTP together, in which each upgrade costs one."""
    async with configured(server=limited(300)) as node:
        alice = await node.sign_in()
        node.clock.stand_still()
        sockets = [await alice.connect() for _ in range(5)]
        assert sum([await answered(socket, 10) for socket in sockets]) == 25
        assert (await alice.post("/api/ping")).status_code == 429
        assert await status_of(node, alice.access_token) == 429


async def test_sessions_of_one_account_have_four_times_that_together(configured: Configured) -> None:
    """Signing in again and again brings no more; somebody else is not touched by it."""
    async with configured(server=limited(100)) as node:
        sessions = [await node.sign_in() for _ in range(8)]
        bob = await node.sign_in("bob@example.com")
        node.clock.stand_still()
        granted = 0
        for person in sessions:
            for _ in range(10):
                granted += (await person.post("/api/ping")).is_success
        assert granted == 40
        assert (await bob.post("/api/ping")).is_success


async def test_a_wait_as_long_as_was_said_is_enough(configured: Configured) -> None:
    """Also where the account is what holds it up."""
    async with configured(server=limited(60)) as node:
        alice = await node.client()
        node.clock.stand_still()
        await answered(alice, 10)
        refusal = await alice.refused("ping")
        assert refusal.code == "rate_limited"
        node.clock.advance(refusal.error["retryAfterMs"] / 1000)
        assert await alice.ask("ping") == {}


async def test_a_session_holds_so_many_sockets(node: Running) -> None:
    """Twenty, though forty knock at once; one closed makes room, and another session is not touched."""
    alice = await node.sign_in()
    answers = await asyncio.gather(*(status_of(node, alice.access_token) for _ in range(40)))
    assert sorted(answers) == [101] * 20 + [503] * 20
    assert await status_of(node, (await node.sign_in()).access_token) == 101


@pytest.mark.parametrize("token", ["nonsense", "chatd_pat_nonsense"])
async def test_upgrades_of_nobody_are_limited_by_address(configured: Configured, token: str) -> None:
    """401 so often, then 429."""
    async with configured(server=limited(60)) as node:
        node.clock.stand_still()
        answers = [await status_of(node, token) for _ in range(8)]
        assert answers == [401] * 6 + [429] * 2


async def heard(peer: Raw) -> list[tuple[Opcode, bytes]]:
    """All frames up to the answer to a last ping of the protocol's own, which is none of them."""
    await peer.send(raw.text("ping", "last"))
    frames = [await peer.frame()]
    while b'"last"' not in frames[-1][1]:
        frames.append(await peer.frame())
    return frames[:-1]


PING, PONG = raw.frame(Opcode.PING, b""), raw.frame(Opcode.PONG, b"")
FRAGMENT = raw.frame(Opcode.TEXT, b"", fin=False)
EMPTY = raw.frame(Opcode.CONT, b"", fin=False)
FREE = {
    "pings": PING * 200,
    "unasked pongs": PONG * 200,
    "empty messages": raw.frame(Opcode.TEXT, b"") * 200,
    "empty fragments": (FRAGMENT + EMPTY * 50 + raw.frame(Opcode.CONT, b"")) * 4,
}


@pytest.mark.parametrize("what", FREE)
async def test_a_flood_of_frames_that_ask_for_nothing_is_a_flood(bounded: Bounded, what: str) -> None:
    """A hundred over the allowance within ten seconds: `bye` and 4003, on whichever socket of the session."""
    async with bounded(server=limited(600)) as (node, _):
        bob = await node.client("bob@example.com")
        eve = await node.sign_in("eve@example.com")
        node.clock.stand_still()
        flooding = await Raw.open(node.url, eve.access_token)
        await flooding.send(FREE[what])
        assert await flooding.close_code() == 4003
        flooding.close()
        assert await status_of(node, eve.access_token) == 429
        assert await bob.ask("ping") == {}


async def test_pings_share_the_allowance_of_their_session(configured: Configured) -> None:
    """Those over it are not answered; what they took is missing for requests, and comes back with time."""
    async with configured(server=limited(600)) as node:
        eve = await node.sign_in("eve@example.com")
        node.clock.stand_still()
        pinging = await Raw.open(node.url, eve.access_token)
        await pinging.send(PING * 90)
        frames = await heard(pinging)
        assert sum(opcode is Opcode.PONG for opcode, _ in frames) == 59  # a burst of 60, of which the upgrade took one
        assert (await eve.post("/api/ping")).status_code == 429
        node.clock.advance(1)
        assert (await eve.post("/api/ping")).is_success
        await pinging.send(PING)
        assert (Opcode.PONG, b"") in await heard(pinging)
        pinging.close()


async def test_answers_to_heartbeats_and_large_fragments_are_free(configured: Configured) -> None:
    """A client that does what the protocol asks of it pays for its requests alone."""
    async with configured(server=limited(60) | {"heartbeatSeconds": 1}) as node:
        alice = await node.sign_in()
        node.clock.stand_still()
        socket = await Raw.open(node.url, alice.access_token)
        for _ in range(3):
            while (await socket.frame())[0] is not Opcode.PING:
                pass
            await socket.send(PONG)
        text = (b'{"type":"ping","id":"' + b"1" * 64 + b'"}').ljust(20_000)
        pieces = [text[start : start + 2000] for start in range(0, len(text), 2000)]
        await socket.send(raw.frame(Opcode.TEXT, pieces[0], fin=False))
        for piece in pieces[1:]:
            await socket.send(raw.frame(Opcode.CONT, piece, fin=False))
        await socket.send(raw.frame(Opcode.CONT, b""))
        assert (await socket.reply("1" * 64))["ok"]
        assert sum([(await alice.post("/api/ping")).is_success for _ in range(6)]) == 4
        socket.close()
