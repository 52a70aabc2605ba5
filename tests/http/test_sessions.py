"""Sessions over HTTP: renewed, listed, ended, forged, kept alive by use (PROTOCOL.md section 1)."""

import asyncio
import base64
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from websockets.exceptions import InvalidStatus

from chatd.services import sign_in
from tests.client import Client
from tests.http.signing import DAY, Configured, add, cookie_of, expires_at, log_in, me, post, said
from tests.serving import Running

# --- refresh ---------------------------------------------------------------------------------------------------------


async def test_refresh_gives_a_new_pair_of_the_same_session(node: Running) -> None:
    """Both new tokens work, and no second session appears."""
    alice = await node.sign_in()
    body = (await post(node, "/auth/refresh", refreshToken=alice.refresh_token)).json()
    assert set(body) == {"accessToken", "refreshToken", "exp", "tokenType", "user"}
    assert body["refreshToken"] != alice.refresh_token
    assert (await me(node, body["accessToken"])).json()["user"]["id"] == alice.id
    assert len((await alice.get("/auth/sessions")).json()["sessions"]) == 1


async def test_the_previous_refresh_token_works_until_its_successor_was_used(node: Running) -> None:
    """An answer may be lost, so the token before is accepted again and gives the same successor."""
    alice = await node.sign_in()
    first = (await post(node, "/auth/refresh", refreshToken=alice.refresh_token)).json()
    again = (await post(node, "/auth/refresh", refreshToken=alice.refresh_token)).json()
    assert first["refreshToken"] == again["refreshToken"]
    assert (await post(node, "/auth/refresh", refreshToken=again["refreshToken"])).status_code == 200


async def test_an_older_refresh_token_ends_the_session(node: Running) -> None:
    """Once its successor was used, a refresh token is a stolen one: the session with its sockets ends."""
    alice = await node.sign_in()
    socket = await alice.connect()
    second = (await post(node, "/auth/refresh", refreshToken=alice.refresh_token)).json()["refreshToken"]
    third = (await post(node, "/auth/refresh", refreshToken=second)).json()["refreshToken"]
    assert said(await post(node, "/auth/refresh", refreshToken=alice.refresh_token)) == (401, "unauthenticated")
    assert (await socket.ended()).code == 4502
    assert said(await post(node, "/auth/refresh", refreshToken=third)) == (401, "unauthenticated")
    assert (await alice.get("/auth/me")).status_code == 401


async def test_parallel_refreshes_agree_on_one_successor(node: Running) -> None:
    """Two tabs that refresh with the same token at once do not end the session."""
    alice = await node.sign_in()
    answers = await asyncio.gather(*(post(node, "/auth/refresh", refreshToken=alice.refresh_token) for _ in range(8)))
    assert len({answer.json()["refreshToken"] for answer in answers}) == 1


@pytest.mark.parametrize(
    "spoil", [lambda token: token[:-1], lambda token: token + "0", lambda token: token.replace(".1.", ".2."), str.title]
)
async def test_a_forged_refresh_token_is_refused_and_harms_nobody(node: Running, spoil: Callable[[str], str]) -> None:
    """Only what the server sealed counts: a guess neither renews nor ends the session."""
    alice = await node.sign_in()
    answer = await post(node, "/auth/refresh", refreshToken=spoil(alice.refresh_token))
    assert said(answer) == (401, "unauthenticated")
    assert (await alice.get("/auth/me")).status_code == 200


# --- logout, me, sessions --------------------------------------------------------------------------------------------


async def test_M28_FX05_logout_ends_the_current_session_only(node: Running) -> None:
    """One device signs out, the other stays, and the tokens of the first are worth nothing."""
    here, there = await node.sign_in(), await node.sign_in()
    socket = await here.connect()
    answer = await here.post("/auth/logout")
    assert (answer.status_code, answer.json()) == (200, {})
    assert f'chatd_session_{here.url.rpartition(":")[2]}=""' in answer.headers["set-cookie"]
    assert (await socket.ended()).code == 4500
    assert (await here.get("/auth/me")).status_code == 401
    assert said(await post(node, "/auth/refresh", refreshToken=here.refresh_token)) == (401, "unauthenticated")
    assert (await there.get("/auth/me")).status_code == 200


