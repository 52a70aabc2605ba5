"""What operators look at: /health, /ready, /metrics, and what every answer carries."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.serving import Running

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
