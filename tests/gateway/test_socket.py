"""One WebSocket: what ends it and what does not, fragments, floods, and peers that read slowly or never."""

import asyncio
import fcntl
import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.frames import Opcode

from chatd.dispatch.registry import REGISTRY
from chatd.gateway.socket import EVENTS_MAX_BYTES
from tests.chance import drawn
from tests.client import Client
from tests.gateway import raw
from tests.gateway.raw import Raw
from tests.serving import Running

Configured = Callable[..., AbstractAsyncContextManager[Running]]
BIG = "😀" * 4000  # 16 kB in one message
SMALL_BUFFER = 4096


async def eve_at(node: Running, receive_bytes: int | None = None) -> Raw:
    return await Raw.open(node.url, (await node.sign_in("eve@example.com")).access_token, receive_bytes)


async def general(client: Client) -> str:
    return str((await client.ask("channel.list"))["channels"][0]["id"])


async def publish(client: Client, channel: str, number: int, content: str = BIG) -> None:
    replies = [await client.start("message", channelId=channel, content=content) for _ in range(number)]
    assert all(reply["ok"] for reply in await asyncio.gather(*replies))


async def settle(client: Client) -> None:
    """Let the server take everything that it is going to take: twenty answers later it has."""
    for _ in range(20):
        await client.ask("ping")


FAILURES = {
    1009: raw.frame(Opcode.TEXT, b" " * 65_537),
    1003: raw.frame(Opcode.BINARY, b"{}"),
    1007: raw.frame(Opcode.TEXT, b"\xff\xfe"),
    1002: b"\xf1\x80\x00\x00\x00\x00",
    1008: raw.frame(Opcode.TEXT, b"", fin=False)
    + raw.frame(Opcode.CONT, b"", fin=False) * 63
    + raw.frame(Opcode.CONT, b""),
}


@pytest.mark.parametrize("code", FAILURES)
async def test_a_failure_of_the_transport_closes_with_its_code(node: Running, code: int) -> None:
    """The close code arrives without `bye`, also when much that nobody will read was sent behind it."""
    for behind in (b"", raw.frame(Opcode.TEXT, b"x" * 60_000) * 50):
        eve = await eve_at(node)
        sending = asyncio.create_task(eve.send(FAILURES[code] + behind))
        assert await eve.close_code() == code
        await asyncio.gather(sending, return_exceptions=True)
        eve.close()


BROKEN = {
    "not masked": b"\x81\x02{}",
    "continues nothing": raw.frame(Opcode.CONT, b"alone"),
    "begun within another": raw.frame(Opcode.TEXT, b"{", fin=False) + raw.frame(Opcode.TEXT, b"}"),
    "a ping of 126 bytes": b"\x89\xfe\x00\x7e" + b"\x00" * 130,
    "no such opcode": b"\x83\x80\x00\x00\x00\x00",
}


@pytest.mark.parametrize("what", BROKEN)
async def test_broken_framing_is_1002(node: Running, what: str) -> None:
    """Frames that break RFC 6455 end the socket with 1002."""
    eve = await eve_at(node)
    await eve.send(BROKEN[what])
    assert await eve.close_code() == 1002
    eve.close()


async def test_fragments_that_are_too_large_together_are_1009(node: Running) -> None:
    """A message may not grow over the bound of a frame by coming in pieces."""
    eve = await eve_at(node)
    piece = raw.frame(Opcode.CONT, b" " * 30_000, fin=False)
    await eve.send(raw.frame(Opcode.TEXT, b" " * 30_000, fin=False) + piece + piece)
    assert await eve.close_code() == 1009
    eve.close()


@pytest.mark.parametrize("code", [1003, 1007, 1008])
async def test_nothing_behind_a_failure_takes_effect(node: Running, code: int) -> None:
    """A message sent in the same segment behind what failed the socket is not stored."""
    alice, eve = await node.client(), await eve_at(node)
    channel = await general(alice)
    await eve.send(FAILURES[code] + raw.text("message", channelId=channel, content="too late"))
    assert await eve.close_code() == code
    own = await alice.ask("message", channelId=channel, content="writes keep their order: it would be before this")
    assert own["message"]["seq"] == 1
    eve.close()


async def test_what_was_sent_before_the_peer_closed_takes_effect(node: Running) -> None:
    """A message and the close frame in one segment: the message is stored, the close is answered."""
    alice, eve = await node.client(), await eve_at(node)
    sent = raw.text("message", channelId=await general(alice), content="last words")
    await eve.send(sent + raw.frame(Opcode.CLOSE, b"\x03\xe8"))
    assert await eve.close_code() == 1000
    assert (await alice.expect("message.created"))["payload"]["message"]["content"] == "last words"
    eve.close()


