"""Two-step sign-in, and the second proof before what cannot be undone."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pyotp
import pytest

from chatd.auth import totp
from chatd.dispatch.registry import REGISTRY
from tests.client import Client, Person
from tests.conftest import RedisServer
from tests.http.signing import LIMITED
from tests.serving import ADMIN_EMAIL, ADMIN_PASSWORD, MovableClock, Running, running, settings
from tests.tokens import ask, make_token

PASSWORD = "a password for alice"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def node(tmp_path: Path, clock: MovableClock) -> AsyncIterator[Running]:
    async with running(settings(tmp_path), clock) as node:
        yield node


async def with_password(node: Running, name: str = "alice") -> Client:
    admin = await node.admin()
    await admin.ask("admin.addUser", userName=name, email=f"{name}@example.com", password=PASSWORD)
    return await (await node.sign_in_with_password(name, PASSWORD)).connect()


async def enrol(client: Client, clock: MovableClock) -> tuple[pyotp.TOTP, list[str]]:
    """Switch it on; the app, and the recovery codes. The clock moves on, so that the next code is another one."""
    begun = await client.ask("totp.begin")
    app = pyotp.TOTP(begun["secret"])
    codes = (await client.ask("totp.confirm", code=app.at(clock.now() // 1000)))["recoveryCodes"]
    clock.advance(30)
    return app, codes


async def try_in(node: Running, login: str = "alice", **more: str) -> httpx.Response:
    body = {"login": login, "password": PASSWORD} | more
    return await node.http.post(node.url + "/auth/password-login", json=body)


async def test_F41_a_sign_in_needs_the_code_too(node: Running, clock: MovableClock) -> None:
    """Without one: totp_required, but only after the right password; with a wrong one: no; with the right one: in."""
    app, _ = await enrol(await with_password(node), clock)
    assert [(await try_in(node)).json()["code"], (await try_in(node, password="wrong")).json()["code"]] == [
        "totp_required",
        "unauthenticated",
    ]
    wrong = await try_in(node, totp="000000")
    assert (wrong.status_code, wrong.json()["field"]) == (401, "totp")
    assert (await try_in(node, totp=app.at(clock.now() // 1000))).status_code == 200


async def test_a_code_counts_once_however_many_try_it_at_once(node: Running, clock: MovableClock) -> None:
    """Twenty sign-ins with the same code, and twenty with the same recovery code: one of each comes in."""
    app, codes = await enrol(await with_password(node), clock)
    for code in (app.at(clock.now() // 1000), codes[0]):
        answers = await asyncio.gather(*[try_in(node, totp=code) for _ in range(20)])
        assert Counter(answer.status_code for answer in answers) == {200: 1, 401: 19}


async def test_F41_recovery_codes_are_good_once_each(node: Running, clock: MovableClock) -> None:
    """Ten of them, however they are typed; what is left is told."""
    alice = await with_password(node)
    _, codes = await enrol(alice, clock)
    assert len(set(codes)) == 10
    assert (await try_in(node, totp=codes[0].upper().replace("-", " "))).status_code == 200
    assert (await try_in(node, totp=codes[0])).status_code == 401
    assert (await alice.ask("totp.status"))["recoveryCodesLeft"] == 9


async def test_F41_other_recovery_codes_take_the_place_of_those_before(node: Running, clock: MovableClock) -> None:
    """Not for an open session alone: it takes the password or a code. Those before open nothing any more."""
    alice = await with_password(node)
    assert (await alice.refused("totp.newCodes", password=PASSWORD)).code == "conflict"
    app, before = await enrol(alice, clock)
    refused = await alice.refused("totp.newCodes", password="a guess")
    assert (refused.code, refused.field) == ("forbidden", "proof")
    codes = (await alice.ask("totp.newCodes", totp=app.at(clock.now() // 1000)))["recoveryCodes"]
    assert (len(set(codes)), set(codes) & set(before)) == (10, set())
    assert (await try_in(node, totp=before[0])).status_code == 401
    assert (await try_in(node, totp=codes[0])).status_code == 200
    assert (await alice.ask("totp.status"))["recoveryCodesLeft"] == 9


async def test_ten_renewals_at_once_leave_ten_codes_of_one_of_them(node: Running, clock: MovableClock) -> None:
    alice = await with_password(node)
    _, codes = await enrol(alice, clock)
    asked = [alice.ask("totp.newCodes", totp=code) for code in codes]
    made = [one for one in await asyncio.gather(*asked, return_exceptions=True) if isinstance(one, dict)]
    assert made and (await alice.ask("totp.status"))["recoveryCodesLeft"] == 10
    let_in = [(await try_in(node, totp=one["recoveryCodes"][0])).status_code for one in made]
    assert Counter(let_in)[200] == 1


async def test_enrolment_needs_a_right_code_and_shows_a_picture(node: Running, clock: MovableClock) -> None:
    """Begun alone it is worth nothing."""
    alice = await with_password(node)
    begun = await alice.ask("totp.begin")
    assert begun["picture"].startswith("data:image/svg+xml;base64,")
    assert begun["uri"].startswith("otpauth://totp/chatd:alice%40example.com?secret=")
    assert (await alice.refused("totp.confirm", code="000000")).field == "code"
    assert (await try_in(node)).status_code == 200


async def test_R45_R46_RX08_a_reset_signs_out_and_asks_no_code(node: Running, clock: MovableClock) -> None:
    """4506 for every socket; the next sign-in is by password alone; a second reset has nothing to do."""
    admin, alice = await node.admin(), await with_password(node)
    await enrol(alice, clock)
    assert (await admin.ask("admin.getUser", userId=alice.user_id))["user"]["totpEnabled"]
    await admin.ask("admin.resetTotp", userId=alice.user_id)
    assert (await alice.ended()).code == 4506
    assert (await try_in(node)).status_code == 200
    assert (await admin.refused("admin.resetTotp", userId=alice.user_id)).code == "conflict"


async def test_R47_a_new_enrolment_has_a_new_secret(node: Running, clock: MovableClock) -> None:
    """After a reset the old app and the old recovery codes are worth nothing."""
    admin, alice = await node.admin(), await with_password(node)
    app, codes = await enrol(alice, clock)
    await admin.ask("admin.resetTotp", userId=alice.user_id)
    again = await (await node.sign_in_with_password("alice", PASSWORD)).connect()
    await enrol(again, clock)
    for code in (app.at(clock.now() // 1000), codes[1]):
        assert (await try_in(node, totp=code)).status_code == 401


@pytest.mark.parametrize("required", ["admins", "all"])
async def test_F41_it_may_be_required(node: Running, clock: MovableClock, required: str) -> None:
    """Who must have it is let in to enrol and to nothing else; enrolling lifts it on the open socket."""
    await with_password(node)
    await (await node.admin()).ask("admin.updateSettings", totpRequired=required)
    alice = await (await node.sign_in_with_password("alice", PASSWORD)).connect()
    assert alice.hello["restricted"] == (None if required == "admins" else "totp_enrolment")
    new = await (await node.sign_in_with_password(ADMIN_EMAIL, ADMIN_PASSWORD)).connect()
    refused = await new.refused("admin.stats")
    assert (refused.code, "two-step" in refused.message) == ("restricted", True)
    app, _ = await enrol(new, clock)
    assert (await new.expect("hello"))["payload"]["restricted"] is None
    await new.ask("admin.stats")
    assert (await new.refused("totp.disable", password=ADMIN_PASSWORD)).code == "forbidden"
    assert (await new.refused("totp.disable", totp=app.at(clock.now() // 1000))).code == "conflict"


async def test_switching_it_off_needs_more_than_an_open_session(node: Running, clock: MovableClock) -> None:
    """A wrong password leaves it on; a code switches it off."""
    alice = await with_password(node)
    app, _ = await enrol(alice, clock)
    assert (await alice.refused("totp.disable", password="wrong")).code == "forbidden"
    await alice.ask("totp.disable", totp=app.at(clock.now() // 1000))
    assert (await try_in(node)).status_code == 200


async def test_RX02_RX08_a_deed_that_cannot_be_undone_asks_for_one_more_check(
    node: Running, clock: MovableClock
) -> None:
    """Once in half an hour, by code or password; a wrong one is refused and nothing is done."""
    admin, alice = await node.admin(), await with_password(node)
    app, _ = await enrol(admin, clock)
    refused = await admin.refused("admin.setRole", userId=alice.user_id, role="admin")
    assert refused.code == "step_up_required"
    wrong = {"totp": "000000"}
    assert (await admin.refused("admin.setRole", userId=alice.user_id, role="admin", proof=wrong)).field == "proof"
    assert not (await admin.ask("admin.getUser", userId=alice.user_id))["user"]["isAdmin"]
    right = {"totp": app.at(clock.now() // 1000)}
    await admin.ask("admin.setRole", userId=alice.user_id, role="admin", proof=right)
    await admin.ask("admin.updateUser", userId=alice.user_id, role="user")
    clock.advance(31 * 60)
    for type, payload in (
        ("admin.updateUser", {"role": "admin"}),
        ("admin.resetPassword", {"mode": "manual", "password": "another password"}),
        ("admin.resetTotp", {}),
        ("admin.exportUser", {}),
        ("admin.removeUser", {}),
    ):
        assert (await admin.refused(type, userId=alice.user_id, **payload)).code == "step_up_required"
    assert (await admin.refused("admin.revokeAllSessions")).code == "step_up_required"
    await admin.ask("admin.updateUser", userId=alice.user_id, nickname="Al")
    removal = {"userId": alice.user_id}
    assert (await admin.refused("admin.removeUser", **removal, proof={"password": ADMIN_PASSWORD})).field == "proof"
    await admin.ask("admin.removeUser", **removal, proof={"totp": app.at(clock.now() // 1000)})


async def test_the_proof_is_of_one_session(node: Running, clock: MovableClock) -> None:
    """What one session proved is nothing to another, which may be the stolen one."""
    admin, alice = await node.admin(), await with_password(node)
    app, _ = await enrol(admin, clock)
    proof = {"totp": app.at(clock.now() // 1000)}
    await admin.ask("admin.setRole", userId=alice.user_id, role="admin", proof=proof)
    other = await node.admin()
    assert (await other.refused("admin.setRole", userId=alice.user_id, role="user")).code == "step_up_required"


async def test_an_administrator_is_not_made_without_the_second_proof(node: Running, clock: MovableClock) -> None:
    """By no road: a stolen session must not leave an administrator of its own behind."""
    admin, alice = await node.admin(), await with_password(node)
    app, _ = await enrol(admin, clock)
    new = {"userName": "mallory", "password": PASSWORD}
    for type, payload in (
        ("admin.addUser", new | {"role": "admin"}),
        ("admin.inviteUsers", {"emails": ["mallory@example.com"], "role": "admin"}),
        ("admin.updateUser", {"userId": alice.user_id, "email": "mallory@example.com"}),
        ("admin.updateUser", {"userId": alice.user_id, "email": None}),
    ):
        assert (await admin.refused(type, **payload)).code == "step_up_required"
    await admin.ask("admin.addUser", **new)
    proof = {"totp": app.at(clock.now() // 1000)}
    made = await admin.ask("admin.addUser", userName="ann", password=PASSWORD, role="admin", proof=proof)
    assert made["user"]["isAdmin"]
    await admin.ask("admin.updateUser", userId=alice.user_id, email="alice2@example.com")


async def test_a_token_proves_nothing_by_having_been_made(node: Running, clock: MovableClock) -> None:
    """A token of an administrator with two-step sign-in is asked for the proof like any session of his."""
    admin = await node.admin()
    token = await make_token(admin, scopes=["admin:write"])
    await enrol(admin, clock)
    asked = await ask(node, token["token"], "admin.revokeAllSessions")
    assert (asked.status_code, asked.json()["code"]) == (403, "step_up_required")
    again = await ask(node, token["token"], "admin.revokeAllSessions", proof={"totp": "000000"})
    assert again.json()["code"] == "step_up_required"


WHY_NO_PROOF = {
    "admin.listUsers": "looks", "admin.getUser": "looks", "admin.removeUserPreview": "looks", "admin.auditLog": "looks",
    "admin.watch": "looks", "admin.listSessions": "looks", "admin.stats": "looks", "admin.getSettings": "looks",
    "admin.listTokens": "looks", "admin.listWebhooks": "looks", "admin.listLinks": "looks",
    "admin.addUser": "asks for it where an administrator is made", "admin.inviteUsers": "the same",
    "admin.updateUser": "asks for it where role, password or address change",
    "admin.updateSettings": "asks for it where signing in is changed",
    "admin.deactivateUser": "locks somebody out at once, and is undone", "admin.activateUser": "is undone",
    "admin.revokeSession": "locks out at once; signing in again undoes it", "admin.revokeUserSessions": "the same",
    "admin.revokeToken": "locks out at once; another token is made", "admin.deleteWebhook": "another is made",
    "admin.deleteLink": "another is made", "admin.resendWelcome": "a letter to the address there is",
}  # fmt: skip
CANNOT_BE_UNDONE = re.compile(r"delete|remove|erase|leave|export|transfer|takeOver")
WHY_UNDONE = {
    "message.delete": "one's own words, and a moderator's everyday", "channel.removeMember": "is added again",
    "channel.leave": "is joined again", "bot.remove": "asks for it where the bot is another's",
    "user.removePicture": "is sent again", "me.leaveServer": "takes the password itself",
}  # fmt: skip


def test_every_deed_says_why_it_asks_for_no_second_proof() -> None:
    """Each `admin.*` and each deed that cannot be undone asks for one, or stands here with the reason."""
    for type, endpoint in REGISTRY.items():
        if not endpoint.proof:
            assert not type.startswith("admin.") or type in WHY_NO_PROOF, type
            lasting = CANNOT_BE_UNDONE.search(type.partition(".")[2]) and not type.startswith("admin.")
            assert not lasting or type in WHY_UNDONE, type
    assert not {type for type in (WHY_NO_PROOF | WHY_UNDONE) if REGISTRY[type].proof}


LASTING = {
    "me.update": {"email": "eve@example.com"},
    "token.create": {"name": "mine"},
    "bot.create": {"userName": "evilbot", "withToken": True},
    "totp.begin": {},
}


@pytest.mark.parametrize("type", LASTING)
async def test_a_stolen_session_does_not_make_itself_permanent(node: Running, type: str) -> None:
    """What would outlast it takes the password, on both roads; given once, it is not asked for again."""
    alice = await with_password(node)
    assert (await alice.refused(type, **LASTING[type])).code == "step_up_required"
    assert (await alice.refused(type, **LASTING[type], proof={"password": "wrong"})).code == "step_up_required"
    person = await node.sign_in_with_password("alice", PASSWORD)
    answer = await person.post(f"/api/{type}", LASTING[type])
    assert (answer.status_code, answer.json()["code"]) == (403, "step_up_required")
    assert (await person.post(f"/api/{type}", LASTING[type] | {"proof": {"password": PASSWORD}})).is_success
    assert (await person.post("/api/token.create", {"name": "another"})).is_success


async def test_codes_are_guessed_from_no_number_of_addresses(tmp_path: Path, clock: MovableClock) -> None:
    """At a sign-in ten wrong ones in a quarter of an hour, wherever they come from; then the right one is not heard."""
    server = LIMITED | {"trustedProxies": ["127.0.0.1"]}
    async with running(settings(tmp_path, server=server), clock) as node:
        app, _ = await enrol(await with_password(node), clock)
        body = {"login": "alice", "password": PASSWORD}

        async def guess(number: int, code: str) -> int:
            headers = {"X-Forwarded-For": f"2001:db8:{number:x}::{number:x}"}
            url = node.url + "/auth/password-login"
            return (await node.http.post(url, json=body | {"totp": code}, headers=headers)).status_code

        answers = await asyncio.gather(*(guess(number, "000000") for number in range(1, 31)))
        assert Counter(answers) == {401: 10, 429: 20}
        assert await guess(99, app.at(clock.now() // 1000)) == 429
        clock.advance(901)
        assert await guess(99, app.at(clock.now() // 1000)) == 200


async def heard(client: Client, guesses: int) -> Counter[str]:
    """What becomes of so many wrong codes at once."""
    replies = await asyncio.gather(*[await client.start("totp.newCodes", totp="000000") for _ in range(guesses)])
    return Counter(reply["error"]["code"] for reply in replies)


async def test_five_wrong_codes_lock_a_session_out_for_a_while(tmp_path: Path, clock: MovableClock) -> None:
    """From the fifth on, however long the others took, and also over a restart; a right one begins anew."""
    for first in (True, False):
        async with running(settings(tmp_path, server=LIMITED), clock) as node:
            if first:
                alice = await with_password(node)
                app, codes = await enrol(alice, clock)
                person = node.people[-1]
                assert await heard(alice, 1) == {"forbidden": 1}
                clock.advance(890)
                assert await heard(alice, 12) == {"forbidden": 4, "rate_limited": 8}
            else:
                await refresh(node, person)
                again = await Client.open(node.url, person.access_token)
                assert await heard(again, 3) == {"rate_limited": 3}
                refusal = await again.refused("totp.newCodes", totp=codes[0])
                clock.advance(refusal.error["retryAfterMs"] / 1000)
                assert len((await again.ask("totp.newCodes", totp=codes[0]))["recoveryCodes"]) == 10
                assert await heard(again, 4) == {"forbidden": 4}
                clock.advance(30)
                await again.ask("totp.newCodes", totp=app.at(clock.now() // 1000))


async def refresh(node: Running, person: Person) -> None:
    answer = await node.http.post(node.url + "/auth/refresh", json={"refreshToken": person.refresh_token})
    person.access_token, person.refresh_token = answer.json()["accessToken"], answer.json()["refreshToken"]


async def test_ten_wrong_codes_in_a_row_end_a_session_in_any_time(tmp_path: Path, clock: MovableClock) -> None:
    """One a day; the owner signs in again."""
    async with running(settings(tmp_path, server=LIMITED), clock) as node:
        alice = await with_password(node)
        person = node.people[-1]
        app, _ = await enrol(alice, clock)
        for number in range(10):
            answer = await person.post("/api/totp.newCodes", {"totp": "000000"})
            assert answer.json()["code"] == "forbidden", number
            clock.advance(86_400)
            if number < 9:
                await refresh(node, person)
        assert (await alice.ended()).code == 4502
        assert (await try_in(node, totp=app.at(clock.now() // 1000))).status_code == 200


async def test_sockets_http_and_nodes_count_one_session_together(
    tmp_path: Path, clock: MovableClock, redis_server: RedisServer
) -> None:
    """Sixteen at once over two sockets and HTTP of two nodes: five are heard."""
    config = settings(tmp_path, redis_server.url, server=LIMITED)
    async with running(config, clock) as here, running(config, clock) as there:
        alice = await with_password(here)
        await enrol(alice, clock)
        person = here.people[-1]
        over = await Client.open(there.url, person.access_token)
        socket = sum(await asyncio.gather(heard(alice, 5), heard(over, 5)), Counter[str]())
        posts = [person.post("/api/totp.newCodes", {"totp": "000000"}, node.url) for node in (here, there) * 3]
        codes = Counter(answer.json()["code"] for answer in await asyncio.gather(*posts))
        assert socket + codes == {"forbidden": 5, "rate_limited": 11}


async def test_a_wrong_password_alone_keeps_nobody_out(tmp_path: Path, clock: MovableClock) -> None:
    """Thirty from thirty addresses, with and without a code; its owner signs in."""
    server = LIMITED | {"trustedProxies": ["127.0.0.1"]}
    async with running(settings(tmp_path, server=server), clock) as node:
        app, _ = await enrol(await with_password(node), clock)
        for number in range(30):
            headers = {"X-Forwarded-For": f"10.0.0.{number}"}
            body = {"login": "alice", "password": "wrong", "totp": "000000"}
            assert (
                await node.http.post(node.url + "/auth/password-login", json=body, headers=headers)
            ).status_code == 401
        assert (await try_in(node, totp=app.at(clock.now() // 1000))).status_code == 200


def test_a_recovery_code_cannot_be_guessed_and_is_read_as_it_was_copied() -> None:
    """80 bits; letters that look like figures are read as those."""
    (code, *others) = totp.recovery_codes()
    assert len(set(totp.ALPHABET)) == 32 and len(totp.plain(code)) * 5 == 80 and len(others) == 9
    assert totp.plain("OIL0-  abcd") == "0110abcd"


async def test_a_stolen_session_of_an_administrator_sets_no_password_and_makes_no_token(node: Running) -> None:
    """Without two-step sign-in too: one's own password and address, and tokens for the server, take the password."""
    admin = await (await node.sign_in_with_password(ADMIN_EMAIL, ADMIN_PASSWORD)).connect()
    own, new = admin.user_id, "a password of the thief"
    deeds = (
        ("admin.resetPassword", {"userId": own, "mode": "manual", "password": new}),
        ("admin.updateUser", {"userId": own, "password": new}),
        ("admin.updateUser", {"userId": own, "email": "thief@example.com"}),
        ("admin.createToken", {"name": "for ever"}),
    )
    for type, payload in deeds:
        assert (await admin.refused(type, **payload)).code == "step_up_required", type
        assert (await admin.refused(type, **payload, proof={"password": "a guess"})).field == "proof", type
    alice = await with_password(node)
    await admin.ask("admin.resetPassword", userId=alice.user_id, mode="manual", password=new)
    await admin.ask("admin.createToken", name="mine", proof={"password": ADMIN_PASSWORD})