async def test_logout_twice_is_fine(node: Running) -> None:
    """A session that has ended already, or none at all, signs out with 200."""
    alice = await node.sign_in()
    await alice.post("/auth/logout")
    assert (await alice.post("/auth/logout")).status_code == 200
    assert (await post(node, "/auth/logout")).status_code == 200


async def test_me_is_oneself(node: Running) -> None:
    """`/auth/me` shows one's own address and no restriction where there is none."""
    alice = await node.sign_in()
    assert (await alice.get("/auth/me")).json() == {"user": alice.user}
    assert alice.user["email"] == "alice@example.com"


async def test_FX02_FX06_sessions_lists_ones_own_only(node: Running) -> None:
    """alice sees her two sessions and which one asks; of eve's she sees nothing."""
    first, second = await node.sign_in(), await node.sign_in()
    await node.sign_in("eve@example.com")
    sessions = (await second.get("/auth/sessions")).json()["sessions"]
    assert [session["current"] for session in sessions] == [True, False]
    assert {session["userId"] for session in sessions} == {first.id}


async def test_FX02_ending_one_of_ones_own_sessions(node: Running) -> None:
    """The other device is cut with 4502 `self` before the answer."""
    here, there = await node.sign_in(), await node.sign_in()
    socket = await there.connect()
    answer = await here.delete(f"/auth/sessions/{socket.session_id}")
    assert (answer.status_code, answer.json()) == (200, {})
    ending = await socket.ended()
    assert (ending.code, (ending.bye or {})["by"]) == (4502, "self")
    assert (await there.get("/auth/me")).status_code == 401


async def test_ending_the_current_session_by_its_id(node: Running) -> None:
    """The current session may be named too: 200, then 4502 `self`."""
    alice = await node.sign_in()
    socket = await alice.connect()
    assert (await alice.delete(f"/auth/sessions/{socket.session_id}")).status_code == 200
    ending = await socket.ended()
    assert (ending.code, (ending.bye or {})["by"]) == (4502, "self")


async def test_FX02_nobody_ends_the_sessions_of_others(node: Running) -> None:
    """eve gets 404 for alice's session as for one that never was, and alice stays."""
    alice, eve = await node.client(), await node.sign_in("eve@example.com")
    for session_id in (alice.session_id, "unknown"):
        assert said(await eve.delete(f"/auth/sessions/{session_id}")) == (404, "not_found")
    assert await alice.ask("ping") == {}


async def test_RX10_ending_all_other_sessions(node: Running) -> None:
    """All but the current one end, and the answer says how many."""
    here, others = await node.sign_in(), [await node.client() for _ in range(2)]
    answer = await here.delete("/auth/sessions")
    assert (answer.status_code, answer.json()) == (200, {"revoked": 2})
    assert [(await other.ended()).code for other in others] == [4502, 4502]
    assert (await here.get("/auth/me")).status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/auth/request-password-reset", {"email": "alice@example.com"}),
        ("/auth/setup-password", {"token": "of a letter", "password": "chosen by alice"}),
    ],
)
async def test_M11_M19_links_need_email(node: Running, path: str, body: dict[str, Any]) -> None:
    """Without e-mail configured nobody is promised a link, and none is good."""
    assert said(await post(node, path, **body)) == (409, "email_not_configured")


# --- tokens ----------------------------------------------------------------------------------------------------------


