"""What the server requires holds at once: two-step sign-in, confirmed addresses, the end of a session."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pyotp
import pytest

from tests.client import Client, Person
from tests.postbox import Postbox
from tests.serving import ADMIN_EMAIL, ADMIN_PASSWORD, MovableClock, Running, running, settings
from tests.tokens import ask, make_bot, make_token

Configured = Callable[..., AbstractAsyncContextManager[Running]]
Place = tuple[Running, Running]
DAY_SECONDS = 86_400


async def general(client: Client) -> str:
    return str((await client.ask("channel.list"))["channels"][0]["id"])


async def enrol(node: Running, client: Client) -> list[str]:
    """Two-step sign-in is on; the recovery codes."""
    begun = await client.ask("totp.begin")
    code = pyotp.TOTP(begun["secret"]).at(node.node.chat.clock.now() // 1000)
    return list((await client.ask("totp.confirm", code=code))["recoveryCodes"])


async def enrolled_admin(node: Running) -> Client:
    admin = await (await node.sign_in_with_password(ADMIN_EMAIL, ADMIN_PASSWORD)).connect()
    code, *_ = await enrol(node, admin)
    await admin.ask("admin.updateSettings", requireVerifiedEmail=False, proof={"totp": code})  # for half an hour
    return admin


async def restriction(client: Client) -> str | None:
    """What the next greeting says."""
    return str(found) if (found := (await client.expect("hello"))["payload"]["restricted"]) else None


async def test_F41_what_is_required_holds_for_open_sessions_at_once(place: Place) -> None:
    """alice's socket is greeted anew, hears and does nothing more; enrolling, or the end of the rule, frees it."""
    node, watching = place
    admin = await enrolled_admin(node)
    person = await watching.sign_in()
    alice, bob = await person.connect(), await watching.client("bob@example.com")
    channel = await general(alice)
    await admin.ask("admin.updateSettings", totpRequired="all")
    assert [await restriction(client) for client in (alice, bob)] == ["totp_enrolment"] * 2
    await admin.ask("message", channelId=channel, content="for those who have it")
    assert (await alice.refused("message", channelId=channel, content="no")).code == "restricted"
    assert (await person.get("/auth/sessions")).status_code == 403
    assert not [event for event in alice.events if event["type"] == "message.created"]
    await enrol(watching, alice)
    assert await restriction(alice) is None
    await alice.ask("message", channelId=channel, content="I have it now")
    await admin.ask("admin.updateSettings", totpRequired="none")
    assert await restriction(bob) is None
    await bob.ask("message", channelId=channel, content="and I need it no more")


async def test_it_holds_when_a_session_is_refreshed_or_comes_back(node: Running) -> None:
    """Not connected while the rule is made: the next request, pair of tokens and socket are restricted."""
    admin, person = await enrolled_admin(node), await node.sign_in()
    await admin.ask("admin.updateSettings", totpRequired="all")
    answer = await node.http.post(node.url + "/auth/refresh", json={"refreshToken": person.refresh_token})
    assert answer.status_code == 200
    headers = {"Authorization": f"Bearer {answer.json()['accessToken']}"}
    me = (await node.http.get(node.url + "/auth/me", headers=headers)).json()
    assert me["restricted"] == "totp_enrolment"
    assert (await person.connect()).hello["restricted"] == "totp_enrolment"


async def test_who_becomes_an_administrator_must_have_it_at_once(place: Place) -> None:
    """`admins`: alice is restricted with her promotion, and free with her demotion."""
    node, watching = place
    admin = await enrolled_admin(node)
    await admin.ask("admin.updateSettings", totpRequired="admins")
    alice = await watching.client()
    assert alice.hello["restricted"] is None
    for deed in ({"role": "admin"}, {"role": "user"}):
        await admin.ask("admin.setRole", userId=alice.user_id, **deed)
        assert await restriction(alice) == (None if deed["role"] == "user" else "totp_enrolment")
    await admin.ask("admin.updateUser", userId=alice.user_id, role="admin")
    assert await restriction(alice) == "totp_enrolment"


