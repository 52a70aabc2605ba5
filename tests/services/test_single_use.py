"""What is good once, or so many times, is not good once more when many try it at the same moment."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pyotp
import pytest

from tests.client import Client
from tests.conftest import RedisServer
from tests.postbox import Postbox
from tests.services.crowd import CALLERS, PLACES, Nodes, at_once, outcome, post_at_once, two_of
from tests.serving import ADMIN_EMAIL

USES = 7
FREE = 5  # seats, where fewer are free than a link has uses
PASSWORD = "a password for all"
SET_UP, REGISTER, SIGN_IN = "/auth/setup-password", "/auth/register", "/auth/password-login"


@pytest.fixture(params=PLACES)
async def nodes(
    request: pytest.FixtureRequest, tmp_path: Path, redis_server: RedisServer, box: Postbox
) -> AsyncIterator[Nodes]:
    """With e-mail, and nobody comes in uninvited."""
    auth, server = {"isInviteRequired": True}, {"maxSeats": 30, "rateLimit": {"enabled": False}}
    async with two_of(request.param, tmp_path, redis_server, auth=auth, server=server, email=box.settings()) as nodes:
        yield nodes


async def alice_of(nodes: Nodes) -> Client:
    """A socket of alice, who has a password and a verified address; the administrator made her."""
    admin = await nodes[0].admin()
    given = {"userName": "alice", "email": "alice@example.com", "password": PASSWORD, "verified": True}
    await admin.ask("admin.addUser", **given)
    return await (await nodes[0].sign_in_with_password("alice", PASSWORD)).connect(nodes[1].url)


async def enrolled(nodes: Nodes) -> tuple[pyotp.TOTP, list[str]]:
    """Alice's app and her recovery codes; the next code of the app is a fresh one."""
    alice, clock = await alice_of(nodes), nodes[0].clock
    app = pyotp.TOTP((await alice.ask("totp.begin"))["secret"])
    codes = (await alice.ask("totp.confirm", code=app.at(clock.now() // 1000)))["recoveryCodes"]
    clock.advance(30)
    return app, list(codes)


# --- links in letters ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["invitation", "forgotten"])
async def test_M12_M19_a_link_sets_one_password(nodes: Nodes, box: Postbox, kind: str) -> None:
    """One of twenty comes in; the others are not_found, and the one password that works is that of who came in."""
    if kind == "invitation":
        await (await nodes[0].admin()).ask("admin.inviteUsers", emails=["alice@example.com"])
    else:
        await alice_of(nodes)
        await nodes[0].http.post(nodes[0].url + "/auth/request-password-reset", json={"email": "alice@example.com"})
    token = await box.token_to("alice@example.com")
    bodies = [{"token": token, "password": f"{PASSWORD} {number}"} for number in range(CALLERS)]
    assert await post_at_once(nodes, SET_UP, bodies) == {"ok": 1, "not_found": CALLERS - 1}
    logins = [{"login": "alice@example.com", "password": body["password"]} for body in bodies]
    assert await post_at_once(nodes, SIGN_IN, logins) == {"ok": 1, "unauthenticated": CALLERS - 1}


async def test_M19_twenty_who_forgot_get_one_letter(nodes: Nodes, box: Postbox) -> None:
    """However many ask at once for the same address, on whichever node: all hear the same, one letter goes out."""
    await alice_of(nodes)
    asked = [{"email": "alice@example.com"}] * CALLERS
    assert await post_at_once(nodes, "/auth/request-password-reset", asked) == {"ok": CALLERS}
    first = await box.token_to("alice@example.com")
    bodies = [{"token": first, "password": f"{PASSWORD} {number}"} for number in range(CALLERS)]
    assert await post_at_once(nodes, SET_UP, bodies) == {"ok": 1, "not_found": CALLERS - 1}
    assert len(box.letters) == 1


async def test_R20_an_address_is_confirmed_once(nodes: Nodes, box: Postbox) -> None:
    """Of twenty who open the same link one confirms, and the others hear that it is worth nothing any more."""
    admin = await nodes[0].admin()
    await admin.ask("admin.addUser", userName="alice", email="alice@example.com", password=PASSWORD)
    await admin.ask("admin.updateSettings", requireVerifiedEmail=True)
    assert await post_at_once(nodes, SIGN_IN, [{"login": "alice", "password": PASSWORD}]) == {"forbidden": 1}
    token = await box.token_to("alice@example.com")
    results = await post_at_once(nodes, "/auth/verify-email", [{"token": token}] * CALLERS)
    assert results == {"ok": 1, "not_found": CALLERS - 1}
    assert await post_at_once(nodes, SIGN_IN, [{"login": "alice", "password": PASSWORD}]) == {"ok": 1}


async def test_a_resent_invitation_leaves_one_link(nodes: Nodes, box: Postbox) -> None:
    """Twenty letters sent again at once, by administrators on both nodes: the last link works, and once."""
    first = await nodes[0].admin()
    admins = [first, await (await nodes[1].sign_in(ADMIN_EMAIL)).connect()]
    (made,) = (await first.ask("admin.inviteUsers", emails=["alice@example.com"]))["results"]
    sent = [outcome(admins[n % 2], "admin.resendWelcome", userId=made["userId"]) for n in range(CALLERS)]
    assert await at_once(*sent) == {"ok": CALLERS}
    tokens = {await box.token_to("alice@example.com", number) for number in range(1, CALLERS + 2)}
    assert len(tokens) == CALLERS + 1
    bodies = [{"token": token, "password": PASSWORD} for token in tokens]
    assert await post_at_once(nodes, SET_UP, bodies) == {"ok": 1, "not_found": CALLERS}


# --- links to register with ----------------------------------------------------------------------------------------


async def join_link(nodes: Nodes, uses: int | None = USES) -> str:
    url: str = (await (await nodes[0].admin()).ask("admin.createLink", uses=uses))["url"]
    return url.rpartition("/")[2]


async def used(nodes: Nodes) -> tuple[int, int]:
    """(used, left) of the one link there is."""
    (link,) = (await (await nodes[1].admin()).ask("admin.listLinks"))["links"]
    return link["used"], link["usesLeft"]


def strangers(token: str, names: str = "eve") -> list[dict[str, str]]:
    return [
        {"joinToken": token, "email": f"{names}{number}@example.com", "password": PASSWORD} for number in range(CALLERS)
    ]


async def test_RX14_a_link_lets_in_as_many_as_it_has_uses(nodes: Nodes) -> None:
    """Seven uses and twenty who come at once: seven accounts."""
    token = await join_link(nodes)
    assert await post_at_once(nodes, REGISTER, strangers(token)) == {
        "ok": USES,
        "registration_disabled": CALLERS - USES,
    }
    assert await used(nodes) == (USES, 0)
    assert (await (await nodes[0].admin()).ask("admin.listUsers", search="eve"))["total"] == USES


async def test_RX14_who_is_refused_takes_no_use(nodes: Nodes) -> None:
    """Twenty who register the same address: one account and one use, so nobody can use a link up for others."""
    token = await join_link(nodes)
    same = [body | {"email": "eve@example.com"} for body in strangers(token)]
    assert await post_at_once(nodes, REGISTER, same) == {"ok": 1, "conflict": CALLERS - 1}
    assert await used(nodes) == (1, USES - 1)


async def test_RX14_seats_and_uses_hold_together(nodes: Nodes) -> None:
    """Fewer seats than uses: the seats decide, and the uses that led nowhere are left."""
    admin, token = await nodes[0].admin(), await join_link(nodes, CALLERS)
    for number in range(30 - FREE - 1):
        await admin.ask("admin.addUser", userName=f"seated{number}", password=PASSWORD)
    results = await post_at_once(nodes, REGISTER, strangers(token))
    assert results == {"ok": FREE, "seat_limit": CALLERS - FREE}
    assert await used(nodes) == (FREE, CALLERS - FREE)


async def test_RX14_a_link_taken_back_lets_nobody_in_afterwards(nodes: Nodes) -> None:
    """Whoever came before it was taken back is in, whoever came after is not; nobody is in between."""
    token, admin = await join_link(nodes, CALLERS), await nodes[0].admin()
    (link,) = (await admin.ask("admin.listLinks"))["links"]
    taken_back = asyncio.create_task(outcome(admin, "admin.deleteLink", linkId=link["id"]))
    results = await post_at_once(nodes, REGISTER, strangers(token))
    assert await taken_back == "ok"
    assert results["ok"] + results["registration_disabled"] == CALLERS
    assert (await admin.ask("admin.listUsers", search="eve"))["total"] == results["ok"]
    assert await post_at_once(nodes, REGISTER, strangers(token, "late")) == {"registration_disabled": CALLERS}


# --- codes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["app", "recovery"])
async def test_F41_a_code_lets_in_once(nodes: Nodes, kind: str) -> None:
    """Twenty sign-ins with one code: one comes in, and the code is worth nothing afterwards."""
    app, codes = await enrolled(nodes)
    code = codes[0] if kind == "recovery" else app.at(nodes[0].clock.now() // 1000)
    body = {"login": "alice", "password": PASSWORD, "totp": code}
    assert await post_at_once(nodes, SIGN_IN, [body] * CALLERS) == {"ok": 1, "unauthenticated": CALLERS - 1}
    assert await post_at_once(nodes, SIGN_IN, [body] * 2) == {"unauthenticated": 2}


async def test_F41_ten_recovery_codes_let_in_ten_times(nodes: Nodes) -> None:
    """Each tried by two at once: ten come in, and none is left."""
    _, codes = await enrolled(nodes)
    bodies = [{"login": "alice", "password": PASSWORD, "totp": code} for code in codes * 2]
    assert await post_at_once(nodes, SIGN_IN, bodies) == {"ok": 10, "unauthenticated": 10}


async def test_F41_a_code_that_signed_in_is_no_second_proof(nodes: Nodes) -> None:
    """What was looked at over a shoulder: used once at the door or at a deed, whichever comes first."""
    app, _ = await enrolled(nodes)
    code = app.at(nodes[0].clock.now() // 1000)
    people = [await nodes[n % 2].sign_in("alice@example.com") for n in range(CALLERS // 2)]
    sockets = [await person.connect(nodes[n % 2].url) for n, person in enumerate(people)]
    asked = [outcome(socket, "totp.disable", totp=code) for socket in sockets]
    body = {"login": "alice", "password": PASSWORD, "totp": code}
    sign_ins = post_at_once(nodes, SIGN_IN, [body] * (CALLERS // 2))
    disabled, entered = await asyncio.gather(at_once(*asked), sign_ins)
    assert disabled["ok"] + disabled["forbidden"] == CALLERS // 2
    assert disabled["ok"] <= 1
    if not disabled["ok"]:
        assert entered == {"ok": 1, "unauthenticated": CALLERS // 2 - 1}


async def test_F41_of_twenty_enrolments_one_is_confirmed(nodes: Nodes) -> None:
    """The codes that one was shown are those that count, however often it was confirmed at once."""
    alice = await alice_of(nodes)
    app = pyotp.TOTP((await alice.ask("totp.begin"))["secret"])
    people = [await nodes[n % 2].sign_in("alice@example.com") for n in range(CALLERS)]
    sockets = [await person.connect(nodes[n % 2].url) for n, person in enumerate(people)]
    code = app.at(nodes[0].clock.now() // 1000)
    replies = await asyncio.gather(*[await socket.start("totp.confirm", code=code) for socket in sockets])
    shown = [reply["payload"]["recoveryCodes"] for reply in replies if reply["ok"]]
    assert len(shown) == 1
    body = {"login": "alice", "password": PASSWORD, "totp": shown[0][0]}
    assert await post_at_once(nodes, SIGN_IN, [body]) == {"ok": 1}
