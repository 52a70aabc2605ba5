"""The orderly end: what was asked is answered, everybody is sent away to come back, the process exits 0 in time."""

import asyncio
import json
import signal
from pathlib import Path

import httpx
import pytest

from tests.client import Client
from tests.gateway import raw
from tests.gateway.raw import Raw
from tests.process import Process, serving

DRAIN_SECONDS = 10  # PROTOCOL.md, end


async def general(client: Client) -> str:
    return str((await client.ask("channel.list"))["channels"][0]["id"])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_answers_what_was_asked_then_sends_everybody_away(
    tmp_path: Path, number: signal.Signals
) -> None:
    """All requests that the server read are answered, then `bye` 1012 with reconnectAfterMs, close 1012, exit 0."""
    async with serving(tmp_path) as server:
        alice, bob = await server.client(), await server.client("bob@example.com")
        channel = await general(alice)
        replies = [await alice.start("message", channelId=channel, content=f"{i}") for i in range(300)]
        await replies[0]
        server.signal(number)
        for client in (alice, bob):
            ending = await client.ended()
            assert ending.code == 1012
            assert ending.bye is not None
            assert (ending.bye["code"], ending.bye["reason"], ending.bye["reconnect"]) == (1012, "restart", True)
            assert 0 <= ending.bye["reconnectAfterMs"] <= 5000
        assert await server.ended(DRAIN_SECONDS) == 0
        stored = [reply.result()["payload"]["message"]["id"] for reply in replies if not reply.exception()]
        await server.start()
        alice = await server.client()
        found = (await alice.ask("message.history", channelId=channel, limit=200))["messages"]
        assert {message["id"] for message in found} <= set(stored)  # nothing was stored and left unanswered
        assert (await alice.ask("channel.list"))["channels"][0]["seq"] == len(stored)
        await alice.close()


