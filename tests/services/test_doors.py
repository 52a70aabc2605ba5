"""Doors do not open after a revocation: sign-ins, upgrades and messages raced against what ends them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from chatd.protocol.control import Control
from chatd.store import Store
from tests.client import Client, Person
from tests.conftest import RedisServer
from tests.serving import MovableClock, Running, running, settings

ROUNDS = 50  # of each test; the removals are 200 in all
FEWER_ROUNDS = 20
PIPELINED = 20
PASSWORD = "a password of bob's"
Place = tuple[Running, Running]


async def hang_up(*nodes: Running) -> None:
    """Close everybody's sockets before the first node stops: an open one holds its drain for a second."""
    clients = [client for node in nodes for person in node.people for client in person.clients]
    await asyncio.gather(*(client.close() for client in clients), return_exceptions=True)


@pytest.fixture(params=["one node", "two nodes"])
async def place(request: pytest.FixtureRequest, tmp_path: Path, redis_server: RedisServer) -> AsyncIterator[Place]:
    """Nodes that make nobody's account at a sign-in: who was removed stays unknown."""
    two = request.param == "two nodes"
    config = settings(tmp_path, redis_server.url if two else None, auth={"isInviteRequired": True})
    clock = MovableClock()
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(running(config, clock))
        there = await stack.enter_async_context(running(config, clock)) if two else here
        yield here, there
        await hang_up(here, there)


@dataclass
class Bob:
    """Somebody about to lose his place, and all that he tries meanwhile."""

    login: str
    email: str
    person: Person
    talker: Client
    opened: list[Client] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    async def sign_in(self, node: Running, *, with_password: bool) -> None:
        path, body = "/auth/dev-login", {"email": self.email}
        if with_password:
            path, body = "/auth/password-login", {"login": self.login, "password": PASSWORD}
        response = await node.http.post(node.url + path, json=body)
        assert response.status_code in (200, 401, 403), response.text
        if response.status_code == 200:
            self.tokens.append(response.json()["accessToken"])

    async def require_unknown(self, place: Place) -> None:
        for node in place:
            response = await node.http.post(node.url + "/auth/dev-login", json={"email": self.email})
            assert response.status_code == 401, response.text

    async def knock(self, node: Running) -> None:
        """Open one socket after the other until the door is shut."""
        while True:
            try:
                client = await Client.open(node.url, self.person.access_token)
            except InvalidStatus as refusal:
                if refusal.response.status_code == 401:
                    return
                assert refusal.response.status_code == 503
            else:
                self.person.clients.append(client)
                self.opened.append(client)

    async def talk(self, channel_id: str) -> None:
        try:
            for number in range(PIPELINED):
                await self.talker.start("message", channelId=channel_id, content=f"in flight {number}")
        except ConnectionClosed:
            pass


async def make_bob(here: Running, there: Running, admin: Client, number: int) -> Bob:
    login, email = f"bob{number}", f"bob{number}@example.com"
    await admin.ask("admin.addUser", userName=login, email=email, password=PASSWORD)
    person = await here.sign_in(email)
    talker = await person.connect((here, there)[number % 2].url)
    return Bob(login, email, person, talker, [talker], [person.access_token])


async def general_of(client: Client) -> str:
    return str((await client.ask("channel.list"))["channels"][0]["id"])


async def said_by(client: Client, channel_id: str, user_id: str) -> set[str]:
    history = await client.ask("message.history", channelId=channel_id, limit=200)
    return {message["id"] for message in history["messages"] if message["author"]["id"] == user_id}


async def after(admin: Client, turns: int, type: str, **payload: Any) -> Any:
    """The administrator's deed, a little later in each round."""
    for _ in range(turns):
        await admin.ask("ping")
    return await admin.ask(type, **payload)


async def status(node: Running, token: str) -> int:
    response = await node.http.get(node.url + "/auth/me", headers={"Authorization": f"Bearer {token}"})
    return response.status_code


