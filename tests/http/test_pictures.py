"""Profile pictures: sent, fetched, shown, taken away, told to everybody at once (FEATURES R18)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx
import pytest

from chatd.http import picture_routes
from chatd.services import portrait
from tests.client import Person
from tests.gallery import Gallery, gallery, picture
from tests.serving import ADMIN_EMAIL, Running

Configured = Callable[..., AbstractAsyncContextManager[Running]]


@pytest.fixture
async def hall() -> AsyncIterator[Gallery]:
    async with gallery() as found:
        yield found


@pytest.fixture
async def near(configured: Configured) -> AsyncIterator[Running]:
    """A node that may fetch from the gallery."""
    async with configured(server={"rateLimit": {"enabled": False}, "pictureNetworks": ["127.0.0.1"]}) as found:
        yield found


async def put(person: Person, user_id: str, content: bytes, **headers: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {person.access_token}"} | headers
    return await person.http.put(f"{person.url}/api/users/{user_id}/picture", content=content, headers=headers)


async def test_R18_picture_is_sent_shown_and_told(node: Running) -> None:
    """Bob hears of alice's picture at once, and gets it under a path that he may keep for ever."""
    alice, bob = await node.sign_in(), await node.sign_in("bob@example.com")
    listening = await bob.connect()
    answer = await put(alice, alice.id, picture(), **{"Content-Type": "text/html"})
    assert answer.status_code == 200, answer.text
    path = answer.json()["user"]["avatarUrl"]
    event = await listening.expect("user.updated")
    assert event["payload"]["user"]["avatarUrl"] == path
    shown = await bob.get(path)
    assert shown.headers["content-type"] == "image/webp"
    assert shown.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.content[8:12] == b"WEBP"


async def test_R18_another_picture_has_another_path(node: Running) -> None:
    """The one before is gone; the same one again changes nothing and is not told."""
    alice, bob = await node.sign_in(), await node.client("bob@example.com")
    paths = [
        (await put(alice, alice.id, picture(colour))).json()["user"]["avatarUrl"] for colour in ((1, 2, 3), (9, 9, 9))
    ]
    assert paths[0] != paths[1]
    assert (await alice.get(paths[0])).status_code == 404
    await bob.drain_events()
    assert (await put(alice, alice.id, picture((9, 9, 9)))).json()["user"]["avatarUrl"] == paths[1]
    await bob.refute("user.updated")


@pytest.mark.parametrize("way", ["user.removePicture", "me.update"])
async def test_R18_picture_is_taken_away_for_the_initials(node: Running, way: str) -> None:
    """Everybody hears of it, and the picture is nowhere any more."""
    alice, bob = await node.sign_in(), await node.client("bob@example.com")
    path = (await put(alice, alice.id, picture())).json()["user"]["avatarUrl"]
    await bob.expect("user.updated")
    payload = {} if way == "user.removePicture" else {"avatarUrl": None}
    assert (await alice.post(f"/api/{way}", payload)).json()["user"]["avatarUrl"] is None
    assert (await bob.expect("user.updated"))["payload"]["user"]["avatarUrl"] is None
    assert (await alice.get(path)).status_code == 404


async def test_R18_picture_goes_with_the_account(node: Running) -> None:
    """A removed person's face is shown nowhere, nor kept (FEATURES RX06)."""
    admin, alice = await node.admin(), await node.sign_in()
    path = (await put(alice, alice.id, picture())).json()["user"]["avatarUrl"]
    await admin.ask("admin.removeUser", userId=alice.id)
    assert (await admin.expect("user.removed"))["payload"]["user"]["avatarUrl"] is None
    assert (await node.sign_in(ADMIN_EMAIL)).id == admin.user_id
    assert (await (await node.sign_in("bob@example.com")).get(path)).status_code == 404


async def test_R18_an_administrator_changes_anybodys_picture_and_it_is_written_down(node: Running) -> None:
    """Sent and taken away by an administrator; the audit log says whose and by whom."""
    root, alice = await node.sign_in(ADMIN_EMAIL), await node.sign_in()
    assert (await put(root, alice.id, picture())).json()["user"]["counts"]
    assert (await root.post("/api/user.removePicture", {"userId": alice.id})).status_code == 200
    log = (await root.post("/api/admin.auditLog", {"targetId": alice.id, "action": "user.updated"})).json()
    assert [entry["detail"] for entry in log["entries"]] == [{"fields": ["avatarUrl"]}] * 2
    assert {entry["actorId"] for entry in log["entries"]} == {root.id}


async def test_R18_the_owner_of_a_bot_gives_it_a_face(node: Running) -> None:
    """His own bot's, not another's."""
    alice, bob = await node.sign_in(), await node.sign_in("bob@example.com")
    bot = (await alice.post("/api/bot.create", {"userName": "alice.bot"})).json()["user"]["id"]
    assert (await put(alice, bot, picture())).json()["user"]["avatarUrl"]
    assert (await put(bob, bot, picture())).json()["code"] == "forbidden"
    assert (await bob.post("/api/user.removePicture", {"userId": bot})).json()["code"] == "forbidden"


