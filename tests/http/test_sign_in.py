"""Signing in over HTTP: who gets in, and what he gets (PROTOCOL.md section 1)."""

from pathlib import Path
from typing import Any

import jwt
import pytest

from tests.http.signing import DAY, PASSWORD_MODE, Configured, add, cookie_of, log_in, me, post, said
from tests.serving import ADMIN_EMAIL, ADMIN_PASSWORD, Running, running, settings

# --- what the sign-in page needs -------------------------------------------------------------------------------------


async def test_M11_FX07_config_tells_what_a_sign_in_page_needs(configured: Configured) -> None:
    """Public facts and nothing else, with the password policy in force."""
    async with configured(auth=PASSWORD_MODE | {"passwordPolicy": {"minLength": 10, "maxRepeat": 3}}) as node:
        found = (await node.http.get(node.url + "/config.json")).json()
    policy = {"minLength": 10, "maxBytes": 72, "maxRepeat": 3, "lower": False, "upper": False, "digit": False}
    assert found["auth"] == {
        "mode": "password",
        "hasEmail": False,
        "isInviteRequired": True,
        "registrationEnabled": False,
        "passwordResetEnabled": False,
        "oauthEnabled": False,
        "passwordPolicy": policy | {"special": False, "history": 0},
    }
    assert found["server"] == {"name": "chatd", "version": "0.1.0"}


# --- password-login --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["admin", "ADMIN", ADMIN_EMAIL, ADMIN_EMAIL.upper()])
async def test_password_login_takes_a_name_or_an_address(node: Running, login: str) -> None:
    """Both names of an account sign in, in any case, and give a pair of tokens that work."""
    answer = await log_in(node, login)
    body = answer.json()
    assert set(body) == {"accessToken", "refreshToken", "exp", "tokenType", "user"}
    assert (answer.status_code, body["exp"], body["tokenType"]) == (200, 900, "Bearer")
    assert (await me(node, body["accessToken"])).json()["user"]["email"] == ADMIN_EMAIL


async def test_email_field_signs_in_too(node: Running) -> None:
    """`email` may stand for `login`."""
    answer = await post(node, "/auth/password-login", email=ADMIN_EMAIL, password=ADMIN_PASSWORD)
    assert answer.json()["user"]["isAdmin"] is True


async def test_F46_unknown_user_and_wrong_password_get_the_same_answer(node: Running) -> None:
    """Nobody learns from a failed sign-in whether the account exists."""
    wrong, unknown = await log_in(node, "admin", "wrong password"), await log_in(node, "nobody", ADMIN_PASSWORD)
    assert said(wrong) == (401, "unauthenticated")
    assert (wrong.status_code, wrong.content) == (unknown.status_code, unknown.content)


async def test_F47_passwords_are_never_trimmed(node: Running) -> None:
    """A space at the end of a password counts."""
    await add(node, userName="alice", password="alice's password ")
    assert (await log_in(node, "alice", "alice's password")).status_code == 401
    assert (await log_in(node, "alice", "alice's password ")).status_code == 200


async def test_M30_a_sign_in_never_creates_an_account(node: Running) -> None:
    """A password for an unknown address makes nobody."""
    assert (await log_in(node, "eve@example.com", "a good password")).status_code == 401
    admin = await node.sign_in(ADMIN_EMAIL)
    assert (await admin.post("/api/admin.listUsers")).json()["total"] == 1


async def test_R48_deactivated_is_said_only_after_the_right_password(node: Running) -> None:
    """A guesser cannot tell a deactivated account from an unknown one."""
    user = await add(node, userName="alice")
    admin = await node.sign_in(ADMIN_EMAIL)
    await admin.post("/api/admin.deactivateUser", {"userId": user["id"]})
    assert said(await log_in(node, "alice", "wrong password")) == (401, "unauthenticated")
    assert said(await log_in(node, "alice", "alice's password")) == (403, "account_deactivated")


@pytest.mark.parametrize(
    "body",
    [
        {"login": "admin"},
        {"password": "x"},
        {"login": "admin", "password": 5},
        {"login": "admin", "password": "x", "rememberMe": 1},
        {"login": "admin", "password": "x", "nonsense": 1},
        {"login": "a\0", "password": "x"},
    ],
)
async def test_a_malformed_sign_in_is_invalid(node: Running, body: dict[str, Any]) -> None:
    """Missing, wrongly typed and unknown fields are 400 `invalid`."""
    assert said(await post(node, "/auth/password-login", **body)) == (400, "invalid")


# --- the cookie ------------------------------------------------------------------------------------------------------