async def test_a_message_in_fragments_is_one_message(node: Running) -> None:
    """64 fragments, split within a character and with a ping between them, are one request."""
    eve = await eve_at(node)
    text = json.dumps({"type": "user.find", "id": "é" * 30, "payload": {"query": "x"}}, ensure_ascii=False).encode()
    pieces = [text[i : i + 1] for i in range(63)] + [text[63:]]
    await eve.send(raw.frame(Opcode.TEXT, pieces[0], fin=False))
    await eve.send(raw.frame(Opcode.PING, b"between"))
    for piece in pieces[1:-1]:
        await eve.send(raw.frame(Opcode.CONT, piece, fin=False))
    await eve.send(raw.frame(Opcode.CONT, pieces[-1]))
    while (found := await eve.frame())[0] is not Opcode.PONG:
        assert found[0] is Opcode.TEXT
    assert found[1] == b"between"
    assert (await eve.reply("é" * 30))["payload"] == {"users": []}
    eve.close()


UNREADABLE = [
    "", "{", "[]", "null", "7", '"ping"', "{}", '{"type":7}', '{"type":"ping","payload":null}',
    '{"type":"ping","payload":[]}', '{"type":"ping","id":7}', '{"type":"ping","id":""}', '{"type":"ping","id":null}',
    '{"type":"ping","extra":1}', '{"type":"ping","id":"' + "x" * 65 + '"}',
    '{"type":"ping","payload":NaN}', '"\\ud800"', "[" * 60_000, '{"a":' * 10_000,
]  # fmt: skip


async def test_what_is_no_request_is_answered_and_the_socket_stays_open(node: Running) -> None:
    """Every unreadable frame gets an `invalid` reply, however many come, and the next request is answered."""
    alice = await node.client()
    for text in UNREADABLE * 3:
        await alice.send(text)
        refusal = await alice.expect("reply")
        assert (refusal["id"], refusal["ok"], refusal["error"]["code"]) == (None, False, "invalid"), text
    assert await alice.ask("ping") == {}


async def test_a_malformed_request_with_a_usable_id_is_answered_under_it(node: Running) -> None:
    """The refusal carries the id when one could be read; without an id a well-formed request has no reply."""
    alice = await node.client()
    await alice.send('{"type":"ping","id":"mine","extra":1}')
    refusal = await alice.expect("reply")
    assert (refusal["id"], refusal["error"]["code"]) == ("mine", "invalid")
    for text in ('{"type":"ping"}', '{"type":"no.such"}', '{"type":"message","payload":{}}'):
        await alice.send(text)
    await alice.refute("reply")


async def test_a_ping_frame_is_answered_with_its_own_bytes(node: Running) -> None:
    """RFC 6455: the pong repeats what the ping held."""
    eve = await eve_at(node)
    await eve.send(raw.frame(Opcode.PING, b"echo"))
    while (found := await eve.frame())[0] is Opcode.TEXT:
        pass
    assert found == (Opcode.PONG, b"echo")
    eve.close()


async def test_pongs_that_nobody_reads_do_not_pile_up(node: Running) -> None:
    """A socket that sends 8 MB of pings and reads no answer keeps less than its bound unsent, and lives."""
    alice, eve = await node.client(), await eve_at(node, SMALL_BUFFER)
    most = 0
    for _ in range(60):
        await eve.send(raw.frame(Opcode.PING, b"x" * 125) * 1000)
        await alice.ask("ping")
        most = max(most, node.server.gateway.queue_bytes())
    assert 0 < most <= EVENTS_MAX_BYTES
    assert node.server.gateway.count == 2
    eve.close()


async def test_a_flood_of_pings_does_not_starve_others(node: Running) -> None:
    """While one socket's 40,000 pings are worked through, another one's requests are answered between them."""
    alice, eve = await node.client(), await eve_at(node)
    flood = asyncio.create_task(eve.send(raw.frame(Opcode.PING, b"") * 40_000 + raw.text("ping", "last")))
    while (await eve.frame())[0] is not Opcode.PONG:
        pass
    last = asyncio.create_task(eve.reply("last"))
    for _ in range(5):
        await alice.ask("ping")
    assert not last.done()
    assert (await last)["ok"]
    await flood
    eve.close()


