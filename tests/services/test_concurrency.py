"""The rules hold when many callers do the same thing at the same moment, on memory and on two nodes over Redis."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.chance import drawn
from tests.client import Client, Person
from tests.conftest import RedisServer
from tests.services.crowd import CALLERS, PLACES, Nodes, at_once, everybody, outcome, two_of
from tests.serving import Running

ROUNDS = 50
FEWER_ROUNDS = 10
FIGHTS = 3
SEATS = 70
FREE = 10  # of the seats, when it matters
SESSIONS = 12
PASSWORD = "a password for all"


@pytest.fixture(params=PLACES)
async def nodes(request: pytest.FixtureRequest, tmp_path: Path, redis_server: RedisServer) -> AsyncIterator[Nodes]:
    """Few seats, and few sessions each."""
    auth, server = {"maxActiveSessions": SESSIONS}, {"maxSeats": SEATS, "rateLimit": {"enabled": False}}
    async with two_of(request.param, tmp_path, redis_server, auth=auth, server=server) as nodes:
        yield nodes


# --- the last administrator --------------------------------------------------------------------------------------


async def admins_left(nodes: Nodes, clients: list[Client]) -> list[Client]:
    """Those who are active administrators still, as the server says when they sign in again."""
    found = []
    for client in clients:
        body = {"email": client.hello["user"]["email"]}
        response = await nodes[0].http.post(nodes[0].url + "/auth/dev-login", json=body)
        if response.status_code == 200:
            user = response.json()["user"]
            found += [client] if user["id"] == client.user_id and user["isAdmin"] else []
    return found


async def make_admins(nodes: Nodes, by: Client, names: str = "ann") -> list[Client]:
    """CALLERS administrators and no other: who made them steps back."""
    clients = await everybody(nodes, names)
    for client in clients:
        await by.ask("admin.setRole", userId=client.user_id, role="admin")
    await by.ask("admin.setRole", userId=by.user_id, role="user")
    return clients


async def test_R38_MX01_one_administrator_stays_when_all_step_back(nodes: Nodes) -> None:
    """Of twenty who demote themselves at once, nineteen may and the last one is refused, round after round."""
    clients = await make_admins(nodes, await nodes[0].admin())
    for _ in range(2 * FEWER_ROUNDS):
        asked = [outcome(client, "admin.setRole", userId=client.user_id, role="user") for client in clients]
        results = await asyncio.gather(*asked)
        assert Counter(results) == {"ok": CALLERS - 1, "last_admin": 1}
        last = clients[results.index("last_admin")]
        asked = [outcome(last, "admin.setRole", userId=client.user_id, role="admin") for client in clients]
        assert await at_once(*asked) == {"ok": CALLERS}


async def test_M27_one_administrator_stays_when_all_leave(nodes: Nodes) -> None:
    """Of twenty who leave the server at once, the last one has to stay."""
    last = await nodes[0].admin()
    for round in range(FIGHTS):
        clients = await make_admins(nodes, last, f"ann{round}x")
        results = await at_once(*(outcome(client, "me.leaveServer") for client in clients))
        assert results == {"ok": CALLERS - 1, "last_admin": 1}
        (last,) = await admins_left(nodes, clients)


DEEDS: list[tuple[str, dict[str, Any]]] = [
    ("admin.setRole", {"role": "user"}),
    ("admin.deactivateUser", {}),
    ("admin.removeUser", {}),
]


def fight(clients: list[Client], deeds: list[tuple[str, dict[str, Any]]], chance: random.Random) -> list[Any]:
    """Each does all the deeds to one of the others."""
    asked = []
    for client in clients:
        victim = chance.choice([other for other in clients if other is not client])
        some = chance.sample(deeds, len(deeds))
        asked += [outcome(client, type, userId=victim.user_id, **more) for type, more in some]
    return asked


@pytest.mark.parametrize("deeds", [*([deed] for deed in DEEDS), DEEDS], ids=["demote", "deactivate", "remove", "mixed"])
async def test_MX01_one_administrator_stays_when_all_fight(
    nodes: Nodes, deeds: list[tuple[str, dict[str, Any]]]
) -> None:
    """Twenty who take each other's place at once never leave the server without an administrator."""
    chance, survivor = drawn(len(deeds)), await nodes[0].admin()
    for round in range(FIGHTS):
        clients = await make_admins(nodes, survivor, f"ann{round}x")
        results = await at_once(*fight(clients, deeds, chance))
        assert results["ok"] > 0
        assert set(results) <= {"ok", "cut", "forbidden", "unauthenticated", "not_found", "last_admin"}
        survivor = (await admins_left(nodes, clients))[0]
        for client in clients:
            if client is not survivor:
                await outcome(survivor, "admin.removeUser", userId=client.user_id)


