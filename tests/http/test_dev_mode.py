"""What guards a server that asks for no password: a page elsewhere whose name resolves to this machine gets nothing."""

import logging
from urllib.parse import urlsplit

import pytest

from tests.gateway.raw import Raw
from tests.http.signing import Configured, log_in
from tests.serving import ADMIN_EMAIL, Running

FOREIGN = [
    "evil.example",
    "evil.example:3000",
    "localhost.evil.example",
    "192.0.2.7",
    "[2001:db8::7]",
    "127.0.0.1.evil.example",
]


@pytest.mark.parametrize("host", FOREIGN)
async def test_another_name_is_refused_at_every_path(node: Running, host: str) -> None:
    """The page of `evil.example` that resolves to this machine neither signs in nor reads: 403 before all else."""
    headers = {"Host": host, "Origin": f"http://{host}"}
    answer = await node.http.post(node.url + "/auth/dev-login", json={"email": ADMIN_EMAIL}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert "server.publicUrl" in answer.json()["error"]
    assert "set-cookie" not in answer.headers
    for path in ("/", "/config.json", "/auth/me", "/no/such/path", "/metrics"):
        assert (await node.http.get(node.url + path, headers=headers)).status_code == 403


async def test_another_name_gets_no_socket(node: Running) -> None:
    """Not even with a good token."""
    alice = await node.sign_in()
    for host, status in (("evil.example", 403), (urlsplit(node.url).netloc, 101)):
        eve = await Raw.connect(node.url)
        await eve.send(eve.upgrade(Host=host, Authorization=f"Bearer {alice.access_token}"))
        assert (await eve.head())[0] == status
        eve.close()


async def test_its_own_names_are_served(configured: Configured) -> None:
    """Loopback in every spelling, with whatever port a tunnel has, and `server.publicUrl`."""
    async with configured(server={"publicUrl": "http://dev.example.com:8080"}) as node:
        port = urlsplit(node.url).port
        for host in (
            f"127.0.0.1:{port}",
            "localhost",
            f"LocalHost:{port}",
            "[::1]:8080",
            "dev.example.com",
            "127.0.0.1.",
        ):
            answer = await node.http.get(node.url + "/config.json", headers={"Host": host})
            assert answer.status_code == 200, host


async def test_password_mode_serves_every_name(configured: Configured) -> None:
    """There a page elsewhere has no password to send."""
    async with configured(auth={"authMode": "password"}) as node:
        assert (await node.http.get(node.url + "/config.json", headers={"Host": "evil.example"})).status_code == 200


async def test_log_and_page_warn(configured: Configured, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody runs it without being told; in password mode nobody is told."""
    for mode in ("dev", "password"):
        caplog.clear()
        async with configured(auth={"authMode": mode}) as node:
            page = (await node.http.get(node.url + "/")).text
            assert (await log_in(node)).status_code == 200
        warned = [
            record for record in caplog.records if record.levelno == logging.WARNING and "DEV MODE" in record.message
        ]
        assert ("without a password" in page, len(warned)) == ((True, 1) if mode == "dev" else (False, 0))
