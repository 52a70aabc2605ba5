"""Corners of the contract that a stranger found by trying: each was a defect once."""

import asyncio
import json
from urllib.parse import urlsplit

import pytest

from tests.serving import ADMIN_EMAIL, Running


@pytest.mark.parametrize("other", ['prefs={"a":1}', "a[b]=c", "foo", "x=a b", "="])
async def test_a_cookie_of_another_application_does_not_hide_ours(node: Running, other: str) -> None:
    """Cookies are shared by all applications of a host, and some write odd ones."""
    answer = await node.http.post(node.url + "/auth/dev-login", json={"email": "alice@example.com"})
    ours = answer.headers["set-cookie"].partition(";")[0]
    for cookies in (f"{other}; {ours}", f"{ours}; {other}"):
        assert (await node.http.get(node.url + "/auth/me", headers={"Cookie": cookies})).status_code == 200


@pytest.mark.parametrize("name", ["root\u034f", "admin\ufe0f", "\u0301\u0301\u0301", "a\u3164b", "bob\U000e0100"])
async def test_a_name_that_looks_like_another_is_refused(node: Running, name: str) -> None:
    """What shows nothing is no part of a user name, and a name does not begin with an accent alone."""
    body = {"email": "eve@example.com", "password": "long enough for all", "userName": name}
    refusal = await node.http.post(node.url + "/auth/register", json=body)
    assert (refusal.status_code, refusal.json()["field"]) == (400, "userName")


@pytest.mark.parametrize(
    ("type", "body"), [("presence.set", {"status": "dnd"}), ("presence.list", {}), ("message", {"content": "late"})]
)
async def test_a_body_that_comes_after_the_revocation_has_no_effect(
    node: Running, type: str, body: dict[str, str]
) -> None:
    """Who asks over HTTP is judged when the whole request is here: the kick promise holds for slow requests too."""
    person = await node.sign_in("alice@example.com")
    other = await node.client("alice@example.com")
    address = urlsplit(node.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    text = json.dumps(body).encode()
    head = f"POST /api/{type} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\n"
    head += f"Authorization: Bearer {person.access_token}\r\nContent-Length: {len(text)}\r\n\r\n"
    writer.write(head.encode() + text[:1])
    await writer.drain()
    await other.ask("session.signOutOthers")
    writer.write(text[1:])
    assert (await reader.readline()).split()[1] == b"401"
    writer.close()


async def test_signing_out_for_another_page_is_refused_also_without_a_session(node: Running) -> None:
    """A form on a foreign page carries no Lax cookie; the answer must not delete it all the same."""
    headers = {"Origin": "https://evil.example", "Content-Type": "application/json"}
    refusal = await node.http.post(node.url + "/auth/logout", content=b"{}", headers=headers)
    assert refusal.status_code == 403
    assert "set-cookie" not in refusal.headers


async def test_the_refused_method_is_told_which_ones_there_are(node: Running) -> None:
    """405 names every method of the path (RFC 9110 section 15.5.6)."""
    refusal = await node.http.patch(node.url + "/auth/sessions")
    assert refusal.status_code == 405
    assert {"GET", "DELETE"} <= set(refusal.headers["allow"].split(", "))


async def test_an_administrator_sees_the_same_of_himself_everywhere(node: Running) -> None:
    """The fields of administrators are there in every reply, and count his one session."""
    person = await node.sign_in(ADMIN_EMAIL)
    admin = await person.connect()
    general = (await admin.ask("channel.list"))["channels"][0]["id"]
    seen = [
        person.user,
        (await person.get("/auth/me")).json()["user"],
        admin.hello["user"],
        (await admin.ask("sync"))["user"],
        (await admin.ask("me.update"))["user"],
        (await admin.ask("user.get", userIds=[admin.user_id]))["users"][0],
        (await admin.ask("user.find", query="admin"))["users"][0],
        (await admin.ask("channel.members", channelId=general))["members"][0],
        (await admin.ask("admin.getUser", userId=admin.user_id))["user"],
    ]
    assert [user["counts"]["sessions"] for user in seen] == [1] * len(seen)


async def test_nobody_types_in_an_archived_channel(node: Running) -> None:
    """Refused on every road, from the archiving on."""
    alice, bob = await node.sign_in("alice@example.com"), await node.client("bob@example.com")
    client = await alice.connect()
    channel = (await client.ask("channel.create", name="old"))["channel"]["id"]
    await client.ask("typing", channelId=channel)
    await bob.expect("typing", channelId=channel)
    await client.ask("channel.update", channelId=channel, archived=True)
    assert (await client.refused("typing", channelId=channel)).code == "conflict"
    assert (await alice.post("/api/typing", {"channelId": channel})).status_code == 409
    await bob.refute("typing", channelId=channel)


async def test_rights_are_judged_before_the_payload_is_looked_at(node: Running) -> None:
    """U+0000 is a fault of the payload, with its field; on both roads after type and role."""
    person = await node.sign_in("eve@example.com")
    eve = await person.connect()
    codes = []
    for type in ("nope", "admin.stats", "user.find"):
        refusal = await eve.refused(type, query="\0")
        answer = await person.post(f"/api/{type}", {"query": "\0"})
        assert refusal.code == answer.json()["code"]
        codes.append(refusal.code)
    assert codes == ["unknown_type", "forbidden", "invalid"]
    assert refusal.field == "query"
