"""What operators look at: /health, /ready, /metrics, and what every answer carries."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.serving import ADMIN_EMAIL, Running

Configured = Callable[..., AbstractAsyncContextManager[Running]]


async def metrics(node: Running) -> dict[str, float]:
    """Every figure by its name with labels."""
    text = (await node.http.get(node.url + "/metrics")).text
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in text.splitlines() if line[0] != "#")}


async def test_health_says_that_the_process_runs(node: Running) -> None:
    """`/health` is 200 for everybody, with the version."""
    answer = await node.http.get(node.url + "/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "version": "0.1.0"})


async def test_ready_ends_with_the_drain(node: Running) -> None:
    """`/ready` is 200 while sockets are taken, 503 from the order to stop on, when upgrades are 503 too."""
    alice = await node.sign_in()
    await alice.connect()
    assert (await node.http.get(node.url + "/ready")).status_code == 200
    node.server.stop()
    ready, upgrade = await asyncio.gather(
        node.http.get(node.url + "/ready"),
        node.http.get(node.url + "/ws", headers={"Connection": "Upgrade", "Upgrade": "websocket"}),
    )
    assert ready.status_code == 503
    assert (upgrade.status_code, upgrade.json()["code"]) == (503, "unavailable")
    assert int(upgrade.headers["retry-after"]) > 0


async def test_metrics_count_sockets_messages_and_deliveries(node: Running) -> None:
    """Two sockets that hear one message are two deliveries, and every request has its histogram."""
    alice, bob = await node.client(), await node.client("bob@example.com")
    (general,) = (await alice.ask("channel.list"))["channels"]
    await alice.ask("message", channelId=general["id"], content="hello")
    for socket in (alice, bob):
        await socket.expect("message.created")
    found = await metrics(node)
    assert (found["chatd_sockets"], found["chatd_sessions"], found["chatd_deliveries_total"]) == (2, 2, 2)
    assert found["chatd_frames_in_total"] == 2
    assert found["chatd_frames_out_total"] == 4
    assert found['chatd_request_seconds_count{type="message"}'] == 1
    assert found["chatd_queue_bytes"] == 0
    assert found["chatd_commit_seconds_count"] >= 3


async def test_metrics_name_nobody(node: Running) -> None:
    """No user, address, channel or token is in the figures."""
    alice = await node.sign_in("alice.in.wonderland@example.com")
    await alice.connect()
    text = (await node.http.get(node.url + "/metrics")).text
    for secret in ("wonderland", alice.id, alice.access_token, "general"):
        assert secret not in text


PASSED_ON = [
    {"X-Forwarded-For": "127.0.0.1"},
    {"Forwarded": "for=127.0.0.1"},
    {"X-Forwarded-Proto": "https"},
    {"X-Real-IP": "127.0.0.1"},
    {"Via": "1.1 proxy"},
    {"Host": "chat.example.com"},
]
TOKEN = "a token of thirty-two characters".replace(" ", "-")


async def shown(node: Running, headers: dict[str, str]) -> bool:
    answer = await node.http.get(node.url + "/metrics", headers=headers)
    assert answer.status_code in (200, 403)
    return answer.status_code == 200


@pytest.mark.parametrize("headers", PASSED_ON)
@pytest.mark.parametrize("proxies", [[], ["127.0.0.0/8"]])
async def test_what_a_proxy_passes_on_is_not_of_this_machine(
    configured: Configured, headers: dict[str, str], proxies: list[str]
) -> None:
    """A proxy beside the server connects from loopback: figures stay hidden, whatever the asker says he is."""
    async with configured(auth={"authMode": "password"}, server={"trustedProxies": proxies}) as node:
        assert not await shown(node, headers)
        assert await shown(node, {})


@pytest.mark.parametrize(("address", "allowed"), [("192.0.2.7", True), ("192.0.3.7", False), ("2001:db8::7", True)])
async def test_networks_of_operators_see_figures(configured: Configured, address: str, allowed: bool) -> None:
    """`server.metricsNetworks` counts for the client that a trusted proxy names, not for what a stranger says."""
    networks = {"metricsNetworks": ["192.0.2.0/24", "2001:db8::/32"]}
    async with configured(server=networks | {"trustedProxies": ["127.0.0.1"]}) as node:
        assert await shown(node, {"X-Forwarded-For": address}) is allowed
        assert not await shown(node, {"X-Forwarded-For": f"{address}, 198.51.100.1"})
    async with configured(server=networks) as node:
        assert not await shown(node, {"X-Forwarded-For": address})


async def test_a_token_shows_figures_to_whoever_has_it(configured: Configured) -> None:
    """`server.metricsToken` as a bearer token, from anywhere; nothing else in its place."""
    from_afar = {"X-Forwarded-For": "192.0.2.7"}
    async with configured(server={"metricsToken": TOKEN}) as node:
        admin = await node.sign_in(ADMIN_EMAIL)
        assert await shown(node, from_afar | {"Authorization": f"Bearer {TOKEN}"})
        for wrong in (TOKEN[:-1], TOKEN + "x", "x", admin.access_token):
            assert not await shown(node, from_afar | {"Authorization": f"Bearer {wrong}"})
        assert not await shown(node, from_afar | {"Authorization": f"Basic {TOKEN}"})


async def test_guessing_the_token_of_figures_is_slow(configured: Configured) -> None:
    """Refusals count against the address."""
    async with configured(server={"rateLimit": {"enabled": True, "requestsPerMinute": 60}}) as node:
        found = [
            (await node.http.get(node.url + "/metrics", headers={"Via": "1.1 proxy"})).status_code for _ in range(10)
        ]
    assert found[0] == 403
    assert 429 in found


async def test_why_it_is_not_ready_is_for_operators(node: Running) -> None:
    """Balancers and strangers hear 503; who asks from this machine hears the reason too."""
    node.node.chat.draining = True
    here = await node.http.get(node.url + "/ready")
    afar = await node.http.get(node.url + "/ready", headers={"X-Forwarded-For": "192.0.2.7"})
    assert (here.status_code, afar.status_code) == (503, 503)
    assert "stopping" in here.json()["error"]
    assert "stopping" not in afar.text


async def test_browsers_behind_tls_come_back_by_tls_alone(configured: Configured) -> None:
    """HSTS on every answer where the browser speaks TLS, with us or with a proxy of ours; on no other."""
    name = "strict-transport-security"
    async with configured(server={"trustedProxies": ["127.0.0.1"]}) as node:
        for path in ("/", "/health", "/no/such/path", "/auth/me"):
            plain = await node.http.get(node.url + path)
            tls = await node.http.get(node.url + path, headers={"X-Forwarded-Proto": "https"})
            assert (plain.headers.get(name), tls.headers.get(name)) == (None, "max-age=31536000")
    async with configured() as node:
        untrusted = await node.http.get(node.url + "/", headers={"X-Forwarded-Proto": "https"})
        assert name not in untrusted.headers


@pytest.mark.parametrize("path", ["/", "/health", "/config.json", "/auth/me", "/no/such/path", "/api/openapi.json"])
async def test_every_answer_carries_the_security_headers(node: Running, path: str) -> None:
    """Also refusals: a policy without inline scripts, no framing, no sniffing, no referrer."""
    headers = (await node.http.get(node.url + path)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert "server" not in headers


async def test_a_failure_is_internal_and_says_nothing_more(
    node: Running, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A broken database gives 500 `internal` as JSON; the stack is in the log alone."""
    with sqlite3.connect(tmp_path / "data" / "chatd.db") as database:
        database.execute("DROP TABLE settings")
    database.close()
    answer = await node.http.get(node.url + "/config.json")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "settings" not in answer.text
    assert [record.exc_info is not None for record in caplog.records if record.levelname == "ERROR"] == [True]
    assert (await node.http.get(node.url + "/health")).status_code == 200