@pytest.mark.parametrize("type", [type for type, _ in DEEDS])
async def test_MX01_of_two_administrators_one_stays(nodes: Nodes, type: str) -> None:
    """Two who go for each other at the same moment, each on a node of his own: exactly one is left."""
    survivor = await nodes[0].admin()
    for round in range(FEWER_ROUNDS):
        rival_person = await nodes[1].sign_in(f"rival{round}@example.com")
        rival = await rival_person.connect()
        await survivor.ask("admin.setRole", userId=rival.user_id, role="admin")
        more = dict(DEEDS)[type]
        pair = [outcome(survivor, type, userId=rival.user_id, **more)]
        pair += [outcome(rival, type, userId=survivor.user_id, **more)]
        results = await at_once(*pair)
        assert results["ok"] == 1, results
        (survivor,) = await admins_left(nodes, [survivor, rival])


# --- seats, sessions, names --------------------------------------------------------------------------------------


async def seats(client: Client) -> dict[str, int]:
    found: dict[str, int] = (await client.ask("admin.listUsers", limit=1))["seats"]
    return found


async def test_R02_RX15_no_seat_is_taken_twice(nodes: Nodes) -> None:
    """However many add and activate at once, never more people are active than there are seats."""
    admins = [await (await node.sign_in("admin@example.com")).connect() for node in nodes]
    sleepers = await everybody(nodes, "sleeper", 8)
    for number in range(SEATS - FREE - 1):
        await nodes[0].sign_in(f"seated{number}@example.com")
    for round in range(FEWER_ROUNDS):
        for client in sleepers:
            await admins[0].ask("admin.deactivateUser", userId=client.user_id)
        assert await seats(admins[0]) == {"used": SEATS - FREE, "max": SEATS}
        asked = [outcome(admins[n % 2], "admin.activateUser", userId=one.user_id) for n, one in enumerate(sleepers)]
        new = [{"userName": f"new{round}.{n}", "password": PASSWORD} for n in range(CALLERS - len(sleepers))]
        asked += [outcome(admins[n % 2], "admin.addUser", **user) for n, user in enumerate(new)]
        assert await at_once(*asked) == {"ok": FREE, "seat_limit": CALLERS - FREE}
        assert (await seats(admins[1]))["used"] == SEATS
        for user in (await admins[0].ask("admin.listUsers", search=f"new{round}."))["users"]:
            await admins[0].ask("admin.removeUser", userId=user["id"])