async def test_R18_the_outsider_changes_and_sees_nothing(near: Running, hall: Gallery) -> None:
    """Eve cannot change alice's picture by any road, nor have the server fetch for her; a stranger sees none."""
    alice, eve = await near.sign_in(), await near.sign_in("eve@example.com")
    path = (await put(alice, alice.id, picture())).json()["user"]["avatarUrl"]
    assert (await put(eve, alice.id, picture((1, 1, 1)))).status_code == 403
    url = hall.hang("/x.png", picture())
    for type, payload in (("fetchPicture", {"userId": alice.id, "url": url}), ("removePicture", {"userId": alice.id})):
        assert (await eve.post(f"/api/user.{type}", payload)).json()["error"] == "Admin access required"
    assert hall.asked == []
    assert (await near.http.get(near.url + path)).status_code == 401
    assert (await near.http.put(f"{near.url}/api/users/{alice.id}/picture", content=picture())).status_code == 401
    assert (await eve.get(path)).status_code == 200


async def test_R18_picture_by_url_is_fetched_by_the_server(near: Running, hall: Gallery) -> None:
    """What is shown afterwards is the server's own copy: no browser is ever sent to the other host."""
    alice = await near.client()
    reply = await alice.ask("user.fetchPicture", url=hall.hang("/face.jpg", picture(format="JPEG")))
    assert reply["user"]["avatarUrl"].startswith("/pictures/")
    assert [asked[0] for asked in hall.asked] == ["/face.jpg"]


async def test_R18_picture_by_url_reaches_no_inner_network(node: Running, hall: Gallery) -> None:
    """Without the setting the server itself and everything beside it are out of reach, for administrators too."""
    url = hall.hang("/face.png", picture())
    for asker in (await node.client(), await node.admin()):
        for goal in (url, f"{node.url}/metrics", "http://169.254.169.254/latest/meta-data/", "http://[::1]/"):
            error = await asker.refused("user.fetchPicture", url=goal)
            assert (error.code, error.field) == ("invalid", "url")
    assert hall.asked == []


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", picture()[:50], b"GIF89a" + b"\0" * 100])
async def test_R18_what_is_no_picture_is_refused(near: Running, hall: Gallery, content: bytes) -> None:
    """Sent or fetched, whatever its name and type say; the picture before stays."""
    alice = await near.sign_in()
    path = (await put(alice, alice.id, picture())).json()["user"]["avatarUrl"]
    sent = await put(alice, alice.id, content, **{"Content-Type": "image/png"})
    assert (sent.status_code, sent.json()["field"]) == (400, "picture")
    url = hall.hang("/x.png", content, **{"Content-Type": "image/png"})
    assert (await alice.post("/api/user.fetchPicture", {"url": url})).status_code == 400
    assert (await alice.get(path)).status_code == 200


async def test_R18_picture_too_large_is_refused_before_it_is_read(node: Running) -> None:
    """By what it says of itself, and by what comes when it says nothing."""
    alice = await node.sign_in()
    assert (await put(alice, alice.id, b"\0" * (portrait.MAX_BYTES + 1))).status_code == 413

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(portrait.MAX_BYTES // 65_536 + 1):
            yield b"\0" * 65_536

    headers = {"Authorization": f"Bearer {alice.access_token}"}
    url = f"{alice.url}/api/users/{alice.id}/picture"
    assert (await alice.http.put(url, content=pieces(), headers=headers)).status_code == 413


async def test_R18_picture_from_another_site_is_refused(node: Running) -> None:
    """With the cookie alone the Origin decides: no other page changes somebody's face."""
    answer = await node.http.post(node.url + "/auth/dev-login", json={"email": "alice@example.com"})
    cookie, user_id = answer.headers["set-cookie"].partition(";")[0], answer.json()["user"]["id"]
    url = f"{node.url}/api/users/{user_id}/picture"
    for origin, status in ((None, 403), ("https://evil.example", 403), (node.url, 200)):
        headers = {"Cookie": cookie} | ({"Origin": origin} if origin else {})
        assert (await node.http.put(url, content=picture(), headers=headers)).status_code == status


async def test_R18_twenty_pictures_at_once_leave_one(node: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever came last is the one that is shown and kept; who found no place was told so."""
    monkeypatch.setattr(picture_routes, "UPLOADS_AT_ONCE", 8)
    alice = await node.sign_in()
    colours = [(number * 10, 0, 0) for number in range(20)]
    answers = await asyncio.gather(*(put(alice, alice.id, picture(colour)) for colour in colours))
    assert {answer.status_code for answer in answers} <= {200, 503}
    paths = [answer.json()["user"]["avatarUrl"] for answer in answers if answer.status_code == 200]
    now = (await alice.get("/auth/me")).json()["user"]["avatarUrl"]
    assert now in paths
    assert [path for path in set(paths) if (await alice.get(path)).status_code == 200] == [now]


async def test_R18_a_restricted_session_gets_no_picture(node: Running) -> None:
    """Who must change his password first neither sees nor sends one."""
    root, alice = await node.sign_in(ADMIN_EMAIL), await node.sign_in()
    path = (await put(alice, alice.id, picture())).json()["user"]["avatarUrl"]
    added: dict[str, Any] = {"userName": "bob", "password": "correct horse battery", "requirePasswordChange": True}
    await root.post("/api/admin.addUser", added)
    bob = await node.sign_in_with_password("bob", "correct horse battery")
    assert (await bob.get(path)).json()["code"] == "restricted"
    assert (await put(bob, bob.id, picture())).json()["code"] == "restricted"