async def test_tokens_of_their_making_wait_for_it_too(node: Running) -> None:
    """A personal token, a bot's, and one that an administrator without it made for the server."""
    alice = await node.client()
    own, (_, bots) = (await make_token(alice))["token"], await make_bot(alice)
    second = await (await node.sign_in_with_password(ADMIN_EMAIL, ADMIN_PASSWORD)).connect()
    await second.ask("admin.addUser", userName="carol", email="carol@example.com", password="password of carol")
    carol_id = (await second.ask("user.find", query="carol"))["users"][0]["id"]
    await second.ask("admin.setRole", userId=carol_id, role="admin")
    carol = await (await node.sign_in_with_password("carol", "password of carol")).connect()
    carol.password = "password of carol"
    servers = (await carol.ask("admin.createToken", name="for the server"))["token"]
    bot = await Client.open(node.url, bots)
    admin = await enrolled_admin(node)
    assert [(await ask(node, token)).status_code for token in (own, bots, servers)] == [200] * 3
    await admin.ask("admin.updateSettings", totpRequired="all")
    answers = [await ask(node, token, "channel.list") for token in (own, bots, servers)]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(403, "restricted")] * 3
    assert await restriction(bot) == "totp_enrolment"
    await enrol(node, alice)
    assert await restriction(bot) is None
    found = [(await ask(node, token, "channel.list")).status_code for token in (own, bots, servers)]
    assert found == [200, 200, 403]
    await enrol(node, carol)
    assert (await ask(node, servers, "channel.list")).status_code == 200


async def test_a_reset_of_it_makes_tokens_wait(node: Running) -> None:
    """Sessions end; what scripts carry is restricted until its person has it again."""
    admin, alice = await enrolled_admin(node), await node.client()
    code, *_ = await enrol(node, alice)
    token = (await make_token(alice, proof={"totp": code}))["token"]
    await admin.ask("admin.updateSettings", totpRequired="all")
    assert (await ask(node, token, "channel.list")).status_code == 200
    await admin.ask("admin.resetTotp", userId=alice.user_id)
    assert (await ask(node, token, "channel.list")).status_code == 403


# --- confirmed addresses ---------------------------------------------------------------------------------------------


async def test_R21_who_registers_confirms_their_address_first(tmp_path: Path, box: Postbox) -> None:
    """The account is made and the letter sent, and nobody is signed in; its link opens the way."""
    async with running(settings(tmp_path, email=box.settings())) as node:
        await (await node.admin()).ask("admin.updateSettings", requireVerifiedEmail=True)
        body = {"email": "eve@example.com", "password": "eve's password"}
        answer = await node.http.post(node.url + "/auth/register", json=body)
        assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (403, "forbidden", "email")
        assert "set-cookie" not in answer.headers
        login = {"login": "eve", "password": "eve's password"}
        assert (await node.http.post(node.url + "/auth/password-login", json=login)).status_code == 403
        token = await box.token_to("eve@example.com")
        assert (await node.http.post(node.url + "/auth/verify-email", json={"token": token})).status_code == 200
        assert (await node.http.post(node.url + "/auth/password-login", json=login)).status_code == 200
        assert len(box.letters) == 1


# --- the end of a session ------------------------------------------------------------------------------------------


@pytest.fixture
async def aging(tmp_path: Path) -> AsyncIterator[tuple[Running, MovableClock]]:
    clock = MovableClock()
    async with running(settings(tmp_path, server={"sessionMaxDays": 3}), clock) as node:
        yield node, clock


async def use(node: Running, person: Person) -> tuple[Person, int]:
    """Refresh, as a page does when it comes back; the status."""
    answer = await node.http.post(node.url + "/auth/refresh", json={"refreshToken": person.refresh_token})
    if answer.status_code == 200:
        person.access_token, person.refresh_token = answer.json()["accessToken"], answer.json()["refreshToken"]
    return person, answer.status_code


async def test_a_session_ends_however_often_it_is_used(aging: tuple[Running, MovableClock]) -> None:
    """Remembered, refreshed every day, with a socket that answers: after `sessionMaxDays` it is over, a token not."""
    node, clock = aging
    person = await node.sign_in_with_password(ADMIN_EMAIL, ADMIN_PASSWORD, rememberMe=True)
    client = await person.connect()
    token = (await make_token(client))["token"]
    for _ in range(2):
        clock.advance(DAY_SECONDS)
        assert (await use(node, person))[1] == 200
        await client.ask("ping")
    clock.advance(DAY_SECONDS)
    assert (await use(node, person))[1] == 401
    assert (await client.ended()).code == 4508
    assert (await ask(node, token)).status_code == 200
