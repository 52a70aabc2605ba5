"""What one account does once at a time: its slowness costs itself, and nobody else."""

import asyncio

import httpx
import pytest

from chatd.dispatch.dispatcher import Dispatcher
from chatd.http import export_routes
from chatd.http.knocking import HttpDoor
from chatd.services import exports
from tests.gallery import picture
from tests.gateway.raw import Raw
from tests.serving import Running
from tests.tokens import make_bot


def begin(url: str, user_id: str, token: str) -> bytes:
    """A picture that is announced and does not come."""
    lines = [f"PUT /api/users/{user_id}/picture HTTP/1.1", f"Host: {httpx.URL(url).netloc.decode()}"]
    return "\r\n".join([*lines, f"Authorization: Bearer {token}", "Content-Length: 1000", "", ""]).encode()


async def send(node: Running, user_id: str, token: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return await node.http.put(f"{node.url}/api/users/{user_id}/picture", content=picture(), headers=headers)


async def busy(node: Running) -> None:
    """Wait until a picture is on its way."""
    async with asyncio.timeout(10):
        while not node.node.chat.pictures_coming._busy:
            await asyncio.sleep(0.005)


async def test_a_picture_that_does_not_come_keeps_only_its_sender_waiting(node: Running) -> None:
    """The next one of alice, and of her bot, is refused with when to come back; bob's is taken, and later hers."""
    alice, bob = await node.sign_in(), await node.sign_in("bob@example.com")
    socket, token = await alice.connect(), alice.access_token
    bot_id, bot_token = await make_bot(socket)
    slow = await Raw.connect(node.url)
    await slow.send(begin(node.url, alice.id, token))
    await busy(node)
    for user_id, by in ((alice.id, token), (bot_id, token), (bot_id, bot_token)):
        answer = await send(node, user_id, by)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer.json()["retryAfterMs"] > 0
    refusal = await socket.refused("user.fetchPicture", url="http://192.0.2.1/x.png")
    assert refusal.code == "unavailable"
    assert (await send(node, bob.id, bob.access_token)).status_code == 200
    slow.close()
    async with asyncio.timeout(10):
        while (await send(node, alice.id, token)).status_code != 200:
            await asyncio.sleep(0.01)


async def test_one_file_at_a_time_for_one_account(node: Running) -> None:
    """While alice fetches one, her next link waits unused, and bob's opens; afterwards hers does."""
    alice, bob = await node.client(), await node.client("bob@example.com")
    first, second, bobs = [await who.ask("me.export") for who in (alice, alice, bob)]
    async with exports.alone(node.node.chat, first["url"].rpartition("/")[2]):
        answer = await node.http.get(node.url + second["url"])
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert (await node.http.get(node.url + bobs["url"])).status_code == 200
    for link in (second, first):
        assert (await node.http.get(node.url + link["url"])).status_code == 200


async def test_twenty_fetches_side_by_side_open_a_link_once(node: Running) -> None:
    """The others wait or find nothing; no place stays taken."""
    alice = await node.client()
    link = await alice.ask("me.export")
    answers = await asyncio.gather(*(node.http.get(node.url + link["url"]) for _ in range(20)))
    found = [answer.status_code for answer in answers]
    assert found.count(200) == 1
    assert set(found) <= {200, 404, 503}
    assert (await node.http.get(node.url + (await alice.ask("me.export"))["url"])).status_code == 200


async def test_who_reads_slowly_holds_no_place_in_the_database(node: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """More of them than may look into it at once: between two pieces the place is another's."""
    monkeypatch.setattr(export_routes, "READING_AT_ONCE", 1)
    routes = export_routes.ExportRoutes(HttpDoor(node.node.chat, Dispatcher(node.node.chat)))
    chat, people = node.node.chat, [await node.client(f"{number}@example.com") for number in range(3)]
    files = []
    for person in people:
        token = (await person.ask("me.export"))["url"].rpartition("/")[2]
        files.append(routes._in_turn((await exports.open_link(chat, token, "", "")).pieces))
    async with asyncio.timeout(10):
        for file in files:
            assert await anext(file)  # and no more of it is taken
        assert b"".join([piece async for piece in files[-1]])
