"""Nothing missed, nothing twice: what a client built from events and resumes equals a fresh fetch, come what may."""

import asyncio
import copy
import random
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from tests.chance import drawn
from tests.client import Client
from tests.conftest import RedisServer
from tests.process import Process, serving

STEPS, AT_ONCE = 40, 6
EMOJI = ["👍", "🎉", "❤️"]
LOST = (ConnectionError, ConnectionClosed, TimeoutError)


@dataclass
class Mirror:
    """A client's own state of one channel, kept by the rules of PROTOCOL.md section 2 and by nothing else."""

    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    last: int = 0

    def put(self, message: dict[str, Any]) -> None:
        """Of two states of a message the one with the higher `changedSeq` is kept."""
        known = self.messages.get(message["id"])
        if known is None or message["changedSeq"] > known["changedSeq"]:
            self.messages[message["id"]] = copy.deepcopy(message)

    def changes(self, messages: list[dict[str, Any]], seq: int) -> None:
        for message in messages:
            self.put(message)
        self.last = max(self.last, seq)

    def event(self, event: dict[str, Any]) -> None:
        """Apply a live event; the server promises that there is no gap before it."""
        payload, seq = event["payload"], event["seq"]
        if event["type"] == "channel.changes":
            assert payload["after"] <= self.last
            assert not payload["resync"]
            self.changes(payload["messages"], seq)
            return
        assert seq == self.last + 1, f"a gap: {seq} after {self.last}"
        self.last = seq
        if event["type"] in ("reaction.added", "reaction.removed"):
            self._react(event["type"], payload, seq)
        else:
            self.put(payload["message"])
            if "parent" in payload and (root := self.messages.get(payload["parent"]["id"])) is not None:
                root["thread"], root["changedSeq"] = payload["parent"]["thread"], seq

    def _react(self, type: str, payload: dict[str, Any], seq: int) -> None:
        message = self.messages[payload["messageId"]]
        users = set(message["reactions"].get(payload["reaction"], []))
        users = users | {payload["userId"]} if type == "reaction.added" else users - {payload["userId"]}
        message["reactions"] |= {payload["reaction"]: sorted(users)}
        if not users:
            del message["reactions"][payload["reaction"]]
        message["changedSeq"] = seq


class Peer:
    """One person who writes at random, is cut off now and then, resumes, and keeps a mirror of every channel."""

    def __init__(self, token: str, channels: Sequence[str], chance: random.Random) -> None:
        self.token, self.chance = token, chance
        self.mirrors = {channel: Mirror() for channel in channels}
        self.client: Client | None = None
        self.asked: list[asyncio.Future[dict[str, Any]]] = []
        self.acknowledged: dict[str, int] = {}

    async def arrive(self, server: Process) -> None:
        """Connect, keep events aside, resume, then apply what was kept beyond the answer."""
        self.client = await server.connect(self.token)
        known = {channel: mirror.last for channel, mirror in self.mirrors.items()}
        answer = (await self.client.ask("resume", channels=known))["channels"]
        for channel, mirror in self.mirrors.items():
            if answer[channel]["resync"]:
                await self._fetch_afresh(channel, answer[channel]["seq"])
            mirror.changes(answer[channel]["messages"], answer[channel]["seq"])
            mirror.last = answer[channel]["seq"]
        self.take_events()

    async def _fetch_afresh(self, channel: str, seq: int) -> None:
        assert self.client is not None
        self.mirrors[channel].messages = {}
        for message in (await fetched(self.client, channel)).values():
            self.mirrors[channel].put(message)

    def take_events(self) -> None:
        assert self.client is not None
        events, self.client.events = self.client.events, []
        for event in events:
            if "seq" in event and event["seq"] > self.mirrors[event["channelId"]].last:
                self.mirrors[event["channelId"]].event(event)

    def cut_off(self) -> None:
        assert self.client is not None
        self.client.socket.transport.abort()

    async def leave(self) -> None:
        """The connection is gone: what came before is applied, what was asked is remembered as far as answered."""
        if self.client is not None:
            await self.client.ended()
            self.take_events()
            await self.collect()
            self.client = None

    async def write(self) -> None:
        """One random write, not waited for."""
        assert self.client is not None
        channel = self.chance.choice(list(self.mirrors))
        present = [message for message in self.mirrors[channel].messages.values() if not message["deletedAt"]]
        some = self.chance.choice(present) if present else None
        own = [message for message in present if message["author"]["id"] == self.client.user_id]
        kind = self.chance.choice(["send", "send", "send", "reply", "edit", "delete", "react", "unreact"])
        content, emoji = f"text {self.chance.random()}", self.chance.choice(EMOJI)
        if kind == "reply" and some is not None:
            root = some["threadId"] or some["id"]
            request: dict[str, Any] = {"channelId": channel, "content": content, "threadId": root}
            self.asked.append(await self.client.start("message", **request))
        elif kind == "edit" and own:
            edited = self.chance.choice(own)["id"]
            self.asked.append(await self.client.start("message.edit", messageId=edited, content=content))
        elif kind == "delete" and own:
            self.asked.append(await self.client.start("message.delete", messageId=self.chance.choice(own)["id"]))
        elif kind in ("react", "unreact") and some is not None:
            request = {"messageId": some["id"], "reaction": emoji, "remove": kind == "unreact"}
            self.asked.append(await self.client.start("reaction", **request))
        else:
            self.asked.append(await self.client.start("message", channelId=channel, content=content))

    async def collect(self) -> None:
        """Wait for all replies; remember what was acknowledged. A lost connection leaves the rest open."""
        asked, self.asked = self.asked, []
        for reply in await asyncio.wait_for(asyncio.gather(*asked, return_exceptions=True), 20):
            if isinstance(reply, BaseException):
                assert isinstance(reply, LOST)
            elif reply["ok"] and "message" in reply["payload"]:
                message = reply["payload"]["message"]
                self.acknowledged[message["id"]] = message["changedSeq"]
            elif not reply["ok"]:
                assert reply["error"]["code"] == "conflict", reply  # somebody else deleted it in between