async def require_shut(place: Place, bob: Bob, code: int) -> None:
    """No token of his works on any node, and each socket that he got was ended with this code."""
    for node in place:
        assert [await status(node, token) for token in bob.tokens] == [401] * len(bob.tokens)
        with pytest.raises(InvalidStatus) as refusal:
            await Client.open(node.url, bob.person.access_token)
        assert refusal.value.response.status_code == 401
    for client in bob.opened:
        assert (await client.ended()).code == code


def everything_at_once(place: Place, bob: Bob, channel_id: str) -> list[Any]:
    ways = [bob.sign_in(node, with_password=flag) for node in place for flag in (False, True)]
    return [*ways, *(bob.knock(node) for node in place), bob.talk(channel_id)]


@pytest.mark.parametrize("first", [0, ROUNDS])
async def test_M20_F24_nothing_of_the_removed_appears_after_the_reply(place: Place, first: int) -> None:
    """When the removal is answered, no sign-in, upgrade or message that was under way takes effect any more."""
    admin = await place[0].admin()
    channel_id = await general_of(admin)
    for number in range(first, first + ROUNDS):
        bob = await make_bob(*place, admin, number)
        others = asyncio.gather(*everything_at_once(place, bob, channel_id))
        await after(admin, number % 3, "admin.removeUser", userId=bob.person.id)
        said = await said_by(admin, channel_id, bob.person.id)
        assert bob.person.id not in place[0].node.chat.hub.users
        await bob.require_unknown(place)
        await others
        await require_shut(place, bob, 4503)
        assert await said_by(admin, channel_id, bob.person.id) == said
        events = await admin.drain_events()
        assert {event["payload"]["message"]["id"] for event in events if event["type"] == "message.created"} <= said
        assert [event["type"] for event in events].count("user.removed") == 1


async def test_R48_nothing_of_the_deactivated_appears_after_the_reply(place: Place) -> None:
    """A deactivation shuts the same doors."""
    admin = await place[0].admin()
    channel_id = await general_of(admin)
    for number in range(FEWER_ROUNDS):
        bob = await make_bob(*place, admin, number)
        others = asyncio.gather(*everything_at_once(place, bob, channel_id))
        await after(admin, number % 3, "admin.deactivateUser", userId=bob.person.id)
        said = await said_by(admin, channel_id, bob.person.id)
        await others
        await require_shut(place, bob, 4504)
        assert await said_by(admin, channel_id, bob.person.id) == said


async def test_F20_an_old_password_opens_nothing_after_a_reset(place: Place) -> None:
    """Sign-ins that checked the old password before the reset are worth nothing after its reply."""
    admin = await place[0].admin()
    for number in range(FEWER_ROUNDS):
        bob = await make_bob(*place, admin, number)
        doors = [bob.sign_in(node, with_password=True) for node in place for _ in range(3)]
        others = asyncio.gather(*doors, *(bob.knock(node) for node in place))
        reset = {"mode": "manual", "password": "set by the admin", "revokeSessions": True}
        await after(admin, number % 3, "admin.resetPassword", userId=bob.person.id, **reset)
        await others
        await require_shut(place, bob, 4505)


async def test_a_session_opens_no_socket_after_it_was_ended(place: Place) -> None:
    """Upgrades with a session's token race its sign-out: each is refused, or cut."""
    here, there = place
    admin = await here.admin()
    for number in range(FEWER_ROUNDS):
        bob = await make_bob(here, there, admin, number)
        others = asyncio.gather(*(bob.knock(node) for node in place for _ in range(2)))
        await bob.talker.ask("session.signOut")
        await others
        await require_shut(place, bob, 4500)


async def test_a_node_leaves_its_own_rows_to_the_writer_that_is_about_to_tell_them(node: Running) -> None:
    """Read between commit and telling, a node's own row waits for its asker; left over by a failure it is applied."""
    admin, chat = await node.admin(), node.node.chat
    twin = Store(node.node.config.storage, node.clock, node.node.name)
    await twin.open()
    chat.store.writer.committing = True
    await twin.write(lambda tx: tx.control(Control.SETTINGS, settings={"name": "New"}))
    await node.node.upkeep.apply_new()
    await admin.refute("settings.updated")
    chat.store.writer.committing = False
    await node.node.upkeep.apply_new()
    await admin.expect("settings.updated", settings={"name": "New"})
    await twin.close()
