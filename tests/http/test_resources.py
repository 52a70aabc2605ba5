"""/api/admin/users and /api/admin/sessions: the words of HTTP around the admin RPC."""

from typing import Any

import httpx
import pytest

from chatd.dispatch.openapi import openapi
from chatd.dispatch.resources import RESOURCES
from tests.serving import ADMIN_EMAIL, Running

PASSWORD = "a password for alice"


async def headers_of(node: Running, email: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {(await node.sign_in(email)).access_token}"}


@pytest.fixture
async def admin(node: Running) -> dict[str, str]:
    return await headers_of(node, ADMIN_EMAIL)


async def call(node: Running, method: str, path: str, headers: dict[str, str], **more: Any) -> httpx.Response:
    return await node.http.request(method, node.url + path, headers=headers, **more)


async def test_FX01_F48_R52_a_user_is_made_read_changed_and_deleted(node: Running, admin: dict[str, str]) -> None:
    """201, 200, 200, 204, then 404: the life of one resource."""
    body = {"userName": "alice", "password": PASSWORD}
    made = await call(node, "POST", "/api/admin/users", admin, json=body)
    assert made.status_code == 201
    path = "/api/admin/users/" + made.json()["user"]["id"]
    assert (await call(node, "GET", path, admin)).json()["user"]["userName"] == "alice"
    changed = await call(node, "PUT", path, admin, json={"displayName": "Alice"})
    assert changed.json()["user"]["displayName"] == "Alice"
    gone = await call(node, "DELETE", path, admin, params={"confirm": "alice"})
    assert (gone.status_code, gone.content) == (204, b"")
    assert (await call(node, "GET", path, admin)).status_code == 404


async def test_FX01_refusals_have_their_status(node: Running, admin: dict[str, str]) -> None:
    """400, 401, 403, 404, 409, each with its code."""
    body = {"userName": "alice", "password": PASSWORD}
    await call(node, "POST", "/api/admin/users", admin, json=body)
    eve = await headers_of(node, "eve@example.com")
    for wanted, code, answer in (
        (409, "conflict", await call(node, "POST", "/api/admin/users", admin, json=body)),
        (400, "invalid", await call(node, "POST", "/api/admin/users", admin, json={"userName": "al"})),
        (401, "unauthenticated", await call(node, "GET", "/api/admin/users", {})),
        (403, "forbidden", await call(node, "GET", "/api/admin/users", eve)),
        (404, "not_found", await call(node, "PUT", "/api/admin/users/nobody", admin, json={"bio": "x"})),
        (400, "invalid", await call(node, "GET", "/api/admin/users?limit=many", admin)),
        (400, "invalid", await call(node, "GET", "/api/admin/users?limit=1&limit=2", admin)),
        (400, "invalid", await call(node, "GET", "/api/admin/users?colour=red", admin)),
        (415, "invalid", await call(node, "POST", "/api/admin/users", admin, content=b"userName=alice")),
        (405, "invalid", await call(node, "PATCH", "/api/admin/users", admin)),
    ):
        assert (answer.status_code, answer.json()["code"]) == (wanted, code), answer.text


async def test_FX01_the_list_is_paged_and_filtered_by_the_query(node: Running, admin: dict[str, str]) -> None:
    """Numbers in the query are read as numbers."""
    for name in ("alice", "bob", "carol"):
        await call(node, "POST", "/api/admin/users", admin, json={"userName": name, "password": PASSWORD})
    page = (await call(node, "GET", "/api/admin/users?sort=userName&order=asc&offset=1&limit=2", admin)).json()
    assert [user["userName"] for user in page["users"]] == ["alice", "bob"]
    assert page["total"] == 4


async def test_FX02_sessions_are_listed_and_one_is_ended(node: Running, admin: dict[str, str]) -> None:
    """The newest first, one's own marked; a deleted one is cut at once."""
    alice = await (await node.sign_in("alice@example.com")).connect()
    listed = (await call(node, "GET", "/api/admin/sessions", admin)).json()["sessions"]
    assert [session["userId"] == alice.user_id for session in listed] == [True, False]
    assert listed[1]["current"]
    path = "/api/admin/sessions/" + listed[0]["id"]
    assert (await call(node, "DELETE", path, admin)).status_code == 204
    assert (await alice.ended()).code == 4502
    assert (await call(node, "DELETE", path, admin)).status_code == 404


def test_R52_every_resource_is_in_the_reference() -> None:
    """What is served is described, with its own status and the id in the path."""
    paths = openapi()["paths"]
    for resource in RESOURCES:
        operation = paths[resource.path][resource.method.lower()]
        assert str(resource.status.value) in operation["responses"]
        assert any(one["name"] == "id" for one in operation.get("parameters", [])) == ("{id}" in resource.path)
