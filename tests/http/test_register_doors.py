"""Making an account: what is cheap is asked first, and nobody tries out who is here."""

from typing import Any

import httpx
import pytest

from tests.http.signing import LIMITED, PASSWORD_MODE, Configured, post, said
from tests.serving import ADMIN_EMAIL, Running

GOOD = "a good password"


async def register(node: Running, email: str = "eve@example.com", **more: Any) -> httpx.Response:
    return await post(node, "/auth/register", **({"email": email, "password": GOOD} | more))


async def test_a_false_link_costs_no_hash(configured: Configured) -> None:
    """Where people are invited, a made-up link is refused without bcrypt, which everybody's sign-in needs."""
    async with configured(auth=PASSWORD_MODE) as node:
        node.node.chat.passwords.close()  # from here on whoever gets to bcrypt gets `internal`
        assert said(await register(node, joinToken="x" * 43)) == (403, "registration_disabled")
        assert said(await register(node)) == (403, "registration_disabled")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"email": ADMIN_EMAIL}, "conflict"),
        ({"userName": "Admin-1", "email": ADMIN_EMAIL.upper()}, "conflict"),
        ({"userName": "x"}, "invalid"),
        ({"password": "short"}, "invalid"),
        ({"email": "nonsense"}, "invalid"),
    ],
)
async def test_what_is_refused_anyway_costs_no_hash(node: Running, body: dict[str, Any], code: str) -> None:
    """Taken, malformed, too weak."""
    node.node.chat.passwords.close()
    assert (await register(node, **body)).json()["code"] == code


async def test_a_full_house_costs_no_hash(configured: Configured) -> None:
    """Seats are counted before a password is hashed."""
    async with configured(server={"maxSeats": 1, "rateLimit": {"enabled": False}}) as node:
        node.node.chat.passwords.close()
        assert (await register(node)).json()["code"] == "seat_limit"


async def test_trying_out_addresses_is_throttled(configured: Configured) -> None:
    """Who is told ten times that an address is taken is told no more for a while; others register on."""
    async with configured(server=LIMITED | {"trustedProxies": ["127.0.0.1"]}) as node:
        people = [f"person{number}@example.com" for number in range(6)]
        for email in people:
            await node.sign_in(email)
        found = [(await register(node, people[number % 6])).status_code for number in range(11)]
        assert (found.count(409), found[-1]) == (10, 429)
        assert (await register(node, "fresh@example.com")).status_code == 429
        body = {"email": "fresh@example.com", "password": GOOD}
        elsewhere = {"X-Forwarded-For": "192.0.2.9"}
        answer = await node.http.post(node.url + "/auth/register", json=body, headers=elsewhere)
        assert answer.status_code == 200


async def test_trying_out_links_is_throttled(configured: Configured) -> None:
    """Made-up links count too."""
    async with configured(auth=PASSWORD_MODE, server=LIMITED) as node:
        found = [
            (await register(node, f"eve{number}@example.com", joinToken="x" * 43)).status_code for number in range(11)
        ]
    assert (found[:10], found[-1]) == ([403] * 10, 429)


async def test_trying_out_addresses_from_inside_is_throttled(configured: Configured) -> None:
    """Ten taken addresses, over several sessions of one account, then none is answered; bob still changes his."""
    async with configured(server=LIMITED) as node:
        alice, again, bob = await node.client(), await node.client(), await node.client("bob@example.com")
        codes = []
        for number in range(12):
            asking = alice if number % 2 else again
            codes.append((await asking.refused("me.update", email=ADMIN_EMAIL)).code)
        assert codes == ["conflict"] * 10 + ["rate_limited"] * 2
        assert (await alice.refused("me.update", email="free@example.com")).code == "rate_limited"
        await bob.ask("me.update", email="bobs.other@example.com")
