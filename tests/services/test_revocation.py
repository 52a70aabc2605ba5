"""The kick promise: whatever ends a session cuts its sockets on every node, whatever the client does (PROTOCOL 8)."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.client import PATIENCE_SECONDS, Client, Person
from tests.conftest import RedisServer
from tests.serving import ADMIN_EMAIL, ADMIN_PASSWORD, MovableClock, Running, running, settings

SESSIONS = 4  # auth.maxActiveSessions here
PIPELINED = 60
ROOMY = 1 << 20  # bytes the kernel keeps for a socket that nobody reads
TEXT, CLOSE, PING = 1, 8, 9  # opcodes of RFC 6455
PASSWORD = "a password of bob's"
WEEK_SECONDS = 7 * 24 * 3600
BOB = {"userName": "bob", "email": "bob@example.com", "password": PASSWORD}
ALICE = {"userName": "alice", "email": "alice@example.com", "password": PASSWORD}

Place = tuple[Running, Running]


async def hang_up(*nodes: Running) -> None:
    """Close everybody's sockets before the first node stops: an open one holds its drain for a second."""
    clients = [client for node in nodes for person in node.people for client in person.clients]
    await asyncio.gather(*(client.close() for client in clients), return_exceptions=True)


@pytest.fixture(params=["memory", "redis", "two nodes"])
async def place(
    request: pytest.FixtureRequest, tmp_path: Path, redis_server: RedisServer, patient_counts: None
) -> AsyncIterator[Place]:
    """The shared fixture of this name, with a limit of sessions."""
    redis_url = None if request.param == "memory" else redis_server.url
    config, clock = settings(tmp_path, redis_url, auth={"maxActiveSessions": SESSIONS}), MovableClock()
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(running(config, clock))
        two = request.param == "two nodes"
        there = await stack.enter_async_context(running(config, clock)) if two else here
        yield here, there
        await hang_up(here, there)