def segment(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


async def test_the_access_token_is_a_jwt_of_the_configured_secret(configured: Configured) -> None:
    """HS256 by `auth.jwtSecret`, with `sub`, `sid` and `exp`."""
    secret = "a secret of more than thirty-two characters"
    async with configured(auth={"jwtSecret": secret, "jwtExpirySeconds": 60}) as node:
        alice = await node.sign_in()
        claims = jwt.decode(alice.access_token, secret, algorithms=["HS256"])
        assert set(claims) == {"sub", "sid", "exp"}
        assert claims["sub"] == alice.id
        assert abs(claims["exp"] * 1000 - node.clock.now()) <= 61_000


async def test_forged_tokens_are_refused(node: Running) -> None:
    """Another secret, no signature, another algorithm, missing claims: nobody, over HTTP and at the socket's door."""
    alice = await node.sign_in()
    claims = jwt.decode(alice.access_token, options={"verify_signature": False})
    secret = node.node.chat.store.secrets["jwtSecret"]
    forged = [
        jwt.encode(claims, "another secret of more than thirty-two characters", "HS256"),
        segment({"alg": "none", "typ": "JWT"}) + "." + segment(claims) + ".",
        jwt.encode(claims, secret * 2, "HS512"),
        jwt.encode({"sub": alice.id, "exp": claims["exp"]}, secret, "HS256"),
        jwt.encode(claims | {"sid": "unknown"}, secret, "HS256"),
        alice.access_token[:-4] + "AAAA",
    ]
    for token in forged:
        assert said(await me(node, token)) == (401, "unauthenticated")
        with pytest.raises(InvalidStatus) as refusal:
            await Client.open(node.url, token)
        assert refusal.value.response.status_code == 401
    assert (await me(node, alice.access_token)).status_code == 200


async def test_an_expired_token_is_refused_and_renewed(node: Running) -> None:
    """After `jwtExpirySeconds` the token is 401 while its session lives on, also its open socket."""
    alice = await node.sign_in()
    socket = await alice.connect()
    node.clock.advance(901)
    assert said(await alice.get("/auth/me")) == (401, "unauthenticated")
    assert await socket.ask("ping") == {}
    renewed = (await post(node, "/auth/refresh", refreshToken=alice.refresh_token)).json()
    assert (await me(node, renewed["accessToken"])).status_code == 200


# --- sliding ---------------------------------------------------------------------------------------------------------


async def test_a_used_session_slides_at_most_once_a_minute(node: Running) -> None:
    """`expiresAt` is 7 days from the last use, written at most once a minute."""
    node.clock.stand_still()
    alice = await node.sign_in()
    began = await expires_at(alice)
    node.clock.advance(59)
    await alice.post("/api/me.update", {"bio": "within the minute"})
    assert await expires_at(alice) == began
    node.clock.advance(2)
    await alice.get("/auth/me")
    await alice.post("/api/me.update", {"bio": "a write behind the slide"})
    moved = await expires_at(alice)
    assert moved >= began + 61_000
    assert moved - 7 * DAY * 1000 <= node.clock.now()


async def test_FX04_a_session_in_use_outlives_its_first_week(node: Running) -> None:
    """Used every five days a session lives on; left alone for seven it is over, and its cookie with it."""
    cookie = cookie_of(await log_in(node))

    async def look() -> int:
        return (await node.http.get(node.url + "/auth/me", headers={"Cookie": cookie})).status_code

    for _ in range(3):
        node.clock.advance(5 * DAY)
        assert await look() == 200
        await add(node, userName=f"somebody{node.clock.now()}")  # a write behind the slide
    node.clock.advance(7 * DAY + 1)
    assert await look() == 401


async def test_a_refresh_slides_the_session(node: Running) -> None:
    """A client that only refreshes keeps its session; one that comes too late does not get it back."""
    alice = await node.sign_in()
    node.clock.advance(6 * DAY)
    body = (await post(node, "/auth/refresh", refreshToken=alice.refresh_token)).json()
    node.clock.advance(6 * DAY)
    body = (await post(node, "/auth/refresh", refreshToken=body["refreshToken"])).json()
    node.clock.advance(7 * DAY + 1)
    assert said(await post(node, "/auth/refresh", refreshToken=body["refreshToken"])) == (401, "unauthenticated")


async def test_an_answered_heartbeat_slides_the_session(node: Running) -> None:
    """A tab that only listens keeps its session by its pongs."""
    alice = await node.sign_in()
    socket, began = await alice.connect(), await expires_at(alice)
    node.clock.advance(600)
    await socket.socket.pong()
    await socket.ask("ping")
    await sign_in.slide_live(node.node.chat)
    assert await expires_at(alice) >= began + 600_000
