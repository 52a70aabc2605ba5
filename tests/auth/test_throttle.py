"""The brake on guessing passwords, over memory and Redis (PROTOCOL.md section 7)."""

import asyncio
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import httpx
import pytest

from tests.conftest import RedisServer
from tests.http.signing import LIMITED, log_in, said
from tests.serving import ADMIN_PASSWORD, Running, running, settings


async def guess(node: Running, login: str, address: str = "10.0.0.1", password: str = "wrong guess") -> httpx.Response:
    body, headers = {"login": login, "password": password}, {"X-Forwarded-For": address}
    return await node.http.post(node.url + "/auth/password-login", json=body, headers=headers)


@pytest.fixture(params=["memory", "redis"])
def guarded(
    request: pytest.FixtureRequest, tmp_path: Path, redis_server: RedisServer
) -> AbstractAsyncContextManager[Running]:
    """A node that limits guessing and believes us about addresses."""
    redis_url = None if request.param == "memory" else redis_server.url
    return running(settings(tmp_path, redis_url, server=LIMITED | {"trustedProxies": ["127.0.0.1"]}))


async def test_RX13_ten_guesses_per_account_and_address(guarded: AbstractAsyncContextManager[Running]) -> None:
    """The eleventh is not heard, though right; from another address, and as another account, all is well."""
    async with guarded as node:
        assert [(await guess(node, "admin")).status_code for _ in range(10)] == [401] * 10
        refused = await guess(node, "admin", password=ADMIN_PASSWORD)
        assert said(refused) == (429, "rate_limited")
        assert 0 < refused.json()["retryAfterMs"] <= 300_000
        assert 0 < int(refused.headers["retry-after"]) <= 300
        assert (await guess(node, "admin", "10.0.0.2", ADMIN_PASSWORD)).status_code == 200
        assert (await guess(node, "nobody")).status_code == 401


async def test_RX13_fifty_guesses_per_address(guarded: AbstractAsyncContextManager[Running]) -> None:
    """Trying many accounts from one address is stopped at fifty, whatever the account."""
    async with guarded as node:
        answers = [(await guess(node, f"name{number}")).status_code for number in range(51)]
        assert answers == [401] * 50 + [429]
        assert (await guess(node, "admin", password=ADMIN_PASSWORD)).status_code == 429
        assert (await guess(node, "admin", "10.0.0.2", ADMIN_PASSWORD)).status_code == 200


async def test_parallel_guesses_cannot_slip_past(guarded: AbstractAsyncContextManager[Running]) -> None:
    """Forty guesses sent at once are ten heard and thirty refused."""
    async with guarded as node:
        answers = await asyncio.gather(*(guess(node, "admin") for _ in range(40)))
        assert sorted(answer.status_code for answer in answers) == [401] * 10 + [429] * 30


async def test_successes_do_not_count(guarded: AbstractAsyncContextManager[Running]) -> None:
    """Somebody who signs in again and again, and guesses wrong nine times, is not locked out."""
    async with guarded as node:
        for _ in range(9):
            assert (await guess(node, "admin")).status_code == 401
        answers = [(await guess(node, "admin", password=ADMIN_PASSWORD)).status_code for _ in range(15)]
        assert answers == [200] * 15


async def test_RX13_guesses_are_forgotten_after_five_minutes(tmp_path: Path) -> None:
    """Who waited the time that the refusal names is heard again."""
    async with running(settings(tmp_path, server=LIMITED)) as node:
        for _ in range(10):
            await log_in(node, "admin", "wrong guess")
        refused = await log_in(node)
        assert refused.status_code == 429
        node.clock.advance(refused.json()["retryAfterMs"] / 1000 + 1)
        assert (await log_in(node)).status_code == 200


async def test_a_stolen_session_is_no_way_to_guess_the_password(tmp_path: Path) -> None:
    """Five wrong current passwords in `me.changePassword`, then a quarter of an hour nothing is heard."""
    async with running(settings(tmp_path, server=LIMITED)) as node:
        admin = await (await node.sign_in_with_password("admin", ADMIN_PASSWORD)).connect()
        change = {"currentPassword": "wrong guess", "newPassword": "another password"}
        codes = [(await admin.refused("me.changePassword", **change)).code for _ in range(11)]
        assert codes == ["forbidden"] * 5 + ["rate_limited"] * 6


async def test_without_rate_limits_guessing_is_free(node: Running) -> None:
    """`rateLimit.enabled: false` lifts the brake on sign-in too."""
    answers = [(await log_in(node, "admin", "wrong guess")).status_code for _ in range(12)]
    assert answers == [401] * 12


async def test_one_account_is_not_guessed_from_very_many_addresses(
    guarded: AbstractAsyncContextManager[Running],
) -> None:
    """After a hundred failures in an hour nobody new is heard, there being such an account or not; its owner is."""
    async with guarded as node:
        assert (await guess(node, "admin", "198.51.100.1", ADMIN_PASSWORD)).status_code == 200
        for login in ("admin", "nobody"):
            tried = [guess(node, login, f"10.{number}.{number}.1") for number in range(100)]
            assert {answer.status_code for answer in await asyncio.gather(*tried)} == {401}
            refused = await guess(node, login, "192.0.2.1", ADMIN_PASSWORD)
            assert said(refused) == (429, "rate_limited")
            assert refused.json()["retryAfterMs"] > 300_000
        assert (await guess(node, "admin", "198.51.100.1", ADMIN_PASSWORD)).status_code == 200
