"""What the tests of signing in share: one call each, and what an answer said."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx

from tests.client import Person
from tests.serving import ADMIN_PASSWORD, Running

Configured = Callable[..., AbstractAsyncContextManager[Running]]
DAY = 86_400
PASSWORD_MODE = {"authMode": "password", "isInviteRequired": True}
LIMITED = {"rateLimit": {"enabled": True, "requestsPerMinute": 100_000}}


async def post(node: Running, path: str, **body: Any) -> httpx.Response:
    return await node.http.post(node.url + path, json=body)


def said(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["code"]


async def log_in(node: Running, login: str = "admin", password: str = ADMIN_PASSWORD, **more: Any) -> httpx.Response:
    return await post(node, "/auth/password-login", login=login, password=password, **more)


async def add(node: Running, **fields: Any) -> Any:
    """An account made by the administrator, with the password `alice's password` if no other is given."""
    admin = await node.sign_in_with_password("admin", ADMIN_PASSWORD)
    answer = await admin.post("/api/admin.addUser", {"password": "alice's password"} | fields)
    assert answer.status_code == 200, answer.text
    return answer.json()["user"]


def cookie_of(answer: httpx.Response) -> str:
    """`name=value` of the cookie that a sign-in sets."""
    return answer.headers["set-cookie"].partition(";")[0]


async def me(node: Running, token: str) -> httpx.Response:
    return await node.http.get(node.url + "/auth/me", headers={"Authorization": f"Bearer {token}"})


async def expires_at(person: Person) -> int:
    (session,) = (await person.get("/auth/sessions")).json()["sessions"]
    return int(session["expiresAt"])
