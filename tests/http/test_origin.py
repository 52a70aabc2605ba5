"""Which pages may use a cookie: the Origin rules of PROTOCOL.md section 1, over HTTP and at the socket's door."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.client import Client
from tests.serving import ADMIN_EMAIL, ADMIN_PASSWORD, Running

Configured = Callable[..., AbstractAsyncContextManager[Running]]
FOREIGN = ["https://evil.example", "null", "", "nonsense", "http://127.0.0.1", "http://localhost:1"]
BEHIND = {"trustedProxies": ["127.0.0.0/8"]}
PROXIED = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "chat.example.com", "X-Forwarded-For": "203.0.113.9"}


async def cookie_of(node: Running, headers: dict[str, str] | None = None) -> dict[str, str]:
    """The header by which a browser that alice signed in with is known."""
    answer = await node.http.post(node.url + "/auth/dev-login", json={"email": "alice@example.com"}, headers=headers)
    return {"Cookie": answer.headers["set-cookie"].partition(";")[0]}


async def post(node: Running, headers: dict[str, str], path: str = "/api/ping") -> httpx.Response:
    return await node.http.post(node.url + path, json={}, headers=headers)


async def knock(node: Running, headers: dict[str, str]) -> int:
    """The status that an upgrade gets."""
    try:
        socket = await Client.open(node.url, headers=headers)
    except InvalidStatus as refused:
        return refused.response.status_code
    await socket.close()
    return 101


@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_foreign_page_cannot_use_the_cookie(node: Running, origin: str) -> None:
    """POST, DELETE and the socket are 403 for a cookie from elsewhere."""
    headers = await cookie_of(node) | {"Origin": origin}
    answer = await post(node, headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert (await node.http.delete(node.url + "/auth/sessions", headers=headers)).status_code == 403
    assert (await post(node, headers, "/auth/logout")).status_code == 403
    assert await knock(node, headers) == 403


async def test_a_cookie_without_an_origin_is_refused(node: Running) -> None:
    """A missing Origin is no better than a foreign one where the cookie is what counts."""
    headers = await cookie_of(node)
    assert (await post(node, headers)).status_code == 403
    assert (await node.http.delete(node.url + "/auth/sessions", headers=headers)).status_code == 403
    assert await knock(node, headers) == 403


async def test_the_servers_own_page_uses_the_cookie(node: Running) -> None:
    """Its own scheme, host and port open everything."""
    headers = await cookie_of(node) | {"Origin": node.url}
    assert (await post(node, headers)).status_code == 200
    assert (await node.http.delete(node.url + "/auth/sessions", headers=headers)).status_code == 200
    assert await knock(node, headers) == 101


async def test_reading_needs_no_origin(node: Running) -> None:
    """GET with the cookie is exempt, also from elsewhere: the answer is out of a foreign page's reach anyway."""
    headers = await cookie_of(node) | {"Origin": "https://evil.example"}
    for path in ("/auth/me", "/auth/sessions"):
        assert (await node.http.get(node.url + path, headers=headers)).status_code == 200


async def test_a_token_needs_no_origin(node: Running) -> None:
    """Only the cookie is bound to an origin: a bearer token works from everywhere, also beside a cookie."""
    alice = await node.sign_in()
    bearer = {"Authorization": f"Bearer {alice.access_token}", "Origin": "https://evil.example"}
    assert (await post(node, bearer)).status_code == 200
    assert (await post(node, bearer | await cookie_of(node))).status_code == 200
    assert await knock(node, bearer) == 101