async def test_FX03_every_sign_in_sets_a_session_cookie(node: Running) -> None:
    """The cookie is out of reach of scripts and other sites, ends with the browser, and is the same session."""
    answer = await log_in(node)
    attributes = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
    assert attributes == {"httponly", "path=/", "samesite=lax"}
    headers = {"Cookie": cookie_of(answer)}
    sessions = (await node.http.get(node.url + "/auth/sessions", headers=headers)).json()["sessions"]
    claims = jwt.decode(answer.json()["accessToken"], options={"verify_signature": False})
    assert [session["id"] for session in sessions if session["current"]] == [claims["sid"]]


async def test_FX04_a_remembered_cookie_lasts_thirty_days(node: Running) -> None:
    """With `rememberMe` the cookie has a Max-Age and the session 30 days."""
    answer = await log_in(node, rememberMe=True)
    assert "max-age=2592000" in answer.headers["set-cookie"].lower()
    assert cookie_of(answer).startswith("chatd_session_")
    person = await node.sign_in_with_password("admin", ADMIN_PASSWORD, rememberMe=True)
    newest = (await person.get("/auth/sessions")).json()["sessions"][0]
    assert newest["expiresAt"] - newest["createdAt"] == 30 * DAY * 1000


async def test_two_servers_on_one_host_keep_their_cookies_apart(node: Running, tmp_path: Path) -> None:
    """A browser sends a host's cookies to all its ports: alice is signed in at both, and signs out of one."""
    async with running(settings(tmp_path / "other")) as other:
        jar = {}
        for server in (node, other):
            name, _, secret = cookie_of(await log_in(server)).partition("=")
            assert name == f"chatd_session_{server.url.rpartition(':')[2]}"
            jar[name] = secret
        both = {"Cookie": "; ".join(f"{name}={secret}" for name, secret in jar.items())}
        out = await other.http.post(other.url + "/auth/logout", headers=both | {"Origin": other.url}, json={})
        assert cookie_of(out) == f'chatd_session_{other.url.rpartition(":")[2]}=""'
        found = [(await server.http.get(server.url + "/auth/me", headers=both)).status_code for server in (node, other)]
    assert found == [200, 401]


async def test_the_cookie_of_an_earlier_version_stays_good(node: Running) -> None:
    """Who was signed in before names had ports stays signed in, and signs out of that cookie; a newer one wins."""
    secret = cookie_of(await log_in(node)).partition("=")[2]
    old = {"Cookie": f"chatd_session={secret}"}
    assert (await node.http.get(node.url + "/auth/me", headers=old)).status_code == 200
    name = f"chatd_session_{node.url.rpartition(':')[2]}"
    newer = {"Cookie": f"chatd_session=worthless; {name}={secret}"}
    assert (await node.http.get(node.url + "/auth/me", headers=newer)).status_code == 200
    out = await node.http.post(node.url + "/auth/logout", headers=old | {"Origin": node.url}, json={})
    assert cookie_of(out) == 'chatd_session=""'


async def test_behind_tls_the_cookie_belongs_to_this_host_alone(configured: Configured) -> None:
    """`__Host-`: Secure, of no domain. Its secret, planted under the old name, is worth nothing."""
    async with configured(server={"publicUrl": "https://chat.example.com"}) as node:
        answer = await log_in(node)
        name, _, secret = cookie_of(answer).partition("=")
        attributes = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
        assert (name, attributes) == ("__Host-chatd_session", {"httponly", "path=/", "samesite=lax", "secure"})
        for cookie, status in (
            (f"__Host-chatd_session={secret}", 200),
            (f"chatd_session={secret}", 401),
            (f"chatd_session={secret.removeprefix('h.')}", 401),
            (f"chatd_session_443={secret}", 401),
            (f"chatd_session={secret}; __Host-chatd_session=worthless", 401),
        ):
            headers = {"Cookie": cookie, "Origin": "https://chat.example.com"}
            assert (await node.http.get(node.url + "/auth/me", headers=headers)).status_code == status, cookie
        out = await node.http.post(node.url + "/auth/logout", headers=headers, json={})
        removed = [part for part in out.headers.get_list("set-cookie") if part.startswith("__Host-chatd_session=")]
        assert len(removed) == 1
        assert "secure" in removed[0].lower()


async def test_two_servers_behind_tls_on_one_host_keep_their_cookies_apart(configured: Configured) -> None:
    """The port is in the name there too, unless it is the usual one."""
    for url, name in (("https://chat.example:8443", "__Host-chatd_session_8443"), ("https://chat.example:443", None)):
        async with configured(server={"publicUrl": url}) as node:
            assert cookie_of(await log_in(node)).startswith((name or "__Host-chatd_session") + "=")


async def test_an_authorization_header_is_judged_before_the_cookie(node: Running) -> None:
    """The first credential present is the only one judged: a bad token is not saved by a good cookie."""
    cookie = cookie_of(await log_in(node))
    for authorization in ("Bearer nonsense", "Basic YTpi", ""):
        headers = {"Cookie": cookie, "Authorization": authorization}
        assert said(await node.http.get(node.url + "/auth/me", headers=headers)) == (401, "unauthenticated")