async def fetched(client: Client, channel: str) -> dict[str, dict[str, Any]]:
    """All messages of a channel by history, the replies of all threads included."""
    found: list[dict[str, Any]] = []
    page = await client.ask("message.history", channelId=channel, limit=200)
    found += page["messages"]
    while page["hasMore"]:
        page = await client.ask("message.history", channelId=channel, limit=200, before=page["messages"][0]["id"])
        found += page["messages"]
    threads = [client.ask("thread.history", messageId=root["id"], limit=200) for root in found]
    for thread in await asyncio.gather(*threads):  # a thread whose replies were all deleted still holds tombstones
        found += thread["messages"]
    return {message["id"]: message for message in found}


def normal(messages: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Reactions are sets: their order says nothing."""
    return {
        id: message | {"reactions": {emoji: sorted(users) for emoji, users in message["reactions"].items()}}
        for id, message in messages.items()
    }


def differences(mine: dict[str, dict[str, Any]], stored: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What is not the same, by message and field: (mine, stored)."""
    return {
        id: {name: (mine[id][name], stored[id][name]) for name in stored[id] if mine[id][name] != stored[id][name]}
        if id in mine and id in stored
        else ("here" if id in mine else "missing")
        for id in mine | stored
        if mine.get(id) != stored.get(id)
    }


async def step(peers: list[Peer], servers: list[Process], chance: random.Random) -> None:
    """Everybody writes; somebody may be cut off, a server may be killed; who is gone comes back somewhere."""
    for peer in peers:
        for _ in range(chance.randrange(AT_ONCE)):
            await peer.write()
    happening = chance.randrange(10)
    if happening < 3:
        chance.choice(peers).cut_off()
    elif happening == 3:
        server = chance.choice(servers)
        await server.kill()
        await server.start()
    for peer in peers:
        assert peer.client is not None
        if happening >= 3 and peer.client.is_open:
            await peer.collect()
    for peer in peers:
        assert peer.client is not None
        try:
            await peer.client.ask("ping")
            peer.take_events()
        except LOST:
            await peer.leave()
            await peer.arrive(chance.choice(servers))


async def at_rest(peers: list[Peer], fresh: Client) -> dict[str, dict[str, dict[str, Any]]]:
    """Wait until everything that was committed has come by event; what is stored then.

    Who was cut off has left writes behind that are committed after the connection is gone: once more, then.
    """
    async with asyncio.timeout(60):
        while True:
            heads = await heads_of(fresh)
            stored = {channel: normal(await fetched(fresh, channel)) for channel in heads}
            for peer in peers:
                assert peer.client is not None
                await peer.client.ask("ping")
                peer.take_events()
            seen = [{channel: mirror.last for channel, mirror in peer.mirrors.items()} for peer in peers]
            if all(lasts == heads for lasts in seen) and heads == await heads_of(fresh):
                assert sum(heads.values()) > STEPS
                return stored


async def heads_of(client: Client) -> dict[str, int]:
    return {channel["id"]: channel["seq"] for channel in (await client.ask("channel.list"))["channels"]}


async def live_through(servers: list[Process], seed: int) -> None:
    chance = drawn(seed)
    people = [await servers[0].sign_in(f"{name}@example.com") for name in ("alice", "bob", "carol")]
    first = await servers[0].connect(people[0].access_token)
    room = (await first.ask("channel.create", name="room"))["channel"]["id"]
    channels = [channel["id"] for channel in (await first.ask("channel.list"))["channels"]]
    assert room in channels
    await first.close()
    peers = [Peer(person.access_token, channels, chance) for person in people]
    for peer in peers:
        await peer.arrive(chance.choice(servers))
    for _ in range(STEPS):
        await step(peers, servers, chance)
    for peer in peers:
        await peer.collect()
    await compare(peers, servers[0])


async def compare(peers: list[Peer], server: Process) -> None:
    """Every mirror equals a fresh fetch, which holds everything that was ever acknowledged."""
    fresh = await server.connect(peers[0].token)
    stored = await at_rest(peers, fresh)
    for peer in peers:
        for channel, mirror in peer.mirrors.items():
            assert differences(normal(mirror.messages), stored[channel]) == {}
        for id, changed_seq in peer.acknowledged.items():
            assert any(id in messages and messages[id]["changedSeq"] >= changed_seq for messages in stored.values())
        assert peer.client is not None
        await peer.client.close()
    await fresh.close()


@pytest.mark.parametrize("seed", [1, 2])
async def test_one_node_that_is_killed_now_and_then(tmp_path: Path, seed: int) -> None:
    """Random writes, cut connections and `kill -9`: after every resume each client has what the database has."""
    async with serving(tmp_path) as server:
        await live_through([server], seed)


@pytest.mark.parametrize("seed", [3])
async def test_two_nodes_that_are_killed_now_and_then(tmp_path: Path, redis_server: RedisServer, seed: int) -> None:
    """The same when clients come back to another node than the one they lost."""
    async with AsyncExitStack() as stack:
        servers = [
            await stack.enter_async_context(serving(tmp_path, name, redis={"url": redis_server.url}))
            for name in ("one", "two")
        ]
        await live_through(servers, seed)