async def test_over_256_pending_requests_reading_stops_and_all_are_answered_in_the_end(
    node: Running, tmp_path: Path
) -> None:
    """While nothing can be committed the server stops reading; then every request is answered, in order of effect."""
    alice, eve = await node.client(), await eve_at(node)
    channel, number = await general(alice), 3000
    messages = b"".join(raw.text("message", f"m{i}", channelId=channel, content=f"{i}") for i in range(number))
    with (tmp_path / "data" / "write.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # as another process of the same database would hold it
        dispatcher = node.server.gateway.dispatcher
        others = dispatcher.frames_in
        sending = asyncio.create_task(eve.send(messages))
        async with asyncio.timeout(raw.PATIENCE_SECONDS):
            while dispatcher.frames_in - others < 256:
                await alice.ask("ping")
                others += 1
        await settle(alice)
        assert dispatcher.frames_in - others < 600
    replies: dict[str, Any] = {}
    while len(replies) < number:
        found = await eve.json()
        if found["type"] == "reply":
            replies[found["id"]] = found["payload"]["message"]["seq"]
    assert [replies[f"m{i}"] for i in range(number)] == list(range(1, number + 1))
    await sending
    eve.close()


async def test_ephemeral_events_are_dropped_first(node: Running) -> None:
    """With half of its bound unsent a socket misses typing; every message reaches it all the same."""
    alice, eve = await node.client(), await eve_at(node, SMALL_BUFFER)
    channel, gateway, sent = await general(alice), node.server.gateway, 0
    await alice.ask("typing", channelId=channel)
    while gateway.queue_bytes() <= EVENTS_MAX_BYTES // 2:
        await publish(alice, channel, 8)
        sent += 8
    for _ in range(50):
        await alice.ask("typing", channelId=channel)
    await alice.ask("message", channelId=channel, content="the end")
    found = [await eve.json()]
    while found[-1]["type"] != "message.created" or found[-1]["payload"]["message"]["content"] != "the end":
        found.append(await eve.json())
    assert [event["seq"] for event in found if event["type"] == "message.created"] == list(range(1, sent + 2))
    assert len([event for event in found if event["type"] == "typing"]) == 1
    eve.close()


async def test_pages_for_a_peer_that_does_not_read_are_bounded(node: Running) -> None:
    """Of a hundred pages asked for at once no more than one waits unsent; the reader gets all of them in the end."""
    alice, eve = await node.client(), await eve_at(node, SMALL_BUFFER)
    channel, gateway = await general(alice), node.server.gateway
    await publish(alice, channel, 40)
    while len([event for event in [await eve.json()] if event.get("seq") == 40]) == 0:
        pass
    await eve.send(b"".join(raw.text("message.history", f"h{i}", channelId=channel) for i in range(100)))
    async with asyncio.timeout(raw.PATIENCE_SECONDS):
        while gateway.queue_bytes() == 0:
            await alice.ask("ping")
    await settle(alice)
    assert gateway.queue_bytes() < 600_000
    for i in range(100):
        reply = await eve.reply(f"h{i}")
        assert (len(reply["payload"]["messages"]), reply["payload"]["hasMore"]) == (31, True)
    eve.close()


async def test_a_peer_that_does_not_read_is_cut_at_its_bound(node: Running) -> None:
    """1 MiB of unsent events end the socket; the one beside it gets everything in order."""
    alice, bob, eve = await node.client(), await node.client("bob@example.com"), await eve_at(node, SMALL_BUFFER)
    channel, gateway, sent = await general(alice), node.server.gateway, 0
    async with asyncio.timeout(raw.PATIENCE_SECONDS):
        while gateway.count == 3:
            assert gateway.queue_bytes() <= EVENTS_MAX_BYTES
            await publish(alice, channel, 8)
            sent += 8
    assert await eve.is_ended()
    events = [event for event in await bob.drain_events() if event["type"] == "message.created"]
    assert [event["seq"] for event in events] == list(range(1, sent + 1))
    eve.close()


# --- fuzz --------------------------------------------------------------------------------------------------------

ENDING = {"session.signOut", "me.leaveServer", "session.revoke"}  # they rightly end the asking socket
TYPES = sorted(set(REGISTRY) - ENDING)
FIELDS = sorted({field.alias or name for e in REGISTRY.values() for name, field in e.model.model_fields.items()})
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.text(max_size=20),
    st.sampled_from(["<channel>", "<me>", "general", "@admin", "public", "private", "all", "a@b.example", "👍"]),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
PLAUSIBLE = st.builds(
    lambda type, payload: {"type": type, "payload": payload},
    st.sampled_from([*TYPES, "no.such", "admin."]),
    st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=4),
)
FRAMES = st.one_of(
    st.text(max_size=200).filter(lambda text: text.isprintable()),
    PLAUSIBLE,
    st.dictionaries(st.sampled_from(["type", "id", "payload", "x"]), VALUES, max_size=4),
)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(frames=st.lists(FRAMES, min_size=1, max_size=25))
@pytest.mark.parametrize("email", ["eve@example.com", "admin@example.com"])
async def test_no_frame_whatsoever_is_an_internal_error(node: Running, email: str, frames: list[Any]) -> None:
    """Whatever a person or an administrator sends, nothing is answered `internal` and the socket goes on answering."""
    client = await node.client(email)
    channel = await general(await node.client("alice@example.com"))
    for number, frame in enumerate(frames):
        text = frame if isinstance(frame, str) else json.dumps({"id": f"f{number}"} | frame)
        if "signOut" not in text and "leaveServer" not in text:
            await client.send(text.replace("<channel>", channel).replace("<me>", client.user_id))
    await client.ask("ping")
    assert [heard for heard in client.heard if (heard.get("error") or {}).get("code") == "internal"] == []
    await client.close()


@pytest.mark.parametrize("seed", range(30))
async def test_random_bytes_end_at_most_the_socket_that_sent_them(node: Running, seed: int) -> None:
    """Noise on the wire ends its own socket with a close frame or is answered; others notice nothing."""
    alice, eve, chance = await node.client(), await eve_at(node), drawn(seed)
    await eve.send(bytes([0x80 | chance.randrange(16), 0x80 | chance.randrange(128)]) + chance.randbytes(70_000))
    await eve.send(b"\xff" * 10)
    assert await eve.close_code() in (1000, 1002, 1003, 1005, 1007, 1009)
    assert await alice.ask("ping") == {}
    eve.close()
