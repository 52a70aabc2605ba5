"""The first administrator: made once, never overwritten (FEATURES M14-M17)."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.http.signing import PASSWORD_MODE, cookie_of, log_in, me
from tests.serving import Running, running, settings


def first_start(tmp_path: Path, **initial: str) -> AbstractAsyncContextManager[Running]:
    return running(settings(tmp_path, auth=PASSWORD_MODE, chat={"initialUser": initial}))


async def test_M14_the_first_start_makes_the_configured_administrator(tmp_path: Path) -> None:
    """M14: he signs in with the configured password, is an administrator and not restricted."""
    initial = {"id": "root", "userName": "root", "email": "root@example.com", "password": "first password"}
    async with first_start(tmp_path, **initial) as node:
        assert node.node.first_start is not None
        assert node.node.first_start.one_time_password is None
        root = await node.sign_in_with_password("root@example.com", "first password")
    assert (root.id, root.user["userName"], root.user["isAdmin"]) == ("root", "root", True)


async def test_M15_without_a_password_there_is_a_one_time_one(tmp_path: Path) -> None:
    """M15: it is told once, at the first start, signs in, and must be changed."""
    async with first_start(tmp_path) as node:
        assert node.node.first_start is not None
        one_time = node.node.first_start.one_time_password or ""
        admin = await node.sign_in_with_password("admin@localhost", one_time)
        assert (await admin.get("/auth/me")).json()["restricted"] == "password_change"
    async with first_start(tmp_path) as node:
        assert node.node.first_start is None
        assert (await log_in(node, "admin", one_time)).status_code == 200


async def test_M16_a_changed_password_is_never_overwritten(tmp_path: Path) -> None:
    """M16: after a change the configured password is worth nothing, however often the server starts."""
    async with first_start(tmp_path, password="first password") as node:
        admin = await (await node.sign_in_with_password("admin", "first password")).connect()
        await admin.ask("me.changePassword", currentPassword="first password", newPassword="my own password")
    async with first_start(tmp_path, password="another password") as node:
        assert (await log_in(node, "admin", "my own password")).status_code == 200
        assert (await log_in(node, "admin", "first password")).status_code == 401
        assert (await log_in(node, "admin", "another password")).status_code == 401


async def test_M16_a_configured_password_is_applied_once(tmp_path: Path) -> None:
    """M16: another one in the settings does not replace it at a later start."""
    async with first_start(tmp_path, password="first password"):
        pass
    async with first_start(tmp_path, password="another password") as node:
        assert (await log_in(node, "admin", "first password")).status_code == 200
        assert (await log_in(node, "admin", "another password")).status_code == 401


@pytest.mark.parametrize("email", ["admin@localhost", "admin@example.com"])
async def test_M17_a_configured_password_replaces_the_one_time_one(tmp_path: Path, email: str) -> None:
    """M17: while nobody changed it, also when an address is configured with it; sessions of the old one end."""
    async with first_start(tmp_path) as node:
        assert node.node.first_start is not None
        one_time = node.node.first_start.one_time_password or ""
        cookie = cookie_of(await log_in(node, "admin", one_time))
    async with first_start(tmp_path, email=email, password="first password") as node:
        body = (await log_in(node, "admin", "first password")).json()
        assert "restricted" not in (await me(node, body["accessToken"])).json()
        assert (await log_in(node, "admin", one_time)).status_code == 401
        assert (await node.http.get(node.url + "/auth/me", headers={"Cookie": cookie})).status_code == 401


async def test_M17_a_changed_one_time_password_is_not_replaced(tmp_path: Path) -> None:
    """M17's edge: a configured password comes too late once the one-time password was changed."""
    async with first_start(tmp_path) as node:
        assert node.node.first_start is not None
        one_time = node.node.first_start.one_time_password or ""
        admin = await (await node.sign_in_with_password("admin", one_time)).connect()
        await admin.ask("me.changePassword", currentPassword=one_time, newPassword="my own password")
    async with first_start(tmp_path, password="first password") as node:
        assert (await log_in(node, "admin", "first password")).status_code == 401
        assert (await log_in(node, "admin", "my own password")).status_code == 200


async def test_signing_in_survives_a_restart(tmp_path: Path) -> None:
    """Tokens and cookies of before are good after: secrets and sessions are kept."""
    async with first_start(tmp_path, password="first password") as node:
        answer = await log_in(node, "admin", "first password")
    async with first_start(tmp_path, password="first password") as node:
        assert (await me(node, answer.json()["accessToken"])).status_code == 200
        secret, port = cookie_of(answer).partition("=")[2], node.url.rpartition(":")[2]  # this one is on another port
        cookie = {"Cookie": f"chatd_session_{port}={secret}"}
        assert (await node.http.get(node.url + "/auth/me", headers=cookie)).status_code == 200