async def test_M32_nobody_has_more_sessions_than_the_limit(nodes: Nodes) -> None:
    """Of many sign-ins of one person at once, only the allowed number is alive afterwards."""
    for _ in range(FEWER_ROUNDS):
        signing_in = [node.sign_in("bob@example.com") for node in nodes for _ in range(CALLERS // 2)]
        people: list[Person] = await asyncio.gather(*signing_in)
        codes = Counter([(await person.get("/auth/me")).status_code for person in people])
        assert codes == {200: SESSIONS, 401: CALLERS - SESSIONS}


def spelled(word: str, number: int) -> str:
    """The same word in another case each time."""
    return "".join(letter.upper() if number >> place & 1 else letter for place, letter in enumerate(word))


TAKEN: dict[str, Callable[[int, int], dict[str, Any]]] = {
    "userName": lambda round, n: {"userName": spelled(f"person{round}", n), "password": PASSWORD},
    "email": lambda round, n: {"email": spelled(f"person{round}", n) + "@example.com", "password": PASSWORD},
}


@pytest.mark.parametrize("what", TAKEN)
async def test_F03_a_name_is_given_once(nodes: Nodes, what: str) -> None:
    """Of twenty who add the same user in other spellings at once, one succeeds."""
    admins = [await (await node.sign_in("admin@example.com")).connect() for node in nodes]
    for round in range(FEWER_ROUNDS):
        asked = [outcome(admins[n % 2], "admin.addUser", **TAKEN[what](round, n)) for n in range(CALLERS)]
        assert await at_once(*asked) == {"ok": 1, "conflict": CALLERS - 1}


async def test_a_public_channel_name_is_given_once(nodes: Nodes) -> None:
    """Of twenty who create the same public channel at once, one succeeds; renaming cannot take it either."""
    clients = await everybody(nodes, "ann")
    other = (await clients[0].ask("channel.create", name="another", kind="public"))["channel"]["id"]
    for round in range(ROUNDS):
        asked = [
            outcome(client, "channel.create", name=spelled(f"room{round}", n), kind="public")
            for n, client in enumerate(clients[1:])
        ]
        rename = outcome(clients[0], "channel.update", channelId=other, name=f"Room{round}")
        assert await at_once(rename, *asked) == {"ok": 1, "conflict": CALLERS - 1}


# --- one of each -------------------------------------------------------------------------------------


async def refreshed(node: Running, token: str) -> str:
    """The next refresh token, or the refusal's code."""
    body = (await node.http.post(node.url + "/auth/refresh", json={"refreshToken": token})).json()
    return str(body.get("refreshToken", body.get("code")))


async def test_a_refresh_token_has_one_successor(nodes: Nodes) -> None:
    """Who uses a refresh token many times at once gets the same one each time; once that is used, the first is dead."""
    for _ in range(FEWER_ROUNDS):
        bob = await nodes[0].sign_in("bob@example.com")
        first = bob.refresh_token
        (second,) = await at_once(*(refreshed(nodes[n % 2], first) for n in range(CALLERS)))
        (third,) = await at_once(*(refreshed(nodes[n % 2], second) for n in range(CALLERS)))
        assert len({first, second, third}) == 3
        assert await at_once(*(refreshed(nodes[n % 2], first) for n in range(CALLERS))) == {"unauthenticated": CALLERS}
        assert await refreshed(nodes[1], third) == "unauthenticated"


async def test_two_people_have_one_conversation(nodes: Nodes) -> None:
    """Both open the conversation with the other many times at once: it is one channel."""
    clients = await everybody(nodes, "ann")
    for client, other in [(clients[n], clients[n + 1]) for n in range(CALLERS - 1)]:
        asked = [client.ask("dm.open", userIds=[other.user_id]), other.ask("dm.open", userIds=[client.user_id])]
        asked += [one.ask("dm.open", userIds=[client.user_id, other.user_id]) for one in (client, other) * 4]
        opened = await asyncio.gather(*asked)
        assert len({reply["channel"]["id"] for reply in opened}) == 1


async def test_a_client_id_is_one_message(nodes: Nodes) -> None:
    """The same clientId sent many times at once, over two nodes, is one message and one event."""
    bob = await nodes[0].sign_in("bob@example.com")
    sockets = [await bob.connect(nodes[n % 2].url) for n in range(4)]
    channel_id = (await sockets[0].ask("channel.list"))["channels"][0]["id"]
    for round in range(ROUNDS):
        sent = {"channelId": channel_id, "content": f"once {round}", "clientId": f"client-{round}"}
        replies = await asyncio.gather(*(sockets[n % 4].ask("message", **sent) for n in range(CALLERS)))
        assert [reply["message"]["seq"] for reply in replies] == [round + 1] * CALLERS
    last = (await sockets[0].ask("message", channelId=channel_id, content="the end"))["message"]
    for socket in sockets:
        await socket.expect("message.created", message=last)
        events = [event for event in socket.events if event["type"] == "message.created"]
        assert [event["seq"] for event in events] == list(range(1, ROUNDS + 1))


async def test_different_content_under_one_client_id_is_one_message(nodes: Nodes) -> None:
    """Of many contents sent under one clientId at once one is taken, the others are conflicts."""
    bob = await nodes[0].sign_in("bob@example.com")
    sockets = [await bob.connect(node.url) for node in nodes]
    channel_id = (await sockets[0].ask("channel.list"))["channels"][0]["id"]
    for round in range(FEWER_ROUNDS):
        asked = [
            outcome(sockets[n % 2], "message", channelId=channel_id, content=f"text {n}", clientId=f"client-{round}")
            for n in range(CALLERS)
        ]
        assert await at_once(*asked) == {"ok": 1, "conflict": CALLERS - 1}