async def test_the_subprotocol_is_judged_before_the_cookie(node: Running) -> None:
    """At the socket a token in the subprotocol comes second, the cookie last; the first present decides."""
    alice, cookie = await node.sign_in(), await cookie_of(node)
    good = {"Sec-WebSocket-Protocol": f"chatd.v1, bearer.{alice.access_token}"}
    bad = {"Sec-WebSocket-Protocol": "chatd.v1, bearer.nonsense"}
    foreign = {"Origin": "https://evil.example"}
    headers = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    headers["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    async with node.http.stream("GET", node.url + "/ws", headers=headers | good | foreign) as answer:
        assert (answer.status_code, answer.headers["sec-websocket-protocol"]) == (101, "chatd.v1")
    own = cookie | {"Origin": node.url}
    assert (await node.http.get(node.url + "/ws", headers=headers | bad | own)).status_code == 401
    authorized = {"Authorization": "Bearer nonsense"}
    assert (await node.http.get(node.url + "/ws", headers=headers | good | authorized)).status_code == 401


async def test_the_session_is_judged_before_the_origin(node: Running) -> None:
    """A dead cookie from elsewhere is 401, not 403."""
    headers = {"Cookie": "chatd_session=dead", "Origin": "https://evil.example"}
    assert (await post(node, headers)).status_code == 401
    assert await knock(node, headers) == 401


@pytest.mark.parametrize("path", ["/auth/password-login", "/auth/dev-login", "/auth/register", "/auth/refresh"])
async def test_signing_in_refuses_a_foreign_page(node: Running, path: str) -> None:
    """Calls that need no session refuse a foreign Origin, and `null`, not a missing one."""
    for origin in ("https://evil.example", "null"):
        assert (await post(node, {"Origin": origin}, path)).status_code == 403
    assert (await post(node, {}, path)).status_code in (400, 401)
    assert (await post(node, {"Origin": node.url}, path)).status_code in (400, 401)


async def test_allowed_domains_may_use_the_cookie(configured: Configured) -> None:
    """`server.allowedDomains` names further pages, to the letter: not their subdomains, ports or other schemes."""
    async with configured(server={"allowedDomains": ["https://App.example.com"]}) as node:
        cookie = await cookie_of(node)
        for origin in ("https://app.example.com", "https://app.example.com:443"):
            assert (await post(node, cookie | {"Origin": origin})).status_code == 200
            assert await knock(node, cookie | {"Origin": origin}) == 101
        for origin in ("http://app.example.com", "https://app.example.com:8443", "https://x.app.example.com"):
            assert (await post(node, cookie | {"Origin": origin})).status_code == 403


async def test_behind_a_trusted_proxy_the_origin_is_the_proxys(configured: Configured) -> None:
    """What the proxy says of scheme and host is this server's own origin; its cookie is Secure."""
    async with configured(server=BEHIND) as node:
        cookie = await cookie_of(node, PROXIED)
        headers = cookie | PROXIED | {"Origin": "https://chat.example.com"}
        assert (await post(node, headers)).status_code == 200
        assert await knock(node, headers) == 101
        assert (await post(node, headers | {"Origin": "http://chat.example.com"})).status_code == 403
        answer = await node.http.post(node.url + "/auth/dev-login", json={"email": ADMIN_EMAIL}, headers=PROXIED)
        assert "secure" in answer.headers["set-cookie"].lower()


async def test_an_untrusted_peer_is_not_believed(node: Running) -> None:
    """Without `trustedProxies` the X-Forwarded headers of anybody change nothing."""
    headers = await cookie_of(node) | PROXIED | {"Origin": "https://chat.example.com"}
    assert (await post(node, headers)).status_code == 403
    assert await knock(node, headers) == 403
    answer = await node.http.post(node.url + "/auth/dev-login", json={"email": ADMIN_EMAIL}, headers=PROXIED)
    assert "secure" not in answer.headers["set-cookie"].lower()


async def test_the_address_of_a_session_is_the_clients(configured: Configured) -> None:
    """Of a chain of proxies the nearest one that is not trusted counts; what lies behind it may be made up."""
    async with configured(server={"trustedProxies": ["127.0.0.1", "10.0.0.0/8"]}) as node:
        headers = {"X-Forwarded-For": "192.0.2.66, 203.0.113.9, 10.1.1.1"}
        body = {"login": "admin", "password": ADMIN_PASSWORD}
        answer = await node.http.post(node.url + "/auth/password-login", json=body, headers=headers)
        bearer = {"Authorization": f"Bearer {answer.json()['accessToken']}"}
        (session,) = (await node.http.get(node.url + "/auth/sessions", headers=bearer)).json()["sessions"]
    assert session["ip"] == "203.0.113.9"


async def test_the_public_url_is_this_servers_origin(configured: Configured) -> None:
    """`server.publicUrl` says what people see, without any header; https makes the cookie Secure."""
    async with configured(server={"publicUrl": "https://chat.example.com"}) as node:
        answer = await node.http.post(node.url + "/auth/dev-login", json={"email": ADMIN_EMAIL})
        assert "secure" in answer.headers["set-cookie"].lower()
        assert answer.headers["set-cookie"].startswith("__Host-chatd_session=")
        cookie = await cookie_of(node)
        assert (await post(node, cookie | {"Origin": "https://chat.example.com"})).status_code == 200
        assert (await post(node, cookie | {"Origin": "https://evil.example"})).status_code == 403
