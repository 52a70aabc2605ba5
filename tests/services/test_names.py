"""Names that deceive, on the wire: look-alikes of people, channels and the server; older ones stay and are named."""

import asyncio
import unicodedata
from collections import Counter

import bcrypt
import httpx
import pytest
from sqlalchemy import update

from chatd.store import Tx
from chatd.store import users as users_store
from chatd.store.schema import users
from tests.client import Client, Refused
from tests.serving import ADMIN_PASSWORD, Running
from tests.tokens import make_bot

Place = tuple[Running, Running]
PASSWORD = "a pässword for all"


async def outcome(client: Client, type: str, **payload: object) -> tuple[str, str | None]:
    try:
        await client.ask(type, **payload)
    except Refused as refused:
        return refused.code, refused.field
    return "ok", None


async def sign_in(node: Running, login: str, password: str) -> httpx.Response:
    return await node.http.post(node.url + "/auth/password-login", json={"login": login, "password": password})


async def test_a_user_name_does_not_look_like_another(node: Running) -> None:
    """Whoever gives it, by whatever road: an administrator, who registers, a bot's owner; one's own stays one's own."""
    admin, alice = await node.admin(), await node.client("alice@example.com")
    for name in ("аliсе", "ａｌｉｃｅ", "аlice"):
        code, field = await outcome(admin, "admin.addUser", userName=name, password=PASSWORD)
        assert (code in ("conflict", "invalid"), field) == (True, "userName")
        assert (await outcome(alice, "bot.create", userName=name))[0] in ("conflict", "invalid")
        body = {"email": "eve@example.com", "password": PASSWORD, "userName": name}
        assert (await node.http.post(node.url + "/auth/register", json=body)).status_code in (400, 409)
    await admin.ask("admin.addUser", userName="modern", password=PASSWORD)
    refused = await admin.refused("admin.addUser", userName="modem", password=PASSWORD)
    assert (refused.code, "looks like the one of modern" in refused.message) == ("conflict", True)
    bot, _ = await make_bot(alice, "robot")
    assert await outcome(alice, "bot.update", botId=bot, userName="rob0t") == ("ok", None)
    assert await outcome(alice, "bot.update", botId=bot, userName="ALICE") == ("conflict", "userName")
    assert await outcome(admin, "admin.updateUser", userId=alice.user_id, userName="Alice") == ("ok", None)


async def test_of_twenty_look_alikes_at_once_one_is_made(place: Place) -> None:
    """On two nodes."""
    admins = [await node.admin() for node in place]
    for admin in admins:
        admin.password = ADMIN_PASSWORD
    names = ["modern", "modem", "rnodern", "rnodem"] * 5
    asked = [outcome(admins[n % 2], "admin.addUser", userName=name, password=PASSWORD) for n, name in enumerate(names)]
    assert Counter(code for code, _ in await asyncio.gather(*asked)) == {"ok": 1, "conflict": 19}


async def test_a_public_channel_does_not_look_like_another(node: Running) -> None:
    """Made, renamed or made public; a private one may."""
    alice = await node.client()
    await alice.ask("channel.create", name="scope")
    assert await outcome(alice, "channel.create", name="ѕсоре") == ("conflict", "name")
    hidden = (await alice.ask("channel.create", name="ѕсоре", kind="private"))["channel"]["id"]
    assert await outcome(alice, "channel.update", channelId=hidden, kind="public") == ("conflict", "name")
    other = (await alice.ask("channel.create", name="other"))["channel"]["id"]
    assert await outcome(alice, "channel.update", channelId=other, name="5cope") == ("ok", None)
    assert await outcome(alice, "channel.update", channelId=other, name="SCOPE") == ("conflict", "name")


HIDING = "Bob\u202e"


@pytest.mark.parametrize(
    ("type", "payload", "field"),
    [
        ("me.update", {"displayName": HIDING}, "displayName"),
        ("me.update", {"nickname": "\u3164"}, "nickname"),
        ("channel.create", {"name": HIDING}, "name"),
        ("token.create", {"name": HIDING}, "name"),
        ("bot.create", {"userName": "robin", "displayName": HIDING}, "displayName"),
        ("admin.addUser", {"userName": "bobby", "displayName": HIDING, "password": PASSWORD}, "displayName"),
        ("admin.createToken", {"name": HIDING}, "name"),
        ("admin.createWebhook", {"name": HIDING, "channelId": "x"}, "name"),
        ("admin.updateSettings", {"name": HIDING}, "name"),
    ],
)
async def test_one_rule_for_names_of_every_kind(
    node: Running, type: str, payload: dict[str, object], field: str
) -> None:
    """What shows nothing is refused wherever something is called something."""
    assert await outcome(await node.admin(), type, **payload) == ("invalid", field)


async def test_a_sign_in_name_is_trimmed_and_a_password_is_not(node: Running) -> None:
    """Spaces that a phone's keyboard adds do no harm; those of a password count."""
    admin = await node.admin()
    await admin.ask("admin.addUser", userName="ann", email="Ann@müller.example", password=PASSWORD)
    for login in (" ann", "ann ", "ANN", " ann@müller.example ", "ann@xn--mller-kva.example"):
        assert (await sign_in(node, login, PASSWORD)).status_code == 200, login
    for password in (" " + PASSWORD, PASSWORD + " "):
        assert (await sign_in(node, "ann", password)).status_code == 401
    twice = await outcome(admin, "admin.addUser", email="ann@xn--mller-kva.example", password=PASSWORD)
    assert twice == ("conflict", "email")


async def test_passwords_are_compared_as_they_read(node: Running) -> None:
    """`ä` typed as one character or as two is one; what was hashed as two, before they were composed, still opens."""
    one, two = unicodedata.normalize("NFC", PASSWORD), unicodedata.normalize("NFD", PASSWORD)
    assert one != two
    admin = await node.admin()
    ann = (await admin.ask("admin.addUser", userName="ann", password=two))["user"]["id"]
    assert [(await sign_in(node, "ann", password)).status_code for password in (one, two)] == [200, 200]
    old = bcrypt.hashpw(two.encode(), bcrypt.gensalt(4)).decode()
    await node.node.chat.write(
        lambda tx: users_store.set_password(tx.connection, ann, old, origin="chosen", require_change=False)
    )
    assert [(await sign_in(node, "ann", password)).status_code for password in (two, one)] == [200, 401]


async def test_older_names_stay(node: Running) -> None:
    """They are refused when they are given anew, and in nobody's way while they are not."""
    alice = await node.client("alice@example.com")

    def age(tx: Tx) -> None:
        tx.connection.execute(update(users).where(users.c.id == alice.user_id).values(display_name="Al\u202eice"))

    await node.node.chat.write(age)
    assert await outcome(alice, "me.update", statusMessage="still here") == ("ok", None)
    assert await outcome(alice, "me.update", displayName="Al\u202eice") == ("invalid", "displayName")
    assert await outcome(alice, "me.update", displayName="Alice") == ("ok", None)