async def test_clients_that_answer_nothing_do_not_hold_up_the_end(tmp_path: Path) -> None:
    """Sockets that never answer, half a head, half a body: exit status 0 within 10 s all the same."""
    async with serving(tmp_path) as server:
        alice = await server.sign_in()
        silent = [await Raw.open(server.url, alice.access_token, 4096) for _ in range(3)]
        talker = await server.connect(alice.access_token)
        channel = await general(talker)
        for _ in range(20):  # the silent ones have unread input beside the close frame
            await talker.ask("message", channelId=channel, content="😀" * 4000)
        half_head, half_body = await Raw.connect(server.url), await Raw.connect(server.url)
        await half_head.send(b"GET /hea")
        await half_body.send(b"POST /auth/refresh HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
        server.signal(signal.SIGTERM)
        assert await server.ended(DRAIN_SECONDS) == 0
        assert (await talker.ended()).code == 1012
        assert "Traceback" not in server.errors
        for connection in (*silent, half_head, half_body):
            connection.close()


async def test_ready_says_503_while_the_server_stops(tmp_path: Path) -> None:
    """Whoever asks after the signal hears 503 and no more 200."""
    async with serving(tmp_path) as server:
        alice = await server.sign_in()
        silent = await Raw.open(server.url, alice.access_token)
        assert (await server.http.get(server.url + "/ready")).json() == {"status": "ready"}
        server.signal(signal.SIGTERM)
        while (answer := await server.http.get(server.url + "/ready")).status_code == 200:
            pass
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert await server.ended(DRAIN_SECONDS) == 0
        silent.close()


async def test_sessions_survive_a_restart_and_resume_tells_what_was_missed(tmp_path: Path) -> None:
    """The same token opens a socket again, and `resume` holds what was said after the last `seq` seen."""
    async with serving(tmp_path) as server:
        alice, bob = await server.sign_in(), await server.sign_in("bob@example.com")
        talker, listener = await server.connect(alice.access_token), await server.connect(bob.access_token)
        channel = await general(talker)
        await talker.ask("message", channelId=channel, content="seen")
        last = (await listener.expect("message.created"))["seq"]
        await listener.close()
        missed = (await talker.ask("message", channelId=channel, content="missed"))["message"]
        server.signal(signal.SIGTERM)
        assert await server.ended(DRAIN_SECONDS) == 0
        await server.start()
        listener = await server.connect(bob.access_token)
        found = (await listener.ask("resume", channels={channel: last}))["channels"][channel]
        assert found == {"messages": [missed], "seq": 2, "resync": False}
        answer = await server.http.post(server.url + "/auth/refresh", json={"refreshToken": alice.refresh_token})
        assert answer.status_code == 200
        await listener.close()


async def test_a_stop_without_anybody_connected_is_prompt(tmp_path: Path) -> None:
    """An idle server exits 0."""
    async with serving(tmp_path) as server:
        server.signal(signal.SIGTERM)
        assert await server.ended(DRAIN_SECONDS) == 0


# --- secrets -----------------------------------------------------------------------------------------------------


class Secrets:
    """Everything used in a session of use that no log may hold."""

    def __init__(self, server: Process) -> None:
        self.server = server
        self.used: set[str] = set()

    async def post(self, path: str, body: dict[str, str], **headers: str) -> httpx.Response:
        self.used |= {body[key] for key in body if "assword" in key or "oken" in key}
        answer = await self.server.http.post(self.server.url + path, json=body, headers=headers)
        if answer.status_code == 200:
            self.used |= {answer.json()[key] for key in ("accessToken", "refreshToken") if key in answer.json()}
            self.used |= {
                cookie.partition(";")[0].partition("=")[2] for cookie in answer.headers.get_list("set-cookie")
            }
        return answer

    async def sign_in(self, login: str, password: str) -> httpx.Response:
        self.server.http.cookies.clear()
        return await self.post("/auth/password-login", {"login": login, "password": password})


async def test_M35_F46_no_secret_and_no_message_reaches_a_log(tmp_path: Path) -> None:
    """At log level debug: passwords right and wrong, tokens, cookies and texts are in no output of the server."""
    sections = {
        "auth": {"authMode": "password", "isInviteRequired": False},
        "chat": {"initialUser": {"userName": "admin", "email": "admin@example.com"}},
        "server": {"logLevel": "debug"},
    }
    async with serving(tmp_path, **sections) as server:
        secrets = Secrets(server)
        await secrets.post("/auth/register", {"email": "alice@example.com", "password": "alices own password"})
        async with asyncio.timeout(raw.PATIENCE_SECONDS):
            while "It is shown only now" not in server.output:
                await server.http.get(server.url + "/health")
        one_time = next(line.split()[-1] for line in server.output.splitlines() if "One-time password" in line)
        await secrets.sign_in("alice@example.com", "a wrong password")
        await secrets.sign_in("alice@example.com", "x" * 80)
        token = (await secrets.sign_in("admin", one_time)).json()["accessToken"]
        admin = await server.connect(token)
        changed = {"currentPassword": one_time, "newPassword": "admins new password"}
        await admin.ask("me.changePassword", **changed)
        await admin.expect("hello")
        alice_in = (await secrets.sign_in("alice@example.com", "alices own password")).json()
        alice = await server.connect(alice_in["accessToken"])
        channel = await general(alice)
        sent = (await alice.ask("message", channelId=channel, content="a text for nobody else"))["message"]
        await alice.ask("message.edit", messageId=sent["id"], content="another text for nobody else")
        await alice.refused("message", channelId=channel, content="a refused text", threadId="x")
        await alice.send('{"type":"message","payload":{"content":"a broken text"')
        await secrets.post("/auth/refresh", {"refreshToken": alice_in["refreshToken"]})
        await secrets.post("/auth/refresh", {"refreshToken": "made up token"})
        await secrets.post("/api/message", {"content": "over http"}, Authorization="Bearer made-up-bearer")
        reset = {"userId": alice.user_id, "mode": "manual", "password": "a password by reset"}
        await admin.ask("admin.resetPassword", **reset, revokeSessions=True)
        added = {"userName": "bob", "password": "bobs first password"}
        await admin.ask("admin.addUser", **added)
        await alice.ended()
        await admin.close()
        server.signal(signal.SIGTERM)
        assert await server.ended(DRAIN_SECONDS) == 0
        texts = {"for nobody else", "a refused text", "a broken text", "over http", "made-up-bearer"}
        texts |= {*changed.values(), reset["password"], added["password"]} | json_secrets(server)
        assert len(secrets.used) > 12
        assert server.errors  # there is a log
        found = {secret for secret in secrets.used | texts if secret in server.errors}
        shown = {secret for secret in secrets.used | texts if secret in server.output}
        assert (found, shown, server.output.count(one_time)) == (set(), {one_time}, 1)


def json_secrets(server: Process) -> set[str]:
    return set(json.loads((server.folder.parent / "data" / "secrets.json").read_text()).values())