async def test_a_token_is_worth_nothing_as_a_cookie(node: Running) -> None:
    """An access token, the session's id or rubbish in the cookie's place is nobody."""
    token = (await log_in(node)).json()["accessToken"]
    session_id = jwt.decode(token, options={"verify_signature": False})["sid"]
    for value in (token, session_id, "x", ""):
        answer = await node.http.get(node.url + "/auth/me", headers={"Cookie": f"chatd_session={value}"})
        assert said(answer) == (401, "unauthenticated")


async def test_M35_FX03_only_hashes_of_secrets_are_stored(node: Running, tmp_path: Path) -> None:
    """Neither the cookie's secret nor the password can be found in the data folder."""
    secret = cookie_of(await log_in(node)).partition("=")[2].encode()
    stored = b"".join(file.read_bytes() for file in (tmp_path / "data").glob("chatd.db*"))
    assert b"admin@example.com" in stored
    assert secret not in stored
    assert ADMIN_PASSWORD.encode() not in stored


# --- dev-login and registration --------------------------------------------------------------------------------------


async def test_M31_dev_login_makes_regular_users(node: Running) -> None:
    """In dev mode an unknown address becomes a regular user; `token` is the access token."""
    body = (await post(node, "/auth/dev-login", email="alice@example.com")).json()
    assert body["token"] == body["accessToken"]
    assert (body["user"]["userName"], body["user"]["role"], body["user"]["status"]) == ("alice", "user", "active")
    again = (await post(node, "/auth/dev-login", email="ALICE@example.com")).json()
    assert again["user"]["id"] == body["user"]["id"]


async def test_M30_dev_login_of_a_stranger_is_refused_where_an_invitation_is_needed(configured: Configured) -> None:
    """With `isInviteRequired` an unknown address is 401 and makes nobody."""
    async with configured(auth={"isInviteRequired": True}) as node:
        assert said(await post(node, "/auth/dev-login", email="eve@example.com")) == (401, "unauthenticated")
        admin = await node.sign_in(ADMIN_EMAIL)
        assert (await admin.post("/api/admin.listUsers")).json()["total"] == 1


async def test_dev_login_does_not_exist_in_password_mode(configured: Configured) -> None:
    """Outside dev mode the door without a password is not there at all."""
    async with configured(auth=PASSWORD_MODE) as node:
        assert said(await post(node, "/auth/dev-login", email=ADMIN_EMAIL)) == (404, "not_found")


async def test_F09_F10_register_makes_a_regular_user_signed_in(node: Running) -> None:
    """Who registers is a regular user with a name from the address, and signed in at once."""
    answer = await post(node, "/auth/register", email="ann@example.com", password="ann's password")
    body = answer.json()
    assert (body["user"]["userName"], body["user"]["displayName"], body["user"]["role"]) == ("ann", "ann", "user")
    assert (await me(node, body["accessToken"])).status_code == 200
    assert cookie_of(answer).startswith("chatd_session_")
    assert (await log_in(node, "ann", "ann's password")).status_code == 200


async def test_M30_F12_registration_is_refused_where_an_invitation_is_needed(configured: Configured) -> None:
    """With `isInviteRequired` nobody registers."""
    async with configured(auth=PASSWORD_MODE) as node:
        answer = await post(node, "/auth/register", email="eve@example.com", password="eve's password")
        assert (*said(answer), answer.json()["error"]) == (403, "registration_disabled", "Registration is disabled")


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"isAdmin": True}, 400, "invalid", "isAdmin"),
        ({"role": "admin"}, 400, "invalid", "role"),
        ({"password": "short"}, 400, "invalid", "password"),
        ({"password": "ü" * 37}, 400, "invalid", "password"),
        ({"email": "no address"}, 400, "invalid", "email"),
        ({"userName": "administrator"}, 400, "invalid", "userName"),
        ({"userName": "an"}, 400, "invalid", "userName"),
        ({"userName": "Admin2", "email": ADMIN_EMAIL.upper()}, 409, "conflict", "email"),
        ({"userName": "ALICE"}, 409, "conflict", "userName"),
    ],
)
async def test_F10_FX07_what_registration_refuses(
    node: Running, body: dict[str, Any], status: int, code: str, field: str
) -> None:
    """Registration obeys the same rules of names, addresses and passwords as every other path."""
    await node.sign_in("alice@example.com")
    answer = await post(node, "/auth/register", **({"email": "eve@example.com", "password": "eve's password"} | body))
    assert (*said(answer), answer.json()["field"]) == (status, code, field)