class Deaf:
    """A socket made by hand that answers nothing, and reads nothing until it is told to."""

    def __init__(self, raw: socket.socket) -> None:
        self._raw = raw
        self._unread = b""

    @classmethod
    async def open(cls, url: str, token: str, buffer_bytes: int = 4096) -> "Deaf":
        raw = socket.socket()
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer_bytes)
        raw.setblocking(False)
        deaf = cls(raw)
        host = url.removeprefix("http://")
        loop = asyncio.get_running_loop()
        await loop.sock_connect(raw, (host.split(":")[0], int(host.split(":")[1])))
        head = f"GET /ws HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        head += "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        await loop.sock_sendall(raw, f"{head}Authorization: Bearer {token}\r\n\r\n".encode())
        while b"\r\n\r\n" not in deaf._unread:
            assert await deaf._read(), "the connection ended instead of the upgrade"
        head_read, _, deaf._unread = deaf._unread.partition(b"\r\n\r\n")
        assert head_read.startswith(b"HTTP/1.1 101"), head_read
        return deaf

    async def _read(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                data = await asyncio.get_running_loop().sock_recv(self._raw, 65_536)
        except ConnectionResetError:
            return False
        self._unread += data
        return bool(data)

    def _frame(self) -> tuple[int, bytes] | None:
        """The next whole frame of the server (RFC 6455 section 5.2), taken out."""
        data = self._unread
        if len(data) < 2:
            return None
        size, start = data[1], 2
        if size >= 126:
            start = 4 if size == 126 else 10
            size = int.from_bytes(data[2:start], "big")
        if len(data) < start + size or len(data) < start:
            return None
        self._unread = data[start + size :]
        return data[0] & 15, data[start : start + size]

    def _frames(self) -> list[tuple[int, bytes]]:
        """(opcode, payload) of the whole frames, heartbeats left out."""
        found = []
        while (frame := self._frame()) is not None:
            found.append(frame)
        return [frame for frame in found if frame[0] != PING]

    def frames_that_are_here(self) -> list[tuple[int, bytes]]:
        """What the server has written by now, without waiting for more."""
        self._unread += self._raw.recv(1 << 20)
        return self._frames()

    async def frames_until_the_end(self, *, answer_close: bool) -> list[tuple[int, bytes]]:
        """All that the server sends up to the end of the connection."""
        found: list[tuple[int, bytes]] = []
        while await self._read():
            more = self._frames()
            found += more
            if answer_close and any(opcode == CLOSE for opcode, _ in more):
                await self.answer_close()
        self._raw.close()
        return found

    async def answer_close(self) -> None:
        """An empty close frame, masked with zeros."""
        await asyncio.get_running_loop().sock_sendall(self._raw, b"\x88\x80\x00\x00\x00\x00")


@dataclass
class Scene:
    """bob's session that will end, with its sockets on both nodes, and those who must not notice."""

    here: Running
    there: Running
    admin: Client
    bob: Person
    own: Client  # of the session that will end, on the node that acts
    polite: Client  # the same, on the other node
    phone: Person  # another session of bob's
    phone_socket: Client
    bystanders: list[Client]


async def remembered(node: Running, login: str, password: str) -> Person:
    """Signed in for longer than the clock is moved here."""
    return await node.sign_in_with_password(login, password, rememberMe=True)


async def make_scene(place: Place) -> Scene:
    here, there = place
    admin_person = await remembered(here, ADMIN_EMAIL, ADMIN_PASSWORD)
    admin = await admin_person.connect()
    for person in (BOB, ALICE):
        await admin.ask("admin.addUser", **person)
    alice = await remembered(here, "alice", PASSWORD)
    bob = await here.sign_in("bob@example.com")
    here.clock.advance(0.01)  # bob's later sessions are younger than this one
    phone = await here.sign_in("bob@example.com")
    own, polite = await bob.connect(), await bob.connect(there.url)
    bystanders = [admin, await admin_person.connect(there.url), await alice.connect(), await alice.connect(there.url)]
    return Scene(here, there, admin, bob, own, polite, phone, await phone.connect(), bystanders)


def accepted(response: httpx.Response) -> None:
    assert response.status_code == 200, response.text


# --- the deeds ---------------------------------------------------------------------------------------------------


async def sign_out(scene: Scene) -> None:
    await scene.own.ask("session.signOut")


async def log_out(scene: Scene) -> None:
    accepted(await scene.bob.post("/auth/logout"))


async def sign_in_over_the_limit(scene: Scene) -> None:
    for _ in range(SESSIONS - 1):
        await scene.here.sign_in("bob@example.com")


async def revoke_own(scene: Scene) -> None:
    await scene.phone_socket.ask("session.revoke", sessionId=scene.own.session_id)


async def sign_out_others(scene: Scene) -> None:
    await scene.phone_socket.ask("session.signOutOthers")


async def delete_one(scene: Scene) -> None:
    accepted(await scene.phone.delete(f"/auth/sessions/{scene.own.session_id}"))


async def delete_others(scene: Scene) -> None:
    response = await scene.phone.delete("/auth/sessions")
    accepted(response)
    assert response.json() == {"revoked": 1}


async def revoke_current(scene: Scene) -> None:
    accepted(await scene.bob.delete(f"/auth/sessions/{scene.own.session_id}"))


async def change_password(scene: Scene) -> None:
    change = {"currentPassword": PASSWORD, "newPassword": "another password", "signOutOthers": True}
    await scene.phone_socket.ask("me.changePassword", **change)


async def refresh(scene: Scene, token: str) -> httpx.Response:
    return await scene.here.http.post(scene.here.url + "/auth/refresh", json={"refreshToken": token})


async def use_an_old_refresh_token(scene: Scene) -> None:
    """The first of a chain whose second was used already."""
    second = (await refresh(scene, scene.bob.refresh_token)).json()["refreshToken"]
    accepted(await refresh(scene, second))
    assert (await refresh(scene, scene.bob.refresh_token)).status_code == 401


async def admin_revokes(scene: Scene) -> None:
    await scene.admin.ask("admin.revokeSession", sessionId=scene.own.session_id)


async def admin_revokes_user(scene: Scene) -> None:
    assert await scene.admin.ask("admin.revokeUserSessions", userId=scene.bob.id) == {"revoked": 2, "tokens": 0}


async def admin_revokes_all(scene: Scene) -> None:
    scene.bystanders = scene.bystanders[:2]
    assert await scene.admin.ask("admin.revokeAllSessions") == {"revoked": 3, "tokens": 0}


async def remove(scene: Scene) -> None:
    reply = await scene.admin.ask("admin.removeUser", userId=scene.bob.id)
    assert reply == {"userId": scene.bob.id, "closedSockets": 6}


async def deactivate(scene: Scene) -> None:
    await scene.admin.ask("admin.deactivateUser", userId=scene.bob.id)


async def reset_password(scene: Scene) -> None:
    reset = {"mode": "manual", "password": "set by the admin", "revokeSessions": True}
    await scene.admin.ask("admin.resetPassword", userId=scene.bob.id, **reset)


async def expire(scene: Scene) -> None:
    scene.here.clock.advance(WEEK_SECONDS + 1)


async def leave(scene: Scene) -> None:
    await scene.phone_socket.ask("me.leaveServer", password=PASSWORD)


Deed = Callable[[Scene], Awaitable[None]]
DEEDS: dict[str, tuple[Deed, int, str, str | None]] = {
    "session.signOut": (sign_out, 4500, "signed_out", "self"),
    "POST /auth/logout": (log_out, 4500, "signed_out", "self"),
    "sign-in over the limit": (sign_in_over_the_limit, 4501, "session_limit", None),
    "session.revoke": (revoke_own, 4502, "session_revoked", "self"),
    "session.signOutOthers": (sign_out_others, 4502, "session_revoked", "self"),
    "DELETE /auth/sessions/{id}": (delete_one, 4502, "session_revoked", "self"),
    "DELETE /auth/sessions": (delete_others, 4502, "session_revoked", "self"),
    "DELETE of the current one": (revoke_current, 4502, "session_revoked", "self"),
    "me.changePassword": (change_password, 4502, "session_revoked", "self"),
    "reuse of a refresh token": (use_an_old_refresh_token, 4502, "session_revoked", None),
    "admin.revokeSession": (admin_revokes, 4502, "session_revoked", "admin"),
    "admin.revokeUserSessions": (admin_revokes_user, 4502, "session_revoked", "admin"),
    "admin.revokeAllSessions": (admin_revokes_all, 4502, "session_revoked", "admin"),
    "admin.removeUser": (remove, 4503, "account_removed", "admin"),
    "admin.deactivateUser": (deactivate, 4504, "account_deactivated", "admin"),
    "admin.resetPassword": (reset_password, 4505, "password_reset", "admin"),
    "expiry": (expire, 4508, "session_expired", None),
    "me.leaveServer": (leave, 4509, "account_left", "self"),
}


def bye_of(code: int, reason: str, by: str | None) -> dict[str, Any]:
    return {"code": code, "reason": reason, "reconnect": False} | ({} if by is None else {"by": by})


# --- what must hold ----------------------------------------------------------------------------------------------


async def require_worthless(scene: Scene) -> None:
    """The session's tokens are refused at every door of both nodes."""
    for node in (scene.here, scene.there):
        assert (await scene.bob.get("/auth/me", node.url)).status_code == 401
        assert (await scene.bob.post("/api/ping", url=node.url)).status_code == 401
        with pytest.raises(InvalidStatus) as refusal:
            await Client.open(node.url, scene.bob.access_token)
        assert refusal.value.response.status_code == 401
        renewal = await node.http.post(node.url + "/auth/refresh", json={"refreshToken": scene.bob.refresh_token})
        assert renewal.status_code == 401


async def pipeline(client: Client, channel_id: str) -> None:
    """Many messages at once, whose replies nobody waits for, until the socket closes."""
    try:
        for number in range(PIPELINED):
            await client.start("message", channelId=channel_id, content=f"in flight {number}")
    except ConnectionClosed:
        pass


async def said_by(client: Client, user_id: str) -> list[str]:
    general = await general_of(client)
    history = await client.ask("message.history", channelId=general, limit=200)
    return [message["id"] for message in history["messages"] if message["author"]["id"] == user_id]


async def general_of(client: Client) -> str:
    return str((await client.ask("channel.list"))["channels"][0]["id"])


def heard_from(user_id: str, events: list[dict[str, Any]]) -> set[str]:
    """The ids of this user's messages of which these events tell."""
    messages = [event["payload"]["message"] for event in events if event["type"].startswith("message.")]
    return {message["id"] for message in messages if message["author"]["id"] == user_id}


async def talk(scene: Scene) -> None:
    """The administrator says something that every bystander hears: whoever was not cut heard it too."""
    said = await scene.admin.ask("message", channelId=await general_of(scene.admin), content="is anybody here?")
    for client in scene.bystanders:
        await client.expect("message.created", message=said["message"])


def require_farewell(frames: list[tuple[int, bytes]], code: int, reason: str, by: str | None) -> None:
    """`bye` and the close frame are the last that was sent, each once."""
    assert [opcode for opcode, _ in frames].count(CLOSE) == 1
    (last, bye), (closing, status) = frames[-2:]
    assert (last, json.loads(bye)) == (TEXT, {"type": "bye", "payload": bye_of(code, reason, by)})
    assert (closing, status) == (CLOSE, code.to_bytes(2, "big") + reason.encode())


@pytest.mark.parametrize("name", DEEDS)
async def test_M20_M25_M28_M33_F22_F24_F37_F42_every_end_of_a_session_cuts_its_sockets_everywhere(
    place: Place, name: str
) -> None:
    """The reason is told once, nothing follows it, tokens are worth nothing from the reply on, others are untouched."""
    deed, code, reason, by = DEEDS[name]
    scene = await make_scene(place)
    near = await Deaf.open(scene.here.url, scene.bob.access_token, ROOMY)
    far = await Deaf.open(scene.there.url, scene.bob.access_token)
    busy = await scene.bob.connect(scene.there.url)
    await asyncio.gather(pipeline(busy, await general_of(busy)), deed(scene))
    if name != "expiry":  # which nobody asked for, so that it has no reply either
        require_farewell(near.frames_that_are_here(), code, reason, by)
    await require_worthless(scene)
    said = await said_by(scene.admin, scene.bob.id)
    for client in (scene.own, scene.polite, busy):
        ending = await client.ended()
        assert (ending.bye, ending.code) == (bye_of(code, reason, by), code)
    await talk(scene)
    assert await said_by(scene.admin, scene.bob.id) == said
    for bystander in scene.bystanders:
        assert heard_from(scene.bob.id, await bystander.drain_events()) <= set(said)
    require_farewell(await far.frames_until_the_end(answer_close=True), code, reason, by)
    if name == "expiry":
        require_farewell(near.frames_that_are_here(), code, reason, by)
    await near.answer_close()
    assert await near.frames_until_the_end(answer_close=False) == []


ASKING: dict[str, tuple[Callable[[Client], dict[str, Any]], int, str, str]] = {
    "session.signOut": (lambda client: {}, 4500, "signed_out", "self"),
    "session.revoke": (lambda client: {"sessionId": client.session_id}, 4502, "session_revoked", "self"),
    "admin.revokeSession": (lambda client: {"sessionId": client.session_id}, 4502, "session_revoked", "admin"),
    "admin.revokeUserSessions": (lambda client: {"userId": client.user_id}, 4502, "session_revoked", "admin"),
    "admin.resetPassword": (
        lambda client: {
            "userId": client.user_id,
            "mode": "manual",
            "password": PASSWORD,
            "revokeSessions": True,
            "proof": {"password": ADMIN_PASSWORD},
        },
        4505,
        "password_reset",
        "admin",
    ),
    "me.leaveServer": (lambda client: {"password": ADMIN_PASSWORD}, 4509, "account_left", "self"),
}


@pytest.mark.parametrize("type", ASKING)
async def test_who_ends_himself_is_answered_before_his_own_bye(place: Place, type: str) -> None:
    """Of the sockets that end the others are cut first, then comes the reply, then the asking socket's own `bye`."""
    payload_for, code, reason, by = ASKING[type]
    scene = await make_scene(place)
    await scene.admin.ask("admin.setRole", userId=scene.bob.id, role="admin")
    person = await remembered(scene.here, ADMIN_EMAIL, ADMIN_PASSWORD)
    asking = await person.connect()
    near = await Deaf.open(scene.here.url, person.access_token, ROOMY)
    twin = await person.connect(scene.there.url)
    reply = await asyncio.wait_for(await asking.start(type, **payload_for(asking)), PATIENCE_SECONDS)
    assert reply["ok"], reply
    require_farewell(near.frames_that_are_here(), code, reason, by)
    for client in (asking, twin):
        ending = await client.ended()
        assert (ending.bye, ending.code) == (bye_of(code, reason, by), code)
    assert asking.heard[-2] == reply
    await near.answer_close()
    assert await near.frames_until_the_end(answer_close=False) == []


async def test_a_sign_out_among_many_requests_is_answered(place: Place) -> None:
    """What a socket had in flight when it signed out does not take away the reply to the sign-out."""
    scene = await make_scene(place)
    general = await general_of(scene.own)
    earlier = [await scene.own.start("message", channelId=general, content=f"before {n}") for n in range(5)]
    leaving = await scene.own.start("session.signOut")
    later = [await scene.own.start("message", channelId=general, content=f"after {n}") for n in range(5)]
    ending = await scene.own.ended()
    assert ending.code == 4500
    assert [reply.result()["ok"] for reply in (*earlier, leaving)] == [True] * 6
    assert not any(reply.result()["ok"] for reply in later if reply.exception() is None)
    assert len(await said_by(scene.admin, scene.bob.id)) == 5


async def test_a_peer_that_never_answers_the_close_is_dropped(node: Running) -> None:
    """The server ends the connection by itself some seconds after `bye`, and sends nothing in between."""
    bob, admin = await node.sign_in("bob@example.com"), await node.admin()
    deaf = await Deaf.open(node.url, bob.access_token)
    await admin.ask("admin.removeUser", userId=bob.id)
    await admin.ask("message", channelId=await general_of(admin), content="is he gone?")
    require_farewell(await deaf.frames_until_the_end(answer_close=False), 4503, "account_removed", "admin")
    assert node.server.gateway.count == 1


async def test_a_peer_with_much_unsent_is_dropped_at_once(node: Running) -> None:
    """Who does not read when he is cut is not waited for: the connection has ended when the reply comes."""
    bob, admin = await node.sign_in("bob@example.com"), await node.admin()
    deaf, general = await Deaf.open(node.url, bob.access_token), await general_of(admin)
    while not node.server.gateway.congested:
        await admin.ask("message", channelId=general, content="much " * 800)
    await admin.ask("admin.removeUser", userId=bob.id)
    assert node.server.gateway.count == 1
    await admin.ask("message", channelId=general, content="a secret for those who stayed")
    frames = await deaf.frames_until_the_end(answer_close=False)
    assert frames
    assert not any(b"secret" in payload for _, payload in frames)
